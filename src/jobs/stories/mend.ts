import type { StoryId } from '../../model/ids.ts';
import type { Database, Db } from '../../store/db.ts';
import { lockStories, saveStoryTexts, takeAdrift, textlessStories } from '../../store/stories.ts';
import { readText } from '../../understand/stories/story-text.ts';
import { comparedText } from './compared-text.ts';

const BATCH = 200;

/** Stories whose text is gone become known by their earliest document. */
export async function giveTexts(tx: Db, ids: readonly StoryId[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const texts = (await textlessStories(tx, ids)).flatMap(({ id, storyId, title, text }) => {
    const read = readText(comparedText({ title, text }));
    return read ? [{ documentId: id, storyId, fingerprints: read.fingerprints }] : [];
  });
  await saveStoryTexts(tx, texts, now);
}

/** After documents were deleted. Returns how many stories were looked at. */
export async function mendStories({ db, clock }: { db: Database; clock: { now(): Date } }): Promise<number> {
  return db.transaction(async (tx) => {
    await lockStories(tx);
    const ids = await takeAdrift(tx, BATCH);
    await giveTexts(tx, ids, clock.now());
    return ids.length;
  });
}
