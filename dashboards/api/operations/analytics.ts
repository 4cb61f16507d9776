import { z } from 'zod';
import { LATENCY_STEPS, latencies } from '../../../src/store/latency.ts';
import { countLoyalty } from '../../../src/store/loyalty.ts';
import { countMentionDays } from '../../../src/store/mention-days.ts';
import { readSearchForm, toFilters } from '../../search-form.ts';
import { operation, refuse } from '../operation.ts';
import { day, days, several, zone } from '../shapes.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

const volume = z.strictObject({
  from: day.describe('First day'),
  to: day.describe('Last day, included; at most 366 days'),
  topic: several(z.string().min(1).max(64)).describe('Keys; none: all'),
  zone,
});

/** @throws ApiRefusal when it ends before it begins, or is too long */
function spanOf(query: z.output<typeof volume>): { from: Date; to: Date } {
  const { from, to } = toFilters(readSearchForm({ from: query.from, to: query.to }), query.zone);
  const length = from && to ? (to.getTime() - from.getTime()) / DAY_MS : 0;
  if (from && to && length > 0.5 && length <= MOST_DAYS + 0.5) return { from, to };
  return refuse({
    status: 400,
    code: 'bad-span',
    title: `Ask for 1 to ${MOST_DAYS} days`,
    errors: [{ in: 'query', pointer: '#/to', detail: `is not 0 to ${MOST_DAYS - 1} days after from` }],
  });
}

export const analytics = [
  operation({
    id: 'countMentions',
    method: 'get',
    path: '/analytics/volume',
    scope: 'analytics:read',
    summary: 'Count mentions by the day on which they were found, topic and tone',
    detail: 'Days without any are left out.',
    query: volume,
    answer: z.object({
      data: z.array(
        z.object({
          day: z.iso.date(),
          topic: z.string(),
          negative: z.int(),
          neutral: z.int(),
          positive: z.int(),
          unsure: z.int(),
          total: z.int(),
        }),
      ),
    }),
    handle: async ({ db }, { query }) => ({
      data: await countMentionDays(db, { ...spanOf(query), zone: query.zone, topics: query.topic }),
    }),
  }),
  operation({
    id: 'readLatency',
    method: 'get',
    path: '/analytics/latency',
    scope: 'analytics:read',
    summary: 'Read how long each step takes from a post to our answer',
    query: z.strictObject({ days, by: z.enum(['source', 'team']).default('source') }),
    answer: z.object({
      data: z.array(
        z.object({
          group: z.string().describe('Name of a source, or of whoever owns the case'),
          step: z.enum(LATENCY_STEPS),
          count: z.int(),
          p50_seconds: z.number(),
          p95_seconds: z.number(),
        }),
      ),
    }),
    handle: async ({ db }, { query, now }) => {
      const rows = await latencies(db, new Date(now.getTime() - query.days * DAY_MS), query.by);
      return {
        data: rows.map(({ group, step, count, p50, p95 }) => ({
          group,
          step,
          count,
          p50_seconds: p50,
          p95_seconds: p95,
        })),
      };
    },
  }),
  operation({
    id: 'countLoyalty',
    method: 'get',
    path: '/analytics/loyalty',
    scope: 'analytics:read',
    summary: 'Count complaints of customers by cause, what was promised, and who bought again',
    query: z.strictObject({ days }),
    answer: z.object({
      data: z.array(
        z.object({
          cause: z.string(),
          cases: z.int(),
          tiers: z.record(z.string(), z.int()),
          promises: z.int(),
          kept: z.int(),
          broken: z.int(),
          answered: z.int(),
          bought: z.int().describe('Of those answered'),
          negative: z.int().describe('Of those answered: wrote ill of us again'),
        }),
      ),
    }),
    handle: async ({ db }, { query, now }) => ({
      data: await countLoyalty(db, { from: new Date(now.getTime() - query.days * DAY_MS), to: now }),
    }),
  }),
];
