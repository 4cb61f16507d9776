import { alignWords } from './align-words.ts';
import { foldWord } from './fold.ts';
import { hashText } from './hash32.ts';

export interface TextPart {
  kind: 'same' | 'added' | 'cut';
  text: string;
}

/** Texts are compared up to here. */
const MOST_UNITS = 60_000;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

interface Words {
  text: string;
  hashes: Int32Array;
  starts: number[];
}

function wordsOf(whole: string): Words {
  const text = whole.slice(0, MOST_UNITS).toWellFormed();
  const found = [...text.matchAll(WORD)];
  return {
    text,
    hashes: Int32Array.from(found, ({ 0: word }) => hashText(foldWord(word))),
    starts: [...found.map(({ index }) => index), text.length],
  };
}

/** From a word up to the beginning of another, signs and blanks between included. */
function slice({ text, starts }: Words, from: number, to: number): string {
  return text.slice(from === 0 ? 0 : starts[from], starts[to]);
}

/**
 * What became of a text, word by word: what is the same (as it stands in the new one), was added, was cut. Case, ё and
 * punctuation make no difference.
 */
export function wordChanges(before: string, after: string): TextPart[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const parts: TextPart[] = [];
  const add = (kind: TextPart['kind'], text: string): void =>
    void (text !== '' && parts.push({ kind, text }));
  let [a, b] = [0, 0];
  for (const run of alignWords(old.hashes, fresh.hashes)) {
    add('cut', run.a > a ? slice(old, a, run.a) : '');
    add('added', run.b > b ? slice(fresh, b, run.b) : '');
    add('same', slice(fresh, run.b, run.b + run.length));
    [a, b] = [run.a + run.length, run.b + run.length];
  }
  add('cut', a < old.hashes.length ? slice(old, a, old.hashes.length) : '');
  add('added', b < fresh.hashes.length ? slice(fresh, b, fresh.hashes.length) : '');
  return parts;
}
