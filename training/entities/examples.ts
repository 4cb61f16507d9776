import type { MarkedText } from '../../corpus/entities/marked-text.ts';
import { tokenize } from '../../src/lib/tokens.ts';
import { mayFollow, rolesOf } from '../../src/understand/entities/sequence.ts';
import type { FactsOf } from '../../src/understand/entities/word-facts.ts';
import { type NameWord, readNameWords } from '../../src/understand/entities/words.ts';

/** The words of a text and the label that each should have. */
export interface SequenceExample {
  words: NameWord[];
  labels: Uint8Array;
}

export function toExample({ text, marks }: MarkedText, factsOf: FactsOf): SequenceExample {
  const words = readNameWords(text, tokenize(text), factsOf);
  const labels = new Uint8Array(words.length);
  let next = 0;
  words.forEach(({ start, end }, at) => {
    while (next < marks.length && (marks[next]?.end ?? 0) <= start) next += 1;
    const mark = marks[next];
    if (mark === undefined || mark.start >= end) return;
    const isInside = at > 0 && (words[at - 1]?.end ?? 0) > mark.start;
    labels[at] = 1 + 2 * mark.kind + (isInside ? 1 : 0);
  });
  return { words, labels: possible(words, labels) };
}

/** Without labels that no word of its kind can have: they could not be told either. */
function possible(words: readonly NameWord[], labels: Uint8Array): Uint8Array {
  const roles = rolesOf(words);
  labels.forEach((label, at) => {
    if (label === 0) return;
    const begins = label - 1 + (label % 2);
    const goesOn = label % 2 === 0 && mayFollow(labels[at - 1] ?? 0, label);
    if (roles[at] === 0) labels[at] = 0;
    else if (!goesOn) labels[at] = roles[at] === 2 ? begins : 0;
  });
  return labels;
}

/** The same in lower case, as many people write posts; offsets stay. */
export function inLowerCase({ text, marks }: MarkedText): MarkedText {
  return {
    text: text.replace(/\p{Lu}/gu, (sign) => (sign.toLowerCase().length === 1 ? sign.toLowerCase() : sign)),
    marks,
  };
}
