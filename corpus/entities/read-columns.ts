import { readPacked } from '../set.ts';
import type { Mark, MarkedText } from './marked-text.ts';

/** Which column of a line holds the word and which its label; what labels mean. */
export interface Columns {
  word: number;
  label: number;
  /** «location» → 2; labels that are not in it mark nothing. */
  kinds: Readonly<Record<string, number>>;
}

/** Sentences of a file with a word and its label a line and empty lines between (CoNLL); «# …» is a remark. */
export function readColumns(file: string, columns: Columns): MarkedText[] {
  return readPacked(file)
    .split(/\n\s*\n/)
    .map((block) => toText(block, columns))
    .filter(({ text }) => text !== '');
}

function toText(block: string, { word, label, kinds }: Columns): MarkedText {
  const lines = block
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('# '))
    .map((line) => line.trim().split(/[\t ]+/));
  return joinWords(
    lines.map((cells) => cells[word] ?? ''),
    lines.map((cells) => cells[label] ?? 'O'),
    kinds,
  );
}

/** Puts words together again, as people write them: «do» «n't» without a blank between, «@» before its name. */
export function joinWords(
  words: readonly string[],
  labels: readonly string[],
  kinds: Readonly<Record<string, number>>,
): MarkedText {
  let text = '';
  const marks: Mark[] = [];
  let before = 'O';
  words.forEach((written, at) => {
    const word = written === '``' || written === "''" ? '"' : written;
    const isGlued = /^(?:'\w*|n't|[,.;:!?)%])$/.test(word) || words[at - 1] === '@' || words[at - 1] === '#';
    if (text !== '' && !isGlued) text += ' ';
    const start = text.length;
    text += word;
    const label = labels[at] ?? 'O';
    const kind = kinds[label.slice(2)];
    const last = marks.at(-1);
    // A name of an account is an address, not a name.
    if (kind !== undefined && words[at - 1] !== '@' && !(word === '@' && words[at + 1])) {
      const goesOn = label.startsWith('I') && last?.kind === kind && before.slice(2) === label.slice(2);
      if (goesOn && last) last.end = text.length;
      else marks.push({ kind, start, end: text.length });
    }
    before = label;
  });
  return { text, marks };
}
