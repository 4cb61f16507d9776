import type { AuthorId, RuleRunId } from '../../model/ids.ts';
import type { RuleRun } from '../../model/rule.ts';
import { getAuthors } from '../../store/authors.ts';
import type { Db } from '../../store/db.ts';
import { getDocuments } from '../../store/documents.ts';
import { lockDocuments } from '../../store/progress.ts';
import type { JobData } from '../../store/queue.ts';
import { changeRunState, lockRun, nextMentions, recordStep, startRun } from '../../store/rule-runs.ts';
import { findRuleVersion, listRules } from '../../store/rules.ts';
import type { JobDeps } from '../deps.ts';
import { loadNamed, readRule } from './read-rule.ts';
import { type CompiledRules, compileRules } from './rule-set.ts';
import { undoBatch } from './undo.ts';
import { useRules } from './use-rules.ts';

/** Mentions in one transaction: few enough that nobody waits long for the documents they stand in. */
const BATCH = 100;

export interface RunRequest {
  rule: Pick<RuleRun, 'ruleId' | 'version'>;
  /** Mentions found since then. */
  since: Date;
  alerts: boolean;
  actor: string;
}

/** Holds a rule, as it is saved, against past mentions in the background, the newest first. */
export async function requestRun(
  tx: Db,
  { queue, clock }: Pick<JobDeps, 'queue' | 'clock'>,
  { rule, since, alerts, actor }: RunRequest,
): Promise<RuleRunId> {
  const runId = await startRun(tx, { ...rule, since, alerts, requestedBy: actor }, clock.now());
  await queue.send(tx, 'rule-run', { runId });
  return runId;
}

/** Takes back what a run did; one that is under way stops. False when there is nothing to take back. */
export async function requestUndo(
  tx: Db,
  { queue, clock }: Pick<JobDeps, 'queue' | 'clock'>,
  runId: RuleRunId,
): Promise<boolean> {
  const from = ['running', 'done', 'stopped'] as const;
  if (!(await changeRunState(tx, runId, from, 'undoing', clock.now()))) return false;
  await queue.send(tx, 'rule-run', { runId });
  return true;
}

async function compileRun(tx: Db, deps: JobDeps, run: RuleRun): Promise<CompiledRules | null> {
  const rule = await findRuleVersion(tx, run.ruleId, run.version);
  const named = await loadNamed(tx, deps.delivery.crms);
  const ready = rule && readRule(rule, named).ready;
  return ready ? compileRules([ready], await listRules(tx), named, deps.resources.morphology) : null;
}

/** Returns whether there is more to do. */
async function judgeBatch(tx: Db, deps: JobDeps, run: RuleRun): Promise<boolean> {
  const now = deps.clock.now();
  const rules = await compileRun(tx, deps, run);
  const mentions = rules ? await nextMentions(tx, run, BATCH) : [];
  const last = mentions.at(-1);
  if (!rules || !last) {
    await changeRunState(tx, run.id, ['running'], rules ? 'done' : 'stopped', now);
    return false;
  }
  const ids = [...new Set(mentions.map(({ documentId }) => documentId))];
  await lockDocuments(tx, ids);
  const documents = await getDocuments(tx, ids);
  const authorIds = documents.flatMap(({ authorId }) => authorId ?? []);
  const authors = new Map((await getAuthors(tx, authorIds)).map((author) => [author.id, author]));
  const subjects = documents.map((document) => ({
    document,
    author: authors.get(document.authorId ?? (0 as AuthorId)) ?? null,
  }));
  const use = { rules, isMeant: () => true, mayAlert: () => run.alerts, run: run.id };
  const only = new Set(mentions.map(({ id }) => id));
  const changed = await useRules(tx, deps, use, subjects, only);
  await recordStep(tx, run.id, { below: last.id, seen: mentions.length, changed }, now);
  return true;
}

/** One batch; the next one is a new job in the same transaction, so that a restart goes on where this one ended and repeats nothing. */
export async function goOnWithRun(deps: JobDeps, { runId }: JobData['rule-run']): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    const isMore =
      run?.state === 'running'
        ? await judgeBatch(tx, deps, run)
        : run?.state === 'undoing' && (await undoBatch(tx, deps, run));
    if (isMore) await deps.queue.send(tx, 'rule-run', { runId });
  });
}
