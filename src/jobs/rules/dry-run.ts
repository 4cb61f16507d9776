import { wishesOf } from '../../act/rules/apply.ts';
import { wishedValue } from '../../act/rules/decide.ts';
import type { ActionCount, DryRunChange, DryRunResult } from '../../act/rules/reports.ts';
import { pause } from '../../lib/pause.ts';
import { createReservoir, randomFrom } from '../../lib/random.ts';
import type { DocumentId } from '../../model/ids.ts';
import type { Rule } from '../../model/rule.ts';
import { listMentionStatesById, type MentionState } from '../../store/decisions.ts';
import { countMentions, nextMentions } from '../../store/rule-runs.ts';
import { listRules } from '../../store/rules.ts';
import type { JobDeps } from '../deps.ts';
import { type KnownDocument, knownDocuments } from '../known-facts.ts';
import { type Fired, judgeMentions } from './judge.ts';
import { loadNamed, readRule } from './read-rule.ts';
import { compileRules } from './rule-set.ts';

export interface DryRun {
  /** Saved or not. */
  rule: Rule;
  /** Mentions found since then. */
  since: Date;
  /** Mentions looked at, at most, the newest first. */
  limit: number;
  /** Time it may take; what was seen until then counts. */
  withinMs: number;
  /** Mentions in the sample, at most. */
  samples: number;
}

type Deps = Pick<JobDeps, 'db' | 'clock' | 'resources' | 'delivery'>;

const PAGE = 100;
const EXCERPT = 400;
const SEED = 1;

/** A rule that is not saved yet comes last. */
function withDraft(rules: readonly Rule[], draft: Rule): Rule[] {
  return rules.some(({ key }) => key === draft.key)
    ? rules.map((rule) => (rule.key === draft.key ? draft : rule))
    : [...rules, draft];
}

function createTally(rule: Parameters<typeof wishesOf>[0], samples: number) {
  const kept = createReservoir<DryRunChange>(samples, randomFrom(SEED));
  const actions = wishesOf(rule).map(
    (wish): ActionCount => ({
      action: wish.action,
      value: wishedValue(wish),
      counts: { done: 0, same: 0, person: 0, rule: 0, case: 0 },
    }),
  );
  const totals = { matched: 0, changed: 0 };
  const add = ({ outcomes }: Fired, isChanged: boolean, toChange: () => DryRunChange): void => {
    totals.matched += 1;
    for (const [at, { result }] of outcomes.entries()) {
      const count = actions[at];
      if (count) count.counts[result] += 1;
    }
    if (!isChanged) return;
    totals.changed += 1;
    kept.offer(toChange);
  };
  const sample = (): DryRunChange[] => kept.kept().toSorted((a, b) => b.mentionId - a.mentionId);
  return { add, result: () => ({ ...totals, actions, sample: sample() }) };
}

function byDocument(states: readonly MentionState[]): Map<DocumentId, MentionState[]> {
  const grouped = new Map<DocumentId, MentionState[]>();
  for (const state of states)
    grouped.set(state.documentId, [...(grouped.get(state.documentId) ?? []), state]);
  return grouped;
}

function toChange(
  { id, documentId }: MentionState,
  { title, text }: KnownDocument,
  topicName: string,
  { outcomes }: Fired,
): DryRunChange {
  const start = text.slice(0, EXCERPT).toWellFormed();
  return { mentionId: id, documentId, topicName, title: title ?? null, text: start, outcomes };
}

/** What the rule would change in past mentions, of which nothing is changed. */
export async function dryRun(deps: Deps, asked: DryRun, signal?: AbortSignal): Promise<DryRunResult> {
  const { db, clock, resources } = deps;
  const now = clock.now();
  const started = performance.now();
  const named = await loadNamed(db, deps.delivery.crms);
  const read = readRule(asked.rule, named);
  const total = await countMentions(db, asked.since);
  const nothing = {
    looked: 0,
    total,
    matched: 0,
    changed: 0,
    actions: [],
    sample: [],
    trouble: read.trouble,
  };
  if (!read.ready) return { ...nothing, ended: 'all', tookMs: performance.now() - started };
  const order = withDraft(await listRules(db), asked.rule);
  const compiled = compileRules([read.ready], order, named, resources.morphology);
  const tally = createTally(read.ready, asked.samples);
  let looked = 0;
  let below = Number.MAX_SAFE_INTEGER;
  let ended: DryRunResult['ended'] | null = null;
  while (ended === null) {
    const size = Math.min(PAGE, asked.limit - looked);
    const page = size > 0 ? await nextMentions(db, { below, since: asked.since }, size) : [];
    const states = await listMentionStatesById(
      db,
      page.map(({ id }) => id),
    );
    const known = await knownDocuments(db, resources, [...new Set(page.map((one) => one.documentId))], {
      now,
    });
    for (const [id, own] of byDocument(states)) {
      const document = known.get(id);
      for (const { state, fired, isChanged } of document
        ? judgeMentions(compiled, document, own, () => true, now)
        : []) {
        const [one] = fired;
        const topicName = compiled.topics.get(state.topicId)?.name ?? '';
        if (one && document) tally.add(one, isChanged, () => toChange(state, document, topicName, one));
      }
    }
    looked += page.length;
    below = page.at(-1)?.id ?? 0;
    ended = whyEnded(page.length === 0, looked, asked, performance.now() - started, signal);
    // The embedded database answers in this thread: others get their turn between pages.
    await pause();
  }
  return { ...nothing, looked, ended, ...tally.result(), tookMs: performance.now() - started };
}

function whyEnded(
  isEmpty: boolean,
  looked: number,
  { limit, withinMs }: DryRun,
  tookMs: number,
  signal: AbortSignal | undefined,
): DryRunResult['ended'] | null {
  if (signal?.aborted) return 'aborted';
  if (looked >= limit) return 'limit';
  if (isEmpty) return 'all';
  return tookMs >= withinMs ? 'time' : null;
}
