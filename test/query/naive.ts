import type { Morphology } from '../../src/model/ports.ts';
import type { QueryableDocument } from '../../src/query/document.ts';
import type { PlacedSketch, Sketch } from './samples.ts';

/** Half-open run of words. */
interface Run {
  from: number;
  to: number;
}

interface Field {
  words: string[];
  /** Hyphenated words as one. */
  wholes: (Run & { word: string })[];
  sentences: number[];
}

/** Written to be obviously right, not fast: tries every run of words of every field, and every pair of runs. */
export function naiveMatches(
  node: Sketch,
  document: QueryableDocument,
  morphology: Morphology,
  field?: 'title' | 'text',
): boolean {
  const texts = [field === 'text' ? '' : (document.title ?? ''), field === 'title' ? '' : document.text];
  const { site = null, lang = null } = document.facts ?? {};
  switch (node.type) {
    case 'and':
      return node.items.every((item) => naiveMatches(item, document, morphology, field));
    case 'or':
      return node.items.some((item) => naiveMatches(item, document, morphology, field));
    case 'not':
      return !naiveMatches(node.item, document, morphology, field);
    case 'field':
      return naiveMatches(node.item, document, morphology, node.field);
    case 'site':
      return site === node.value || (site ?? '').endsWith(`.${node.value}`);
    case 'lang':
      return lang === node.value;
    default:
      return texts.some((text) => runsOf(node, readField(text), morphology).length > 0);
  }
}

function readField(text: string): Field {
  const field: Field = { words: [], wholes: [], sentences: [] };
  let sentence = 0;
  let gap = '';
  for (const [piece] of text.matchAll(/[\p{L}\p{N}-]+|[^\p{L}\p{N}-]+/gu)) {
    if (!/\p{L}/u.test(piece)) {
      gap = piece;
      continue;
    }
    // After a full stop a small letter goes on with the sentence.
    if (/[!\n]/.test(gap) || (gap.includes('.') && !/^\p{Ll}/u.test(piece))) sentence += 1;
    gap = '';
    const parts = piece.split('-');
    const from = field.words.length;
    for (const part of parts) {
      field.words.push(part);
      field.sentences.push(sentence);
    }
    if (parts.length > 1) field.wholes.push({ word: piece, from, to: field.words.length });
  }
  return field;
}

function runsOf(node: PlacedSketch, field: Field, morphology: Morphology): Run[] {
  switch (node.type) {
    case 'any':
      return node.items.flatMap((item) => runsOf(item, field, morphology));
    case 'near': {
      const [left, right] = [runsOf(node.left, field, morphology), runsOf(node.right, field, morphology)];
      if (node.operator === 'NOT NEAR')
        return left.filter((one) => !right.some((two) => gap(one, two) <= node.distance));
      return together(left, right)
        .filter(
          ({ one, two }) =>
            gap(one, two) >= 1 &&
            gap(one, two) <= node.distance &&
            (node.operator === 'NEAR' || one.to <= two.from),
        )
        .map(hull)
        .filter(isShortest);
    }
    case 'sentence':
      return together(runsOf(node.left, field, morphology), runsOf(node.right, field, morphology))
        .filter(({ one, two }) => gap(one, two) >= 1)
        .map(hull)
        .filter(({ from, to }) => field.sentences[from] === field.sentences[to - 1])
        .filter(isShortest);
    case 'phrase':
      return node.slack > 0 ? loose(node, field, morphology) : inARow(node.words, field, morphology);
    default:
      return [
        ...field.words.flatMap((word, at) =>
          passes(node, word, morphology) ? [{ from: at, to: at + 1 }] : [],
        ),
        ...field.wholes.filter(({ word }) => passesWhole(node, word, morphology)),
        ...((node.type === 'word' || node.type === 'exact') && node.text.includes('-')
          ? parts(node, field, morphology)
          : []),
      ];
  }
}

function together(left: Run[], right: Run[]): { one: Run; two: Run }[] {
  return left.flatMap((one) => right.map((two) => ({ one, two })));
}

/** 1 for neighbours, less when they overlap. */
function gap(one: Run, two: Run): number {
  return Math.max(two.from - one.to, one.from - two.to) + 1;
}

function hull({ one, two }: { one: Run; two: Run }): Run {
  return { from: Math.min(one.from, two.from), to: Math.max(one.to, two.to) };
}

function isShortest(run: Run, at: number, runs: Run[]): boolean {
  return !runs.some(
    (other, place) =>
      other.from >= run.from &&
      other.to <= run.to &&
      (other.to - other.from < run.to - run.from || place < at),
  );
}

