import { z } from 'zod';
import type { Finding } from '../../../model/alert.ts';
import { type AlertKind, count, posts, type TopicSeries } from '../kind.ts';
import { DAY_MS } from '../series.ts';

const settings = z.strictObject({
  /** Spreads below what is usual of a day. */
  k: z.number().min(2).max(10).default(3),
  /** Topics that are talked about less than that a day are not judged: nobody can tell their silence from chance. */
  minimum: z.int().min(10).max(100_000).default(30),
  /** And less than this part of the usual, 0 … 1. */
  share: z.number().min(0).max(0.9).default(0.3),
});

function look(
  wanted: z.infer<typeof settings>,
  { topicId, reader, isCollecting }: TopicSeries,
  at: number,
): Finding | null {
  if (!reader.covers(DAY_MS)) return null;
  const { centre, spread, kind } = reader.usualDay(at);
  if (kind !== 'weeks' || centre < wanted.minimum || !isCollecting) return null;
  const said = reader.posts(at, DAY_MS).length;
  if (said > centre * wanted.share || said > centre - wanted.k * spread) return null;
  return {
    subjects: [`silence:${topicId}`],
    topicId,
    storyId: null,
    sourceId: null,
    documents: [],
    numbers: { count: said, usual: Math.round(centre) },
  };
}

/** People have stopped talking about a topic, while sources are read as usual. */
export const peopleSilence: AlertKind<z.infer<typeof settings>, 'series'> = {
  kind: 'people-silence',
  needs: 'series',
  isHourly: true,
  settings,
  judge: (wanted, series, at) => series.flatMap((one) => look(wanted, one, at.getTime()) ?? []),
  title: (numbers, { topic }, language) => {
    const said = posts(numbers.count, language);
    const usual = count(numbers.usual, language);
    return language === 'ru'
      ? `О теме замолчали, ${topic}: ${said} за сутки, обычно ${usual}`
      : `Nobody talks any more, ${topic}: ${said} in a day, usually ${usual}`;
  },
};
