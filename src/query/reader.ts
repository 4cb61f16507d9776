import { visibleForm } from '../lib/fold.ts';
import { grown } from '../lib/grown.ts';
import { createScanner, type Scanner } from '../lib/scan.ts';
import { endsSentence, splitParts } from '../lib/tokens.ts';
import type { Span } from '../model/tag.ts';
import type { Scope } from './ast.ts';
import type { QueryableDocument } from './document.ts';
import type { Facts } from './facts.ts';
import { inOrder, type Place } from './places.ts';
import type { TestId, Vocabulary } from './vocabulary.ts';

/** Wider than anything that NEAR or a phrase can bridge, so that fields lie in one row of slots without touching. */
const GAP = 4096;
const NO_FACTS: Facts = {};

interface Field {
  name: 'title' | 'text' | 'handle' | 'name';
  original: string;
  /** Slots of the field: the first, and the one after the last. */
  from: number;
  to: number;
}

/**
 * One document at a time, read for the queries of one vocabulary: for each test, the places of the words that pass it. The arrays
 * are used again, so reading costs no memory and what is read is valid until the next `read`.
 */
export class Reader {
  /** Raised by every document: what bears another number is of an earlier one. */
  document = 0;
  facts: Facts = NO_FACTS;
  /** Tests that the document passes, each once. */
  readonly passed: TestId[] = [];
  private readonly vocabulary: Vocabulary;
  private readonly scanner: Scanner = createScanner();
  private fields: Field[] = [];
  private starts = new Int32Array(16_384);
  private ends = new Int32Array(16_384);
  private slots = 0;
  private sentences: Int32Array | null = null;
  // Per test: the document in which it was passed last, and the first and last of its places, which are chained.
  private seenIn = new Int32Array(1024);
  private first = new Int32Array(1024);
  private last = new Int32Array(1024);
  private times = new Int32Array(1024);
  private places = 0;
  private next = new Int32Array(4096);
  private placeFrom = new Int32Array(4096);
  private placeTo = new Int32Array(4096);
  /** Slots of title and text are below it. */
  private wordsEnd = 0;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  read({ title, text, authorHandle, authorName, facts }: QueryableDocument): this {
    this.document += 1;
    this.passed.length = 0;
    this.places = 0;
    this.slots = 0;
    this.fields = [];
    this.sentences = null;
    this.facts = facts ?? NO_FACTS;
    const tests = this.vocabulary.size();
    if (this.seenIn.length < tests) this.growTests(tests);
    if (title) this.readField('title', title);
    this.readField('text', text);
    this.wordsEnd = this.slots;
    if (authorHandle) this.readField('handle', authorHandle);
    if (authorName) this.readField('name', authorName);
    return this;
  }

  private growTests(atLeast: number): void {
    const size = Math.max(atLeast, this.seenIn.length * 2);
    this.seenIn = grown(this.seenIn, new Int32Array(size));
    this.first = grown(this.first, new Int32Array(size));
    this.last = grown(this.last, new Int32Array(size));
    this.times = grown(this.times, new Int32Array(size));
  }

  private readField(name: Field['name'], original: string): void {
    const scan = this.scanner.scan(original);
    const from = this.slots;
    for (let token = 0; token < scan.count; token += 1) {
      if (scan.hyphens[token] === 1) {
        const word = scan.word(token);
        const first = this.slots;
        for (const part of splitParts(scan, token, word))
          this.pass(this.vocabulary.ofPart(part.word), this.addSlot(part.start, part.end), this.slots);
        this.pass(this.vocabulary.ofWhole(word), first, this.slots);
      } else {
        const slot = this.addSlot(scan.start(token), scan.end(token));
        this.pass(this.vocabulary.ofToken(scan, token), slot, slot + 1);
      }
    }
    this.fields.push({ name, original, from, to: this.slots });
    this.slots += GAP;
  }

  private addSlot(start: number, end: number): number {
    const slot = this.slots;
    if (slot >= this.starts.length) {
      this.starts = grown(this.starts, new Int32Array(slot * 2));
      this.ends = grown(this.ends, new Int32Array(slot * 2));
    }
    this.starts[slot] = start;
    this.ends[slot] = end;
    this.slots = slot + 1;
    return slot;
  }

