import type { DocumentId, StoryId, TopicId } from '../../model/ids.ts';
import {
  BASELINE_WEEKS,
  type BaselineKind,
  dispersionOf,
  type HourCounts,
  robust,
  type Usual,
  usualOf,
} from './baseline.ts';
import { createLocalHours, HOUR_MS, type LocalHours } from './local-hours.ts';

/** A post about a topic. Times in ms. */
export interface SeriesPost {
  document: DocumentId;
  /** Published, but not later than found. */
  said: number;
  found: number;
  /** 1 negative, 0 another sure tone, null not sure. */
  negative: 0 | 1 | null;
  story: StoryId | null;
}

/** All about one topic that spikes are told by. */
export interface Series {
  topicId: TopicId;
  hours: HourCounts;
  /** In the order of `said`. */
  posts: readonly SeriesPost[];
  /** How far back from each moment that is looked at `posts` go, in ms: longer times are not told of. */
  covers: number;
  zone: string;
}

/** What is usual in a time of some minutes to a day. */
export interface UsualSpan {
  centre: number;
  spread: number;
  /** Third central moment over the second: 1 of Poisson's, more where rates vary. */
  skew: number;
  kind: BaselineKind;
}

export interface SeriesReader {
  /** Are posts of so long ago known? */
  covers(ms: number): boolean;
  /** Posts said in the `ms` before `at`, those not found by then included: cheap, and never fewer than `posts`. */
  atMost(at: number, ms: number): number;
  /** Posts said in the `ms` before `at`, as far as they were found by then. */
  posts(at: number, ms: number): SeriesPost[];
  usual(at: number, ms: number): UsualSpan;
  usualDay(at: number): UsualSpan;
}

export const DAY_MS = 24 * HOUR_MS;
const WEEK = 168;
/** The dispersion of a series changes slowly. */
const DISPERSION_HOURS = 24;

/** First place in `posts` said after `ms`. */
function after(posts: readonly SeriesPost[], ms: number): number {
  let [low, high] = [0, posts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((posts[middle]?.said ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Reads a series as it was known at any moment of it; what was worked out is kept. */
export function readSeries(series: Series): SeriesReader {
  const local = createLocalHours(series.zone);
  const usuals = new Map<number, Usual>();
  const dispersions = new Map<number, number>();
  const days = new Map<number, UsualSpan>();
  const dispersionAt = (hour: number): number => {
    const key = Math.floor(hour / DISPERSION_HOURS);
    const known = dispersions.get(key) ?? dispersionOf(series.hours, key * DISPERSION_HOURS);
    dispersions.set(key, known);
    return known;
  };
  const usualHour = (hour: number): Usual => {
    const known = usuals.get(hour) ?? usualOf(series.hours, hour, dispersionAt(hour));
    usuals.set(hour, known);
    return known;
  };
  return {
    covers: (ms) => ms <= series.covers,
    atMost: (at, ms) => after(series.posts, at) - after(series.posts, at - ms),
    posts: (at, ms) =>
      series.posts
        .slice(after(series.posts, at - ms), after(series.posts, at))
        .filter(({ found }) => found <= at),
    usual: (at, ms) => spanOf(local, usualHour, at, ms),
    usualDay: (at) => {
      const { hour } = local.at(at);
      const known = days.get(hour) ?? dayOf(series.hours, hour, usualHour);
      days.set(hour, known);
      return known;
    },
  };
}

/**
 * Of the hours that the time touches, each by the part of it that it touches: of an hour's variance the even part (Poisson's) shrinks as the
 * time, the uneven one, by which all of the hour is busier or not, as its square.
 */
function spanOf(local: LocalHours, usualHour: (hour: number) => Usual, at: number, ms: number): UsualSpan {
  let [centre, even, uneven] = [0, 0, 0];
  let kind: BaselineKind = 'weeks';
  for (let end = at; end > at - ms; ) {
    // A moment on the hour ends the hour before it.
    const { hour, passed } = local.at(end - 1);
    const inHour = Math.min(passed * HOUR_MS + 1, end - (at - ms));
    const part = inHour / HOUR_MS;
    const usual = usualHour(hour);
    centre += usual.centre * part;
    even += usual.centre * part;
    uneven += Math.sqrt(Math.max(0, usual.spread ** 2 - usual.centre)) * part;
    kind = worse(kind, usual.kind);
    end -= inHour;
  }
  return { ...momentsOf(centre, even + uneven ** 2), kind };
}

/**
 * Of a count with that mean and variance, as a gamma mixture of Poisson's (a negative binomial): with u the variance beyond Poisson's, its
 * third moment is μ + 3u + 2u²/μ.
 */
export function momentsOf(centre: number, variance: number): Omit<UsualSpan, 'kind'> {
  const uneven = Math.max(0, variance - centre);
  const third = centre + 3 * uneven + (2 * uneven ** 2) / centre;
  return { centre, spread: Math.sqrt(variance), skew: third / variance };
}

const ORDER: readonly BaselineKind[] = ['weeks', 'neighbours', 'little'];

function worse(one: BaselineKind, other: BaselineKind): BaselineKind {
  return ORDER.indexOf(other) > ORDER.indexOf(one) ? other : one;
}

/** The 24 hours that end with the one before `hour`, against the same of the weeks before; the running hour is left to the caller. */
function dayOf(history: HourCounts, hour: number, usualHour: (hour: number) => Usual): UsualSpan {
  const sums: number[] = [];
  for (let back = 1; back <= BASELINE_WEEKS; back += 1) {
    const end = hour - back * WEEK;
    if (end - 23 < history.first) break;
    let sum = 0;
    for (let one = end - 23; one <= end; one += 1) sum += history.counts.get(one) ?? 0;
    sums.push(sum);
  }
  if (sums.length >= 4) {
    const { centre, mad } = robust(sums);
    const own = Math.max(centre, 0.5);
    const uneven = dayUnevenness(hour, usualHour);
    const variance = Math.max(mad ** 2, own + uneven ** 2) * (1 + 1 / sums.length);
    return { ...momentsOf(own, variance), kind: 'weeks' };
  }
  return ofHours(hour, usualHour);
}

function ofHours(hour: number, usualHour: (hour: number) => Usual): UsualSpan {
  let [centre, kind]: [number, BaselineKind] = [0, 'weeks'];
  for (let one = hour - 23; one <= hour; one += 1) {
    const usual = usualHour(one);
    centre += usual.centre;
    kind = worse(kind, usual.kind);
  }
  return { ...momentsOf(centre, centre + dayUnevenness(hour, usualHour) ** 2), kind };
}

/** As if a whole day were busier or not: never less than what hours show, each for itself. */
function dayUnevenness(hour: number, usualHour: (hour: number) => Usual): number {
  let sum = 0;
  for (let one = hour - 23; one <= hour; one += 1) {
    const { centre, spread } = usualHour(one);
    sum += Math.sqrt(Math.max(0, spread ** 2 - centre));
  }
  return sum;
}
