import { z } from 'zod';
import { type AlertKind, span } from '../kind.ts';

const settings = z.strictObject({
  /** Keys of sources; empty: all. */
  sources: z.array(z.string().max(100)).max(500).default([]),
  /** A silence that is less likely than that at the source's pace is told. */
  unlikely: z.number().min(0.000001).max(0.1).default(0.001),
  /** Visits have failed for so long. */
  failing_hours: z.number().min(1).max(720).default(6),
});

/** A source has gone silent, or cannot be read any more. */
export const sourceSilence: AlertKind<z.infer<typeof settings>, 'sources'> = {
  kind: 'source-silence',
  needs: 'sources',
  isHourly: true,
  settings,
  judge: (wanted, sources) =>
    sources
      .filter(({ key }) => wanted.sources.length === 0 || wanted.sources.includes(key))
      .filter(
        ({ silence, failingHours }) => silence < wanted.unlikely || failingHours >= wanted.failing_hours,
      )
      .map(({ sourceId, silentHours, failingHours }) => ({
        subjects: [`source:${sourceId}`],
        topicId: null,
        storyId: null,
        sourceId,
        documents: [],
        numbers: {
          silent: silentHours === null ? null : Math.round(silentHours),
          failing: Math.round(failingHours),
        },
      })),
  title: (numbers, { source }, language) => {
    const failing = Number(numbers.failing ?? 0);
    const hours = span((failing > 0 ? failing : Number(numbers.silent ?? 0)) * 60, language);
    if (language === 'ru')
      return failing > 0
        ? `Источник не читается, ${source}: ${hours}`
        : `Источник молчит, ${source}: ${hours}`;
    return failing > 0
      ? `A source cannot be read, ${source}: ${hours}`
      : `A source is silent, ${source}: ${hours}`;
  },
};
