import { isPhrase, LONGEST_PHRASE } from './patterns.ts';
import { BREAK, LINK, type Words } from './words.ts';

/** The phrases that begin at one place; valid until the next place is looked at. */
export interface Windows {
  count: number;
  /** Phrase `at`: so many words. */
  lengths: number[];
  /** The words that they begin with: the phrase is the first `length` of them. */
  words: number[];
  pattern: number[];
}

export function createWindows(): Windows {
  return { count: 0, lengths: [], words: [], pattern: [] };
}

/** Looks at what begins at `from`. `isOfUse` has 1 for the lemmas that phrases may hold. */
export function findWindows(
  windows: Windows,
  numbers: Int32Array,
  from: number,
  to: number,
  words: Words,
  isOfUse: Uint8Array,
): void {
  windows.count = 0;
  let length = 0;
  let pattern = 0;
  let skipped = 0;
  for (let at = from; at < to && length < LONGEST_PHRASE; at += 1) {
    const word = numbers[at] as number;
    if (word === BREAK) return;
    if (word === LINK) {
      skipped += 1;
      if (length === 0 || skipped > 1) return;
      continue;
    }
    const lemma = words.lemma(word);
    if (isOfUse[lemma] !== 1 || isRepeated(windows, length, lemma, words)) return;
    windows.words[length] = word;
    length += 1;
    pattern = (pattern << 3) | words.kind(word);
    if (!isPhrase(pattern, skipped) || (length === 1 && !words.canStandAlone(word))) continue;
    windows.lengths[windows.count] = length;
    windows.pattern[windows.count] = pattern;
    windows.count += 1;
  }
}

function isRepeated(windows: Windows, length: number, lemma: number, words: Words): boolean {
  for (let at = 0; at < length; at += 1) if (words.lemma(windows.words[at] as number) === lemma) return true;
  return false;
}
