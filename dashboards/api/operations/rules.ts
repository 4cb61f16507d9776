import { z } from 'zod';
import { type Rule, ruleActionsSchema } from '../../../src/model/rule.ts';
import { findRule, listRules } from '../../../src/store/rules.ts';
import type { DashboardDeps } from '../../deps.ts';
import { dropRule, keepRule, shiftRule, switchRule } from '../../rules/changes.ts';
import { checkRule, conditionMistakes } from '../../rules/check.ts';
import { type Call, found, operation, PATIENCE_MS, refuse } from '../operation.ts';
import { at, byKey, byNewKey, instant, iso, namedZone } from '../shapes.ts';

const ruleSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    condition: z.string().describe('In the query language'),
    actions: z
      .record(z.string(), z.unknown())
      .describe(`Some of ${Object.keys(ruleActionsSchema.shape).join(', ')}`),
    enabled: z.boolean(),
    zone: z.string().describe('IANA zone in which days of the condition are meant'),
    version: z.int(),
    in_force_since: at,
    trouble: z.string().nullable().describe('Why it is passed over, or a part of it'),
  })
  .meta({ id: 'Rule' });

const ruleOf = (rule: Rule): z.input<typeof ruleSchema> => ({
  key: rule.key,
  name: rule.name,
  condition: rule.condition,
  actions: rule.actions,
  enabled: rule.enabled,
  zone: rule.zone,
  version: rule.version,
  in_force_since: iso(rule.inForceSince),
  trouble: rule.trouble === null ? null : rule.trouble.messages.map(({ en }) => en).join(' '),
});

const written = z.strictObject({
  name: z.string().trim().min(1).max(200),
  condition: z.string().trim().min(1).max(50_000).describe('In the query language'),
  actions: ruleActionsSchema.describe('At least one'),
  enabled: z.boolean().default(true),
  zone: namedZone.optional().describe('As it was when left out, or UTC'),
});

type ByKey = { key: string };
const read = async (deps: DashboardDeps, { params }: Pick<Call<ByKey>, 'params'>): Promise<Rule> =>
  found(await findRule(deps.db, params.key), 'rule');

function invalid(pointer: string, mistakes: readonly string[]): never {
  return refuse({
    status: 422,
    code: 'invalid-rule',
    title: 'The rule was not saved',
    errors: mistakes.map((detail) => ({ in: 'body', pointer, detail })),
  });
}

type Written = z.output<typeof written>;

/** @throws ApiRefusal with what is wrong with it */
async function check(deps: DashboardDeps, key: string, body: Written, known: Rule | null, now: Date) {
  const { zone = known?.zone ?? 'UTC', ...said } = body;
  const definition = { ...said, key };
  const writer = { language: 'en' as const, zone, now };
  const mistakes = await conditionMistakes(deps, writer, said.condition);
  if (mistakes.length > 0) return invalid('#/condition', mistakes);
  const checked = await checkRule(deps, writer, definition, known);
  return 'mistakes' in checked ? invalid('#', checked.mistakes) : { definition, zone, rule: checked.rule };
}

/** Saved as the form of the page Rules saves it. */
async function save(deps: DashboardDeps, call: Call<ByKey, unknown, Written>) {
  const { params, body, actor, now } = call;
  const known = await findRule(deps.db, params.key);
  const { definition, zone } = await check(deps, params.key, body, known, now);
  await keepRule(deps, definition, known, { actor, zone });
  return { ...ruleOf(await read(deps, call)), created: known === null };
}

const trial = written.extend({
  since: instant.nullable().describe('Of mentions found since then; null: of all'),
});

