import { z } from 'zod';
import type { RuleExplained } from '../act/rules/reports.ts';
import { readRuleFile, writeRules } from '../jobs/rules/rule-file.ts';
import { InputError } from '../lib/errors.ts';
import type { MentionId } from '../model/ids.ts';
import { actionKinds } from '../model/rule.ts';
import { addAudit } from '../store/audit.ts';
import { countEffects } from '../store/rule-effects.ts';
import { listRules, removeRule } from '../store/rules.ts';
import { type Command, register } from './command.ts';
import { namedRule, ownZone, readText } from './rule-args.ts';
import { rulePastCommands } from './rules-past.ts';

const WEEK_MS = 7 * 86_400_000;

const list: Command<object> = {
  name: 'rules list',
  summary: 'list the rules in their order, what each does, and what it did in the last 7 days',
  example: 'molva rules list',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const effects = await countEffects(jobs.db, new Date(jobs.clock.now().getTime() - WEEK_MS));
    for (const rule of await listRules(jobs.db)) {
      const week = effects
        .filter(({ ruleId }) => ruleId === rule.id)
        .map(({ action, count }) => ({ action, count }));
      const did = week.map(({ action, count }) => `${action} ${count}`).join(', ') || 'nothing';
      const trouble = rule.trouble
        ? `\n  trouble: ${rule.trouble.messages.map(({ en }) => en).join(' ')}`
        : '';
      out.data(
        { ...rule, week },
        `${rule.key}\t${rule.enabled ? '' : '(off) '}${actionKinds(rule.actions).join(', ')}\t${did}\t${rule.condition}${trouble}`,
      );
    }
    return 0;
  },
};

const show: Command<{ key: string | null }> = {
  name: 'rules show',
  arguments: '[key]',
  summary: 'print a rule, or all of them in their order, as YAML for `rules save`',
  example: 'molva rules show vacancies > vacancies.yaml',
  args: z.object({ key: z.string().nullable() }),
  read: ([key]) => ({ key: key ?? null }),
  run: async ({ jobs }, { key }, out) => {
    const rules = key === null ? await listRules(jobs.db) : [await namedRule(jobs.db, key)];
    if (rules.length > 0) out.data(rules, writeRules(rules).trimEnd());
    return 0;
  },
};

interface SaveArgs {
  file: string;
  text: string;
  zone: string;
}

const save: Command<SaveArgs> = {
  name: 'rules save',
  arguments: '<file>',
  summary: 'add or change the rules of a YAML or JSON file (- for what comes in), all or none',
  example: 'molva rules save rules.yaml',
  args: z.object({ file: z.string(), text: z.string().max(2_000_000), zone: z.string() }),
  read: ([file]) => ({ file: String(file), text: readText(String(file)), zone: ownZone() }),
  run: async ({ jobs }, { file, text, zone }, out) => {
    const { saveRules } = await import('../jobs/rules/save-rules.ts');
    const rules = readRuleFile(file, text);
    const changed = await saveRules(jobs, rules, { actor: 'cli', zone });
    const same = rules.length - changed.length;
    out.data({ changed, same }, `${changed.length} saved${same > 0 ? `, ${same} the same` : ''}`);
    return 0;
  },
};

const remove: Command<{ key: string }> = {
  name: 'rules delete',
  arguments: '<key>',
  summary: 'delete a rule; what it did stays, and `rules save` brings it back',
  example: 'molva rules delete vacancies',
  args: z.object({ key: z.string() }),
  read: ([key]) => ({ key }),
  run: async ({ jobs }, { key }, out) => {
    const at = jobs.clock.now();
    await jobs.db.transaction(async (tx) => {
      await namedRule(tx, key);
      await removeRule(tx, key, at);
      await addAudit(tx, { at, actor: 'cli', action: 'rule.removed', subject: `rule:${key}` });
    });
    out.data({ key }, `${key} is deleted`);
    return 0;
  },
};

const VERDICTS: Record<RuleExplained['verdict'], string> = {
  meets: 'meets the condition',
  misses: 'does not meet the condition',
  older: 'meets the condition, but was found before the rule was saved: use `rules apply`',
  off: 'is off',
  trouble: 'cannot be used',
};

function outcomeLine(
  { action, value, result, standing }: RuleExplained['outcomes'][number],
  rule: string,
): string {
  const who = standing ? ('person' in standing ? standing.person : standing.rule) : '';
  const words = {
    done: 'would be done',
    same: who === rule ? 'done by this rule' : 'was so',
    person: `${who} decided otherwise`,
    rule: `the rule ${who} stands before it`,
    case: 'not hidden, it has a case',
  };
  return `  ${action} ${value}: ${words[result]}`;
}

const explain: Command<{ mention: number }> = {
  name: 'rules explain',
  arguments: '<mention>',
  summary: 'what each rule makes of a mention (by its number), and who had the last word',
  example: 'molva rules explain 1024',
  args: z.object({ mention: z.number().int().positive() }),
  read: ([mention]) => ({ mention: Number(mention) }),
  run: async ({ jobs }, { mention }, out) => {
    const { explainRules } = await import('../jobs/rules/explain-rules.ts');
    const explained = await explainRules(jobs, mention as MentionId);
    if (!explained) throw new InputError([{ at: String(mention), message: 'there is no such mention' }]);
    for (const one of explained) {
      const why = [
        ...one.reasons.map(({ message }) => message.en),
        ...(one.trouble?.messages ?? []).map(({ en }) => en),
      ];
      out.data(
        { rule: one.rule.key, verdict: one.verdict, why, outcomes: one.outcomes },
        [
          `${one.rule.key}: ${VERDICTS[one.verdict]}`,
          ...why.map((line) => `  ${line}`),
          ...one.outcomes.map((outcome) => outcomeLine(outcome, one.rule.key)),
        ].join('\n'),
      );
    }
    return 0;
  },
};

export const commands = [
  register(list),
  register(show),
  register(save),
  ...rulePastCommands,
  register(remove),
  register(explain),
];
