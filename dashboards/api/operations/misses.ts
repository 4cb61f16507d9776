import { z } from 'zod';
import { MISS_CAUSES, MISS_STATES } from '../../../src/model/recall.ts';
import { getMiss, listMisses, type Miss } from '../../../src/store/recall-misses.ts';
import { moment, readPage } from '../cursor.ts';
import { found, operation } from '../operation.ts';
import { at, byId, id, iso, isoOrNull, pageOf, paging } from '../shapes.ts';

/** Whoever asks waits for the answer. */
const LIMIT_MS = 25_000;

const missSchema = z
  .object({
    id,
    address: z.string(),
    text: z.string(),
    topic: z.string().nullable(),
    state: z.enum(MISS_STATES),
    cause: z.enum(MISS_CAUSES),
    steps: z
      .array(z.object({ stage: z.string(), result: z.string(), message: z.string() }))
      .describe('How far the post came, and what stopped it'),
    reports: z.int().describe('How often it was reported'),
    reported_by: z.string(),
    reported_at: at,
    closed_at: at.nullable(),
    document: id.nullable().describe('The post, where it is known'),
  })
  .meta({ id: 'Miss' });

const missOf = (miss: Miss): z.input<typeof missSchema> => ({
  id: miss.id,
  address: miss.address,
  text: miss.text,
  topic: miss.topicKey,
  state: miss.state,
  cause: miss.cause,
  steps: miss.trace.steps.map(({ stage, result, message }) => ({ stage, result, message: message.en })),
  reports: miss.reports,
  reported_by: miss.reportedBy,
  reported_at: iso(miss.reportedAt),
  closed_at: isoOrNull(miss.closedAt),
  document: miss.documentId,
});

const place = z.object({ lastReportedAt: moment, id: z.int() });

export const misses = [
  operation({
    id: 'listMisses',
    method: 'get',
    path: '/misses',
    scope: 'recall:read',
    summary: 'List posts that were missed, the last reported first',
    query: z.strictObject({
      state: z.enum(MISS_STATES).optional(),
      cause: z.enum(MISS_CAUSES).optional(),
      ...paging,
    }),
    answer: pageOf(missSchema),
    handle: async (deps, call) => {
      const { state = null, cause = null } = call.query;
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: 'listMisses', query: call.query },
        place,
        (behind, atMost) => listMisses(deps.db, { state, cause, behind }, atMost, 0),
        (last) => ({ lastReportedAt: iso(last.lastReportedAt), id: last.id }),
      );
      return { data: rows.map(missOf), next_cursor };
    },
  }),
  operation({
    id: 'reportMiss',
    method: 'post',
    path: '/misses',
    scope: 'recall:write',
    summary: 'Report a post that should have been found, and learn why it was not',
    detail: 'Its site is asked; that may take half a minute. Send an address, or words of the post, or both.',
    body: z.strictObject({
      address: z.string().max(2100).default(''),
      text: z.string().max(20_000).default(''),
      topic: z
        .string()
        .max(64)
        .nullable()
        .default(null)
        .describe('Key of the topic that should have found it'),
    }),
    answer: missSchema,
    status: 201,
    handle: async (deps, { body, actor }) => {
      const number = await deps.recall.report(body, actor, AbortSignal.timeout(LIMIT_MS));
      return missOf(found(await getMiss(deps.db, number), 'entry'));
    },
  }),
  operation({
    id: 'readMiss',
    method: 'get',
    path: '/misses/{id}',
    scope: 'recall:read',
    summary: 'Read why one post was missed',
    params: byId,
    answer: missSchema,
    handle: async ({ db }, { params }) => missOf(found(await getMiss(db, params.id), 'entry')),
  }),
];
