import { tokenize } from '../lib/tokens.ts';
import type { Morphology, TaggedText } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';

/** Characters of a text that are read: what a longer one means, it has said by then. */
export const READ_AT_MOST = 60_000;

/** A word as taggers see it. */
export interface Word {
  field: Span['field'];
  /** Folded. */
  text: string;
  lemmas: readonly string[];
  start: number;
  end: number;
  /** Counted through title and text. */
  sentence: number;
  clause: number;
  isShouted: boolean;
}

export interface Reading {
  words: readonly Word[];
  /** Sentences that ask. */
  questions: ReadonlySet<number>;
  /** Sentences that end in `!`. */
  exclaims: ReadonlySet<number>;
  /** Clauses that follow «но», “but”: what they say weighs more than the clause before them. */
  turns: ReadonlySet<number>;
}

const TURNING = new Set(['но', 'зато', 'однако', 'but', 'however', 'although', 'yet']);
const CLAUSE_GAP = /[,;:()\u2014\u2013]| - |\n/;

type Document = TaggedText['document'];
const readings = new WeakMap<Document, { morphology: Morphology; reading: Reading }>();

/** Cuts title and text into words, clauses and sentences; taggers of one document share the answer. */
export function readText(document: Document, morphology: Morphology): Reading {
  const known = readings.get(document);
  if (known?.morphology === morphology) return known.reading;
  const reading = cutText(document, morphology);
  readings.set(document, { morphology, reading });
  return reading;
}

interface Cutting {
  words: Word[];
  questions: Set<number>;
  exclaims: Set<number>;
  turns: Set<number>;
  sentence: number;
  clause: number;
}

function cutText(document: Document, morphology: Morphology): Reading {
  const cutting: Cutting = {
    words: [],
    questions: new Set(),
    exclaims: new Set(),
    turns: new Set(),
    sentence: 0,
    clause: 0,
  };
  if (document.title) cutField(cutting, 'title', document.title.slice(0, READ_AT_MOST), morphology);
  cutField(cutting, 'text', document.text.slice(0, READ_AT_MOST), morphology);
  return cutting;
}

function cutField(cutting: Cutting, field: Span['field'], text: string, morphology: Morphology): void {
  const isAllShouted = !/\p{Ll}/u.test(text);
  const first = cutting.sentence;
  let previousEnd = 0;
  for (const token of tokenize(text)) {
    const gap = text.slice(previousEnd, Math.min(token.start, previousEnd + 100));
    const sentence = first + token.sentence;
    if (sentence !== cutting.sentence || CLAUSE_GAP.test(gap)) cutting.clause += 1;
    markEnding(cutting, cutting.sentence, gap);
    if (TURNING.has(token.word)) cutting.turns.add(++cutting.clause);
    cutting.sentence = sentence;
    previousEnd = token.end;
    const written = text.slice(token.start, token.end);
    const isShouted = !isAllShouted && token.kind === 'word' && /^\p{Lu}{3,}$/u.test(written);
    const lemmas = token.kind === 'word' ? morphology.lemmas(token.word) : [token.word];
    const { word, start, end } = token;
    cutting.words.push({
      field,
      text: word,
      lemmas,
      start,
      end,
      sentence,
      clause: cutting.clause,
      isShouted,
    });
  }
  markEnding(cutting, cutting.sentence, text.slice(previousEnd, previousEnd + 100));
  cutting.sentence += 1;
  cutting.clause += 1;
}

function markEnding(cutting: Cutting, sentence: number, gap: string): void {
  if (gap.includes('?')) cutting.questions.add(sentence);
  if (gap.includes('!')) cutting.exclaims.add(sentence);
}

/** Where some spans lie among the words. */
export interface Places {
  words: ReadonlySet<Word>;
  clauses: ReadonlySet<number>;
  sentences: ReadonlySet<number>;
}

/** Words that the spans touch; one walk over both. */
export function locate({ words }: Reading, spans: readonly Span[]): Places {
  const found = (['title', 'text'] as const).flatMap((field) =>
    touched(
      words.filter((word) => word.field === field),
      spans.filter((span) => span.field === field).sort((a, b) => a.start - b.start),
    ),
  );
  return {
    words: new Set(found),
    clauses: new Set(found.map((word) => word.clause)),
    sentences: new Set(found.map((word) => word.sentence)),
  };
}

function touched(words: readonly Word[], spans: readonly Span[]): Word[] {
  const found: Word[] = [];
  let next = 0;
  let reach = -1;
  for (const word of words) {
    for (let span = spans[next]; span && span.start < word.end; span = spans[++next])
      reach = Math.max(reach, span.end);
    if (reach > word.start) found.push(word);
  }
  return found;
}
