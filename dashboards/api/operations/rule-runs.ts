import { z } from 'zod';
import type { RuleRunId } from '../../../src/model/ids.ts';
import { RUN_STATES, type RuleRun } from '../../../src/model/rule.ts';
import { getRun, listRuns } from '../../../src/store/rule-runs.ts';
import { findRule } from '../../../src/store/rules.ts';
import type { DashboardDeps } from '../../deps.ts';
import { startRuleRun, undoRuleRun } from '../../rules/changes.ts';
import { readPage } from '../cursor.ts';
import { found, operation, refuse } from '../operation.ts';
import { at, byId, byKey, id, instant, iso, isoOrNull, pageOf, paging } from '../shapes.ts';

const runSchema = z
  .object({
    id,
    rule: z.string().describe('Its key'),
    version: z.int().describe('Of the rule'),
    since: at.describe('Of mentions found since then'),
    alerts: z.boolean().describe('Its alerts go out, too'),
    state: z.enum(RUN_STATES),
    total: z.int().describe('Mentions that there are to see'),
    seen: z.int(),
    changed: z.int().describe('Mentions in which something was changed'),
    restored: z.int().describe('Changes that were taken back'),
    kept: z.int().describe('Changes that somebody had changed again meanwhile, and that stay'),
    started_by: z.string(),
    started_at: at,
    finished_at: at.nullable(),
  })
  .meta({ id: 'RuleRun' });

const runOf = (run: RuleRun): z.input<typeof runSchema> => ({
  id: run.id,
  rule: run.ruleKey,
  version: run.version,
  since: iso(run.since),
  alerts: run.alerts,
  state: run.state,
  total: run.total,
  seen: run.seen,
  changed: run.changed,
  restored: run.restored,
  kept: run.kept,
  started_by: run.requestedBy,
  started_at: iso(run.startedAt),
  finished_at: isoOrNull(run.finishedAt),
});

const read = async ({ db }: DashboardDeps, number: number): Promise<RuleRun> =>
  found(await getRun(db, number as RuleRunId), 'run');

const place = z.object({ id: z.int() });

export const ruleRuns = [
  operation({
    id: 'listRuleRuns',
    method: 'get',
    path: '/rules/{key}/runs',
    scope: 'rules:read',
    summary: 'List the runs of a rule over the past, newest first',
    params: byKey,
    query: z.strictObject(paging),
    answer: pageOf(runSchema),
    handle: async (deps, { params, query }) => {
      const rule = found(await findRule(deps.db, params.key), 'rule');
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: `listRuleRuns ${rule.id}`, query },
        place,
        (from, atMost) => listRuns(deps.db, rule.id, atMost, from?.id ?? null),
        (last) => ({ id: last.id }),
      );
      return { data: rows.map(runOf), next_cursor };
    },
  }),
  operation({
    id: 'runRule',
    method: 'post',
    path: '/rules/{key}/runs',
    scope: 'rules:write',
    summary: 'Hold a rule against mentions of the past, in the background',
    params: byKey,
    body: z.strictObject({
      since: instant.nullable().describe('Of mentions found since then; null: of all'),
      alerts: z.boolean().default(false).describe('Have its alerts sent, too'),
    }),
    answer: runSchema,
    status: 201,
    handle: async (deps, { params, body, actor }) => {
      const rule = found(await findRule(deps.db, params.key), 'rule');
      const since = new Date(body.since ?? 0);
      return runOf(await read(deps, await startRuleRun(deps, rule, { since, alerts: body.alerts }, actor)));
    },
  }),
  operation({
    id: 'readRuleRun',
    method: 'get',
    path: '/rule-runs/{id}',
    scope: 'rules:read',
    summary: 'Read how far one run is',
    params: byId,
    answer: runSchema,
    handle: async (deps, { params }) => runOf(await read(deps, params.id)),
  }),
  operation({
    id: 'undoRuleRun',
    method: 'post',
    path: '/rule-runs/{id}/undo',
    scope: 'rules:write',
    summary: 'Take back what a run changed, in the background; one that is under way stops',
    detail: 'What somebody has changed since stays.',
    params: byId,
    answer: runSchema,
    handle: async (deps, { params, actor }) => {
      const run = await read(deps, params.id);
      if (await undoRuleRun(deps, run, actor)) return runOf(await read(deps, params.id));
      return refuse({ status: 409, code: 'undone', title: 'Nothing of this run is left to take back' });
    },
  }),
];
