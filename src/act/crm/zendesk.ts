import { z } from 'zod';
import { PermanentError } from '../../lib/errors.ts';
import type { CasePayload } from '../../model/case-payload.ts';
import type { CrmConnector, RecordStatus } from '../../model/ports.ts';
import { idText, joinName, optionalText, readAnswer, recordsOf, stated } from './answers.ts';
import { caseSubject, caseText } from './case-words.ts';
import type { PagePlace, PulledPage } from './pull-pass.ts';
import { type CaseRecord, createVendorCrm, type Found, type VendorDriver } from './vendor-crm.ts';
import type { Call } from './vendor-http.ts';
import { vendorAddress, vendorSettings } from './vendor-settings.ts';

const settings = z.strictObject({
  ...vendorSettings,
  /** `https://example.zendesk.com` */
  url: vendorAddress,
  /** Whose the token is: an agent's. */
  email: z.email(),
  api_token: z.string().min(1),
  group_id: z.number().int().optional(),
  assignee_id: z.number().int().optional(),
  tags: z.array(z.string().regex(/^\S+$/)).default(['molva']),
});

type Settings = z.infer<typeof settings>;

const NAME = 'Zendesk';
const PAGE = 500;
const PRIORITY = { 1: 'normal', 2: 'high', 3: 'urgent' } as const;
const STATUSES: Readonly<Record<string, RecordStatus['status']>> = {
  new: 'open',
  open: 'in_work',
  hold: 'in_work',
  pending: 'answered',
  solved: 'closed',
  closed: 'closed',
};

const userSchema = z.object({
  id: idText,
  name: optionalText,
  email: optionalText,
  phone: optionalText,
  role: z.string().nullish(),
  active: z.boolean().nullish(),
});
const usersSchema = z.object({ users: z.array(z.unknown()) });
const ticketSchema = z.object({ id: idText, status: z.string() });

function toRecord(user: z.infer<typeof userSchema>, number: (id: string) => string) {
  // Agents are not customers.
  if (user.role !== 'end-user' || user.active === false) return null;
  return stated({
    external_id: number(user.id),
    name: joinName([user.name], user.id),
    emails: user.email ? [user.email] : [],
    phones: user.phone ? [user.phone] : [],
  });
}

