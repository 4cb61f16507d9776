import { z } from 'zod';
import { PermanentError, RetryLaterError } from '../../lib/errors.ts';
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
  url: vendorAddress.default('https://app.chatwoot.com'),
  account_id: z.number().int().positive(),
  /** Of an agent: in the settings of the profile. */
  api_access_token: z.string().min(1),
  /** An inbox of the kind API. */
  inbox_id: z.number().int().positive(),
  /** A text attribute of conversations made for us. */
  key_attribute: z
    .string()
    .regex(/^[a-z]\w*$/)
    .default('molva_key'),
  team_id: z.number().int().optional(),
  assignee_id: z.number().int().optional(),
});

type Settings = z.infer<typeof settings>;

const NAME = 'Chatwoot';
/** Pages are as long as Chatwoot makes them. */
const CONTACTS_PAGE = 15;
const CONVERSATIONS_PAGE = 25;
const MESSAGES_PAGE = 100;
const MESSAGES_PAGES = 20;
const PRIORITY = { 1: 'medium', 2: 'high', 3: 'urgent' } as const;
/** A conversation is somebody's: of an author who is no contact, it is this one's. */
const STAND_IN = 'molva';
const STATUSES: Readonly<Record<string, RecordStatus['status']>> = {
  open: 'open',
  pending: 'in_work',
  snoozed: 'answered',
  resolved: 'closed',
};

const contactSchema = z.object({
  id: idText,
  name: optionalText,
  email: optionalText,
  phone_number: optionalText,
  identifier: optionalText,
  additional_attributes: z
    .object({ company_name: optionalText, city: optionalText })
    .partial()
    .nullish()
    .catch(null),
});
const listSchema = z.object({ payload: z.array(z.unknown()) });
/** Some versions have the list within `data`. */
const filteredSchema = z.union([listSchema, z.object({ data: listSchema }).transform(({ data }) => data)]);
const conversationSchema = z.object({ id: idText, status: z.string().optional() });
const messageSchema = z.object({ id: z.number(), content: z.string().nullish() });

interface Condition {
  attribute_key: string;
  values: readonly (string | number)[];
  custom_attribute_type?: 'conversation_attribute';
}

/** Any of them. */
function toFilter(conditions: readonly Condition[]): object {
  const payload = conditions.map((condition, n) => ({
    filter_operator: 'equal_to',
    ...condition,
    query_operator: n < conditions.length - 1 ? 'OR' : null,
  }));
  return { payload };
}

function toRecord(contact: z.infer<typeof contactSchema>, number: (id: string) => string) {
  if (contact.identifier === STAND_IN) return null;
  return stated({
    external_id: number(contact.id),
    name: joinName([contact.name], contact.id),
    emails: contact.email ? [contact.email] : [],
    phones: contact.phone_number ? [contact.phone_number] : [],
    company: contact.additional_attributes?.company_name,
    city: contact.additional_attributes?.city,
  });
}

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));

