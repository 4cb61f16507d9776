import type { AlertFacts, CarrierFact, SourceFact } from '../../act/alerts/kind.ts';
import { CARRIER_HOURS } from '../../act/alerts/kind.ts';
import type { RegisteredKind } from '../../act/alerts/kinds/registry.ts';
import { DAY_MS } from '../../act/alerts/series.ts';
import type { Alert } from '../../model/alert.ts';
import type { TopicId } from '../../model/ids.ts';
import { listCarried, listOutcomes, listSaid, mentionsBelow } from '../../store/alert-facts.ts';
import type { Db } from '../../store/db.ts';
import { listSources, publishedSince } from '../../store/sources.ts';
import { silenceProbability } from '../judge-source.ts';
import { PACE_WINDOW_MS } from '../pace.ts';
import type { Condition } from './condition.ts';
import { HISTORY_MS, isCollecting, readHistory } from './history.ts';
import { seriesOf } from './present.ts';

/** A moment, and what was known then. */
export interface Look {
  at: Date;
  facts: AlertFacts[keyof AlertFacts];
}

export interface PastSpan {
  from: Date;
  to: Date;
  topics: readonly TopicId[];
  /** Of posts, mentions or carriers at most; the newest. */
  limit: number;
  /** There were more: what was said or found before that is not looked at. */
  onCut(from: Date): void;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const PAGE = 200;
const MOST_PUBLISHED = 20_000;

function* hours({ from, to }: PastSpan): Generator<Date> {
  for (let at = Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS; at <= to.getTime(); at += HOUR_MS)
    yield new Date(at);
}

/** Ends of the minutes in which something was found: nothing new is to be seen in between. */
function minutesOf(found: readonly number[], { from, to }: PastSpan): Date[] {
  const minutes = new Set(found.map((ms) => Math.ceil(ms / MINUTE_MS) * MINUTE_MS));
  return [...minutes]
    .filter((ms) => ms >= from.getTime() && ms <= to.getTime())
    .sort((a, b) => a - b)
    .map((ms) => new Date(ms));
}

async function* pastSeries(db: Db, alert: Alert, kind: RegisteredKind, span: PastSpan): AsyncGenerator<Look> {
  const before = (ms: number): Date => new Date(span.from.getTime() - ms);
  const history = await readHistory(db, span.topics, alert.zone, before(HISTORY_MS), span.to);
  const said = await listSaid(db, span.topics, before(DAY_MS), span.to, history.young, span.limit);
  if (said.length === span.limit) span.onCut(new Date(said[0]?.said ?? 0));
  const series = seriesOf(span.topics, said, history, {
    zone: alert.zone,
    covers: DAY_MS,
    isCollecting: true,
  });
  const moments = kind.isHourly
    ? hours(span)
    : minutesOf(
        said.map(({ found }) => found),
        span,
      );
  for (const at of moments) {
    const collecting = isCollecting(history.collected, at);
    yield { at, facts: series.map((one) => ({ ...one, isCollecting: collecting })) };
  }
}

async function* pastCarriers(db: Db, span: PastSpan): AsyncGenerator<Look> {
  const from = new Date(span.from.getTime() - CARRIER_HOURS * HOUR_MS);
  const carried = await listCarried(db, span.topics, from, span.to, span.limit);
  if (carried.length === span.limit) span.onCut(new Date(carried[0]?.found ?? 0));
  const moments = minutesOf(
    carried.map(({ found }) => found),
    span,
  );
  let [first, last] = [0, 0];
  for (const at of moments) {
    const known = (place: number): number => carried[place]?.found ?? Number.POSITIVE_INFINITY;
    while (known(last) <= at.getTime()) last += 1;
    while (known(first) < at.getTime() - CARRIER_HOURS * HOUR_MS) first += 1;
    yield { at, facts: carried.slice(first, last) as CarrierFact[] };
  }
}

/** Hours since the first of the visits that all failed until then. */
function failingAt(visits: readonly { at: Date; failed: boolean }[], at: Date): number {
  const before = visits.filter((visit) => visit.at <= at);
  const good = before.findLastIndex(({ failed }) => !failed);
  const since = before[good]?.at ?? before[0]?.at;
  return good === before.length - 1 || !since ? 0 : (at.getTime() - since.getTime()) / HOUR_MS;
}

async function* pastSources(db: Db, span: PastSpan): AsyncGenerator<Look> {
  const sources = (await listSources(db)).filter(({ enabled, goneAt }) => enabled && !goneAt);
  const since = new Date(span.from.getTime() - PACE_WINDOW_MS);
  const known = [];
  for (const { id, key } of sources) {
    // Newest first.
    const published = await publishedSince(db, id, since, MOST_PUBLISHED);
    known.push({ id, key, published, visits: await listOutcomes(db, id, since) });
  }
  for (const at of hours(span)) {
    const facts = known.map(({ id, key, published, visits }): SourceFact => {
      const first = published.findIndex((one) => one <= at);
      const own =
        first < 0
          ? []
          : published.slice(first).filter((one) => one.getTime() > at.getTime() - PACE_WINDOW_MS);
      const last = own[0];
      return {
        sourceId: id,
        key,
        silence: silenceProbability(own, at),
        silentHours: last ? (at.getTime() - last.getTime()) / HOUR_MS : null,
        failingHours: failingAt(visits, at),
      };
    });
    yield { at, facts };
  }
}

/** Mentions as they were found, the earliest first: as they stand now, for what they were then is not kept. */
async function* pastMentions(db: Db, condition: Condition, span: PastSpan): AsyncGenerator<Look> {
  const met: { at: Date; facts: Look['facts'] }[] = [];
  let below = Number.MAX_SAFE_INTEGER;
  for (let seen = 0; seen < span.limit; seen += PAGE) {
    const page = await mentionsBelow(db, span.topics, below, span.from, PAGE);
    const meets = await condition.meet(db, page, span.to);
    for (const one of page)
      if (meets.has(one.id) && one.foundAt <= span.to) met.push({ at: one.foundAt, facts: [one] });
    below = page.at(-1)?.id ?? 0;
    if (page.length < PAGE) break;
    if (seen + PAGE >= span.limit) span.onCut(page.at(-1)?.foundAt ?? span.from);
    // Whoever counts the time looks at it here.
    yield { at: span.from, facts: [] };
  }
  met.sort((a, b) => a.at.getTime() - b.at.getTime());
  yield* met;
}

/** What the alert would have looked at, moment by moment. */
export function looksAtPast(
  db: Db,
  alert: Alert,
  kind: RegisteredKind,
  condition: Condition,
  span: PastSpan,
): AsyncGenerator<Look> {
  switch (kind.needs) {
    case 'series':
      return pastSeries(db, alert, kind, span);
    case 'carriers':
      return pastCarriers(db, span);
    case 'sources':
      return pastSources(db, span);
    case 'mentions':
      return pastMentions(db, condition, span);
  }
}
