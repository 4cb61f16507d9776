import type { StoryText } from './blocks.ts';
import { fingerprintsOf, probesOf } from './fingerprints.ts';
import { FEWEST } from './judge.ts';
import { storyWords } from './words.ts';

/** A text, ready to be compared and looked for. */
export interface ReadText extends StoryText {
  /** By which it is kept, and by which texts like it are looked for. */
  fingerprints: Int32Array;
  probes: Int32Array;
}

/** For comparing alone. */
export function readWords(text: string): StoryText {
  return { words: storyWords(text) };
}

/** null for a text too short to tell a copy from a coincidence. */
export function readText(text: string): ReadText | null {
  const read = readWords(text);
  const { hashes, count } = read.words;
  if (count < FEWEST) return null;
  return { ...read, fingerprints: fingerprintsOf(hashes), probes: probesOf(hashes) };
}
