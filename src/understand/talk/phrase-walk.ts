import { createPhraseNumbers, type PhraseNumbers } from './phrase-numbers.ts';
import type { Units } from './units.ts';
import { createWindows, findWindows, type Windows } from './windows.ts';
import type { Words } from './words.ts';

/** Where a walk stands. */
export interface Step {
  phrase: number;
  text: number;
  windows: Windows;
  /** Of `windows`. */
  window: number;
}

/** Walks over the phrases of texts; a text that says a phrase twice is met twice. */
export interface PhraseWalk {
  numbers: PhraseNumbers;
  /** Calls `visit` with each phrase of the texts from `from` to `to`. The step is used again. */
  walk(from: number, to: number, visit: (step: Step) => void): void;
}

/** `isOfUse`: 1 for the lemmas that phrases may hold. */
export function createPhraseWalk(units: Units, words: Words, isOfUse: Uint8Array): PhraseWalk {
  const numbers = createPhraseNumbers();
  const windows = createWindows();
  const sorted: number[] = [];
  const step: Step = { phrase: 0, text: 0, windows, window: 0 };

  function visitPlace(visit: (step: Step) => void): void {
    for (let window = 0; window < windows.count; window += 1) {
      const length = windows.lengths[window] as number;
      sortLemmas(windows, length, words, sorted);
      step.phrase = numbers.number(sorted, length);
      step.window = window;
      if (step.phrase >= 0) visit(step);
    }
  }

  return {
    numbers,
    walk: (first, last, visit) => {
      for (step.text = first; step.text < last; step.text += 1) {
        const to = units.starts[step.text + 1] as number;
        for (let from = units.starts[step.text] as number; from < to; from += 1) {
          findWindows(windows, units.numbers, from, to, words, isOfUse);
          visitPlace(visit);
        }
      }
    },
  };
}

/** The lemmas of the first words, in rising order, into `sorted`. */
function sortLemmas(windows: Windows, length: number, words: Words, sorted: number[]): void {
  for (let at = 0; at < length; at += 1) {
    const lemma = words.lemma(windows.words[at] as number);
    let to = at;
    while (to > 0 && (sorted[to - 1] as number) > lemma) {
      sorted[to] = sorted[to - 1] as number;
      to -= 1;
    }
    sorted[to] = lemma;
  }
}
