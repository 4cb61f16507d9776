import type { SeriesPost } from '../../src/act/alerts/series.ts';
import type { DocumentId, StoryId } from '../../src/model/ids.ts';
import { randomFrom } from '../random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Share of a day's posts by hour (Moscow), as of a Russian brand: night, morning, lunch, evening. Sums to 24. */
const BY_HOUR = [
  0.5, 0.3, 0.2, 0.15, 0.15, 0.25, 0.4, 0.7, 1, 1.3, 1.45, 1.5, 1.5, 1.45, 1.4, 1.4, 1.4, 1.4, 1.45, 1.5, 1.5,
  1.4, 1.1, 0.6,
];
/** Monday … Sunday. */
const BY_WEEKDAY = [1.05, 1.1, 1.1, 1.1, 1.05, 0.8, 0.8];
/** A day as a whole is busier or not: standard deviation of the logarithm. */
const DAY_SIGMA = 0.15;
/** An hour within it: gamma of this shape, so a standard deviation of 0.32 of its rate. */
const HOUR_SHAPE = 10;
/** People answer each other: every post draws so many more on average, within the half hour. */
const ANSWERS = 0.25;
const ANSWER_MS = 30 * MINUTE_MS;
/** A crawler comes by every quarter of an hour at most. */
const FOUND_WITHIN_MS = 15 * MINUTE_MS;
const ZONE_MS = 3 * HOUR_MS;

export type Chance = () => number;

function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

/** Marsaglia and Tsang, for shapes of at least 1; mean 1. */
function gamma(chance: Chance, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(chance);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - chance()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / shape;
  }
}

function poisson(chance: Chance, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(chance)));
  let [n, product] = [0, chance()];
  for (const least = Math.exp(-mean); product > least; n += 1) product *= chance();
  return n;
}

/** Answers to a post, and answers to those. */
function* talk(chance: Chance, at: number): Generator<number> {
  yield at;
  for (let left = poisson(chance, ANSWERS); left > 0; left -= 1)
    yield* talk(chance, at + chance() * ANSWER_MS);
}

export interface Talk {
  posts: SeriesPost[];
  /** ms */
  from: number;
  to: number;
}

/** Posts of so many days without any crisis, about `perDay` of them a day. `withinMs`: how late they are found. */
export function quietTalk(perDay: number, days: number, seed: number, withinMs = FOUND_WITHIN_MS): Talk {
  const chance = randomFrom(seed);
  const from = Date.UTC(2026, 0, 5) - ZONE_MS;
  const times: number[] = [];
  for (let day = 0; day < days; day += 1) {
    const busy = Math.exp(DAY_SIGMA * normal(chance) - DAY_SIGMA ** 2 / 2);
    const whole = perDay * (1 - ANSWERS) * busy * (BY_WEEKDAY[day % 7] ?? 1);
    for (const [hour, share] of BY_HOUR.entries()) {
      const roots = poisson(chance, ((whole * share) / 24) * gamma(chance, HOUR_SHAPE));
      for (let one = 0; one < roots; one += 1)
        times.push(...talk(chance, from + day * DAY_MS + (hour + chance()) * HOUR_MS));
    }
  }
  return { posts: toPosts(times, chance, withinMs), from, to: from + days * DAY_MS };
}

export function toPosts(
  times: number[],
  chance: Chance,
  withinMs: number,
  story: StoryId | null = null,
): SeriesPost[] {
  return times
    .sort((a, b) => a - b)
    .map((said, at) => ({
      document: (at + 1) as DocumentId,
      said,
      found: said + chance() * withinMs,
      negative: 0,
      story,
    }));
}

/** So many posts more, evenly over a time. */
export function burst(from: number, ms: number, count: number, seed: number, withinMs: number): SeriesPost[] {
  const chance = randomFrom(seed);
  const times = Array.from({ length: count }, () => from + chance() * ms);
  return toPosts(times, chance, withinMs);
}
