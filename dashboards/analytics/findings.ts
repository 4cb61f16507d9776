import { numberFormat } from '../../src/lib/formats.ts';
import type { Viewer } from '../auth/session.ts';
import { number, percent } from '../views/format.ts';

/** Of fewer posts in both times together nothing is said but that they are few. */
export const THIN = 20;
/** By chance a difference is larger than so many standard deviations once in 400 times. */
const SIGMAS = 3;
/** A step stands out that has so many times what others have, and so many posts, at least. */
const PEAK_TIMES = 2;
const PEAK_POSTS = 8;

/** Two counts of independent posts differ by more than chance: their difference has the variance of their sum. */
export function differs(now: number, before: number): boolean {
  return now + before >= THIN && Math.abs(now - before) > SIGMAS * Math.sqrt(now + before);
}

function times({ language }: Viewer, value: number): string {
  return numberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** `twice as many as before`, `a third less than before`, `about as many as before`; what is not beyond chance is said to be about the same. */
export function changeWords(viewer: Viewer, now: number, before: number): string {
  const { t } = viewer;
  const was = number(viewer, before);
  if (before === 0) return t('analytics.change.unknown');
  if (now + before < THIN) return t('analytics.change.thin', { was });
  if (!differs(now, before)) return t('analytics.change.same', { was });
  const ratio = now / before;
  if (ratio >= 1.95) return t('analytics.change.times', { n: times(viewer, ratio), was });
  const share = percent(viewer, Math.abs(ratio - 1));
  return t(ratio > 1 ? 'analytics.change.more' : 'analytics.change.less', { share, was });
}

/** The step that stands out from the others; null: none does. Steps of which nothing can be known are null. */
export function peakOf(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ value, at }]));
  const top = known.reduce<{ value: number; at: number } | null>(
    (best, one) => (best && best.value >= one.value ? best : one),
    null,
  );
  if (!top || known.length < 3 || top.value < PEAK_POSTS) return null;
  const rest = known.filter(({ at }) => at !== top.at).map(({ value }) => value);
  const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
  const isFar = top.value - mean > SIGMAS * Math.sqrt(Math.max(mean, 1));
  return top.value >= PEAK_TIMES * mean && isFar ? top.at : null;
}

/** Said once of all that rests on few posts; '': there are enough. */
export function thinWords({ t }: Viewer, posts: number): string {
  return posts > 0 && posts < THIN ? t('analytics.thin', { n: t.count('mentions', posts) }) : '';
}
