import { z } from 'zod';
import type { CasePayload } from '../../model/case-payload.ts';
import type { CrmConnector, RecordStatus } from '../../model/ports.ts';
import { idText, joinName, optionalText, readAnswer, recordsOf, sqlTime, stated } from './answers.ts';
import { caseSubject, caseText } from './case-words.ts';
import type { PagePlace, PulledPage } from './pull-pass.ts';
import { type CaseRecord, createVendorCrm, type Found, type VendorDriver } from './vendor-crm.ts';
import type { Call } from './vendor-http.ts';
import { vendorAddress, vendorSettings } from './vendor-settings.ts';

const settings = z.strictObject({
  ...vendorSettings,
  url: vendorAddress,
  /** Of an API user whose role may read contacts, opportunities and users, and create and edit cases and notes. */
  api_key: z.string().min(1),
  /** A text field of cases made for us. */
  key_field: z
    .string()
    .regex(/^[a-z]\w*$/)
    .default('cMolvaKey'),
  assigned_user_id: z.string().optional(),
  /** Of a withdrawn case. */
  withdrawn_status: z.string().default('Rejected'),
  won_stage: z.string().default('Closed Won'),
});

type Settings = z.infer<typeof settings>;

const NAME = 'EspoCRM';
const PAGE = 200;
const PRIORITY = { 1: 'Normal', 2: 'High', 3: 'Urgent' } as const;
const STATUSES: Readonly<Record<string, RecordStatus['status']>> = {
  New: 'open',
  Assigned: 'in_work',
  Pending: 'answered',
  Closed: 'closed',
  Rejected: 'closed',
  Duplicate: 'closed',
};

const listSchema = z.object({ list: z.array(z.unknown()) });
const idSchema = z.object({ id: idText });
const contactSchema = z.object({
  id: idText,
  name: optionalText,
  emailAddress: optionalText,
  phoneNumber: optionalText,
  accountName: optionalText,
  title: optionalText,
  addressCity: optionalText,
});
const opportunitySchema = z.object({
  id: idText,
  name: optionalText,
  amount: z.number(),
  amountCurrency: z.string(),
  closeDate: z.string(),
  contactId: optionalText,
});
const caseSchema = z.object({ id: idText, status: z.string() });

type Where = { type: string; attribute?: string; value: unknown };

/** `where[0][type]=equals&…`, as deep as it goes. */
function flatten(name: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  const parts = Array.isArray(value)
    ? value.map((part, n) => [String(n), part] as const)
    : Object.entries(value);
  return parts.flatMap(([key, part]) => flatten(`${name}[${key}]`, part));
}

function toRecord(
  contact: z.infer<typeof contactSchema>,
  number: (id: string) => string,
): Record<string, unknown> {
  return stated({
    external_id: number(contact.id),
    name: joinName([contact.name], contact.id),
    emails: contact.emailAddress ? [contact.emailAddress] : [],
    phones: contact.phoneNumber ? [contact.phoneNumber] : [],
    company: contact.accountName,
    role: contact.title,
    city: contact.addressCity,
  });
}

function toPurchase(sold: z.infer<typeof opportunitySchema>, number: (id: string) => string) {
  if (sold.contactId === null) return null;
  const purchase = {
    external_id: `opportunity-${sold.id}`,
    at: sold.closeDate,
    amount: sold.amount,
    currency: sold.amountCurrency,
    item: sold.name ?? `#${sold.id}`,
    channel: null,
  };
  return { external_id: number(sold.contactId), purchases: [purchase] };
}

