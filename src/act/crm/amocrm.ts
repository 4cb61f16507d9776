import { z } from 'zod';
import type { CasePayload } from '../../model/case-payload.ts';
import type { CrmConnector, RecordStatus } from '../../model/ports.ts';
import { idText, joinName, optionalText, readAnswer, recordsOf, stated } from './answers.ts';
import { caseSubject, caseText } from './case-words.ts';
import type { PagePlace, PulledPage } from './pull-pass.ts';
import {
  type CaseRecord,
  createVendorCrm,
  type Found,
  type NotePlace,
  type VendorDriver,
} from './vendor-crm.ts';
import type { Call } from './vendor-http.ts';
import { vendorAddress, vendorSettings } from './vendor-settings.ts';

const settings = z.strictObject({
  ...vendorSettings,
  /** `https://example.amocrm.ru` or `https://example.kommo.com` */
  url: vendorAddress,
  /** A long-lived token of a private integration. */
  access_token: z.string().min(1),
  /** A text field of leads made for us, by its number: by it a lead is known again. */
  key_field_id: z.number().int(),
  pipeline_id: z.number().int().optional(),
  status_id: z.number().int().optional(),
  responsible_user_id: z.number().int().optional(),
  tags: z.array(z.string().min(1)).default(['Молва']),
});

type Settings = z.infer<typeof settings>;

const NAME = 'amoCRM';
const PAGE = 250;
/** The same in every pipeline. */
const [WON, LOST] = [142, 143];
/** Of leads that nobody has accepted yet. */
const UNSORTED = 1;

const fieldsSchema = z
  .array(
    z.object({
      field_id: z.number().nullish(),
      field_code: z.string().nullish(),
      values: z.array(z.object({ value: z.unknown() })),
    }),
  )
  .nullish()
  .catch(null);
const contactSchema = z.object({
  id: idText,
  name: optionalText,
  responsible_user_id: optionalText,
  custom_fields_values: fieldsSchema,
});
const leadSchema = z.object({
  id: idText,
  name: optionalText,
  price: z.number().nullish(),
  status_id: z.number(),
  pipeline_id: z.number().nullish(),
  closed_at: z.number().nullish(),
  custom_fields_values: fieldsSchema,
  _embedded: z
    .object({ contacts: z.array(z.object({ id: idText, is_main: z.boolean().nullish() })).nullish() })
    .nullish(),
});
const pipelinesSchema = z.object({
  _embedded: z.object({
    pipelines: z.array(
      z.object({
        id: z.number(),
        name: z.string(),
        _embedded: z.object({
          statuses: z.array(
            z.object({ id: z.number(), name: z.string(), sort: z.number(), type: z.number() }),
          ),
        }),
      }),
    ),
  }),
});
const wordsSchema = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  'validation-errors': z
    .array(z.object({ errors: z.array(z.object({ path: z.string(), detail: z.string() })) }))
    .optional(),
});

type Contact = z.infer<typeof contactSchema>;
type Lead = z.infer<typeof leadSchema>;

function valuesOf({ custom_fields_values: fields }: Contact, code: string): string[] {
  return (fields ?? [])
    .filter(({ field_code }) => field_code === code)
    .flatMap(({ values }) => values.map(({ value }) => String(value)));
}

function toRecord(contact: Contact, number: (id: string) => string): Record<string, unknown> {
  return stated({
    external_id: number(contact.id),
    name: joinName([contact.name], contact.id),
    emails: valuesOf(contact, 'EMAIL'),
    phones: valuesOf(contact, 'PHONE'),
    role: valuesOf(contact, 'POSITION')[0] ?? null,
    owner: contact.responsible_user_id,
  });
}

function toPurchase(lead: Lead, currency: string, number: (id: string) => string) {
  if (lead.status_id !== WON) return null;
  const contacts = lead._embedded?.contacts ?? [];
  const owner = contacts.find(({ is_main }) => is_main) ?? contacts[0];
  if (!owner) return null;
  const purchase = {
    external_id: `lead-${lead.id}`,
    at: lead.closed_at ? new Date(lead.closed_at * 1000).toISOString() : null,
    amount: lead.price ?? 0,
    currency,
    item: lead.name ?? `#${lead.id}`,
    channel: null,
  };
  return { external_id: number(owner.id), purchases: [purchase] };
}

const digits = (text: string): string => text.replace(/\D/g, '').slice(-10);

