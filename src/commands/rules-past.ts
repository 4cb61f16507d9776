import { z } from 'zod';
import type { DryRunResult } from '../act/rules/reports.ts';
import { unsavedRule } from '../act/rules/unsaved.ts';
import { readRuleFile } from '../jobs/rules/rule-file.ts';
import { InputError } from '../lib/errors.ts';
import type { RuleRunId } from '../model/ids.ts';
import type { Rule } from '../model/rule.ts';
import { addAudit } from '../store/audit.ts';
import { getRun, listRuns } from '../store/rule-runs.ts';
import { findRule } from '../store/rules.ts';
import { type Command, type CommandDeps, register } from './command.ts';
import { namedRule, ownZone, readText } from './rule-args.ts';
import { readSince } from './since.ts';

const SAMPLES = 10;
const TEXT = 100;

const ENDED = { all: '', limit: ', the limit', time: ', the time was up', aborted: ', broken off' } as const;

function report(result: DryRunResult): string {
  const { looked, total, matched, changed, ended, actions, sample } = result;
  return [
    `${matched} of ${looked} mentions meet the condition (of ${total}${ENDED[ended]}), ${changed} would change`,
    ...actions.map(({ action, value, counts }) => {
      const others = (['same', 'person', 'rule', 'case'] as const).filter((name) => counts[name] > 0);
      return `  ${action} ${value}: ${counts.done}${others.map((name) => `, ${name} ${counts[name]}`).join('')}`;
    }),
    ...sample.map(({ mentionId, text, outcomes }) => {
      const done = outcomes
        .filter((one) => one.result === 'done')
        .map(({ action, value }) => `${action} ${value}`.trim());
      return `  ${mentionId}\t${done.join(', ')}\t${text.slice(0, TEXT).toWellFormed().replace(/\s+/g, ' ')}`;
    }),
  ].join('\n');
}

interface DryRunArgs {
  what: string;
  /** Of a file. */
  text: string | null;
  since: string | null;
  seconds: number;
  limit: number;
  zone: string;
}

/** Of a file, or a saved one. */
async function ruleToTry({ jobs }: CommandDeps, { what, text, zone }: DryRunArgs): Promise<Rule> {
  if (text === null) return namedRule(jobs.db, what);
  const rules = readRuleFile(what, text);
  const [first, second] = rules;
  if (!first || second)
    throw new InputError([{ at: what, message: 'holds several rules; try one at a time' }]);
  const { checkRules } = await import('../jobs/rules/save-rules.ts');
  await checkRules(jobs, rules, zone);
  return unsavedRule(first, await findRule(jobs.db, first.key), zone, jobs.clock.now());
}

const isFile = (what: string): boolean => what === '-' || /\.(ya?ml|json)$/i.test(what);

const tryOut: Command<DryRunArgs> = {
  name: 'rules dry-run',
  arguments: '<key-or-file>',
  options: [
    ['--since <day>', 'only mentions found since then: 2026-11-01, or 30d'],
    ['--limit <mentions>', 'the newest ones, at most (default 100000)'],
    ['--seconds <seconds>', 'stop after that time (default 60)'],
  ],
  summary: 'say what a rule would change in past mentions; nothing is changed',
  example: 'molva rules dry-run vacancies.yaml --since 30d',
  args: z.object({
    what: z.string(),
    text: z.string().max(2_000_000).nullable(),
    since: z.string().nullable(),
    seconds: z.number().positive().max(3600),
    limit: z.number().int().positive(),
    zone: z.string(),
  }),
  read: ([what], options) => ({
    what: String(what),
    text: isFile(String(what)) ? readText(String(what)) : null,
    since: options.since ?? null,
    seconds: Number(options.seconds ?? 60),
    limit: Number(options.limit ?? 100_000),
    zone: ownZone(),
  }),
  run: async (deps, args, out) => {
    const { dryRun } = await import('../jobs/rules/dry-run.ts');
    const rule = await ruleToTry(deps, args);
    const since = readSince(args.since, deps.jobs.clock.now()) ?? new Date(0);
    const asked = { rule, since, limit: args.limit, withinMs: args.seconds * 1000, samples: SAMPLES };
    const result = await dryRun(deps.jobs, asked);
    for (const { en } of result.trouble?.messages ?? []) out.message(en);
    out.data(result, report(result));
    return 0;
  },
};

const apply: Command<{ key: string; since: string | null; alerts: boolean }> = {
  name: 'rules apply',
  arguments: '<key>',
  options: [
    ['--since <day>', 'only mentions found since then: 2026-11-01, or 30d'],
    ['--alerts', 'alert of past mentions too'],
  ],
  summary: 'apply a saved rule to past mentions, in the background of the running server',
  example: 'molva rules apply vacancies --since 30d',
  args: z.object({ key: z.string(), since: z.string().nullable(), alerts: z.boolean() }),
  read: ([key], options) => ({ key, since: options.since ?? null, alerts: options.alerts === true }),
  run: async ({ jobs, inServer }, { key, alerts, ...args }, out) => {
    const { requestRun } = await import('../jobs/rules/run.ts');
    const now = jobs.clock.now();
    const since = readSince(args.since, now) ?? new Date(0);
    const run = await jobs.db.transaction(async (tx) => {
      const { id: ruleId, version } = await namedRule(tx, key);
      const id = await requestRun(tx, jobs, { rule: { ruleId, version }, since, alerts, actor: 'cli' });
      await addAudit(tx, {
        at: now,
        actor: 'cli',
        action: 'rule.run',
        subject: `rule:${key}`,
        detail: { run: id, since, alerts },
      });
      return id;
    });
    if (!inServer) out.message('no server is running: the run begins when one starts');
    out.data({ run }, `run ${run} is under way; \`molva rules runs\` tells how far it is`);
    return 0;
  },
};

const runs: Command<object> = {
  name: 'rules runs',
  summary: 'list what was applied to past mentions, the newest first',
  example: 'molva rules runs',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    for (const run of await listRuns(jobs.db, null, 50)) {
      const undone = run.state.startsWith('und') ? `, ${run.restored} taken back, ${run.kept} left` : '';
      out.data(
        run,
        `${run.id}\t${run.ruleKey}\t${run.state}\t${run.seen} of ${run.total} seen, ${run.changed} changed${undone}`,
      );
    }
    return 0;
  },
};

const undo: Command<{ run: number }> = {
  name: 'rules undo',
  arguments: '<run>',
  summary: 'take back what a run changed, save for what somebody has changed since',
  example: 'molva rules undo 3',
  args: z.object({ run: z.number().int().positive() }),
  read: ([run]) => ({ run: Number(run) }),
  run: async ({ jobs }, args, out) => {
    const { requestUndo } = await import('../jobs/rules/run.ts');
    const id = args.run as RuleRunId;
    await jobs.db.transaction(async (tx) => {
      const run = await getRun(tx, id);
      if (!run || !(await requestUndo(tx, jobs, id)))
        throw new InputError([{ at: String(id), message: 'there is no such run, or it was undone' }]);
      const subject = `rule:${run.ruleKey}`;
      await addAudit(tx, {
        at: jobs.clock.now(),
        actor: 'cli',
        action: 'rule.undone',
        subject,
        detail: { run: id },
      });
    });
    out.data({ run: id }, `run ${id} is being undone`);
    return 0;
  },
};

export const rulePastCommands = [register(tryOut), register(apply), register(runs), register(undo)];
