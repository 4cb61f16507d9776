import { z } from 'zod';
import type { CasePayload } from '../../model/case-payload.ts';
import type { CrmConnector, RecordStatus } from '../../model/ports.ts';
import { idText, joinName, optionalText, readAnswer, recordsOf, stated } from './answers.ts';
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
  language: z.enum(['ru', 'en']).default('en'),
  /** My Domain: `https://example.my.salesforce.com` */
  url: vendorAddress,
  /** Of an external client app with the client credentials flow. */
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  api_version: z
    .string()
    .regex(/^v\d{2}\.0$/)
    .default('v62.0'),
  /** A text field of cases made for us: an external id, unique. */
  key_field: z
    .string()
    .regex(/^[A-Za-z]\w*__c$/)
    .default('Molva_Key__c'),
  origin: z.string().default('Web'),
  /** Of opportunities: an org with one currency does not say it. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
  owner_id: z.string().optional(),
  record_type_id: z.string().optional(),
  /** Of a withdrawn case. */
  withdrawn_status: z.string().default('Closed'),
});

type Settings = z.infer<typeof settings>;

const NAME = 'Salesforce';
const PAGE = 500;
const PRIORITY = { 1: 'Low', 2: 'Medium', 3: 'High' } as const;
/** What is used up for the day comes back within it. */
const QUOTA_REST_MS = 15 * 60_000;

const queryPage = z.object({ records: z.array(z.unknown()) });
const idSchema = z.object({ Id: idText });
const contactSchema = z.object({
  Id: idText,
  FirstName: optionalText,
  LastName: optionalText,
  Email: optionalText,
  Phone: optionalText,
  MobilePhone: optionalText,
  Title: optionalText,
  MailingCity: optionalText,
});
const roleSchema = z.object({
  Id: idText,
  ContactId: idText,
  Opportunity: z.object({
    Id: idText,
    Name: optionalText,
    Amount: z.number().nullable(),
    CloseDate: z.string(),
  }),
});
const errorsSchema = z.array(z.object({ errorCode: z.string().optional(), message: z.string() }));

/** A text within quotes of SOQL. */
function quoted(text: string): string {
  return `'${text
    .replace(/[\\'"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')}'`;
}

