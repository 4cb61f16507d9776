import { z } from 'zod';
import { type CaseRevision, reviseCase } from '../../../src/act/cases/revise.ts';
import { tellCaseChange } from '../../../src/act/cases/tell.ts';
import { CASE_OUTCOMES, CASE_STATUSES, type Case, isWaiting } from '../../../src/model/case.ts';
import { TIERS } from '../../../src/model/customer.ts';
import type { CaseId, UserId } from '../../../src/model/ids.ts';
import { addAudit } from '../../../src/store/audit.ts';
import { listCaseEvents } from '../../../src/store/case-events.ts';
import { getCase, listCasePosts, listCases, mergedInto } from '../../../src/store/cases.ts';
import { getCustomers } from '../../../src/store/customers.ts';
import type { Db } from '../../../src/store/db.ts';
import { findTopicByKey, listTopics } from '../../../src/store/topics.ts';
import { findUser, listUsers } from '../../../src/store/users.ts';
import type { DashboardDeps } from '../../deps.ts';
import { moment, pageWith, readCursor } from '../cursor.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { at, byId, id, iso, isoOrNull, pageOf, paging } from '../shapes.ts';

const MAX_TEXT = 2000;
const severity = z.union([z.literal(1), z.literal(2), z.literal(3)]);

const caseSchema = z
  .object({
    id,
    status: z.enum([...CASE_STATUSES, 'withdrawn', 'merged']),
    severity,
    reason: z.string().describe('As the taggers see it'),
    cause: z.string().nullable().describe('As people see it'),
    topic: z.string(),
    customer: z.string().nullable().describe('External id; null without the scope customers:read'),
    owner: z.string().nullable().describe('E-mail of a user'),
    posts: z.int(),
    document: id.describe('Of the first post'),
    promise: z
      .object({ text: z.string(), until: at.nullable(), kept: z.boolean().nullable() })
      .nullable()
      .describe('What the customer was promised'),
    outcome: z.enum(CASE_OUTCOMES).nullable(),
    opened_at: at,
    due_at: at,
    taken_at: at.nullable(),
    answered_at: at.nullable(),
    closed_at: at.nullable(),
  })
  .meta({ id: 'Case' });
type Shown = z.input<typeof caseSchema>;

const whole = caseSchema.extend({
  documents: z.array(id).describe('Its posts, in the order in which they came'),
  history: z.array(
    z.object({ at, actor: z.string(), kind: z.string(), detail: z.record(z.string(), z.unknown()) }),
  ),
});

async function casesShown(db: Db, call: Pick<Call, 'may'>, list: readonly Case[]): Promise<Shown[]> {
  const ids = call.may('customers:read') ? [...new Set(list.map(({ customerId }) => customerId))] : [];
  const [topics, users, customers] = await Promise.all([
    listTopics(db),
    listUsers(db),
    ids.length === 0 ? [] : getCustomers(db, ids),
  ]);
  const topicKeys = new Map(topics.map((topic) => [topic.id, topic.key]));
  const emails = new Map(users.map((user) => [user.id, user.email]));
  const numbers = new Map(customers.map((customer) => [customer.id, customer.externalId]));
  return list.map((one) => ({
    id: one.id,
    status: one.status,
    severity: one.severity,
    reason: one.reason,
    cause: one.cause,
    topic: topicKeys.get(one.topicId) ?? '',
    customer: numbers.get(one.customerId) ?? null,
    owner: one.ownerId === null ? null : (emails.get(one.ownerId) ?? null),
    posts: one.posts,
    document: one.documentId,
    promise: one.promise && { ...one.promise, until: isoOrNull(one.promise.until) },
    outcome: one.outcome,
    opened_at: iso(one.openedAt),
    due_at: iso(one.dueAt),
    taken_at: isoOrNull(one.takenAt),
    answered_at: isoOrNull(one.answeredAt),
    closed_at: isoOrNull(one.closedAt),
  }));
}

const query = z.strictObject({
  status: z
    .enum([...CASE_STATUSES, 'withdrawn', 'waiting'])
    .optional()
    .describe('waiting: open or in work'),
  owner: z.string().max(254).optional().describe('E-mail of a user'),
  topic: z.string().max(64).optional(),
  tier: z
    .enum([...TIERS, 'none'])
    .optional()
    .describe('Needs the scope customers:read'),
  late: z.enum(['1']).optional().describe('1: past the time and unanswered'),
  ...paging,
});

const place = z.object({ isWaiting: z.boolean(), dueAt: moment, id: z.int() });

