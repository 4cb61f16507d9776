import { z } from 'zod';
import type { AlertNumbers, Finding } from '../../../model/alert.ts';
import type { StoryId } from '../../../model/ids.ts';
import { type AlertKind, count, posts as postWords, span, type TopicSeries } from '../kind.ts';
import { DAY_MS, type SeriesPost, type UsualSpan } from '../series.ts';

/** Chosen by `npm run bench -- alerts`: see docs/decisions/0032. */
export const SPIKE_K = 5;
export const SPIKE_MINIMUM = 15;

const settings = z.strictObject({
  /** Spreads above what is usual. */
  k: z.number().min(2).max(30).default(SPIKE_K),
  /** Fewer posts are never a spike; of a day twice as many. */
  minimum: z.int().min(3).max(100_000).default(SPIKE_MINIMUM),
  per: z
    .array(z.enum(['hour', 'day']))
    .min(1)
    .default(['hour', 'day']),
  /** Of the posts whose tone is sure, so many must be negative, 0 … 1; null: whatever the tone. */
  negative_share: z.number().min(0).max(1).nullable().default(null),
});
export type SpikeSettings = z.infer<typeof settings>;

const MINUTE_MS = 60_000;
/** The running hour is looked at by its last minutes, so that nobody waits for its end. */
const WINDOWS_MS = [5, 15, 60].map((minutes) => minutes * MINUTE_MS);
/** With less than a week of history: twice the minimum. */
const LITTLE = 2;
const DAY = 2;
/** Fewer sure tones are no share. */
const SURE = 5;
/** A story that is half of a spike is the spike. */
const DOMINATES = 0.5;

/**
 * Centre and k spreads, and what the tail of counts has beyond a bell curve's: the first term of Cornish and Fisher's expansion,
 * (k² − 1)/6 × skewness × spread. Never less than the minimum.
 */
export function thresholdOf(
  { centre, spread, skew, kind }: UsualSpan,
  { k, minimum }: Pick<SpikeSettings, 'k' | 'minimum'>,
): number {
  const least = kind === 'little' ? minimum * LITTLE : minimum;
  return Math.max(centre + k * spread + ((k * k - 1) / 6) * skew, least);
}

function negativeShare(found: readonly SeriesPost[]): number | null {
  const sure = found.filter(({ negative }) => negative !== null);
  return sure.length < SURE ? null : sure.filter(({ negative }) => negative === 1).length / sure.length;
}

function dominating(found: readonly SeriesPost[]): StoryId | null {
  const counts = new Map<StoryId, number>();
  for (const { story } of found) if (story !== null) counts.set(story, (counts.get(story) ?? 0) + 1);
  const [top] = [...counts].sort(([, a], [, b]) => b - a);
  return top && top[1] >= found.length * DOMINATES ? top[0] : null;
}

/** The first window, from the shortest, in which there is far more than usual. */
function look(wanted: SpikeSettings, { topicId, reader }: TopicSeries, at: number): Finding | null {
  const judge = (ms: number, usual: () => UsualSpan, minimum: number): Finding | null => {
    const atMost = reader.atMost(at, ms);
    if (atMost < minimum) return null;
    const expected = usual();
    const least = thresholdOf(expected, { ...wanted, minimum });
    if (atMost < least) return null;
    const found = reader.posts(at, ms);
    const share = negativeShare(found);
    const isNegative = wanted.negative_share === null || (share ?? -1) >= wanted.negative_share;
    return found.length >= least && isNegative ? findingOf(topicId, found, expected, least, ms, share) : null;
  };
  if (wanted.per.includes('hour'))
    for (const ms of WINDOWS_MS) {
      const finding = judge(ms, () => reader.usual(at, ms), wanted.minimum);
      if (finding) return finding;
    }
  return wanted.per.includes('day') && reader.covers(DAY_MS)
    ? judge(DAY_MS, () => reader.usualDay(at), wanted.minimum * DAY)
    : null;
}

function findingOf(
  topicId: TopicSeries['topicId'],
  found: readonly SeriesPost[],
  { centre, kind }: UsualSpan,
  least: number,
  ms: number,
  share: number | null,
): Finding {
  const story = dominating(found);
  const numbers: AlertNumbers = {
    count: found.length,
    usual: Math.round(centre * 10) / 10,
    least: Math.ceil(least),
    minutes: ms / MINUTE_MS,
    negative: share === null ? null : Math.round(share * 100),
    basis: kind,
  };
  return {
    subjects: story === null ? [`spike:${topicId}`] : [`story:${story}`, `spike:${topicId}`],
    topicId,
    storyId: story,
    sourceId: null,
    documents: found.map(({ document }) => document),
    numbers,
  };
}

/** Far more is said about a topic than at the same weekday and hour before. */
export const spike: AlertKind<SpikeSettings, 'series'> = {
  kind: 'spike',
  needs: 'series',
  settings,
  judge: (wanted, series, at) => series.flatMap((one) => look(wanted, one, at.getTime()) ?? []),
  title: (numbers, { topic, story }, language) => {
    const said = postWords(numbers.count, language);
    const usual = count(numbers.usual, language);
    const when = span(numbers.minutes, language);
    const about = story && (language === 'ru' ? `, в основном «${story}»` : `, mostly “${story}”`);
    return language === 'ru'
      ? `Всплеск, ${topic}: ${said} за ${when}, обычно ${usual}${about}`
      : `A spike, ${topic}: ${said} in ${when}, usually ${usual}${about}`;
  },
};
