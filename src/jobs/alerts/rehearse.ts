import { findKind } from '../../act/alerts/kinds/registry.ts';
import { dueAt, hourOf } from '../../act/alerts/policy.ts';
import {
  type BookedIncident,
  createIncidentBook,
  type Rehearsal,
  type RehearsedIncident,
} from '../../act/alerts/rehearsal.ts';
import { headingOf, titleOf } from '../../act/alerts/words.ts';
import { InputError } from '../../lib/errors.ts';
import { pause } from '../../lib/pause.ts';
import type { Alert, Incident } from '../../model/alert.ts';
import type { IncidentId } from '../../model/ids.ts';
import type { Language } from '../../model/user.ts';
import { type IncidentNames, namesOf } from '../../store/alert-incidents.ts';
import type { Db } from '../../store/db.ts';
import { getDocument } from '../../store/documents.ts';
import { listTopics } from '../../store/topics.ts';
import type { JobDeps } from '../deps.ts';
import { openCondition } from './condition.ts';
import { looksAtPast } from './past.ts';
import { topicsOf } from './present.ts';

export interface RehearsalAsk {
  /** Saved or not. */
  alert: Alert;
  days: number;
  /** What was seen until then counts. */
  withinMs: number;
  language: Language;
}

type Deps = Pick<JobDeps, 'db' | 'clock' | 'resources'>;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MOST = 300_000;
/** Others get their turn after so many looks. */
const LOOKS = 200;
const LISTED = 200;

/** When each would have been told, by quiet hours and budget; and how many messages that makes. */
function tellTimes(alert: Alert, incidents: readonly BookedIncident[]): { times: Date[]; messages: number } {
  const hours = new Map<number, number>();
  const messages = new Set<number>();
  const times = incidents.map(({ openedAt }, at) => {
    const hour = hourOf(openedAt).getTime();
    const told = dueAt(openedAt, alert.policy, alert.zone, hours.get(hour) ?? 0);
    if (told > openedAt) messages.add(told.getTime());
    else {
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
      // Each is a message of its own.
      messages.add(-1 - at);
    }
    return told;
  });
  return { times, messages: messages.size };
}

async function describe(
  db: Db,
  alert: Alert,
  booked: BookedIncident,
  toldAt: Date,
  language: Language,
): Promise<RehearsedIncident> {
  const { openedAt, lastSeenAt, documents, numbers, topicId, storyId, sourceId } = booked;
  const [document = null] = documents;
  const post = document === null ? null : await getDocument(db, document);
  const known = await namesOf(db, { id: 0 as IncidentId, topicId, sourceId });
  const names: IncidentNames = { ...known, title: post?.title ?? null, text: post?.text ?? '' };
  const incident = { kind: alert.kind, facts: numbers } as Incident;
  return {
    openedAt,
    toldAt,
    endedAt: lastSeenAt,
    count: documents.size,
    topicId,
    storyId,
    sourceId,
    numbers,
    document,
    title: titleOf({ incident, names }, language),
    example: headingOf(names),
  };
}

/**
 * What the alert would have told of in the last days, by the same judges as now, on what was known at each moment. Nothing is written.
 * @throws InputError `condition`, when it cannot be read
 */
export async function rehearseAlert(
  { db, clock, resources }: Deps,
  { alert, days, withinMs, language }: RehearsalAsk,
  signal?: AbortSignal,
): Promise<Rehearsal> {
  const started = performance.now();
  const to = clock.now();
  const from = new Date(to.getTime() - days * DAY_MS);
  const kind = findKind(alert.kind);
  const condition = await openCondition(db, resources, alert);
  if (!kind || !condition) throw new InputError([{ at: 'condition', message: 'cannot be read' }]);
  const topics = topicsOf(alert, await listTopics(db)).map(({ id }) => id);
  const book = createIncidentBook(alert.policy.cooldown_minutes * MINUTE_MS);
  const tookMs = (): number => performance.now() - started;
  let ended: Rehearsal['ended'] = 'all';
  let seen = from;
  let begun = from;
  const onCut = (cut: Date): void => {
    begun = cut > begun ? cut : begun;
    ended = 'limit';
  };
  let looks = 0;
  for await (const { at, facts } of looksAtPast(db, alert, kind, condition, {
    from,
    to,
    topics,
    limit: MOST,
    onCut,
  })) {
    for (const finding of kind.judge(alert.settings, facts, at)) book.note(finding, at);
    seen = at;
    looks += 1;
    if (looks % LOOKS === 0) await pause();
    if (signal?.aborted) ended = 'aborted';
    else if (tookMs() >= withinMs) ended = 'time';
    if (ended === 'aborted' || ended === 'time') break;
  }
  const { times, messages } = tellTimes(alert, book.all);
  const incidents: RehearsedIncident[] = [];
  for (const [at, booked] of book.all.slice(-LISTED).entries()) {
    const told = times[Math.max(0, book.all.length - LISTED) + at] ?? booked.openedAt;
    incidents.push(await describe(db, alert, booked, told, language));
  }
  return {
    from: begun,
    to: ended === 'time' || ended === 'aborted' ? seen : to,
    messages,
    incidents: incidents.reverse(),
    ended,
    tookMs: tookMs(),
  };
}
