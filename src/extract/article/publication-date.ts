import { type DateCandidate, type DateSource, dateCandidates } from './date-candidates.ts';
import type { DateHabits } from './day-text.ts';
import type { DomDocument } from './dom.ts';
import type { JsonObject } from './json-ld.ts';

export interface PublicationDate {
  at: Date;
  /** The day in the page's own zone: `2024-05-12`. */
  day: string;
  /** Where the page says so. */
  source: DateSource;
}

/** What a source's word is worth. Only the first of each source counts: what follows dates other things. */
const VOTES: Record<DateSource, number> = {
  'json-ld': 10,
  meta: 9,
  microdata: 8,
  address: 8,
  'h-entry': 7,
  'time-marked': 6,
  time: 5,
  byline: 4.5,
  'weak-meta': 4,
  text: 3,
  script: 2,
  beside: 1.5,
  modified: 1,
};

/** Dates as the page's language writes them: only American English puts the month first. */
export function dateHabits(now: Date, zone: number, language: string | undefined): DateHabits {
  return { now, zone, isMonthFirst: language === undefined || /^en(?:$|[-_]us)/i.test(language) };
}

/** What a reader sees is one witness, however often it is written. */
const VISIBLE: ReadonlySet<DateSource> = new Set(['h-entry', 'time-marked', 'time', 'byline', 'text']);

function firstOfEach(candidates: readonly DateCandidate[]): DateCandidate[] {
  const seen = new Set<DateSource>();
  return candidates.filter(({ source }) => !seen.has(source) && seen.add(source));
}

function votesFor(day: string, candidates: readonly DateCandidate[]): number {
  const of = candidates.filter((candidate) => candidate.day === day).map(({ source }) => source);
  const seen = of.filter((source) => VISIBLE.has(source)).map((source) => VOTES[source]);
  const told = of.filter((source) => !VISIBLE.has(source)).map((source) => VOTES[source]);
  return told.reduce((sum, vote) => sum + vote, 0) + Math.max(0, ...seen);
}

function isNextTo(day: string, other: string): boolean {
  return Math.abs(Date.parse(day) - Date.parse(other)) === 86_400_000;
}

/** Machines often write in UTC; address and byline are of the page's own zone, where a late evening is the day before. */
function shownDay(day: string, candidates: readonly DateCandidate[]): string {
  for (const wanted of ['address', 'time', 'byline']) {
    const shown = candidates.find(({ source }) => source === wanted)?.day;
    if (shown !== undefined) return isNextTo(shown, day) ? shown : day;
  }
  return day;
}

/** The day with most votes; among its candidates the one with a time of day. */
function elect(candidates: readonly DateCandidate[]): DateCandidate | undefined {
  const first = firstOfEach(candidates);
  const best = first.toSorted((a, b) => votesFor(b.day, first) - votesFor(a.day, first))[0];
  if (!best) return undefined;
  const day = shownDay(best.day, first);
  const ofDay = candidates.filter((candidate) => candidate.day === best.day);
  const exact = ofDay.find(({ hasTime, source }) => hasTime && VOTES[source] >= 4) ?? best;
  return { ...exact, day };
}

interface PageDates {
  published?: PublicationDate;
  /** When the page says that it was changed last. */
  modifiedAt?: Date;
}

/** When the page's text was first published, and changed last. Never later than now; absent when the page does not tell. */
export function findPublicationDate(
  document: DomDocument,
  jsonLd: readonly JsonObject[],
  url: string,
  habits: DateHabits,
): PageDates {
  const candidates = dateCandidates(document, jsonLd, url, habits);
  const found = elect(candidates);
  const modified = candidates.find(({ source }) => source === 'modified');
  return {
    ...(found ? { published: { at: found.at, day: found.day, source: found.source } } : {}),
    ...(modified ? { modifiedAt: modified.at } : {}),
  };
}
