import { weekdayOfHour } from './local-hours.ts';

/** Posts of each hour, by its number in the alert's zone (see local-hours.ts); hours without any are left out. */
export interface HourCounts {
  counts: ReadonlyMap<number, number>;
  /** The first hour of which we know: before it nothing was collected. */
  first: number;
}

/** weeks: the same weekday and hour. neighbours: with fewer than four weeks, hours beside it on days of the same sort. little: less than a week. */
export type BaselineKind = 'weeks' | 'neighbours' | 'little';

/** What is usual in one hour. */
export interface Usual {
  centre: number;
  /** Standard deviation. */
  spread: number;
  kind: BaselineKind;
}

export const BASELINE_WEEKS = 8;
const LEAST_WEEKS = 4;
const WEEK = 168;
/** Of the values, so many at each end are left out of the mean: one week in eight may have been a crisis. */
const TRIMMED = 1 / 8;
/** Of the worst residuals so many are left out of the pooled dispersion: they are crises, or holidays. */
const OUTLIERS = 0.005;
/** With less than a week of history counts are taken to be as uneven as a negative binomial of size 1. */
const UNKNOWN_DISPERSION = 1;
/** MAD of normal values × this is their standard deviation. */
const MAD_SCALE = 1.4826;

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}

/** Of at least one value: the mean without the ends, and the median of distances from it, scaled. */
export function robust(values: readonly number[]): { centre: number; mad: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length * TRIMMED);
  const kept = sorted.slice(cut, sorted.length - cut);
  const centre = kept.reduce((sum, value) => sum + value, 0) / kept.length;
  const distances = sorted.map((value) => Math.abs(value - centre)).sort((a, b) => a - b);
  return { centre, mad: MAD_SCALE * median(distances) };
}

const isWeekend = (hour: number): boolean => weekdayOfHour(hour) >= 5;

/** The same weekday and hour of the weeks before, the hour beside it on each side included: eight values alone vary too much. */
function sameHours({ counts, first }: HourCounts, hour: number): number[][] {
  const weeks: number[][] = [];
  for (let back = 1; back <= BASELINE_WEEKS && hour - back * WEEK >= first; back += 1) {
    const own = hour - back * WEEK;
    weeks.push([own - 1, own, own + 1].map((one) => counts.get(one) ?? 0));
  }
  return weeks;
}

/** Hours of the last days of the same sort (working day or weekend), an hour either way. */
function neighbours({ counts, first }: HourCounts, hour: number): number[] {
  const values: number[] = [];
  for (let day = 1; day <= 28; day += 1) {
    for (const shift of [-1, 0, 1]) {
      const one = hour - 24 * day + shift;
      if (one >= first && isWeekend(one) === isWeekend(hour)) values.push(counts.get(one) ?? 0);
    }
  }
  return values;
}

/** Mean of all there is. */
function flat({ counts, first }: HourCounts, hour: number): number {
  let sum = 0;
  for (let one = Math.max(first, hour - WEEK); one < hour; one += 1) sum += counts.get(one) ?? 0;
  return sum / Math.max(1, Math.min(WEEK, hour - first));
}

/** Variance that counts of mean `centre` have when their rate itself varies: Poisson's and more. */
function varianceOf(centre: number, dispersion: number): number {
  return centre + dispersion * centre * centre;
}

/** A count of nothing says little: half a post in as many hours as were looked at. */
function floorOf(hours: number): number {
  return 0.5 / Math.max(1, hours);
}

/**
 * How uneven counts are beyond Poisson, over all hours of the last eight weeks: (x − μ)² − μ summed, over μ² summed (the moment estimate of a
 * negative binomial's 1/size), the worst residuals left out. 0 where they are as even as chance.
 */
export function dispersionOf(history: HourCounts, until: number): number {
  const terms: { over: number; square: number }[] = [];
  const from = Math.max(history.first + WEEK, until - BASELINE_WEEKS * WEEK);
  for (let hour = from; hour < until; hour += 1) {
    const centre = hourCentre(history, hour);
    if (centre <= 0) continue;
    const value = history.counts.get(hour) ?? 0;
    terms.push({ over: (value - centre) ** 2 - centre, square: centre * centre });
  }
  terms.sort((a, b) => b.over / b.square - a.over / a.square);
  const kept = terms.slice(Math.ceil(terms.length * OUTLIERS));
  const squares = kept.reduce((sum, { square }) => sum + square, 0);
  return squares === 0 ? 0 : Math.max(0, kept.reduce((sum, { over }) => sum + over, 0) / squares);
}

/** Neighbours in time count half. */
function smooth(weeks: readonly number[][]): number[] {
  return weeks.map(([before = 0, own = 0, after = 0]) => (before + 2 * own + after) / 4);
}

function hourCentre(history: HourCounts, hour: number): number {
  const weeks = sameHours(history, hour);
  if (weeks.length >= LEAST_WEEKS) return robust(smooth(weeks)).centre;
  const near = neighbours(history, hour);
  return near.length > 0 ? robust(near).centre : flat(history, hour);
}

/** What is usual in that hour, told by what came before it. `dispersion`: of the whole series. */
export function usualOf(history: HourCounts, hour: number, dispersion: number): Usual {
  const weeks = sameHours(history, hour);
  if (weeks.length >= LEAST_WEEKS) {
    const { centre } = robust(smooth(weeks));
    const { mad } = robust(weeks.map(([, own = 0]) => own));
    return spreadOver(centre, mad, dispersion, weeks.length * 2, 'weeks');
  }
  const near = neighbours(history, hour);
  if (hour - history.first >= WEEK && near.length > 0) {
    const { centre, mad } = robust(near);
    return spreadOver(centre, mad, dispersion, near.length, 'neighbours');
  }
  const centre = Math.max(flat(history, hour), floorOf(hour - history.first));
  return { centre, spread: Math.sqrt(varianceOf(centre, UNKNOWN_DISPERSION)), kind: 'little' };
}

/** The greatest of the hour's own spread, that of the series, and Poisson's; and how little `values` of them tell of the centre. */
function spreadOver(
  found: number,
  mad: number,
  dispersion: number,
  values: number,
  kind: BaselineKind,
): Usual {
  const centre = Math.max(found, floorOf(values));
  const variance = Math.max(mad * mad, varianceOf(centre, dispersion));
  return { centre, spread: Math.sqrt(variance * (1 + 1 / values)), kind };
}
