import type { Database, Db } from '../../store/db.ts';
import { nextStoryTexts } from '../../store/stories.ts';
import { createFingerprintIndex, type FingerprintIndex } from '../../understand/stories/fingerprint-index.ts';

/** A story that nobody has passed on for so long is over; what comes then is a reprint. */
export const STORY_WINDOW_MS = 40 * 24 * 3_600_000;
const PAGE = 2000;

/**
 * What the store knows stories by, in memory: asking the database for each fingerprint takes longer than all the rest
 * (docs/decisions/0017). It may hold texts that are gone; whoever finds one looks for it in the store.
 */
export interface StoryIndex {
  fingerprints: FingerprintIndex;
  /** Reads what has been written since the last time, by whichever process. */
  catchUp(db: Db, now: Date): Promise<void>;
  /** Texts up to this number are in it: the caller has put them there. */
  skipTo(id: number): void;
}

function createStoryIndex(): StoryIndex {
  const fingerprints = createFingerprintIndex();
  let newest = 0;
  return {
    fingerprints,
    catchUp: async (db, now) => {
      const since = new Date(now.getTime() - STORY_WINDOW_MS);
      fingerprints.forget(since.getTime());
      for (;;) {
        const texts = await nextStoryTexts(db, newest, since, PAGE);
        for (const { id, documentId, madeAt, fingerprints: own } of texts) {
          // Two readers at once may bring the same page.
          if (id > newest) fingerprints.add(documentId, madeAt.getTime(), own);
          newest = Math.max(newest, id);
        }
        if (texts.length < PAGE) return;
      }
    },
    skipTo: (id) => {
      newest = Math.max(newest, id);
    },
  };
}

const indexes = new WeakMap<Database, StoryIndex>();

/** One for each opened store. */
export function storyIndexOf(db: Database): StoryIndex {
  const known = indexes.get(db);
  if (known) return known;
  const index = createStoryIndex();
  indexes.set(db, index);
  return index;
}
