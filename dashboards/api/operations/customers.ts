import { z } from 'zod';
import { maskIdentifier } from '../../../src/match/identifiers.ts';
import { type ObjectMistake, pointerTo, readObject } from '../../../src/match/import/objects.ts';
import { type CustomerRecord, TIERS } from '../../../src/model/customer.ts';
import { addAudit } from '../../../src/store/audit.ts';
import { listCasesOfCustomer } from '../../../src/store/cases.ts';
import { getCustomer, listIdentifiers } from '../../../src/store/customers.ts';
import { listAccountsOfCustomer } from '../../../src/store/links.ts';
import { findCustomerByExternalId, listMergedEntries } from '../../../src/store/merges.ts';
import { findCustomers } from '../../customers/find.ts';
import type { DashboardDeps } from '../../deps.ts';
import { type ByExternalId, customerOf } from '../customer.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { at, byExternalId, id, iso, paging } from '../shapes.ts';

const MAX_RECORDS = 500;
const MAX_BODY = '5mb';
/** Of mistakes so many are told. */
const MAX_TOLD = 200;

interface Sent {
  record: CustomerRecord;
  /** Where it stands in the body. */
  at: readonly number[];
}

const invalid = (errors: readonly ObjectMistake[]): never =>
  refuse({
    status: 422,
    code: 'invalid-records',
    title: 'Some records have mistakes; nothing was saved',
    errors: errors.slice(0, MAX_TOLD),
  });

function readBody(body: unknown): { sent: Sent[]; mistakes: ObjectMistake[] } {
  const isList = Array.isArray(body);
  const read = (isList ? (body as unknown[]) : [body]).map((value, number) => {
    const place = isList ? [number] : [];
    return { at: place, ...readObject(value, place) };
  });
  return {
    sent: read.flatMap(({ record, at: place }) => (record ? [{ record, at: place }] : [])),
    mistakes: read.flatMap(({ mistakes }) => mistakes),
  };
}

const resultSchema = z.object({
  external_id: z.string(),
  status: z
    .enum(['created', 'updated', 'erased'])
    .describe('erased: this person was erased, and is left out'),
});
const savedSchema = z.object({
  created: z.int(),
  updated: z.int(),
  erased: z.int(),
  results: z.array(resultSchema),
});
type Saved = z.input<typeof savedSchema>;

async function save(deps: DashboardDeps, { body, actor }: Pick<Call, 'body' | 'actor'>): Promise<Saved> {
  if (Array.isArray(body) && body.length > MAX_RECORDS)
    return refuse({
      status: 413,
      code: 'too-many-records',
      title: `Send at most ${MAX_RECORDS} records at a time`,
    });
  const { sent, mistakes } = readBody(body);
  if (mistakes.length > 0) return invalid(mistakes);
  const outcome = await deps.syncCustomers(
    sent.map(({ record }) => record),
    actor,
  );
  if ('unknown' in outcome) {
    const unknown = new Set(outcome.unknown);
    return invalid(
      sent
        .filter(({ record }) => unknown.has(record.externalId))
        .map((one) => ({
          pointer: pointerTo([...one.at, 'name']),
          detail: 'is missing, and the customer is not known yet',
        })),
    );
  }
  const results = [...outcome.saved].map(([externalId, { created }]) => ({
    external_id: externalId,
    status: created ? ('created' as const) : ('updated' as const),
  }));
  // A program that sends all it has must not stumble over somebody who was erased.
  const erased = [...outcome.erased].map((externalId) => ({
    external_id: externalId,
    status: 'erased' as const,
  }));
  const created = results.filter(({ status }) => status === 'created').length;
  const counts = { created, updated: results.length - created, erased: erased.length };
  return { ...counts, results: [...results, ...erased] };
}

async function put(
  deps: DashboardDeps,
  { params, body, actor }: Call<ByExternalId>,
): Promise<z.input<typeof resultSchema>> {
  const own = params.external_id;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return invalid([{ pointer: '#', detail: 'is not a JSON object' }]);
  const stated = 'external_id' in body ? body.external_id : undefined;
  if (stated !== undefined && stated !== own)
    return invalid([{ pointer: '#/external_id', detail: 'is another one than that of the address' }]);
  const { results } = await save(deps, { body: { ...body, external_id: own }, actor });
  return found(results[0], 'customer');
}

const eraseQuery = z.strictObject({
  keep_posts: z
    .enum(['0', '1'])
    .default('0')
    .describe('1: what the linked accounts wrote stays, without the link'),
  person: z.enum(['0', '1']).default('0').describe('1: with all entries of the same person'),
});

/** For good, with what the linked accounts wrote. */
async function erase(deps: DashboardDeps, call: Call<ByExternalId, z.output<typeof eraseQuery>>) {
  const { params, query, actor } = call;
  const customer = await findCustomerByExternalId(deps.db, params.external_id);
  const joined = customer === null ? [] : await listMergedEntries(deps.db, customer);
  if (joined.length > 0 && query.person !== '1')
    return refuse({
      status: 409,
      code: 'joined',
      title: 'This entry is joined with others of the same person',
      detail:
        'To erase the person with all entries, repeat the request with ?person=1. To remove a duplicate, part it on the card first.',
    });
  const keepAccounts = query.keep_posts === '1';
  const erased = customer === null ? null : await deps.people.erase({ customer, actor, keepAccounts });
  return { external_id: params.external_id, status: 'erased' as const, ...found(erased, 'customer') };
}