const trialSchema = z
  .object({
    looked: z.int().describe('Mentions that were looked at'),
    total: z.int().describe('Mentions that there are since then'),
    ended: z
      .enum(['all', 'limit', 'time', 'aborted'])
      .describe('Other than all: it did not come to the oldest'),
    matched: z.int().describe('Mentions that meet the condition'),
    changed: z.int().describe('Mentions in which something would change'),
    actions: z.array(
      z.object({
        action: z.string(),
        value: z.string(),
        counts: z
          .record(z.string(), z.int())
          .describe('done: it would be changed; same: it is so; else what stands in the way'),
      }),
    ),
    examples: z.array(z.int()).describe('Numbers of some mentions in which something would change'),
  })
  .meta({ id: 'RuleTrial' });

async function tryOut(deps: DashboardDeps, { body, now }: Call<unknown, unknown, z.output<typeof trial>>) {
  const { since, ...said } = body;
  const { rule } = await check(deps, 'tried', said, null, now);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const result = await deps.rules.dryRun(rule, new Date(since ?? 0), signal);
  const { looked, total, ended, matched, changed, actions, sample } = result;
  const examples = sample.map(({ mentionId }) => mentionId);
  return { looked, total, ended, matched, changed, actions, examples };
}

const all = async ({ db }: DashboardDeps) => ({ data: (await listRules(db)).map(ruleOf) });
const list = z.object({ data: z.array(ruleSchema) });

export const rules = [
  operation({
    id: 'listRules',
    method: 'get',
    path: '/rules',
    scope: 'rules:read',
    summary: 'List what is done with mentions by itself, in the order in which rules are tried',
    answer: list,
    handle: all,
  }),
  operation({
    id: 'readRule',
    method: 'get',
    path: '/rules/{key}',
    scope: 'rules:read',
    summary: 'Read one rule',
    params: byKey,
    answer: ruleSchema,
    handle: async (deps, call) => ruleOf(await read(deps, call)),
  }),
  operation({
    id: 'saveRule',
    method: 'put',
    path: '/rules/{key}',
    scope: 'rules:write',
    summary: 'Add a rule, or change one as a new version; it judges what is found from now on',
    detail: 'A new one is tried last. One that was removed comes back.',
    params: byNewKey,
    body: written,
    answer: ruleSchema.extend({ created: z.boolean().describe('There was none of this key') }),
    statusOf: ({ created }) => (created ? 201 : 200),
    handle: save,
  }),
  operation({
    id: 'tryRule',
    method: 'post',
    path: '/rule-trials',
    scope: 'rules:write',
    summary: 'Ask what a rule would do to mentions of the past; nothing is saved or changed',
    detail: 'It takes some seconds. Send one as it would be saved; it is tried as the last one.',
    body: trial,
    answer: trialSchema,
    handle: tryOut,
  }),
  operation({
    id: 'switchRule',
    method: 'patch',
    path: '/rules/{key}',
    scope: 'rules:write',
    summary: 'Switch a rule on or off',
    params: byKey,
    body: z.strictObject({ enabled: z.boolean() }),
    answer: ruleSchema,
    handle: async (deps, call) => {
      const rule = await read(deps, call);
      await switchRule(deps, rule, call.body.enabled, { actor: call.actor, zone: rule.zone });
      return ruleOf(await read(deps, call));
    },
  }),
  operation({
    id: 'moveRule',
    method: 'post',
    path: '/rules/{key}/move',
    scope: 'rules:write',
    summary: 'Have a rule tried one place earlier or later; answers with all in their order',
    detail: 'Of the first one, up changes nothing; of the last one, down.',
    params: byKey,
    body: z.strictObject({ by: z.enum(['up', 'down']) }),
    answer: list,
    handle: async (deps, call) => {
      await shiftRule(deps, await read(deps, call), call.body.by, call.actor);
      return all(deps);
    },
  }),
  operation({
    id: 'removeRule',
    method: 'delete',
    path: '/rules/{key}',
    scope: 'rules:write',
    summary: 'Remove a rule; what it did stays',
    params: byKey,
    answer: ruleSchema,
    handle: async (deps, call) => {
      const rule = await read(deps, call);
      await dropRule(deps, rule, call.actor);
      return ruleOf(rule);
    },
  }),
];
