import { keepIncidents } from '../../act/alerts/keep.ts';
import type { MentionFact } from '../../act/alerts/kind.ts';
import { findKind, type RegisteredKind } from '../../act/alerts/kinds/registry.ts';
import { placeFinding } from '../../act/alerts/place.ts';
import type { TellEdges } from '../../act/alerts/send.ts';
import { tellIncident } from '../../act/alerts/tell.ts';
import { onceFor } from '../../lib/once-for.ts';
import type { Alert, Finding } from '../../model/alert.ts';
import type { Topic } from '../../model/topic.ts';
import { type FoundMention, mentionsOf } from '../../store/alert-facts.ts';
import { listAlerts, takeActed } from '../../store/alerts.ts';
import type { Database, Db } from '../../store/db.ts';
import { listTopics } from '../../store/topics.ts';
import type { JobDeps } from '../deps.ts';
import { isRecent } from '../is-recent.ts';
import { type Condition, openCondition } from './condition.ts';
import { factsNow, topicsOf } from './present.ts';
import { tellEdges } from './tell-edges.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'log' | 'resources' | 'casePolicy' | 'vault' | 'delivery'>;

const MINUTE_MS = 60_000;
const BATCH = 200;
/** A topic that is new finds mentions in documents that have been known for long: those are the past. */
const OLD_TEXT_MS = 24 * 3_600_000;
/** The last day changes slowly: it is read again after so long. */
const DAY_EVERY_MS = 5 * MINUTE_MS;

/** An alert with what its settings and condition mean. */
interface Ready {
  alert: Alert;
  kind: RegisteredKind;
  topics: readonly Topic[];
  condition: Condition;
}

/** When each store's last day was read. */
const dayReadAt = onceFor<Database, { at: number }>(() => ({ at: 0 }));

async function readyAlerts(deps: Deps): Promise<Ready[]> {
  const { db, log, resources } = deps;
  const alerts = (await listAlerts(db)).filter(({ enabled }) => enabled);
  const topics = alerts.length > 0 ? await listTopics(db) : [];
  const ready: Ready[] = [];
  for (const alert of alerts) {
    const kind = findKind(alert.kind);
    const condition = kind && (await openCondition(db, resources, alert));
    if (kind && condition) ready.push({ alert, kind, topics: topicsOf(alert, topics), condition });
    else log.error({ alert: alert.key }, 'this alert cannot be used; mend it on the alerts page');
  }
  return ready;
}

/** Opens or joins the incident and tells whom it has not told. */
export async function noteFinding(
  tx: Db,
  edges: TellEdges,
  alert: Alert,
  finding: Finding,
  now: Date,
): Promise<void> {
  const cooldownMs = alert.policy.cooldown_minutes * MINUTE_MS;
  const by = { alertId: alert.id, ruleId: null, kind: alert.kind, cooldownMs };
  const { incident } = await placeFinding(tx, by, finding, now);
  // Who has taken it needs no second alert's word.
  if (incident.acknowledgedAt === null) await tellIncident(tx, edges, alert, incident, now);
}

/** What is known by the same is noted at once: of a story there may be thousands. */
function joined(findings: readonly Finding[]): Finding[] {
  const all = new Map<string, Finding>();
  for (const finding of findings) {
    const key = finding.subjects.join(' ');
    const known = all.get(key);
    const documents = [...(known?.documents ?? []), ...finding.documents];
    all.set(key, { ...finding, documents });
  }
  return [...all.values()];
}

/** May an alert speak of it? What was found before the alert was so, or is no news, it may not. */
export function isNews(
  {
    createdAt,
    updatedAt,
    ...said
  }: Pick<FoundMention, 'createdAt' | 'updatedAt' | 'publishedAt' | 'foundAt'>,
  withinMs: number,
  now: Date,
): boolean {
  return isRecent(said, withinMs, now) && createdAt.getTime() - updatedAt.getTime() <= OLD_TEXT_MS;
}

async function judgeMentions(
  tx: Db,
  deps: Deps,
  { alert, kind, topics, condition }: Ready,
  found: readonly FoundMention[],
  now: Date,
): Promise<Finding[]> {
  const own = new Set(topics.map(({ id }) => id));
  const { withinMs } = deps.casePolicy;
  const meant = found.filter(
    (one) => own.has(one.topicId) && one.createdAt >= alert.inForceSince && isNews(one, withinMs, now),
  );
  const met = meant.length > 0 ? await condition.meet(tx, meant, now) : new Set();
  const facts: MentionFact[] = meant.filter(({ id }) => met.has(id));
  return facts.length > 0 ? joined(kind.judge(alert.settings, facts, now)) : [];
}

/** Looks at some documents that were acted on. Returns how many; none of them is looked at again, whatever stops us meanwhile. */
function watchActed(deps: Deps, ready: readonly Ready[]): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const documents = await takeActed(tx, BATCH);
    const found = documents.length > 0 ? await mentionsOf(tx, documents) : [];
    if (found.length === 0) return documents.length;
    const edges = await tellEdges(tx, deps);
    for (const one of ready.filter(({ kind }) => kind.needs === 'mentions'))
      for (const finding of await judgeMentions(tx, deps, one, found, now))
        await noteFinding(tx, edges, one.alert, finding, now);
    return documents.length;
  });
}

async function watchOne(deps: Deps, { alert, kind, topics }: Ready, isWhole: boolean): Promise<void> {
  if (kind.needs === 'mentions') return;
  const now = deps.clock.now();
  const ids = topics.map(({ id }) => id);
  const facts = await factsNow(deps.db, alert, kind.needs, ids, now, isWhole);
  const findings = kind.judge(alert.settings, facts, now);
  if (findings.length === 0) return;
  await deps.db.transaction(async (tx) => {
    const edges = await tellEdges(tx, deps);
    for (const finding of findings) await noteFinding(tx, edges, alert, finding, now);
  });
}

/** All alerts on what is there now, and what time brings to open incidents. One that fails does not hold up the others. */
export async function watchAlerts(deps: Deps): Promise<void> {
  const { db, clock, log } = deps;
  const ready = await readyAlerts(deps);
  while ((await watchActed(deps, ready)) === BATCH);
  const day = dayReadAt(db);
  const isWhole = Math.abs(clock.now().getTime() - day.at) >= DAY_EVERY_MS;
  if (isWhole) day.at = clock.now().getTime();
  for (const one of ready)
    await watchOne(deps, one, isWhole).catch((error: unknown) =>
      log.error({ err: error, alert: one.alert.key }, 'an alert could not look'),
    );
  const webhooks = [...deps.delivery.crms].filter(([, crm]) => crm.tell).map(([key]) => key);
  await db.transaction(async (tx) => keepIncidents(tx, await tellEdges(tx, deps), webhooks, clock.now()));
}