function same(asked: string, word: string, morphology: Morphology): boolean {
  const lemmas = morphology.lemmas(word.toLowerCase());
  return morphology.meant(asked.toLowerCase()).some((lemma) => lemmas.includes(lemma));
}

function passes(node: PlacedSketch, word: string, morphology: Morphology): boolean {
  const lower = word.toLowerCase();
  if (node.type === 'exact') return word === node.text;
  if (node.type === 'prefix') return lower.startsWith(node.text);
  if (node.type === 'typo') {
    const lemmas = morphology.lemmas(lower).filter((lemma) => haveOneStem(lower, lemma));
    return (
      [lower, ...lemmas].some((form) => errors(form, node.text) <= node.errors) ||
      same(node.text, word, morphology)
    );
  }
  if (node.type !== 'word') return false;
  return node.text.includes('-')
    ? shareLemma(node.text.replace('-', ''), lower, morphology)
    : same(node.text, word, morphology);
}

/** But for four letters at the end of the word and two at that of its dictionary form; three letters at least. */
function haveOneStem(word: string, lemma: string): boolean {
  const length = Math.max(3, word.length - 4, lemma.length - 2);
  return word.slice(0, length) === lemma.slice(0, length);
}

function shareLemma(one: string, two: string, morphology: Morphology): boolean {
  const lemmas = morphology.lemmas(two);
  return morphology.lemmas(one).some((lemma) => lemmas.includes(lemma));
}

/** A hyphenated word taken as one. */
function passesWhole(node: PlacedSketch, whole: string, morphology: Morphology): boolean {
  const joined = whole.toLowerCase().replace('-', '');
  if (node.type === 'prefix') return node.text.includes('-') && whole.toLowerCase().startsWith(node.text);
  if (node.type !== 'word') return false;
  return node.text.includes('-')
    ? shareLemma(node.text.replace('-', ''), joined, morphology)
    : same(node.text, joined, morphology);
}

/** A hyphenated word of the query, written apart or with a hyphen. */
function parts(node: { type: string; text: string }, field: Field, morphology: Morphology): Run[] {
  if (node.type === 'exact') return field.wholes.filter(({ word }) => word === node.text);
  return inARow(node.text.split('-'), field, morphology);
}

/** Also with a hyphenated word of the text standing for one word of the phrase. */
function inARow(words: string[], field: Field, morphology: Morphology): Run[] {
  const [first, ...rest] = words;
  if (first === undefined) return [];
  return runsOf({ type: 'word', text: first }, field, morphology).flatMap((run) => {
    if (rest.length === 0) return [run];
    return inARow(rest, field, morphology)
      .filter((next) => next.from === run.to)
      .map((next) => ({ from: run.from, to: next.to }));
  });
}

function loose(node: { words: string[]; slack: number }, field: Field, morphology: Morphology): Run[] {
  const found: Run[] = [];
  for (let from = 0; from < field.words.length; from += 1)
    for (
      let to = from + 1;
      to <= Math.min(field.words.length, from + node.words.length + node.slack);
      to += 1
    )
      if (canSeat(node.words, field.words.slice(from, to), morphology)) found.push({ from, to });
  return found.filter(isShortest);
}

/** Can each asked word have a word of the text to itself? Tries all ways. */
function canSeat(asked: string[], words: string[], morphology: Morphology): boolean {
  const [first, ...rest] = asked;
  if (first === undefined) return true;
  return words.some(
    (word, at) => same(first, word, morphology) && canSeat(rest, words.toSpliced(at, 1), morphology),
  );
}

/** Optimal string alignment by plain recursion over what the last letters can be. */
function errors(one: string, two: string): number {
  const known = new Map<string, number>();
  const count = (a: number, b: number): number => {
    if (a === 0 || b === 0) return a + b;
    const key = `${a} ${b}`;
    const there = known.get(key);
    if (there !== undefined) return there;
    const ways = [
      count(a - 1, b) + 1,
      count(a, b - 1) + 1,
      count(a - 1, b - 1) + (one[a - 1] === two[b - 1] ? 0 : 1),
    ];
    if (a > 1 && b > 1 && one[a - 1] === two[b - 2] && one[a - 2] === two[b - 1])
      ways.push(count(a - 2, b - 2) + 1);
    const least = Math.min(...ways);
    known.set(key, least);
    return least;
  };
  return count(one.length, two.length);
}
