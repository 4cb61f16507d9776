import { withoutPrivate } from '../../lib/private/mask.ts';
import type { Db } from '../../store/db.ts';
import { busyStories } from '../../store/digest-facts.ts';
import { summariseStories } from '../../store/story-pages.ts';
import type { DigestData, DigestStory } from './data.ts';

const MOST_STORIES = 5;

/** What was passed on about these topics in the period: one text of each story, and how many carried it. */
export async function collectStories(
  db: Db,
  topics: string[] | null,
  { from, to }: DigestData['period'],
  dashboardUrl: string,
): Promise<DigestStory[]> {
  const busy = await busyStories(db, topics, from, to, MOST_STORIES);
  const ids = busy.map(({ id }) => id);
  const stories = new Map((await summariseStories(db, ids)).map((story) => [story.id, story]));
  return busy.flatMap(({ id, added }) => {
    const story = stories.get(id);
    if (!story) return [];
    const { first, documents, sources, reach, reachOf } = story;
    return {
      title: first.title === null ? null : withoutPrivate(first.title),
      excerpt: withoutPrivate(first.text),
      site: first.sourceName,
      author: first.author,
      documents,
      added,
      sources,
      reach,
      reachOf,
      link: `${dashboardUrl}/stories/${id}`,
      firstLink: `${dashboardUrl}/mentions/${first.id}`,
    };
  });
}
