import { z } from 'zod';
import type { CasePayload } from '../../model/case-payload.ts';
import type { CrmConnector, RecordStatus } from '../../model/ports.ts';
import { idText, joinName, optionalText, readAnswer, recordsOf, sqlTime, stated } from './answers.ts';
import { caseSubject, caseText } from './case-words.ts';
import { keepToken } from './keep-token.ts';
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
  url: vendorAddress,
  /** In version 8 the interface stands below `/legacy`. */
  version: z.union([z.literal(7), z.literal(8)]).default(8),
  /** Of an OAuth2 client for client credentials. */
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  assigned_user_id: z.string().optional(),
  /** Of a withdrawn case. */
  withdrawn_status: z.string().default('Closed_Rejected'),
  won_stage: z.string().default('Closed Won'),
  /** Of the whole installation: amounts are read in it. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
});

type Settings = z.infer<typeof settings>;

const NAME = 'SuiteCRM';
const PAGE = 100;
/** Each purchase needs a request of its own: whose it is. */
const SALES_PAGE = 50;
const MEDIA_TYPE = 'application/vnd.api+json';
const PRIORITY = { 1: 'P3', 2: 'P2', 3: 'P1' } as const;
const STATUSES: Readonly<Record<string, RecordStatus['status']>> = {
  Open_New: 'open',
  Open_Assigned: 'in_work',
  'Open_Pending Input': 'answered',
  Closed_Closed: 'closed',
  Closed_Rejected: 'closed',
  Closed_Duplicate: 'closed',
};
const FIELDS = {
  Contacts:
    'first_name,last_name,email1,phone_mobile,phone_work,title,account_name,primary_address_city,date_modified',
  Opportunities: 'name,amount_usdollar,date_closed,date_modified',
} as const;

const itemSchema = z.object({ id: idText, attributes: z.record(z.string(), z.unknown()).nullish() });
/** Where nothing is related the answer has no `data`. */
const listSchema = z.object({ data: z.array(z.unknown()).nullish() });
const contactSchema = z.object({
  id: idText,
  attributes: z.object({
    first_name: optionalText,
    last_name: optionalText,
    email1: optionalText,
    phone_mobile: optionalText,
    phone_work: optionalText,
    title: optionalText,
    account_name: optionalText,
    primary_address_city: optionalText,
  }),
});
const saleSchema = z.object({
  id: idText,
  attributes: z.object({
    name: optionalText,
    amount_usdollar: z.coerce.number(),
    date_closed: z.string().regex(/^\d{4}-\d\d-\d\d/),
  }),
});
const caseSchema = z.object({ id: idText, attributes: z.object({ status: z.string() }) });

const nameOf = ({ id, attributes: c }: z.infer<typeof contactSchema>): string =>
  joinName([c.last_name, c.first_name], id);

function toRecord(contact: z.infer<typeof contactSchema>, number: (id: string) => string) {
  const { attributes: c } = contact;
  return stated({
    external_id: number(contact.id),
    name: nameOf(contact),
    emails: c.email1 ? [c.email1] : [],
    phones: [c.phone_mobile, c.phone_work].filter((phone) => phone !== null),
    company: c.account_name,
    role: c.title,
    city: c.primary_address_city,
  });
}

/** Conditions of which all must hold. Never `or`: what is deleted would come too, being one more condition of the list. */
function toQuery(
  conditions: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
): URLSearchParams {
  const filter = Object.entries(conditions).map(([field, value]): [string, string] => {
    const [name = '', operator = 'eq'] = field.split(' ');
    return [`filter[${name}][${operator}]`, value];
  });
  return new URLSearchParams([...Object.entries(more), ...filter]);
}