  private pass(tests: Uint32Array, from: number, to: number): void {
    for (let at = 0; at < tests.length; at += 1) {
      const test = tests[at] as number;
      const place = this.places;
      if (place >= this.next.length) this.growPlaces();
      this.places = place + 1;
      this.placeFrom[place] = from;
      this.placeTo[place] = to;
      this.next[place] = -1;
      if (this.seenIn[test] === this.document) this.next[this.last[test] as number] = place;
      else {
        this.seenIn[test] = this.document;
        this.first[test] = place;
        this.times[test] = (this.times[test] as number) + 1;
        this.passed.push(test);
      }
      this.last[test] = place;
    }
  }

  private growPlaces(): void {
    const size = this.next.length * 2;
    this.next = grown(this.next, new Int32Array(size));
    this.placeFrom = grown(this.placeFrom, new Int32Array(size));
    this.placeTo = grown(this.placeTo, new Int32Array(size));
  }

  /**
   * Does the document pass a test of each clause? They stand in a list as the number of its tests and then the tests, one clause
   * after another, ended by 0.
   */
  passesClauses(list: Uint32Array, start: number): boolean {
    let at = start;
    for (let length = list[at] as number; length > 0; length = list[at] as number) {
      const end = at + length;
      at += 1;
      while (at <= end && this.seenIn[list[at] as number] !== this.document) at += 1;
      if (at > end) return false;
      at = end + 1;
    }
    return true;
  }

  /** How many of the documents read so far passed the test. */
  timesPassed(test: TestId): number {
    return this.times[test] ?? 0;
  }

  /** Does any word of title or text pass one of the tests? */
  hasWord(tests: readonly TestId[]): boolean {
    for (let at = 0; at < tests.length; at += 1) {
      const test = tests[at] as number;
      if (this.seenIn[test] !== this.document) continue;
      if ((this.placeFrom[this.first[test] as number] as number) < this.wordsEnd) return true;
    }
    return false;
  }

  /** Places of words in the scope that pass one of the tests, in the order of the text, each once. */
  placesOf(tests: readonly TestId[], scope: Scope): Place[] {
    const found: Place[] = [];
    let lists = 0;
    for (const test of tests) {
      if (this.seenIn[test] !== this.document) continue;
      lists += 1;
      for (let at = this.first[test] as number; at !== -1; at = this.next[at] as number) {
        const from = this.placeFrom[at] as number;
        if (this.isIn(scope, from)) found.push({ from, to: this.placeTo[at] as number });
      }
    }
    return lists > 1 || found.length > 1 ? inOrder(found) : found;
  }

  private isIn(scope: Scope, slot: number): boolean {
    if (scope === 'any') return slot < this.wordsEnd;
    const { name } = this.fieldAt(slot);
    return scope === 'author' ? name === 'handle' || name === 'name' : name === scope;
  }

  private fieldAt(slot: number): Field {
    for (const field of this.fields) if (slot < field.to) return field;
    throw new RangeError(`no field has slot ${slot}`);
  }

  /** Where a place stands in the document; null for those in the author's name. */
  spanOf({ from, to }: Place): Span | null {
    const { name } = this.fieldAt(from);
    if (name !== 'title' && name !== 'text') return null;
    return { field: name, start: this.starts[from] ?? 0, end: this.ends[to - 1] ?? 0 };
  }

  /** The text around a place: the original of its field, and the offsets of the place in it. */
  originalOf({ from, to }: Place): { original: string; start: number; end: number } {
    return {
      original: this.fieldAt(from).original,
      start: this.starts[from] ?? 0,
      end: this.ends[to - 1] ?? 0,
    };
  }

  /** Number of the sentence that a slot stands in; those of different fields differ. */
  sentenceOf(slot: number): number {
    this.sentences ??= this.numberSentences();
    return this.sentences[slot] ?? 0;
  }

  private numberSentences(): Int32Array {
    const numbers = new Int32Array(this.slots);
    let sentence = 0;
    for (const { original, from, to } of this.fields) {
      sentence += 1;
      for (let slot = from; slot < to; slot += 1) {
        const [previous, token] = [this.token(original, slot - 1), this.token(original, slot)];
        if (slot > from && endsSentence(original, previous, token)) sentence += 1;
        numbers[slot] = sentence;
      }
    }
    return numbers;
  }

  private token(original: string, slot: number): { start: number; end: number; word: string } {
    const [start, end] = [this.starts[slot] ?? 0, this.ends[slot] ?? 0];
    // Only short words matter: those that a full stop may stand after without ending the sentence.
    return { start, end, word: end - start < 8 ? original.slice(start, end).toLowerCase() : '' };
  }
}

/** The original spelling of a range, blanks made alike. */
export function spelling(original: string, start: number, end: number): string {
  return visibleForm(original.slice(start, end)).replace(/\s+/g, ' ');
}
