import { type Alerted, giveAlert } from '../../act/rules/alert.ts';
import type { Author, Document } from '../../model/document.ts';
import type { DocumentId, MentionId, RuleRunId } from '../../model/ids.ts';
import { getCustomers } from '../../store/customers.ts';
import type { Db } from '../../store/db.ts';
import { lockMentionStates, type MentionState, saveMentionStates } from '../../store/decisions.ts';
import { listLinksOfAuthors } from '../../store/links.ts';
import { listMentions } from '../../store/mentions.ts';
import { touchDocuments } from '../../store/progress.ts';
import { addEffects, alertsGiven, type NewEffect } from '../../store/rule-effects.ts';
import { certainLink } from '../certain-link.ts';
import type { JobDeps } from '../deps.ts';
import { isRecent } from '../is-recent.ts';
import { knownDocuments } from '../known-facts.ts';
import { type Fired, type Judged, judgeMentions } from './judge.ts';
import type { ReadyRule } from './read-rule.ts';
import type { CompiledRules } from './rule-set.ts';

type Deps = Pick<JobDeps, 'clock' | 'resources' | 'casePolicy'>;

export interface Use {
  rules: CompiledRules;
  /** May this rule judge this mention? */
  isMeant(rule: ReadyRule, state: MentionState): boolean;
  /** May it alert about it? */
  mayAlert(rule: ReadyRule, state: MentionState, document: Document): boolean;
  /** Of the past, or null. */
  run: RuleRunId | null;
}

/** A topic that is new, or reads otherwise, finds mentions in documents that have been known for long: those are the past. */
const OLD_TEXT_MS = 24 * 3_600_000;

/** On what is found now: mentions since the rule says what it says; alerts only of what is news. */
export function inForce(rules: CompiledRules, { clock, casePolicy }: Deps): Use {
  return {
    rules,
    isMeant: (rule, state) => state.createdAt >= rule.inForceSince,
    mayAlert: (_rule, state, document) =>
      isRecent(document, casePolicy.withinMs, clock.now()) &&
      state.createdAt.getTime() - document.updatedAt.getTime() <= OLD_TEXT_MS,
    run: null,
  };
}

function effectsOf({ state, fired }: Judged, run: RuleRunId | null, at: Date): NewEffect[] {
  return fired.flatMap(({ rule, outcomes }) =>
    outcomes
      .filter(({ result }) => result === 'done')
      .map(({ action, value, before }) => ({
        ruleId: rule.id,
        version: rule.version,
        runId: run,
        mentionId: state.id,
        action,
        value,
        before,
        at,
      })),
  );
}

/** A document, and its author where one is known. */
export interface Subject {
  document: Document;
  author: Author | null;
}

/** What an alert says besides the mention's state. */
async function aboutDocument(tx: Db, { document, author }: Subject) {
  const link = author ? certainLink(await listLinksOfAuthors(tx, [author.id])) : null;
  const [customer] = link ? await getCustomers(tx, [link.customerId]) : [];
  const mentions = await listMentions(tx, [document.id]);
  return { customer: customer ?? null, mentions: new Map(mentions.map((mention) => [mention.id, mention])) };
}

type Alarm = { rule: ReadyRule; state: MentionState };

/** Alerts that rules want: none about what lies in the basket by now, and none twice. */
async function wantedAlerts(
  tx: Db,
  judged: readonly Judged[],
  use: Use,
  document: Document,
): Promise<Alarm[]> {
  const alarms = judged.flatMap(({ state, fired }) =>
    fired
      .filter(({ rule }: Fired) => rule.alert && !state.basketAt && use.mayAlert(rule, state, document))
      .map(({ rule }) => ({ rule, state })),
  );
  if (alarms.length === 0) return [];
  const given = await alertsGiven(
    tx,
    alarms.map(({ rule }) => rule.id),
    alarms.map(({ state }) => state.id),
  );
  return alarms.filter(({ rule, state }) => !given.has(`${rule.id}:${state.id}`));
}

async function alertAll(
  tx: Db,
  deps: Deps,
  alarms: readonly Alarm[],
  use: Use,
  subject: Subject,
): Promise<void> {
  if (alarms.length === 0) return;
  const now = deps.clock.now();
  const { customer, mentions } = await aboutDocument(tx, subject);
  for (const { rule, state } of alarms) {
    const topic = use.rules.topics.get(state.topicId);
    const mention = mentions.get(state.id);
    if (!topic || !mention || !rule.alert) continue;
    const assigned = use.rules.users.get(state.assignedTo ?? (0 as never)) ?? null;
    const { complaint, status } = mention;
    const about: Alerted = { ...subject, state, complaint, status, assigned, topic, customer };
    const value = await giveAlert(tx, rule.alert, about, deps.casePolicy.dashboardUrl, now);
    const effect = { ruleId: rule.id, version: rule.version, runId: use.run, mentionId: state.id };
    await addEffects(tx, [{ ...effect, action: 'alert', value, before: null, at: now }]);
  }
}

/** Only of mentions that some rule may judge. */
async function judge(
  tx: Db,
  deps: Deps,
  use: Use,
  states: readonly MentionState[],
  now: Date,
): Promise<Map<DocumentId, Judged[]>> {
  const own = new Map<DocumentId, MentionState[]>();
  for (const state of states) {
    if (use.rules.rules.some((rule) => use.isMeant(rule, state)))
      own.set(state.documentId, [...(own.get(state.documentId) ?? []), state]);
  }
  const known = own.size > 0 ? await knownDocuments(tx, deps.resources, [...own.keys()], { now }) : null;
  const judged = new Map<DocumentId, Judged[]>();
  for (const [id, mentions] of own) {
    const document = known?.get(id);
    if (document) judged.set(id, judgeMentions(use.rules, document, mentions, use.isMeant, now));
  }
  return judged;
}

/**
 * Holds the mentions of documents against rules and writes what comes of it, in the transaction that has locked the documents: two workers
 * with the same document come one after the other, and the second finds nothing left to do. `only`: some of their mentions. Returns how
 * many mentions it changed.
 */
export async function useRules(
  tx: Db,
  deps: Deps,
  use: Use,
  subjects: readonly Subject[],
  only: ReadonlySet<MentionId> | null = null,
): Promise<number> {
  if (use.rules.rules.length === 0) return 0;
  const now = deps.clock.now();
  const ids = subjects.map(({ document }) => document.id);
  const states = (await lockMentionStates(tx, ids)).filter(({ id }) => only?.has(id) ?? true);
  const judged = await judge(tx, deps, use, states, now);
  const changed = [...judged.values()].flat().filter(({ isChanged }) => isChanged);
  const changedStates = changed.map(({ state }) => state);
  await saveMentionStates(tx, changedStates);
  await addEffects(
    tx,
    changed.flatMap((one) => effectsOf(one, use.run, now)),
  );
  if (changed.length > 0)
    await touchDocuments(tx, [...new Set(changedStates.map((one) => one.documentId))], now);
  for (const subject of subjects) {
    const own = judged.get(subject.document.id) ?? [];
    await alertAll(tx, deps, await wantedAlerts(tx, own, use, subject.document), use, subject);
  }
  return changed.length;
}