function createDriver(set: Settings): VendorDriver {
  const root = set.version === 8 ? '/legacy/Api' : '/Api';
  const pageOf = (module: string, id: string): string =>
    set.version === 8
      ? `${set.url}/#/${module.toLowerCase()}/record/${id}`
      : `${set.url}/index.php?module=${module}&action=DetailView&record=${id}`;
  const isId = (id: string): boolean => /^[\w-]{1,36}$/.test(id);
  const recordOf = (id: string): CaseRecord => ({ id, url: pageOf('Cases', id) });
  const get = (call: Call, path: string, absent?: number[]) =>
    call({ method: 'GET', path: `${root}/V8/${path}`, ...(absent ? { absent } : {}) });
  const write = (call: Call, method: 'POST' | 'PATCH', path: string, data: object, more: object = {}) =>
    call({ method, path: `${root}/V8/${path}`, body: { data }, effect: 'write', ...more });
  async function list(
    call: Call,
    module: string,
    conditions: Readonly<Record<string, string>>,
    more: Readonly<Record<string, string>> = {},
  ): Promise<unknown[]> {
    const answer = await get(call, `module/${module}?${toQuery(conditions, more)}`);
    return readAnswer(NAME, listSchema, answer).data ?? [];
  }

  const token = keepToken(async (call) => {
    const answer = await call({
      method: 'POST',
      path: `${root}/access_token`,
      form: { grant_type: 'client_credentials', client_id: set.client_id, client_secret: set.client_secret },
    });
    return readAnswer(NAME, z.object({ access_token: z.string() }), answer).access_token;
  });

  /** By id, so that what is made or removed meanwhile moves nothing. */
  async function page(
    call: Call,
    module: keyof typeof FIELDS,
    { since, after }: PagePlace,
    size: number,
    conditions: Readonly<Record<string, string>> = {},
  ): Promise<{ items: unknown[]; after: string | null }> {
    const items = await list(
      call,
      module,
      {
        ...conditions,
        ...(after === null ? {} : { 'id gt': after }),
        ...(since ? { 'date_modified gte': sqlTime(since) } : {}),
      },
      { [`fields[${module}]`]: FIELDS[module], sort: 'id', 'page[size]': String(size) },
    );
    const last = itemSchema.safeParse(items.at(-1));
    return { items, after: items.length === size && last.success ? last.data.id : null };
  }

  async function contacts(call: Call, conditions: Readonly<Record<string, string>>): Promise<Found[]> {
    const items = await list(call, 'Contacts', conditions, {
      'fields[Contacts]': 'first_name,last_name',
      'page[size]': '10',
    });
    return items.flatMap((item) => {
      const { success, data } = contactSchema.safeParse(item);
      return success ? [{ id: data.id, name: nameOf(data), url: pageOf('Contacts', data.id) }] : [];
    });
  }

  const byId = async (call: Call, id: string): Promise<Found | null> =>
    isId(id) ? ((await contacts(call, { id }))[0] ?? null) : null;

  async function purchaseOf(call: Call, sale: z.infer<typeof saleSchema>, number: (id: string) => string) {
    const answer = await get(call, `module/Opportunities/${sale.id}/relationships/contacts`);
    const buyer = itemSchema.safeParse(readAnswer(NAME, listSchema, answer).data?.[0]);
    if (!buyer.success) return [];
    const purchase = {
      external_id: `opportunity-${sale.id}`,
      at: sale.attributes.date_closed.slice(0, 10),
      amount: sale.attributes.amount_usdollar,
      currency: set.currency,
      item: sale.attributes.name ?? `#${sale.id}`,
      channel: null,
    };
    return [{ external_id: number(buyer.data.id), purchases: [purchase] }];
  }

  async function purchases(
    call: Call,
    place: PagePlace,
    number: (id: string) => string,
  ): Promise<PulledPage> {
    const { items, after } = await page(call, 'Opportunities', place, SALES_PAGE, {
      sales_stage: set.won_stage,
    });
    const records: Record<string, unknown>[] = [];
    for (const item of items) {
      const { success, data } = saleSchema.safeParse(item);
      records.push(...(success ? await purchaseOf(call, data, number) : [{}]));
    }
    return { records, after };
  }

  const parentOf = ({ kind }: NotePlace): string => (kind === 'customer' ? 'Contacts' : 'Cases');

  function attributesOf(payload: CasePayload): Record<string, unknown> {
    return stated({
      name: caseSubject(payload, set.language),
      description: caseText(payload, set.language),
      priority: PRIORITY[payload.case.severity],
      status: 'Open_New',
      state: 'Open',
      assigned_user_id: set.assigned_user_id,
    });
  }

  return {
    vendor: {
      name: NAME,
      baseUrl: set.url,
      secrets: [set.client_secret, set.client_id],
      secretsNow: () => token.known(),
      rates: { all: { perSecond: 5, burst: 10 } },
      mediaType: MEDIA_TYPE,
      authorize: async (call, isRefused) => ({ authorization: `Bearer ${await token.get(call, isRefused)}` }),
      renews: true,
      words: (body) => {
        const error = z.object({ detail: z.string() });
        const errors = z.object({ errors: z.union([error, z.array(error).min(1)]) }).safeParse(body)
          .data?.errors;
        const own = z.object({ message: z.string() }).safeParse(body).data?.message;
        return (Array.isArray(errors) ? errors[0]?.detail : errors?.detail) ?? own ?? null;
      },
    },
    // The record's id is the key itself: the API lets us choose it, and no second one can have it.
    lookUp: async (call, key) => {
      const [found] = await list(
        call,
        'Cases',
        { id: key },
        { 'fields[Cases]': 'status', 'page[size]': '1' },
      );
      return found === undefined ? null : recordOf(key);
    },
    create: async (call, payload, key) => {
      const data = { type: 'Cases', id: key, attributes: attributesOf(payload) };
      const answer = await write(call, 'POST', 'module', data, { sample: { data: { id: key } } });
      return recordOf(readAnswer(NAME, z.object({ data: itemSchema }), answer).data.id);
    },
    complete: async (call, { id }, _payload, _key, customer) => {
      const contact = await customer();
      if (contact === null) return;
      await write(call, 'POST', `module/Contacts/${contact}/relationships`, { type: 'Cases', id });
    },
    hasCustomer: async (call, id) => (await byId(call, id)) !== null,
    close: async (call, { id }) => {
      const attributes = { status: set.withdrawn_status, state: 'Closed' };
      await write(call, 'PATCH', 'module', { type: 'Cases', id, attributes });
    },
    hasNote: async (call, place, mark) => {
      const conditions = { parent_type: parentOf(place), parent_id: place.id };
      const notes = await list(call, 'Notes', conditions, {
        'fields[Notes]': 'description',
        sort: '-date_entered',
        'page[size]': String(PAGE),
      });
      return notes.some((note) => JSON.stringify(note).includes(mark));
    },
    note: async (call, place, text) => {
      const attributes = {
        name: text.split('\n', 1)[0]?.slice(0, 100).toWellFormed(),
        description: text,
        parent_type: parentOf(place),
        parent_id: place.id,
      };
      await write(call, 'POST', 'module', { type: 'Notes', attributes });
    },
    // There is no condition that takes a list.
    statuses: async (call, ids) => {
      const found = new Map<string, RecordStatus>();
      for (const id of ids) {
        const [item] = await list(call, 'Cases', { id }, { 'fields[Cases]': 'status', 'page[size]': '1' });
        const { success, data } = caseSchema.safeParse(item);
        if (!success) continue;
        const detail = data.attributes.status;
        found.set(id, { status: set.statuses[detail] ?? STATUSES[detail] ?? 'in_work', detail });
      }
      return found;
    },
    // Nobody can be asked for by e-mail: the API's conditions know only columns of the contact itself.
    find: async (call, { phones }) => {
      const found: Found[] = [];
      for (const phone of phones.slice(0, 5))
        for (const field of ['phone_mobile', 'phone_work'])
          found.push(...(await contacts(call, { [field]: phone })));
      return found;
    },
    byId,
    customers: async (call, place, number) => {
      const { items, after } = await page(call, 'Contacts', place, PAGE);
      return { records: recordsOf(contactSchema, items, (one) => toRecord(one, number)), after };
    },
    purchases,
    check: async (call) => {
      await list(call, 'Cases', {}, { 'fields[Cases]': 'status', 'page[size]': '1' });
      await list(call, 'Contacts', {}, { 'fields[Contacts]': 'last_name', 'page[size]': '1' });
      // Older versions do not tell whose the credentials are.
      const answer = await get(call, 'current-user', [404, 405]);
      const user = z.object({ data: z.object({ attributes: z.object({ user_name: optionalText }) }) });
      return {
        account: new URL(set.url).host,
        user: user.safeParse(answer).data?.data.attributes.user_name ?? null,
      };
    },
    discover: async (call) => {
      const field = z.object({ type: z.string().nullish() });
      const schema = z.object({ data: z.object({ attributes: z.record(z.string(), field) }) });
      const answer = await get(call, 'meta/fields/Cases', [400, 404]);
      const fields = schema.safeParse(answer).data?.data.attributes ?? {
        name: {},
        description: {},
        status: {},
      };
      const users = await get(
        call,
        `module/Users?${toQuery({}, { 'page[size]': String(PAGE) })}`,
        [400, 403],
      );
      const person = z.object({ id: idText, attributes: z.object({ user_name: z.string() }) });
      const people = users === null ? [] : (readAnswer(NAME, listSchema, users).data ?? []);
      const stages = Object.keys(STATUSES).map((id) => ({ id, name: id.replace('_', ': ') }));
      return {
        pipelines: [{ id: 'status', name: 'status', stages }],
        fields: Object.entries(fields).map(([id, { type }]) => ({ id, name: id, type: type ?? '' })),
        owners: people.flatMap((one) => {
          const { success, data } = person.safeParse(one);
          return success ? [{ id: data.id, name: data.attributes.user_name }] : [];
        }),
      };
    },
  };
}

/** Cases of a SuiteCRM by its interface of version 8 (JSON:API), with client credentials. */
export const suitecrm: CrmConnector<Settings> = {
  kind: 'suitecrm',
  settings,
  connect: (set, edges) => createVendorCrm(createDriver(set), set, edges),
};
