import { z } from 'zod';
import { type CanaryDocument, getCanaryDocument, listPlanted } from '../../../src/store/canary-documents.ts';
import type { DashboardDeps } from '../../deps.ts';
import { removeCanary } from '../../recall/remove-canary.ts';
import { readPage } from '../cursor.ts';
import { found, operation } from '../operation.ts';
import { at, byId, id, iso, isoOrNull, pageOf, paging } from '../shapes.ts';

const HOUR_MS = 3_600_000;

const canarySchema = z
  .object({
    id,
    source: z.string().describe('Key of the source that is to bring it'),
    address: z.string().describe('Of the post; empty where only words are known'),
    words: z.string(),
    within_hours: z.number(),
    planted_by: z.string(),
    planted_at: at,
    found_at: at
      .nullable()
      .describe('When the source brought it; before it was planted when it was there already'),
    missed_at: at.nullable().describe('When its time was up and it was not there'),
    document: id.nullable(),
    miss: id.nullable().describe('Its entry among the misses'),
  })
  .meta({ id: 'Canary' });

const canaryOf = (one: CanaryDocument): z.input<typeof canarySchema> => ({
  id: one.id,
  source: one.sourceKey,
  address: one.address,
  words: one.words,
  within_hours: one.withinMs / HOUR_MS,
  planted_by: one.plantedBy,
  planted_at: iso(one.plantedAt),
  found_at: isoOrNull(one.foundAt),
  missed_at: isoOrNull(one.missedAt),
  document: one.documentId,
  miss: one.missId,
});

const read = async ({ db }: DashboardDeps, number: number) =>
  canaryOf(found(await getCanaryDocument(db, number), 'canary'));

const place = z.object({ id: z.int() });

export const canaries = [
  operation({
    id: 'listCanaries',
    method: 'get',
    path: '/canaries',
    scope: 'recall:read',
    summary: 'List posts that were planted to see whether their sources bring them, newest first',
    query: z.strictObject(paging),
    answer: pageOf(canarySchema),
    handle: async (deps, { query }) => {
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: 'listCanaries', query },
        place,
        (from, atMost) => listPlanted(deps.db, atMost, from?.id ?? null),
        (last) => ({ id: last.id }),
      );
      return { data: rows.map(canaryOf), next_cursor };
    },
  }),
  operation({
    id: 'plantCanary',
    method: 'post',
    path: '/canaries',
    scope: 'recall:write',
    summary: 'Name a post that a source must bring within some hours; whether it does is told here',
    detail: 'Send an address, or words of the post, or both.',
    body: z.strictObject({
      source: z.string().min(1).max(64).describe('Key'),
      address: z.string().max(2100).default(''),
      words: z.string().max(500).default(''),
      within_hours: z.number().min(1).max(2160),
    }),
    answer: canarySchema,
    status: 201,
    handle: async (deps, { body, actor }) => {
      const { within_hours: withinHours, ...post } = body;
      return read(deps, await deps.recall.plant({ ...post, withinHours }, actor));
    },
  }),
  operation({
    id: 'removeCanary',
    method: 'delete',
    path: '/canaries/{id}',
    scope: 'recall:write',
    summary: 'Wait for a planted post no longer',
    params: byId,
    answer: canarySchema,
    handle: async (deps, { params, actor }) => {
      const canary = await read(deps, params.id);
      await removeCanary(deps, params.id, actor);
      return canary;
    },
  }),
];