const CONTACT_ID = /^003[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/;

function toRecord(
  contact: z.infer<typeof contactSchema>,
  number: (id: string) => string,
): Record<string, unknown> {
  return stated({
    external_id: number(contact.Id),
    name: joinName([contact.LastName, contact.FirstName], contact.Id),
    emails: contact.Email ? [contact.Email] : [],
    phones: [contact.Phone, contact.MobilePhone].filter((phone) => phone !== null),
    role: contact.Title,
    city: contact.MailingCity,
  });
}

function toPurchase(
  { ContactId, Opportunity: sold }: z.infer<typeof roleSchema>,
  currency: string,
  number: (id: string) => string,
) {
  if (sold.Amount === null) return null;
  const purchase = {
    external_id: `opportunity-${sold.Id}`,
    at: sold.CloseDate,
    amount: sold.Amount,
    currency,
    item: sold.Name ?? sold.Id,
    channel: null,
  };
  return { external_id: number(ContactId), purchases: [purchase] };
}

function createDriver(set: Settings): VendorDriver {
  const data = `/services/data/${set.api_version}`;
  const recordOf = (id: string): CaseRecord => ({ id, url: `${set.url}/lightning/r/Case/${id}/view` });
  const get = (call: Call, path: string, more: object = {}) => call({ method: 'GET', path, ...more });
  const query = async (call: Call, soql: string): Promise<unknown[]> =>
    readAnswer(NAME, queryPage, await get(call, `${data}/query?${new URLSearchParams({ q: soql })}`)).records;
  const add = (call: Call, type: string, body: object) =>
    call({ method: 'POST', path: `${data}/sobjects/${type}`, body, effect: 'write' });

  const token = keepToken(async (call) => {
    const answer = await call({
      method: 'POST',
      path: '/services/oauth2/token',
      form: { grant_type: 'client_credentials', client_id: set.client_id, client_secret: set.client_secret },
    });
    return readAnswer(NAME, z.object({ access_token: z.string() }), answer).access_token;
  });

  async function page(
    call: Call,
    { since, after }: PagePlace,
    {
      fields,
      from,
      where = [],
      changed,
    }: { fields: string; from: string; where?: string[]; changed: string },
    toRecords: (items: unknown[]) => PulledPage['records'],
  ): Promise<PulledPage> {
    const conditions = [
      ...where,
      ...(after === null ? [] : [`Id > ${quoted(after)}`]),
      ...(since ? [`${changed} >= ${since.toISOString()}`] : []),
    ];
    const filter = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
    const items = await query(call, `SELECT ${fields} FROM ${from}${filter} ORDER BY Id ASC LIMIT ${PAGE}`);
    const last = idSchema.safeParse(items.at(-1));
    return { records: toRecords(items), after: items.length === PAGE && last.success ? last.data.Id : null };
  }

  async function contacts(call: Call, where: string): Promise<Found[]> {
    const items = await query(call, `SELECT Id, FirstName, LastName FROM Contact WHERE ${where} LIMIT 10`);
    return items.flatMap((item) => {
      const { success, data: one } = contactSchema.partial().required({ Id: true }).safeParse(item);
      if (!success) return [];
      const url = `${set.url}/lightning/r/Contact/${one.Id}/view`;
      return [{ id: one.Id, name: joinName([one.LastName, one.FirstName], one.Id), url }];
    });
  }

  const byId = async (call: Call, id: string): Promise<Found | null> =>
    CONTACT_ID.test(id) ? ((await contacts(call, `Id = ${quoted(id)}`))[0] ?? null) : null;

  function caseOf(payload: CasePayload, customer: string | null): Record<string, unknown> {
    return stated({
      Subject: caseSubject(payload, set.language),
      Description: caseText(payload, set.language),
      Origin: set.origin,
      Priority: PRIORITY[payload.case.severity],
      ContactId: customer,
      OwnerId: set.owner_id,
      RecordTypeId: set.record_type_id,
    });
  }

  const keyPath = (key: string): string =>
    `${data}/sobjects/Case/${set.key_field}/${encodeURIComponent(key)}`;
  const notesOf = ({ kind }: NotePlace) =>
    kind === 'customer' ? { type: 'FeedItem', text: 'Body' } : { type: 'CaseComment', text: 'CommentBody' };

  return {
    vendor: {
      name: NAME,
      baseUrl: set.url,
      secrets: [set.client_secret, set.client_id],
      secretsNow: () => token.known(),
      rates: { all: { perSecond: 5, burst: 10 } },
      authorize: async (call, isRefused) => ({ authorization: `Bearer ${await token.get(call, isRefused)}` }),
      renews: true,
      words: (body) => {
        const list = errorsSchema.safeParse(body).data?.[0]?.message;
        const one = z.object({ error_description: z.string() }).safeParse(body).data?.error_description;
        return list ?? one ?? null;
      },
      busy: (_status, body) =>
        errorsSchema.safeParse(body).data?.some(({ errorCode }) => errorCode === 'REQUEST_LIMIT_EXCEEDED')
          ? QUOTA_REST_MS
          : false,
      // So the token's address refuses a wrong secret.
      locked: (status, body) =>
        status === 400 &&
        ['invalid_client', 'invalid_client_id', 'invalid_grant'].includes(
          z.object({ error: z.string() }).safeParse(body).data?.error ?? '',
        ),
    },
    lookUp: async (call, key) => {
      const answer = await get(call, `${keyPath(key)}?fields=Id`, { absent: [404] });
      return answer === null ? null : recordOf(readAnswer(NAME, idSchema, answer).Id);
    },
    create: async (call, payload, key, customer) => {
      // By the external id: a second one with this key changes the first.
      const answer = await call({
        method: 'PATCH',
        path: keyPath(key),
        body: caseOf(payload, customer),
        effect: 'write',
        sample: { id: '{id}' },
      });
      return recordOf(readAnswer(NAME, z.object({ id: idText }), answer).id);
    },
    hasCustomer: async (call, id) => (await byId(call, id)) !== null,
    close: async (call, { id }) => {
      const body = { Status: set.withdrawn_status };
      await call({ method: 'PATCH', path: `${data}/sobjects/Case/${id}`, body, effect: 'write' });
    },
    hasNote: async (call, place, mark) => {
      const { type, text } = notesOf(place);
      // Long texts cannot be searched by condition.
      const soql = `SELECT Id, ${text} FROM ${type} WHERE ParentId = ${quoted(place.id)} ORDER BY CreatedDate DESC LIMIT 200`;
      return (await query(call, soql)).some((note) => JSON.stringify(note).includes(mark));
    },
    note: async (call, place, text) => {
      const kind = notesOf(place);
      await add(call, kind.type, { ParentId: place.id, [kind.text]: text });
    },
    statuses: async (call, ids) => {
      const schema = z.object({ Id: idText, Status: z.string(), IsClosed: z.boolean() });
      const list = ids.map(quoted).join(', ');
      const items = await query(call, `SELECT Id, Status, IsClosed FROM Case WHERE Id IN (${list})`);
      return new Map(
        items.flatMap((item) => {
          const { success, data: one } = schema.safeParse(item);
          if (!success) return [];
          const usual: RecordStatus['status'] = one.IsClosed
            ? 'closed'
            : one.Status === 'New'
              ? 'open'
              : 'in_work';
          return [[one.Id, { status: set.statuses[one.Status] ?? usual, detail: one.Status }] as const];
        }),
      );
    },
    find: (call, { emails, phones }) => {
      const conditions = [
        ...emails.map((email) => `Email = ${quoted(email)}`),
        ...phones.flatMap((phone) => [`Phone = ${quoted(phone)}`, `MobilePhone = ${quoted(phone)}`]),
      ];
      return contacts(call, conditions.slice(0, 20).join(' OR '));
    },
    byId,
    customers: (call, place, number) =>
      page(
        call,
        place,
        {
          fields: 'Id, FirstName, LastName, Email, Phone, MobilePhone, Title, MailingCity',
          from: 'Contact',
          changed: 'SystemModstamp',
        },
        (items) => recordsOf(contactSchema, items, (contact) => toRecord(contact, number)),
      ),
    purchases: (call, place, number) =>
      page(
        call,
        place,
        {
          fields:
            'Id, ContactId, Opportunity.Id, Opportunity.Name, Opportunity.Amount, Opportunity.CloseDate',
          from: 'OpportunityContactRole',
          where: ['IsPrimary = true', 'Opportunity.IsWon = true'],
          changed: 'Opportunity.SystemModstamp',
        },
        (items) => recordsOf(roleSchema, items, (role) => toPurchase(role, set.currency, number)),
      ),
    check: async (call) => {
      const schema = z.object({ name: optionalText, organization_id: z.string() });
      const user = readAnswer(NAME, schema, await get(call, '/services/oauth2/userinfo'));
      await query(call, `SELECT Id, ${set.key_field} FROM Case LIMIT 1`);
      return { account: user.organization_id, user: user.name };
    },
    discover: async (call) => {
      const field = z.object({
        name: z.string(),
        label: z.string(),
        type: z.string(),
        picklistValues: z.array(z.object({ value: z.string(), label: z.string() })).nullish(),
      });
      const answer = await get(call, `${data}/sobjects/Case/describe`);
      const { fields } = readAnswer(NAME, z.object({ fields: z.array(field) }), answer);
      const values = fields.find(({ name }) => name === 'Status')?.picklistValues ?? [];
      const users = await query(call, 'SELECT Id, Name FROM User WHERE IsActive = true LIMIT 200');
      const person = z.object({ Id: idText, Name: z.string() });
      return {
        pipelines: [
          {
            id: 'Status',
            name: 'Status',
            stages: values.map(({ value, label }) => ({ id: value, name: label })),
          },
        ],
        fields: fields.map(({ name, label, type }) => ({ id: name, name: label, type })),
        owners: users.flatMap((item) => {
          const { success, data: one } = person.safeParse(item);
          return success ? [{ id: one.Id, name: one.Name }] : [];
        }),
      };
    },
  };
}

/** Cases of a Salesforce org, by the client credentials of an external client app. */
export const salesforce: CrmConnector<Settings> = {
  kind: 'salesforce',
  settings,
  connect: (set, edges) => createVendorCrm(createDriver(set), set, edges),
};