function createDriver(set: Settings): VendorDriver {
  const basic = Buffer.from(`${set.email}/token:${set.api_token}`).toString('base64');
  const recordOf = (id: string): CaseRecord => ({ id, url: `${set.url}/agent/tickets/${id}` });
  const get = (call: Call, path: string, more: object = {}) =>
    call({ method: 'GET', path: `/api/v2${path}`, ...more });
  const update = (call: Call, id: string, ticket: object) =>
    call({ method: 'PUT', path: `/api/v2/tickets/${id}.json`, body: { ticket }, effect: 'write' });

  function toFound(users: readonly unknown[]): Found[] {
    return users.flatMap((item) => {
      const { success, data } = userSchema.safeParse(item);
      return success
        ? [{ id: data.id, name: joinName([data.name], data.id), url: `${set.url}/agent/users/${data.id}` }]
        : [];
    });
  }

  async function byId(call: Call, id: string): Promise<Found | null> {
    if (!/^\d{1,20}$/.test(id)) return null;
    const answer = await get(call, `/users/${id}.json`, { absent: [404] });
    if (answer === null) return null;
    return toFound([readAnswer(NAME, z.object({ user: z.unknown() }), answer).user])[0] ?? null;
  }

  async function find(call: Call, field: string, value: string): Promise<Found[]> {
    // Quoted, so that nothing in it is read as the language of queries.
    const query = new URLSearchParams({ query: `${field}:"${value.replace(/["\\]/g, '')}"` });
    return toFound(readAnswer(NAME, usersSchema, await get(call, `/users/search.json?${query}`)).users);
  }

  function ticketOf(payload: CasePayload, key: string, customer: string | null): Record<string, unknown> {
    return stated({
      subject: caseSubject(payload, set.language),
      comment: { body: caseText(payload, set.language), public: false },
      priority: PRIORITY[payload.case.severity],
      external_id: key,
      tags: set.tags,
      requester_id: customer === null ? null : Number(customer),
      group_id: set.group_id,
      assignee_id: set.assignee_id,
    });
  }

  /** Zendesk keeps a place in what changes, and tells nothing of the last minute. */
  async function customers(
    call: Call,
    { after }: PagePlace,
    number: (id: string) => string,
  ): Promise<PulledPage> {
    const query = new URLSearchParams({
      per_page: String(PAGE),
      ...(after ? { cursor: after } : { start_time: '0' }),
    });
    const schema = usersSchema.extend({ after_cursor: z.string().nullable(), end_of_stream: z.boolean() });
    const answer = await get(call, `/incremental/users/cursor.json?${query}`, { lane: 'export' });
    const page = readAnswer(NAME, schema, answer);
    const resume = page.after_cursor ?? after;
    return {
      records: recordsOf(userSchema, page.users, (user) => toRecord(user, number)),
      after: page.end_of_stream ? null : resume,
      ...(resume === null ? {} : { resume }),
    };
  }

  return {
    vendor: {
      name: NAME,
      baseUrl: set.url,
      secrets: [set.api_token, basic],
      // 200 a minute on the smallest plan, 10 a minute for what is exported.
      rates: { all: { perSecond: 2.5, burst: 20 }, export: { perSecond: 8 / 60, burst: 2 } },
      authorize: async () => ({ authorization: `Basic ${basic}` }),
      words: (body) => {
        const { data } = z
          .object({
            error: z.union([z.string(), z.object({ message: z.string() })]),
            description: z.string().optional(),
          })
          .safeParse(body);
        if (!data) return null;
        return data.description ?? (typeof data.error === 'string' ? data.error : data.error.message);
      },
    },
    lookUp: async (call, key) => {
      const schema = z.object({ tickets: z.array(z.object({ id: idText })) });
      const answer = await get(call, `/tickets.json?${new URLSearchParams({ external_id: key })}`);
      const [found] = readAnswer(NAME, schema, answer).tickets;
      return found ? recordOf(found.id) : null;
    },
    create: async (call, payload, key, customer) => {
      const answer = await call({
        method: 'POST',
        path: '/api/v2/tickets.json',
        body: { ticket: ticketOf(payload, key, customer) },
        headers: { 'idempotency-key': key },
        effect: 'write',
        sample: { ticket: { id: '{id}' } },
      });
      return recordOf(readAnswer(NAME, z.object({ ticket: z.object({ id: idText }) }), answer).ticket.id);
    },
    hasCustomer: async (call, id) => (await byId(call, id)) !== null,
    close: async (call, { id }) => {
      await update(call, id, { status: 'solved' });
    },
    hasNote: async (call, { id }, mark) => {
      const schema = z.object({ comments: z.array(z.object({ body: z.string().nullish() })) });
      const answer = await get(call, `/tickets/${id}/comments.json?sort_order=desc&per_page=100`);
      return readAnswer(NAME, schema, answer).comments.some(({ body }) => body?.includes(mark));
    },
    note: async (call, { id }, text) => {
      await update(call, id, { comment: { body: text, public: false } });
    },
    noCustomerNotes: true,
    statuses: async (call, ids) => {
      const query = new URLSearchParams({ ids: ids.join(',') });
      const answer = await get(call, `/tickets/show_many.json?${query}`);
      const { tickets } = readAnswer(NAME, z.object({ tickets: z.array(ticketSchema) }), answer);
      return new Map(
        tickets.map(({ id, status }) => [
          id,
          { status: set.statuses[status] ?? STATUSES[status] ?? 'in_work', detail: status },
        ]),
      );
    },
    find: async (call, { emails, phones }) => {
      const found: Found[] = [];
      for (const email of emails.slice(0, 5)) found.push(...(await find(call, 'email', email)));
      for (const phone of phones.slice(0, 5)) found.push(...(await find(call, 'phone', phone)));
      return found;
    },
    byId,
    customers,
    check: async (call) => {
      const schema = z.object({
        user: z.object({ id: z.number().nullable(), name: optionalText, role: z.string() }),
      });
      const { user } = readAnswer(NAME, schema, await get(call, '/users/me.json'));
      // Who is not let in is nobody, and told so with 200.
      if (user.id === null || user.role === 'end-user')
        throw new PermanentError(
          'credentials',
          `${NAME} does not let us in as an agent: check email and api_token.`,
        );
      return { account: new URL(set.url).host, user: user.name };
    },
    discover: async (call) => {
      const named = z.object({ id: idText, name: z.string() });
      const fieldSchema = z.object({
        ticket_fields: z.array(z.object({ id: idText, title: z.string(), type: z.string() })),
      });
      const fields = readAnswer(NAME, fieldSchema, await get(call, '/ticket_fields.json'));
      const groups = readAnswer(NAME, z.object({ groups: z.array(named) }), await get(call, '/groups.json'));
      const agents = readAnswer(NAME, usersSchema, await get(call, '/users.json?role[]=agent&role[]=admin'));
      const stages = Object.keys(STATUSES).map((id) => ({ id, name: id }));
      return {
        pipelines: groups.groups.map(({ id, name }) => ({ id, name, stages })),
        fields: fields.ticket_fields.map(({ id, title, type }) => ({ id, name: title, type })),
        owners: toFound(agents.users).map(({ id, name }) => ({ id, name: name ?? id })),
      };
    },
  };
}

/** Tickets of a Zendesk, by the token of an agent. */
export const zendesk: CrmConnector<Settings> = {
  kind: 'zendesk',
  settings,
  connect: (set, edges) => createVendorCrm(createDriver(set), set, edges),
};
