/** How often a source publishes, and when in the day. */
export interface Pace {
  /** Publications per hour, averaged over the day; recent ones count more. */
  perHour: number;
  /** Share of the day's publications in each hour of the day (UTC), times 24: 1 is the average. */
  byHour: readonly number[];
}

export interface Bounds {
  minMs: number;
  maxMs: number;
}

const HOUR = 3_600_000;
/** What was published this long ago counts e times less. */
const MEMORY_HOURS = 168;
/** As if half a document had been seen in 18 hours: a source that we know nothing of is neither silent nor busy. */
const PRIOR_DOCUMENTS = 0.5;
const PRIOR_HOURS = 18;
/** As if so many documents, spread evenly over the day, had been seen. */
const PRIOR_EVEN = 144;
/** Width of the smoothing over the clock, in hours. */
const SMOOTH_HOURS = 2;

/** How far back publications are looked at. */
export const PACE_WINDOW_MS = 28 * 24 * HOUR;

/** On a round clock, so that 23:00 and 01:00 are neighbours. */
function smooth(hours: readonly number[]): number[] {
  return hours.map((_, at) => {
    let sum = 0;
    let weights = 0;
    for (let off = -4; off <= 4; off += 1) {
      const weight = Math.exp(-(off ** 2) / (2 * SMOOTH_HOURS ** 2));
      sum += weight * (hours[(at + off + 24) % 24] ?? 0);
      weights += weight;
    }
    return sum / weights;
  });
}

/**
 * The pace of a source from the times of what it published within the last `PACE_WINDOW_MS`. The rate is a count with
 * exponentially falling weights over the time in which they fell.
 */
export function learnPace(published: readonly Date[], now: Date): Pace {
  const hours = new Array<number>(24).fill(0);
  let weight = 0;
  for (const at of published) {
    const ageHours = Math.max(0, (now.getTime() - at.getTime()) / HOUR);
    weight += Math.exp(-ageHours / MEMORY_HOURS);
    hours[at.getUTCHours()] = (hours[at.getUTCHours()] ?? 0) + 1;
  }
  const span = MEMORY_HOURS * (1 - Math.exp(-PACE_WINDOW_MS / HOUR / MEMORY_HOURS));
  const total = published.length + PRIOR_EVEN;
  return {
    perHour: (weight + PRIOR_DOCUMENTS) / (span + PRIOR_HOURS),
    byHour: smooth(hours).map((count) => (count * 24 + PRIOR_EVEN) / total),
  };
}

/** The constant rate that would be visited as often: a source that sleeps half the day needs fewer looks than its rate says. */
export function evenRate({ perHour, byHour }: Pace): number {
  const root = byHour.reduce((sum, share) => sum + Math.sqrt(share), 0) / Math.max(1, byHour.length);
  return perHour * root ** 2;
}

/** Visits per hour that a source of constant rate gets when a visit is worth `worth` document-hours of waiting. */
function visitsAt(worth: number, { perHour, minMs, maxMs }: PacedSource): number {
  const everyMs = Math.sqrt((2 * worth) / perHour) * HOUR;
  return HOUR / Math.min(maxMs, Math.max(minMs, everyMs));
}

/** What the shares of the budget follow from. */
export interface PacedSource extends Bounds {
  /** See `evenRate`. */
  perHour: number;
}

const HALVINGS = 50;

/**
 * The waiting that may gather before a visit is worth its request, in document-hours: the same for all sources, so that each
 * request saves as much waiting as any other. With a constant rate r it makes every interval √(2c/r) (Cho and
 * Garcia-Molina, "Effective page refresh policies for web crawlers", 2003: visits grow with the square root of the rate).
 * Found by halving, because sources at their bounds leave the rest of the budget to the others.
 */
export function worthOfVisit(sources: readonly PacedSource[], visitsPerHour: number): number {
  let low = 1e-9;
  let high = 1e9;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = Math.sqrt(low * high);
    const visits = sources.reduce((sum, source) => sum + visitsAt(middle, source), 0);
    if (visits > visitsPerHour) low = middle;
    else high = middle;
  }
  return high;
}

const STEP = HOUR / 12;

/** The first moment at which what is expected to be waiting has waited for `worth` document-hours, within the bounds. */
export function nextPoll(pace: Pace, last: Date, worth: number, { minMs, maxMs }: Bounds): Date {
  let waiting = 0;
  let waited = 0;
  for (let ms = 0; ms < maxMs; ms += STEP) {
    const hour = new Date(last.getTime() + ms).getUTCHours();
    const news = (pace.perHour * (pace.byHour[hour] ?? 1) * STEP) / HOUR;
    // What appears within a step has waited for half of it.
    const more = ((waiting + news / 2) * STEP) / HOUR;
    if (waited + more >= worth && ms + STEP > minMs) {
      const share = Math.max(0, (worth - waited) / more);
      return new Date(last.getTime() + Math.max(minMs, Math.min(maxMs, ms + share * STEP)));
    }
    waited += more;
    waiting += news;
  }
  return new Date(last.getTime() + maxMs);
}