async function list(deps: DashboardDeps, call: Call<unknown, z.output<typeof query>>) {
  const { status, owner, topic, tier, late, limit } = call.query;
  const walk = { operation: 'listCases', query: call.query };
  const from = readCursor(deps.alerts.sign, walk, place);
  if (tier !== undefined && !call.may('customers:read'))
    return refuse({ status: 403, code: 'insufficient-scope', title: 'Tiers need the scope customers:read' });
  const user = owner === undefined ? null : await findUser(deps.db, owner);
  const subject = topic === undefined ? null : await findTopicByKey(deps.db, topic);
  // Whoever or whatever is not known has none.
  if ((owner !== undefined && !user) || (topic !== undefined && !subject))
    return { data: [], next_cursor: null };
  const filter = {
    status,
    ownerId: user?.id,
    topicId: subject?.id,
    tier,
    late: late === '1',
    behind: from ? { ...from, id: from.id as CaseId } : undefined,
  };
  const read = await listCases(deps.db, filter, call.now, limit + 1, 0);
  const { rows, next_cursor } = pageWith(deps.alerts.sign, walk, read, limit, (last) => ({
    isWaiting: isWaiting(last),
    dueAt: iso(last.dueAt),
    id: last.id,
  }));
  return { data: await casesShown(deps.db, call, rows), next_cursor };
}

async function read(db: Db, call: Pick<Call, 'may'>, number: CaseId): Promise<z.input<typeof whole>> {
  const into = await mergedInto(db, number);
  if (into !== null)
    return refuse({
      status: 404,
      code: 'merged',
      title: 'This case is part of another one now',
      detail: `Its posts are in case ${into}.`,
    });
  const one = found(await getCase(db, number), 'case');
  const [shown] = await casesShown(db, call, [one]);
  const [posts, events] = await Promise.all([listCasePosts(db, number), listCaseEvents(db, number)]);
  return {
    ...found(shown, 'case'),
    documents: posts.map(({ documentId }) => documentId),
    history: events.map(({ at: when, actor, kind, detail }) => ({ at: iso(when), actor, kind, detail })),
  };
}

const text = z.string().trim().max(MAX_TEXT);

const revision = z
  .strictObject({
    status: z.enum(CASE_STATUSES).optional(),
    owner: z.email().max(254).nullable().optional().describe('A user; null: nobody'),
    cause: text.min(1).max(40).nullable().optional(),
    severity: severity.optional(),
    due_at: z.iso.datetime({ offset: true }).optional(),
    promise: z
      .strictObject({ text: text.min(1), until: z.iso.datetime({ offset: true }).nullable().default(null) })
      .nullable()
      .optional(),
    promise_kept: z.boolean().nullable().optional(),
    outcome: z.enum(CASE_OUTCOMES).nullable().optional(),
    note: text.min(1).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'says nothing');

/** Who is let in. @throws ApiRefusal */
async function ownerOf(db: Db, email: string): Promise<UserId> {
  const user = await findUser(db, email);
  if (user && user.disabledAt === null) return user.id;
  return refuse({
    status: 422,
    code: 'unknown-owner',
    title: 'Nobody of this address may log in',
    errors: [{ in: 'body', pointer: '#/owner', detail: 'is no user who may log in' }],
  });
}

async function toRevision(db: Db, body: z.output<typeof revision>): Promise<CaseRevision> {
  const { owner, due_at: due, promise, promise_kept: promiseKept, ...same } = body;
  const given = Object.entries(same).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as CaseRevision),
    ...(owner === undefined ? {} : { owner: owner === null ? null : await ownerOf(db, owner) }),
    ...(due === undefined ? {} : { dueAt: new Date(due) }),
    ...(promise === undefined
      ? {}
      : {
          promise: promise && { ...promise, until: promise.until === null ? null : new Date(promise.until) },
        }),
    ...(promiseKept === undefined ? {} : { promiseKept }),
  };
}

export const cases = [
  operation({
    id: 'listCases',
    method: 'get',
    path: '/cases',
    scope: 'cases:read',
    summary: 'List cases, those that wait first, the most urgent at the top',
    query,
    answer: pageOf(caseSchema),
    handle: list,
  }),
  operation({
    id: 'readCase',
    method: 'get',
    path: '/cases/{id}',
    scope: 'cases:read',
    summary: 'Read one case, its posts and its history',
    params: byId,
    answer: whole,
    handle: ({ db }, call) => read(db, call, call.params.id as CaseId),
  }),
  operation({
    id: 'changeCase',
    method: 'patch',
    path: '/cases/{id}',
    scope: 'cases:write',
    summary: 'Say how far a case is, whose it is, what was promised, how it ended, or write a note',
    detail: 'What is left out stays. Those who are told of cases are told.',
    params: byId,
    body: revision,
    answer: whole,
    handle: async (deps, call) => {
      const number = call.params.id as CaseId;
      const by = { actor: call.actor, now: call.now };
      await deps.db.transaction(async (tx) => {
        const changed = found(await reviseCase(tx, number, await toRevision(tx, call.body), by), 'case');
        await tellCaseChange(tx, number, changed, deps.casePolicy, by.now);
        const subject = `case:${number}`;
        await addAudit(tx, { at: by.now, actor: by.actor, action: 'case.changed', subject });
      });
      return read(deps.db, call, number);
    },
  }),
];
