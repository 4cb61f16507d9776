import { z } from 'zod';
import type { Source } from '../../../src/model/source.ts';
import { HEALTH_STATES } from '../../../src/model/source-health.ts';
import { addAudit } from '../../../src/store/audit.ts';
import { findSourceByKey, listSources } from '../../../src/store/sources.ts';
import { found, operation } from '../operation.ts';
import { at, byKey, isoOrNull } from '../shapes.ts';

const MINUTE_MS = 60_000;

const sourceSchema = z
  .object({
    key: z.string(),
    kind: z.string(),
    name: z.string(),
    url: z.string(),
    origin: z.enum(['config', 'user']),
    enabled: z.boolean(),
    every_minutes: z.number(),
    next_visit_at: at,
    last_success_at: at.nullable(),
    last_news_at: at.nullable().describe('The last visit that brought something new'),
    failures: z.int().describe('Failed visits in a row'),
    last_error: z.object({ code: z.string(), message: z.string(), at }).nullable(),
  })
  .meta({ id: 'Source' });

function sourceOf(source: Source): z.input<typeof sourceSchema> {
  const { key, kind, name, url, origin, enabled, failures, lastError } = source;
  return {
    key,
    kind,
    name,
    url,
    origin,
    enabled,
    every_minutes: source.everyMs / MINUTE_MS,
    next_visit_at: source.nextRunAt.toISOString(),
    last_success_at: isoOrNull(source.lastSuccessAt),
    last_news_at: isoOrNull(source.lastNewsAt),
    failures,
    last_error: lastError && { ...lastError, at: new Date(lastError.at).toISOString() },
  };
}

const health = z.object({
  state: z.enum(HEALTH_STATES),
  code: z.string().describe('Why'),
  per_day: z.number().describe('Posts a day, lately'),
  usual_per_day: z.number(),
  delay_ms: z.number().nullable().describe('Median from published to found'),
});

const healthy = sourceSchema.extend({ health: health.nullable() });

const added = z.strictObject({
  kind: z.string().min(1).max(40).default('feed').describe('Name of a crawler'),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  name: z.string().trim().max(200).default(''),
});

const change = z
  .strictObject({
    enabled: z.boolean().optional().describe('false: it is not visited'),
    name: z.string().trim().min(1).max(200).optional(),
    every_minutes: z.int().min(1).max(10_080).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'says nothing');

export const sources = [
  operation({
    id: 'listSources',
    method: 'get',
    path: '/sources',
    scope: 'sources:read',
    summary: 'List the places that are watched',
    answer: z.object({ data: z.array(sourceSchema) }),
    handle: async ({ db }) => ({ data: (await listSources(db)).map(sourceOf) }),
  }),
  operation({
    id: 'addSource',
    method: 'post',
    path: '/sources',
    scope: 'sources:write',
    summary: 'Watch another place; one that is watched already stays as it is',
    body: added,
    answer: z.object({ key: z.string(), is_known: z.boolean() }),
    status: 201,
    handle: async (deps, { body, now, actor }) => {
      const { key, isKnown } = await deps.db.transaction(async (tx) => {
        const source = await deps.sources.add(tx, body);
        const subject = `source:${source.id}`;
        if (!source.isKnown) await addAudit(tx, { at: now, actor, action: 'source.added', subject });
        return source;
      });
      return { key, is_known: isKnown };
    },
  }),
  operation({
    id: 'readSource',
    method: 'get',
    path: '/sources/{key}',
    scope: 'sources:read',
    summary: 'Read one source, and how it is doing',
    params: byKey,
    answer: healthy,
    handle: async (deps, { params }) => {
      const source = found(await findSourceByKey(deps.db, params.key), 'source');
      const told = await deps.sources.assess(source.id);
      return {
        ...sourceOf(source),
        health: told && {
          state: told.state,
          code: told.code,
          per_day: told.perDay,
          usual_per_day: told.usualPerDay,
          delay_ms: told.delayMs,
        },
      };
    },
  }),
  operation({
    id: 'changeSource',
    method: 'patch',
    path: '/sources/{key}',
    scope: 'sources:write',
    summary: 'Pause or resume a source, rename it, or visit it more or less often',
    params: byKey,
    body: change,
    answer: sourceSchema,
    handle: async (deps, { params, body, now, actor }) => {
      const { enabled, name, every_minutes: every } = body;
      const source = found(await findSourceByKey(deps.db, params.key), 'source');
      await deps.db.transaction(async (tx) => {
        await deps.sources.change(tx, source, {
          ...(enabled === undefined ? {} : { enabled }),
          ...(name === undefined ? {} : { name }),
          ...(every === undefined ? {} : { everyMs: every * MINUTE_MS }),
        });
        await addAudit(tx, { at: now, actor, action: 'source.changed', subject: `source:${source.id}` });
      });
      return sourceOf(found(await findSourceByKey(deps.db, params.key), 'source'));
    },
  }),
];
