import type { Source } from '../model/source.ts';
import type { CanaryResult, HealthCode, HealthState, SourceHealth } from '../model/source-health.ts';
import type { SourceVisit } from '../store/source-visits.ts';
import { learnPace, type Pace } from './pace.ts';

/** What is known of a source to judge it by. */
export interface SourceFacts {
  source: Source;
  /** When its documents of the last 28 days were published, newest first. */
  published: readonly Date[];
  /** Visits that read something or failed, newest first. */
  visits: readonly SourceVisit[];
  delayMs: number | null;
  canary: CanaryResult | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A silence that is less likely than that at the usual pace is one to tell of. */
const SELDOM = 0.01;
/** Posts come in bursts, which a Poisson process does not know: the silence must also be longer than any of late. */
const LONGER = 1.5;
/** Less is no pace to judge by. */
const MIN_PUBLISHED = 5;
/** Visits in a row that must show the same before it is believed, and earlier ones to hold them against. */
const LATELY = 3;
const BEFORE = 5;
/** Of the earlier visits so many must have been better. */
const USUALLY = 0.6;
const MIN_DOCUMENTS = 10;
/** A field that so many documents used to have, and that fewer than a fifth of that have now, is lost. */
const FILLED = 0.5;
const LOST = 0.2;
const PASSING = /^(?:timeout|connect|dns|tls|host-paused|robots-unavailable|http-(?:408|425|429|5\d\d))$/;
/** So many failures in a row are no passing matter. */
const MANY_FAILURES = 4;

/** Documents expected between two times, by the pace and its hours of the day. */
export function expectedBetween({ perHour, byHour }: Pace, from: Date, to: Date): number {
  let expected = 0;
  for (let at = from.getTime(); at < to.getTime(); at += HOUR) {
    const share = Math.min(1, (to.getTime() - at) / HOUR);
    expected += perHour * (byHour[new Date(at).getUTCHours()] ?? 1) * share;
  }
  return expected;
}

function longestGap(published: readonly Date[]): number {
  const times = published.map((at) => at.getTime()).sort((a, b) => a - b);
  return times.reduce((longest, at, i) => Math.max(longest, i === 0 ? 0 : at - (times[i - 1] ?? at)), 0);
}

/** Probability that nothing is published for as long as it has not been; 1 when too little is known. */
export function silenceProbability(published: readonly Date[], now: Date): number {
  const [last] = [...published].sort((a, b) => b.getTime() - a.getTime());
  if (!last || published.length < MIN_PUBLISHED) return 1;
  if (now.getTime() - last.getTime() < LONGER * longestGap(published)) return 1;
  // The pace as it was before the silence, which would otherwise become the new usual.
  return Math.exp(-expectedBetween(learnPace(published, last), last, now));
}

type Share = (visit: SourceVisit) => boolean;

/** The last visits were all otherwise than most of the earlier ones. */
function hasTurned(visits: readonly SourceVisit[], isGood: Share): boolean {
  const lately = visits.slice(0, LATELY);
  const before = visits.slice(LATELY);
  if (lately.length < LATELY || before.length < BEFORE || lately.some(isGood)) return false;
  return before.filter(isGood).length >= USUALLY * before.length;
}

function sum(visits: readonly SourceVisit[], count: (visit: SourceVisit) => number): number {
  return visits.reduce((total, visit) => total + count(visit), 0);
}

/** The field was there in most documents, and hardly is in the last visits that brought some. */
function isLost(visits: readonly SourceVisit[], field: 'withAuthor' | 'withDate'): boolean {
  const lately = visits.slice(0, LATELY);
  const before = visits.slice(LATELY);
  const [now, then] = [lately, before].map((some) => sum(some, ({ documents }) => documents));
  if (!now || !then || lately.length < LATELY || then < MIN_DOCUMENTS) return false;
  const usual = sum(before, (visit) => visit[field]) / then;
  return usual >= FILLED && sum(lately, (visit) => visit[field]) / now < LOST * usual;
}

/** Pages answer, but no longer yield what they did. */
function brokenBy({ visits, canary }: SourceFacts): HealthCode | undefined {
  if (canary?.error) return 'canary';
  const listed = visits.filter(({ lists }) => lists > 0);
  if (hasTurned(listed, ({ links, documents }) => links + documents > 0)) return 'no-links';
  const read = visits.filter(({ pages, lists }) => pages > lists);
  if (hasTurned(read, ({ documents }) => documents > 0)) return 'no-documents';
  const full = visits.filter(({ documents }) => documents > 0);
  if (isLost(full, 'withDate')) return 'no-dates';
  return isLost(full, 'withAuthor') ? 'no-authors' : undefined;
}

type Verdict = [HealthState, HealthCode];

/** What visits say at once, without looking at what they brought; undefined when all went well. */
export function verdictOfVisits(source: Source): Verdict | undefined {
  if (source.goneAt) return ['gone', 'gone'];
  if (!source.enabled) return ['off', 'off'];
  if (source.lastError) {
    const isPassing = PASSING.test(source.lastError.code) && source.failures < MANY_FAILURES;
    return isPassing ? ['waiting', 'passing-error'] : ['broken', 'error'];
  }
  return source.lastSuccessAt ? undefined : ['waiting', 'not-read'];
}

function perDay(published: readonly Date[], now: Date, days: number): number {
  const since = now.getTime() - days * DAY;
  return published.filter((at) => at.getTime() > since && at <= now).length / days;
}

/** Read, and never anything found: an empty source, or the wrong address for its kind. */
function isEmpty({ published, visits }: SourceFacts): boolean {
  return (
    published.length === 0 && visits.length > 0 && sum(visits, (visit) => visit.documents + visit.links) === 0
  );
}

function verdictOfYield(facts: SourceFacts, silence: number): Verdict {
  const code = brokenBy(facts);
  if (code) return ['broken', code];
  if (isEmpty(facts)) return ['quiet', 'nothing'];
  return silence < SELDOM ? ['quiet', 'silence'] : ['ok', 'works'];
}

/** How a source is: read well and as usual, quiet, or broken. Pure. */
export function judgeSource(facts: SourceFacts, now: Date): SourceHealth {
  const { source, published, delayMs } = facts;
  const silence = silenceProbability(published, now);
  const [state, reason] = verdictOfVisits(source) ?? verdictOfYield(facts, silence);
  return {
    state,
    code: reason,
    perDay: perDay(published, now, 3),
    usualPerDay: perDay(published, now, 28),
    delayMs,
    silence,
    judgedAt: now.toISOString(),
  };
}
