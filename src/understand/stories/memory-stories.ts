import { chooseStory, MOST_CANDIDATES, type Representative } from './choose.ts';
import { createFingerprintIndex } from './fingerprint-index.ts';
import type { Likeness } from './judge.ts';
import { readText } from './story-text.ts';
import { storyWords } from './words.ts';

export interface Told {
  /** Number of the story's first text in the order of arrival. */
  story: number;
  /** null for the first. */
  likeness: Likeness | null;
}

/** Stories of texts that stand in no store: streams, measurements. Ids are numbers of the caller's. */
export interface MemoryStories {
  add(id: number, text: string): Told;
  size(): { texts: number; bytes: number };
}

export function createMemoryStories(): MemoryStories {
  const index = createFingerprintIndex();
  const texts = new Map<number, { text: string; storyId: number }>();
  const recall = (id: number): Representative[] => {
    const known = texts.get(id);
    return known ? [{ id, storyId: known.storyId, words: storyWords(known.text) }] : [];
  };
  return {
    add: (id, text) => {
      const read = readText(text);
      if (!read) return { story: id, likeness: null };
      const found = chooseStory(read, index.find(read.probes, MOST_CANDIDATES).flatMap(recall));
      const story = found?.representative.storyId ?? id;
      if (!found || found.likeness.isFuller) {
        index.add(id, 0, read.fingerprints);
        texts.set(id, { text, storyId: story });
      }
      return { story, likeness: found?.likeness ?? null };
    },
    size: () => index.size(),
  };
}
