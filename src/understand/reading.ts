import { onceFor } from '../lib/once-for.ts';
import type { TokenKind } from '../lib/scan.ts';
import { tokenize } from '../lib/tokens.ts';
import { unitAt } from '../lib/unit-at.ts';
import type { Morphology, TaggedText } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import { READ_AT_MOST } from './read-at-most.ts';
import { touchedBy } from './touched.ts';

/** A word as taggers see it. */
export interface Word {
  field: Span['field'];
  kind: TokenKind;
  /** Folded. */
  text: string;
  lemmas: readonly string[];
  start: number;
  end: number;
  /** Counted through title and text. */
  sentence: number;
  clause: number;
}

export interface Reading {
  words: readonly Word[];
  /** Does it ask anything? */
  asks: boolean;
}

const TURNING = new Set(['но', 'зато', 'однако', 'but', 'however', 'although', 'yet']);
/** Of the signs between two words so many are looked at. */
const GAP_READ = 100;
const CLAUSE_GAP = /[,;:()\u2014\u2013]| - |\n/;

type Document = Pick<TaggedText['document'], 'title' | 'text'>;

/** Cuts title and text into words, clauses and sentences; taggers of one document share the answer. */
export const readText = onceFor((document: Document, morphology: Morphology): Reading => {
  const cutting: Cutting = { words: [], asks: false, sentence: 0, clause: 0 };
  if (document.title) cutField(cutting, 'title', document.title.slice(0, READ_AT_MOST), morphology);
  cutField(cutting, 'text', document.text.slice(0, READ_AT_MOST), morphology);
  return cutting;
});

interface Cutting {
  words: Word[];
  asks: boolean;
  sentence: number;
  clause: number;
}

function cutField(cutting: Cutting, field: Span['field'], text: string, morphology: Morphology): void {
  const first = cutting.sentence;
  let previousEnd = 0;
  for (const { kind, word, start, end, sentence: own } of tokenize(text)) {
    const sentence = first + own;
    // Mostly there is just a blank.
    const isBlank = start === previousEnd + 1 && unitAt(text, previousEnd) === 0x20;
    const gap = isBlank ? ' ' : text.slice(previousEnd, Math.min(start, previousEnd + GAP_READ));
    if (sentence !== cutting.sentence || (!isBlank && CLAUSE_GAP.test(gap))) cutting.clause += 1;
    if (!isBlank && gap.includes('?')) cutting.asks = true;
    if (TURNING.has(word)) cutting.clause += 1;
    cutting.sentence = sentence;
    previousEnd = end;
    const lemmas = kind === 'word' ? morphology.lemmas(word) : [word];
    cutting.words.push({ field, kind, text: word, lemmas, start, end, sentence, clause: cutting.clause });
  }
  if (text.slice(previousEnd, previousEnd + GAP_READ).includes('?')) cutting.asks = true;
  cutting.sentence += 1;
  cutting.clause += 1;
}

/** Where some spans lie among the words. */
export interface Places {
  words: ReadonlySet<Word>;
  clauses: ReadonlySet<number>;
  sentences: ReadonlySet<number>;
}

const NOWHERE: Places = { words: new Set(), clauses: new Set(), sentences: new Set() };

/** Words that the spans touch. */
export function locate({ words }: Reading, spans: readonly Span[]): Places {
  if (spans.length === 0) return NOWHERE;
  const touched = touchedBy(words, spans);
  const found = words.filter((_, at) => touched[at] === 1);
  return {
    words: new Set(found),
    clauses: new Set(found.map((word) => word.clause)),
    sentences: new Set(found.map((word) => word.sentence)),
  };
}