function createDriver(set: Settings): VendorDriver {
  const recordOf = (id: string): CaseRecord => ({ id, url: `${set.url}/leads/detail/${id}` });
  const get = (call: Call, path: string, more: object = {}) =>
    call({ method: 'GET', path: `/api/v4${path}`, ...more });

  /** 204 where there is nothing. */
  async function list(call: Call, kind: string, query: Record<string, string>) {
    const answer = await get(call, `/${kind}?${new URLSearchParams(query)}`);
    if (answer === null) return { items: [], hasMore: false };
    const schema = z.object({
      _embedded: z.record(z.string(), z.array(z.unknown())),
      _links: z.object({ next: z.unknown() }).partial().nullish(),
    });
    const page = readAnswer(NAME, schema, answer);
    const [last = ''] = kind.split('/').slice(-1);
    return { items: page._embedded[last] ?? [], hasMore: page._links?.next !== undefined };
  }

  async function page(
    call: Call,
    kind: string,
    { since, after }: PagePlace,
    toRecords: (items: unknown[]) => PulledPage['records'],
    more: Record<string, string> = {},
  ): Promise<PulledPage> {
    const number = after === null ? 1 : Number(after);
    const { items, hasMore } = await list(call, kind, {
      ...more,
      limit: String(PAGE),
      page: String(number),
      'order[id]': 'asc',
      ...(since ? { 'filter[updated_at][from]': String(Math.floor(since.getTime() / 1000)) } : {}),
    });
    return { records: toRecords(items), after: hasMore ? String(number + 1) : null };
  }

  async function byId(call: Call, id: string): Promise<Found | null> {
    if (!/^\d{1,15}$/.test(id)) return null;
    // An unknown one is 204, with nothing in it.
    const read = contactSchema.safeParse(await get(call, `/contacts/${id}`, { absent: [404] }));
    return read.success ? toFound(read.data) : null;
  }

  const toFound = ({ id, name }: Contact): Found => ({
    id,
    name: joinName([name], id),
    url: `${set.url}/contacts/detail/${id}`,
  });

  /** What is asked for is looked for everywhere: only who has it counts. */
  async function find(call: Call, value: string, has: (contact: Contact) => boolean): Promise<Found[]> {
    const { items } = await list(call, 'contacts', { query: value, limit: '50' });
    return items.flatMap((item) => {
      const { success, data } = contactSchema.safeParse(item);
      return success && has(data) ? [toFound(data)] : [];
    });
  }

  const pipelines = async (call: Call) =>
    readAnswer(NAME, pipelinesSchema, await get(call, '/leads/pipelines'))._embedded.pipelines;

  async function statuses(call: Call, ids: readonly string[]): Promise<Map<string, RecordStatus>> {
    const stages = (await pipelines(call)).flatMap(({ _embedded: { statuses: all } }) => {
      const own = all.filter(({ type }) => type !== UNSORTED).sort((one, two) => one.sort - two.sort);
      return all.map((stage) => ({ ...stage, isNew: stage.type === UNSORTED || stage.id === own[0]?.id }));
    });
    const query = Object.fromEntries(ids.map((id, n) => [`filter[id][${n}]`, id]));
    const { items } = await list(call, 'leads', { ...query, limit: String(PAGE) });
    return new Map(
      items.flatMap((item) => {
        const { success, data } = leadSchema.safeParse(item);
        if (!success) return [];
        const stage = stages.find(({ id }) => id === data.status_id);
        const isClosed = [WON, LOST].includes(data.status_id);
        const usual = isClosed ? 'closed' : stage?.isNew ? 'open' : 'in_work';
        const status = set.statuses[String(data.status_id)] ?? usual;
        return [[data.id, { status, detail: stage?.name ?? String(data.status_id) }] as const];
      }),
    );
  }

  function leadOf(payload: CasePayload, key: string, customer: string | null): Record<string, unknown> {
    return stated({
      name: caseSubject(payload, set.language),
      pipeline_id: set.pipeline_id,
      status_id: set.status_id,
      responsible_user_id: set.responsible_user_id,
      request_id: key,
      custom_fields_values: [{ field_id: set.key_field_id, values: [{ value: key }] }],
      _embedded: stated({
        contacts: customer === null ? null : [{ id: Number(customer) }],
        tags: set.tags.map((name) => ({ name })),
      }),
    });
  }

  const notesOf = ({ kind, id }: NotePlace): string =>
    `${kind === 'customer' ? 'contacts' : 'leads'}/${id}/notes`;

  async function hasNote(call: Call, place: NotePlace, mark: string): Promise<boolean> {
    const { items } = await list(call, notesOf(place), { limit: '250', 'order[id]': 'desc' });
    return items.some((item) => JSON.stringify(item).includes(mark));
  }

  async function note(call: Call, place: NotePlace, text: string): Promise<void> {
    const body = [{ note_type: 'common', params: { text } }];
    await call({ method: 'POST', path: `/api/v4/${notesOf(place)}`, body, effect: 'write' });
  }

  const currencyOf = async (call: Call) =>
    readAnswer(NAME, z.object({ currency: z.string() }), await get(call, '/account')).currency;

  return {
    vendor: {
      name: NAME,
      baseUrl: set.url,
      secrets: [set.access_token],
      // Seven a second; who asks more is shut out by his address.
      rates: { all: { perSecond: 5, burst: 2 } },
      authorize: async () => ({ authorization: `Bearer ${set.access_token}` }),
      words: (body) => {
        const { data } = wordsSchema.safeParse(body);
        const [first] = data?.['validation-errors']?.[0]?.errors ?? [];
        return first ? `${first.path}: ${first.detail}` : (data?.detail ?? data?.title ?? null);
      },
      // The account is not paid for.
      locked: (status) => status === 402,
    },
    lookUp: async (call, key) => {
      const { items } = await list(call, 'leads', { query: key, limit: '50' });
      const found = items.flatMap((item) => leadSchema.safeParse(item).data ?? []);
      const own = found.find(({ custom_fields_values: fields }) =>
        fields?.some(
          ({ field_id, values }) =>
            field_id === set.key_field_id && values.some(({ value }) => value === key),
        ),
      );
      return own ? recordOf(own.id) : null;
    },
    create: async (call, payload, key, customer) => {
      const answer = await call({
        method: 'POST',
        path: '/api/v4/leads/complex',
        body: [leadOf(payload, key, customer)],
        effect: 'write',
        sample: [{ id: '{id}' }],
      });
      const [made] = readAnswer(NAME, z.array(z.object({ id: idText })).min(1), answer);
      return recordOf(made?.id ?? '');
    },
    // A lead has no text of its own.
    complete: async (call, { id }, payload) => {
      const place = { kind: 'record', id } as const;
      if (!(await hasNote(call, place, payload.case.link)))
        await note(call, place, caseText(payload, set.language));
    },
    hasCustomer: async (call, id) => (await byId(call, id)) !== null,
    close: async (call, { id }) => {
      await call({
        method: 'PATCH',
        path: `/api/v4/leads/${id}`,
        body: { status_id: LOST },
        effect: 'write',
      });
    },
    hasNote,
    note,
    statuses,
    find: async (call, { emails, phones }) => {
      const found: Found[] = [];
      for (const email of emails.slice(0, 5))
        found.push(
          ...(await find(call, email, (one) =>
            valuesOf(one, 'EMAIL').some((own) => own.toLowerCase() === email),
          )),
        );
      for (const phone of phones.slice(0, 5))
        found.push(
          ...(await find(call, digits(phone), (one) =>
            valuesOf(one, 'PHONE').some((own) => digits(own) === digits(phone)),
          )),
        );
      return found;
    },
    byId,
    customers: (call, place, number) =>
      page(call, 'contacts', place, (items) =>
        recordsOf(contactSchema, items, (one) => toRecord(one, number)),
      ),
    purchases: async (call, place, number) => {
      const currency = await currencyOf(call);
      return page(
        call,
        'leads',
        place,
        (items) => recordsOf(leadSchema, items, (lead) => toPurchase(lead, currency, number)),
        { with: 'contacts' },
      );
    },
    check: async (call) => {
      const schema = z.object({ name: z.string(), subdomain: z.string().nullish() });
      const account = readAnswer(NAME, schema, await get(call, '/account'));
      await get(call, `/leads/custom_fields/${set.key_field_id}`);
      return { account: account.name, user: null };
    },
    discover: async (call) => {
      const fields = await list(call, 'leads/custom_fields', { limit: '250' });
      const users = await list(call, 'users', { limit: '250' });
      const field = z.object({ id: idText, name: z.string(), type: z.string() });
      const person = z.object({ id: idText, name: z.string() });
      return {
        pipelines: (await pipelines(call)).map(({ id, name, _embedded: { statuses: all } }) => ({
          id: String(id),
          name,
          stages: all.map((stage) => ({ id: String(stage.id), name: stage.name })),
        })),
        fields: fields.items.flatMap((item) => field.safeParse(item).data ?? []),
        owners: users.items.flatMap((item) => person.safeParse(item).data ?? []),
      };
    },
  };
}

/** Leads of an amoCRM or Kommo account, by a long-lived token. */
export const amocrm: CrmConnector<Settings> = {
  kind: 'amocrm',
  settings,
  connect: (set, edges) => createVendorCrm(createDriver(set), set, edges),
};
