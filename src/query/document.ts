import { visibleForm } from '../lib/fold.ts';
import { type Token, type TokenPart, tokenize } from '../lib/tokens.ts';
import type { Morphology } from '../model/ports.ts';

export interface QueryableDocument {
  title?: string | null;
  text: string;
  /** Host that it was published at. */
  site?: string | null;
  /** ISO 639 code. */
  language?: string | null;
  authorHandle?: string | null;
  authorName?: string | null;
}

/** A run of slots, `to` excluded. A slot is one word; a hyphenated word has one per part. */
export interface Occurrence {
  from: number;
  to: number;
}

export interface PreparedField {
  original: string;
  /** Per slot: where it stands in the original. */
  starts: readonly number[];
  ends: readonly number[];
  /** Lemma → slots, ascending. */
  lemmas: ReadonlyMap<string, readonly number[]>;
  /** Folded surface → slots, ascending. */
  words: ReadonlyMap<string, readonly number[]>;
  /** Hyphenated words written as one: whole surface, and lemmas of the parts joined. */
  joined: ReadonlyMap<string, readonly Occurrence[]>;
}

/** A document made ready for any number of queries. */
export interface PreparedDocument {
  title: PreparedField | null;
  text: PreparedField;
  /** Handle and name of the author. */
  author: readonly PreparedField[];
  site: string | null;
  language: string | null;
}

export function prepareDocument(document: QueryableDocument, morphology: Morphology): PreparedDocument {
  const author = [document.authorHandle, document.authorName].filter((name) => typeof name === 'string');
  return {
    title: document.title ? prepareField(document.title, morphology) : null,
    text: prepareField(document.text, morphology),
    author: author.map((name) => prepareField(name, morphology)),
    site: document.site ? document.site.toLowerCase() : null,
    language: document.language?.toLowerCase().split(/[-_]/)[0] ?? null,
  };
}

interface Growing extends PreparedField {
  starts: number[];
  ends: number[];
  lemmas: Map<string, number[]>;
  words: Map<string, number[]>;
  joined: Map<string, Occurrence[]>;
}

export function prepareField(original: string, morphology: Morphology): PreparedField {
  const field: Growing = {
    original,
    starts: [],
    ends: [],
    lemmas: new Map(),
    words: new Map(),
    joined: new Map(),
  };
  for (const token of tokenize(original)) addToken(field, token, morphology);
  return field;
}

function addToken(field: Growing, token: Token, morphology: Morphology): void {
  if (token.parts.length === 0) {
    addSlot(field, token, slotForms(token), slotLemmas(token, morphology));
    return;
  }
  const from = field.starts.length;
  for (const part of token.parts) addSlot(field, part, [part.word], morphology.lemmas(part.word));
  const occurrence = { from, to: field.starts.length };
  for (const key of new Set([token.word, ...joinedLemmas(token, morphology)]))
    append(field.joined, key, occurrence);
}

function addSlot(field: Growing, at: TokenPart, words: readonly string[], lemmas: readonly string[]): void {
  const slot = field.starts.length;
  field.starts.push(at.start);
  field.ends.push(at.end);
  for (const word of words) append(field.words, word, slot);
  for (const lemma of lemmas) append(field.lemmas, lemma, slot);
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** The word of a #tag is found with and without its sign; an @handle only with it. */
function slotForms(token: Token): string[] {
  return token.kind === 'tag' ? [token.word, token.word.slice(1)] : [token.word];
}

/** What a token is filed under, and what a query word made of the same token asks for first. */
export function slotLemmas(token: Token, morphology: Morphology): readonly string[] {
  if (token.kind === 'tag') {
    const lemmas = morphology.lemmas(token.word.slice(1));
    return [...lemmas.map((lemma) => `#${lemma}`), ...lemmas];
  }
  return token.kind === 'word' || token.kind === 'number' ? morphology.lemmas(token.word) : [token.word];
}

/** «Альфа-Банком» → lemmas of «альфабанком». */
export function joinedLemmas(token: Token, morphology: Morphology): readonly string[] {
  return token.word.includes('-') ? morphology.lemmas(token.parts.map((part) => part.word).join('')) : [];
}

/** The original spelling of a range, blanks made alike. */
export function spelling(original: string, start: number, end: number): string {
  return visibleForm(original.slice(start, end)).replace(/\s+/g, ' ');
}