const customerSchema = z
  .object({
    external_id: z.string(),
    name: z.string(),
    city: z.string().nullable(),
    tier: z.enum(TIERS).nullable(),
    owner: z.string().nullable().describe('Who looks after the customer, as the CRM names them'),
    contacts: z
      .array(z.object({ kind: z.enum(['email', 'phone', 'handle']), value: z.string() }))
      .describe('Masked without the scope customers:contacts'),
    accounts: z.array(
      z.object({
        site: z.string(),
        handle: z.string(),
        state: z.enum(['proposed', 'linked', 'confirmed', 'rejected', 'on_behalf']),
      }),
    ),
    cases: z.array(id).describe('The newest first'),
    updated_at: at,
  })
  .meta({ id: 'Customer' });

async function read(deps: DashboardDeps, call: Call<ByExternalId>): Promise<z.input<typeof customerSchema>> {
  const { db, vault } = deps;
  const number = await customerOf(deps, call.params);
  const customer = found(await getCustomer(db, number), 'customer');
  const isWhole = call.may('customers:contacts');
  await addAudit(db, {
    at: call.now,
    actor: call.actor,
    action: 'customer.viewed',
    subject: `customer:${number}`,
    detail: { contacts: isWhole },
  });
  const [contacts, accounts, cases] = await Promise.all([
    listIdentifiers(db, vault, number),
    listAccountsOfCustomer(db, number),
    listCasesOfCustomer(db, number),
  ]);
  return {
    external_id: customer.externalId,
    name: customer.name,
    city: customer.city,
    tier: customer.tier,
    owner: customer.owner,
    contacts: contacts.map((one) => ({ kind: one.kind, value: isWhole ? one.value : maskIdentifier(one) })),
    accounts: accounts.map(({ site, handle, state }) => ({ site, handle, state })),
    cases: cases.map((one) => one.id),
    updated_at: iso(customer.updatedAt),
  };
}

const foundSchema = z
  .object({
    external_id: z.string(),
    name: z.string(),
    city: z.string().nullable(),
    tier: z.enum(TIERS).nullable(),
    open_cases: z.int(),
    mentions: z.int(),
  })
  .meta({ id: 'FoundCustomer' });

const findQuery = z.strictObject({
  q: z.string().min(1).max(200).describe('Part of a name, or a whole e-mail, phone or account'),
  limit: paging.limit,
});

async function find(deps: DashboardDeps, call: Call<unknown, z.output<typeof findQuery>>) {
  const { q: text, limit } = call.query;
  const rows = await findCustomers(deps, { text, limit, offset: 0, actor: call.actor });
  const data = rows.map(
    (one): z.input<typeof foundSchema> => ({
      external_id: one.externalId,
      name: one.name,
      city: one.city,
      tier: one.tier,
      open_cases: one.openCases,
      mentions: one.mentions,
    }),
  );
  return { data };
}

/** What it may say besides stands in docs/import.md. */
const recordSchema = z
  .looseObject({
    external_id: z.string(),
    name: z.string().optional(),
    emails: z.array(z.string()).optional(),
    phones: z.array(z.string()).optional(),
    city: z.string().nullable().optional(),
    tier: z.enum(TIERS).nullable().optional(),
  })
  .meta({
    id: 'CustomerRecord',
    description: 'A customer as you know them. What is not stated stays. All fields: docs/import.md.',
  });

export const customers = [
  operation({
    id: 'findCustomers',
    method: 'get',
    path: '/customers',
    scope: 'customers:read',
    summary: 'Find customers, those with open cases first; who was told is written down',
    query: findQuery,
    answer: z.object({ data: z.array(foundSchema) }),
    handle: find,
  }),
  operation({
    id: 'saveCustomers',
    method: 'post',
    path: '/customers',
    scope: 'customers:write',
    summary: 'Add or update customers: one, or up to 500',
    body: z.union([recordSchema, z.array(recordSchema).max(MAX_RECORDS)]),
    bodyLimit: MAX_BODY,
    checksBody: true,
    answer: savedSchema,
    handle: save,
  }),
  operation({
    id: 'readCustomer',
    method: 'get',
    path: '/customers/{external_id}',
    scope: 'customers:read',
    summary: 'Read one customer; the look-up is written down',
    params: byExternalId,
    answer: customerSchema,
    handle: read,
  }),
  operation({
    id: 'saveCustomer',
    method: 'put',
    path: '/customers/{external_id}',
    scope: 'customers:write',
    summary: 'Add or update one customer',
    params: byExternalId,
    body: recordSchema.partial({ external_id: true }),
    bodyLimit: MAX_BODY,
    checksBody: true,
    answer: resultSchema,
    statusOf: ({ status }) => (status === 'created' ? 201 : 200),
    handle: put,
  }),
  operation({
    id: 'eraseCustomer',
    method: 'delete',
    path: '/customers/{external_id}',
    scope: 'customers:write',
    summary: 'Erase a customer for good, with what the linked accounts wrote',
    params: byExternalId,
    query: eraseQuery,
    answer: z.looseObject({
      external_id: z.string(),
      status: z.literal('erased'),
      documents: z.int(),
      cases: z.int(),
      deliveries: z.int(),
      digests: z.int(),
      evidence: z.int(),
      kept: z.object({ cases: z.int(), documents: z.int() }),
    }),
    handle: erase,
  }),
];
