import { z } from 'zod';
import type { Finding } from '../../../model/alert.ts';
import type { StoryId } from '../../../model/ids.ts';
import { type AlertKind, type CarrierFact, posts, span } from '../kind.ts';

const settings = z.strictObject({
  /** So many documents carry it within the time. */
  copies: z.int().min(2).max(10_000).default(10),
  minutes: z.int().min(5).max(1440).default(60),
  /** From so many different sources. */
  sources: z.int().min(1).max(100).default(2),
});

const MINUTE_MS = 60_000;

function toFinding(storyId: StoryId, carriers: readonly CarrierFact[], minutes: number): Finding {
  const sources = new Set(carriers.map(({ sourceId }) => sourceId)).size;
  return {
    subjects: [`story:${storyId}`],
    topicId: carriers[0]?.topicId ?? null,
    storyId,
    sourceId: null,
    documents: carriers.map(({ documentId }) => documentId),
    numbers: { count: new Set(carriers.map(({ documentId }) => documentId)).size, sources, minutes },
  };
}

/** A story is passed on fast. */
export const storySpeed: AlertKind<z.infer<typeof settings>, 'carriers'> = {
  kind: 'story-speed',
  needs: 'carriers',
  settings,
  judge: ({ copies, minutes, sources }, carriers, at) => {
    const since = at.getTime() - minutes * MINUTE_MS;
    const stories = new Map<StoryId, CarrierFact[]>();
    for (const one of carriers)
      if (one.said > since) stories.set(one.storyId, [...(stories.get(one.storyId) ?? []), one]);
    return [...stories]
      .map(([story, own]) => toFinding(story, own, minutes))
      .filter(({ numbers }) => Number(numbers.count) >= copies && Number(numbers.sources) >= sources);
  },
  title: (numbers, { topic, story }, language) => {
    const said = posts(numbers.count, language);
    const when = span(numbers.minutes, language);
    return language === 'ru'
      ? `Сюжет расходится, ${topic}: ${said} за ${when}${story && `, «${story}»`}`
      : `A story spreads, ${topic}: ${said} in ${when}${story && `, “${story}”`}`;
  },
};
