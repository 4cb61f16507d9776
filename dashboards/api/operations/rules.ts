import { z } from 'zod';
import { type Rule, ruleActionsSchema } from '../../../src/model/rule.ts';
import { findRule, listRules } from '../../../src/store/rules.ts';
import { found, operation } from '../operation.ts';
import { at, byKey, iso } from '../shapes.ts';

const ruleSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    condition: z.string().describe('In the query language'),
    actions: z
      .record(z.string(), z.unknown())
      .describe(`Some of ${Object.keys(ruleActionsSchema.shape).join(', ')}`),
    enabled: z.boolean(),
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
  version: rule.version,
  in_force_since: iso(rule.inForceSince),
  trouble: rule.trouble === null ? null : rule.trouble.messages.map(({ en }) => en).join(' '),
});

export const rules = [
  operation({
    id: 'listRules',
    method: 'get',
    path: '/rules',
    scope: 'rules:read',
    summary: 'List what is done with mentions by itself, in the order in which rules are tried',
    answer: z.object({ data: z.array(ruleSchema) }),
    handle: async ({ db }) => ({ data: (await listRules(db)).map(ruleOf) }),
  }),
  operation({
    id: 'readRule',
    method: 'get',
    path: '/rules/{key}',
    scope: 'rules:read',
    summary: 'Read one rule',
    params: byKey,
    answer: ruleSchema,
    handle: async ({ db }, { params }) => ruleOf(found(await findRule(db, params.key), 'rule')),
  }),
];