function createDriver(set: Settings): VendorDriver {
  const root = `/api/v1/accounts/${set.account_id}`;
  const app = `${set.url}/app/accounts/${set.account_id}`;
  const recordOf = (id: string): CaseRecord => ({ id, url: `${app}/conversations/${id}` });
  const get = (call: Call, path: string, absent?: number[]) =>
    call({ method: 'GET', path: root + path, ...(absent ? { absent } : {}) });
  const write = (call: Call, path: string, body: object, sample: object = {}) =>
    call({ method: 'POST', path: root + path, body, effect: 'write', sample });
  /** A POST that only asks. */
  const filter = async (call: Call, what: string, conditions: readonly Condition[]): Promise<unknown[]> => {
    const answer = await call({ method: 'POST', path: `${root}/${what}/filter`, body: toFilter(conditions) });
    return readAnswer(NAME, filteredSchema, answer).payload;
  };

  const toFound = (items: readonly unknown[]): Found[] =>
    items.flatMap((item) => {
      const { success, data } = contactSchema.safeParse(item);
      return success && data.identifier !== STAND_IN
        ? [{ id: data.id, name: joinName([data.name], data.id), url: `${app}/contacts/${data.id}` }]
        : [];
    });

  async function byId(call: Call, id: string): Promise<Found | null> {
    if (!/^\d{1,18}$/.test(id)) return null;
    const answer = await get(call, `/contacts/${id}`, [404]);
    return answer === null
      ? null
      : (toFound([readAnswer(NAME, z.object({ payload: z.unknown() }), answer).payload])[0] ?? null);
  }

  async function findStandIn(call: Call): Promise<string | null> {
    const [found] = await filter(call, 'contacts', [{ attribute_key: 'identifier', values: [STAND_IN] }]);
    return contactSchema.safeParse(found).data?.id ?? null;
  }

  /** Made when it is first needed. No second contact can have its identifier: who comes second is refused, and finds it. */
  async function standIn(call: Call): Promise<string> {
    const known = await findStandIn(call);
    if (known !== null) return known;
    const answer = await call({
      method: 'POST',
      path: `${root}/contacts`,
      body: { name: 'Molva', identifier: STAND_IN },
      effect: 'write',
      absent: [422],
      sample: { payload: { contact: { id: '{contact}' } } },
    });
    const made = z.object({ payload: z.object({ contact: z.object({ id: idText }) }) });
    if (answer !== null) return readAnswer(NAME, made, answer).payload.contact.id;
    const other = await findStandIn(call);
    if (other !== null) return other;
    throw new RetryLaterError('no-stand-in', `${NAME} makes no contact for authors who are not customers.`);
  }

  /** All that a conversation says, from its beginning: the usual answer has only the last twenty. */
  async function messagesOf(call: Call, id: string): Promise<z.infer<typeof messageSchema>[]> {
    const all: z.infer<typeof messageSchema>[] = [];
    for (let n = 0; n < MESSAGES_PAGES; n += 1) {
      const after = all.at(-1)?.id ?? 0;
      const answer = await get(call, `/conversations/${id}/messages?after=${after}`, [404]);
      if (answer === null) break;
      const { payload } = readAnswer(NAME, z.object({ payload: z.array(messageSchema) }), answer);
      all.push(...payload);
      if (payload.length < MESSAGES_PAGE) break;
    }
    return all;
  }

  async function hasNote(call: Call, { kind, id }: NotePlace, mark: string): Promise<boolean> {
    if (kind === 'record') return (await messagesOf(call, id)).some(({ content }) => content?.includes(mark));
    const notes = readAnswer(NAME, z.array(z.unknown()), await get(call, `/contacts/${id}/notes`));
    return notes.some((note) => JSON.stringify(note).includes(mark));
  }

  async function note(call: Call, { kind, id }: NotePlace, content: string): Promise<void> {
    if (kind === 'customer') await write(call, `/contacts/${id}/notes`, { content });
    // Private: whoever wrote does not get it.
    else
      await write(call, `/conversations/${id}/messages`, {
        content,
        message_type: 'outgoing',
        private: true,
      });
  }

  /** Page by page in the order in which they were made; what has changed since cannot be asked for. */
  async function customers(
    call: Call,
    { after }: PagePlace,
    number: (id: string) => string,
  ): Promise<PulledPage> {
    const page = after === null ? 1 : Number(after);
    const query = new URLSearchParams({
      page: String(page),
      sort: 'created_at',
      include_contact_inboxes: 'false',
    });
    const { payload } = readAnswer(NAME, listSchema, await get(call, `/contacts?${query}`));
    const records = recordsOf(contactSchema, payload, (contact) => toRecord(contact, number));
    return { records, after: payload.length === CONTACTS_PAGE ? String(page + 1) : null };
  }

  /** Without the attribute's definition no conversation could be found by its key. */
  async function checkKey(call: Call): Promise<void> {
    const schema = z.array(z.object({ attribute_key: z.string() }));
    const all = readAnswer(NAME, schema, await get(call, '/custom_attribute_definitions?attribute_model=0'));
    if (!all.some(({ attribute_key }) => attribute_key === set.key_attribute))
      throw new PermanentError(
        'no-key-field',
        `${NAME} has no attribute "${set.key_attribute}" of conversations: make one, as a text.`,
      );
  }

  async function statuses(call: Call, ids: readonly string[]): Promise<Map<string, RecordStatus>> {
    const numbers = ids.filter((id) => /^\d{1,15}$/.test(id)).map(Number);
    const found = new Map<string, RecordStatus>();
    for (const values of chunks(numbers, CONVERSATIONS_PAGE))
      for (const item of await filter(call, 'conversations', [{ attribute_key: 'display_id', values }])) {
        const { success, data } = conversationSchema.safeParse(item);
        if (!success || !data.status) continue;
        const status = set.statuses[data.status] ?? STATUSES[data.status] ?? 'in_work';
        found.set(data.id, { status, detail: data.status });
      }
    return found;
  }

  return {
    vendor: {
      name: NAME,
      baseUrl: set.url,
      secrets: [set.api_access_token],
      // 3000 a minute for an address.
      rates: { all: { perSecond: 10, burst: 20 } },
      authorize: async () => ({ api_access_token: set.api_access_token }),
      words: (body) => {
        const { data } = z
          .object({ error: optionalText, message: optionalText, errors: z.array(z.string()).nullish() })
          .partial()
          .safeParse(body);
        return data?.message ?? data?.error ?? data?.errors?.[0] ?? null;
      },
    },
    lookUp: async (call, key) => {
      const condition = {
        attribute_key: set.key_attribute,
        values: [key],
        custom_attribute_type: 'conversation_attribute',
      } as const;
      const [found] = await filter(call, 'conversations', [condition]);
      const read = conversationSchema.safeParse(found);
      return read.success ? recordOf(read.data.id) : null;
    },
    create: async (call, _payload, key, customer) => {
      const body = stated({
        inbox_id: set.inbox_id,
        contact_id: Number(customer ?? (await standIn(call))) || '{contact}',
        // Of its own, so that an inbox with one conversation for each contact still has one for each case.
        source_id: key,
        status: 'open',
        custom_attributes: { [set.key_attribute]: key },
        team_id: set.team_id,
        assignee_id: set.assignee_id,
      });
      const answer = await write(call, '/conversations', body, { id: '{id}' });
      return recordOf(readAnswer(NAME, conversationSchema, answer).id);
    },
    // A conversation has no text of its own. The note comes last: where it is, all is done.
    complete: async (call, { id }, payload) => {
      const place = { kind: 'record', id } as const;
      if (await hasNote(call, place, payload.case.link)) return;
      await write(call, `/conversations/${id}/toggle_priority`, {
        priority: PRIORITY[payload.case.severity],
      });
      const text = `${caseSubject(payload, set.language)}\n\n${caseText(payload, set.language)}`;
      await note(call, place, text);
    },
    hasCustomer: async (call, id) => (await byId(call, id)) !== null,
    close: async (call, { id }) => {
      await write(call, `/conversations/${id}/toggle_status`, { status: 'resolved' });
    },
    hasNote,
    note,
    statuses,
    find: async (call, { emails, phones }) =>
      toFound(
        await filter(call, 'contacts', [
          ...emails.slice(0, 10).map((email) => ({ attribute_key: 'email', values: [email] })),
          // The plus is put before it there.
          ...phones
            .slice(0, 10)
            .map((phone) => ({ attribute_key: 'phone_number', values: [phone.replace(/^\+/, '')] })),
        ]),
      ),
    byId,
    customers,
    check: async (call) => {
      const person = z.object({ name: optionalText, email: optionalText });
      const profile = await call({ method: 'GET', path: '/api/v1/profile' });
      const { name, email } = readAnswer(NAME, person, profile);
      const box = z.object({ name: z.string(), channel_type: z.string() });
      const inbox = readAnswer(NAME, box, await get(call, `/inboxes/${set.inbox_id}`));
      if (inbox.channel_type !== 'Channel::Api')
        throw new PermanentError('wrong-inbox', `${NAME}: the inbox ${set.inbox_id} is not of the kind API.`);
      await checkKey(call);
      return { account: `${new URL(set.url).host}, ${inbox.name}`, user: name ?? email };
    },
    discover: async (call) => {
      const named = z.object({ id: idText, name: z.string() });
      const attribute = z.object({
        attribute_key: z.string(),
        attribute_display_name: z.string(),
        attribute_display_type: z.string(),
      });
      const inboxes = readAnswer(NAME, z.object({ payload: z.array(named) }), await get(call, '/inboxes'));
      const answer = await get(call, '/custom_attribute_definitions?attribute_model=0');
      const agents = readAnswer(NAME, z.array(named), await get(call, '/agents'));
      const stages = Object.keys(STATUSES).map((id) => ({ id, name: id }));
      return {
        pipelines: inboxes.payload.map(({ id, name }) => ({ id, name, stages })),
        fields: readAnswer(NAME, z.array(attribute), answer).map((one) => ({
          id: one.attribute_key,
          name: one.attribute_display_name,
          type: one.attribute_display_type,
        })),
        owners: agents,
      };
    },
  };
}

/** Conversations of a Chatwoot, in an inbox of the kind API, by the token of an agent. */
export const chatwoot: CrmConnector<Settings> = {
  kind: 'chatwoot',
  settings,
  connect: (set, edges) => createVendorCrm(createDriver(set), set, edges),
};