function createDriver(set: Settings): VendorDriver {
  const isId = (id: string): boolean => /^[A-Za-z0-9]{1,36}$/.test(id);
  const recordOf = (id: string): CaseRecord => ({ id, url: `${set.url}/#Case/view/${id}` });
  const toFound = (contact: Pick<z.infer<typeof contactSchema>, 'id' | 'name'>): Found => ({
    id: contact.id,
    name: joinName([contact.name], contact.id),
    url: `${set.url}/#Contact/view/${contact.id}`,
  });
  const get = (call: Call, path: string, absent?: number[]) =>
    call({ method: 'GET', path: `/api/v1/${path}`, ...(absent ? { absent } : {}) });
  const write = (call: Call, method: 'POST' | 'PUT', path: string, body: object, more: object = {}) =>
    call({ method, path: `/api/v1/${path}`, body, effect: 'write', ...more });
  async function list(call: Call, type: string, where: readonly Where[], more: Record<string, string> = {}) {
    const query = new URLSearchParams([...Object.entries(more), ...flatten('where', where)]);
    return readAnswer(NAME, listSchema, await get(call, `${type}?${query}`)).list;
  }

  /** By number in the order in which they were made: ids say nothing of it. */
  async function page(
    call: Call,
    type: string,
    { since, after }: PagePlace,
    { select, where = [] }: { select: string; where?: Where[] },
    toRecords: (items: unknown[]) => PulledPage['records'],
  ): Promise<PulledPage> {
    const offset = after === null ? 0 : Number(after);
    const changed = since ? [{ type: 'after', attribute: 'modifiedAt', value: sqlTime(since) }] : [];
    const items = await list(call, type, [...where, ...changed], {
      select,
      maxSize: String(PAGE),
      offset: String(offset),
      orderBy: 'createdAt',
      order: 'asc',
    });
    return { records: toRecords(items), after: items.length === PAGE ? String(offset + PAGE) : null };
  }

  async function byId(call: Call, id: string): Promise<Found | null> {
    const answer = isId(id) ? await get(call, `Contact/${id}`, [404]) : null;
    return answer === null ? null : toFound(readAnswer(NAME, contactSchema, answer));
  }

  function fieldsOf(payload: CasePayload, key: string, customer: string | null): Record<string, unknown> {
    return stated({
      name: caseSubject(payload, set.language),
      description: caseText(payload, set.language),
      priority: PRIORITY[payload.case.severity],
      contactId: customer,
      assignedUserId: set.assigned_user_id,
      [set.key_field]: key,
    });
  }

  return {
    vendor: {
      name: NAME,
      baseUrl: set.url,
      secrets: [set.api_key],
      rates: { all: { perSecond: 5, burst: 10 } },
      authorize: async () => ({ 'x-api-key': set.api_key }),
      words: (body) => z.object({ message: z.string() }).safeParse(body).data?.message ?? null,
    },
    lookUp: async (call, key) => {
      const where = [{ type: 'equals', attribute: set.key_field, value: key }];
      const [item] = await list(call, 'Case', where, { select: 'id', maxSize: '1' });
      const found = idSchema.safeParse(item);
      return found.success ? recordOf(found.data.id) : null;
    },
    create: async (call, payload, key, customer) => {
      const answer = await write(call, 'POST', 'Case', fieldsOf(payload, key, customer), {
        // We have looked; that another case has the same subject is no reason not to make this one.
        headers: { 'x-skip-duplicate-check': 'true' },
        sample: { id: '{id}' },
      });
      return recordOf(readAnswer(NAME, idSchema, answer).id);
    },
    hasCustomer: async (call, id) => (await byId(call, id)) !== null,
    close: async (call, { id }) => {
      await write(call, 'PUT', `Case/${id}`, { status: set.withdrawn_status });
    },
    hasNote: async (call, { kind, id }, mark) => {
      const type = kind === 'customer' ? 'Contact' : 'Case';
      const answer = await get(call, `${type}/${id}/stream?maxSize=100`);
      return readAnswer(NAME, listSchema, answer).list.some((note) => JSON.stringify(note).includes(mark));
    },
    note: async (call, { kind, id }, post) => {
      const parentType = kind === 'customer' ? 'Contact' : 'Case';
      await write(call, 'POST', 'Note', { type: 'Post', parentType, parentId: id, post });
    },
    statuses: async (call, ids) => {
      const where = [{ type: 'in', attribute: 'id', value: ids }];
      const items = await list(call, 'Case', where, { select: 'id,status', maxSize: String(PAGE) });
      return new Map(
        items.flatMap((item) => {
          const { success, data } = caseSchema.safeParse(item);
          if (!success) return [];
          const status = set.statuses[data.status] ?? STATUSES[data.status] ?? 'in_work';
          return [[data.id, { status, detail: data.status }] as const];
        }),
      );
    },
    find: async (call, { emails, phones }) => {
      const any = [
        ...emails.map((value) => ({ type: 'equals', attribute: 'emailAddress', value })),
        ...phones.map((value) => ({ type: 'equals', attribute: 'phoneNumber', value })),
      ].slice(0, 10);
      const items = await list(call, 'Contact', [{ type: 'or', value: any }], {
        select: 'id,name',
        maxSize: '10',
      });
      return items.flatMap((item) => {
        const { success, data } = contactSchema.safeParse(item);
        return success ? [toFound(data)] : [];
      });
    },
    byId,
    customers: (call, place, number) =>
      page(
        call,
        'Contact',
        place,
        { select: 'id,name,emailAddress,phoneNumber,accountName,title,addressCity' },
        (items) => recordsOf(contactSchema, items, (contact) => toRecord(contact, number)),
      ),
    purchases: (call, place, number) =>
      page(
        call,
        'Opportunity',
        place,
        {
          select: 'id,name,amount,amountCurrency,closeDate,contactId',
          where: [{ type: 'equals', attribute: 'stage', value: set.won_stage }],
        },
        (items) => recordsOf(opportunitySchema, items, (sold) => toPurchase(sold, number)),
      ),
    check: async (call) => {
      const { user } = readAnswer(
        NAME,
        z.object({ user: z.object({ userName: z.string() }) }),
        await get(call, 'App/user'),
      );
      await list(call, 'Case', [{ type: 'equals', attribute: set.key_field, value: '' }], { maxSize: '1' });
      return { account: new URL(set.url).host, user: user.userName };
    },
    discover: async (call) => {
      const field = z.object({ type: z.string(), options: z.array(z.string()).nullish() });
      const answer = await get(call, 'Metadata?key=entityDefs.Case.fields');
      const fields = readAnswer(NAME, z.record(z.string(), field), answer);
      const person = z.object({ id: idText, name: z.string() });
      const users = await list(call, 'User', [], { select: 'id,name', maxSize: String(PAGE) });
      const stages = (fields.status?.options ?? Object.keys(STATUSES)).map((id) => ({ id, name: id }));
      return {
        pipelines: [{ id: 'status', name: 'status', stages }],
        fields: Object.entries(fields).map(([id, { type }]) => ({ id, name: id, type })),
        owners: users.flatMap((user) => person.safeParse(user).data ?? []),
      };
    },
  };
}

/** Cases of an EspoCRM, by the key of an API user. */
export const espocrm: CrmConnector<Settings> = {
  kind: 'espocrm',
  settings,
  connect: (set, edges) => createVendorCrm(createDriver(set), set, edges),
};
