import { unitAt } from '../../lib/unit-at.ts';
import { CYRILLIC, LATIN, letterKind, NO_LETTER, OTHER_CODES } from './letters.ts';

/** The words of a text by script, in lower case; handles, addresses and links are left out. */
export interface WordsByScript {
  cyrillic: string[];
  latin: string[];
  /** Letters in those words. */
  cyrillicLetters: number;
  latinLetters: number;
  /** Letters of other writing systems, by the language that is first in each. */
  others: ReadonlyMap<string, number>;
}

const LINK = /:\/\/|^www\.|^[^\s@]+\.(?:com|ru|net|org|info|ua|by|kz|рф|co|ly|io|me|gl|de|uk|us)(?:\/|$)/i;
const NOT_OF_A_WORD = /[^\p{L}\p{N}_]/u;
const MARKED = /[@#/]|\.\S/;
const LONGEST_WORD = 24;
/** Letters of one script after which more of them would not change the answer. */
const ENOUGH = 200;

/** Reads the words of `text`; tags with # count only where nothing else is said. Linear, never throws. */
export function readWords(text: string): WordsByScript {
  const said = new Reader();
  const tagged: string[] = [];
  for (const piece of text.toLowerCase().split(/\s+/)) {
    if (MARKED.test(piece)) readMarked(piece, said, tagged);
    else said.read(piece);
  }
  if (said.isEmpty()) for (const tag of tagged) said.read(tag);
  return said.words;
}

/** A piece between spaces that holds a sign of handles, tags or links. */
function readMarked(piece: string, said: Reader, tagged: string[]): void {
  if (LINK.test(piece)) return;
  const mark = piece.search(/[@#]/);
  if (mark < 0) {
    said.read(piece);
    return;
  }
  // A letter before @ makes it an e-mail.
  const before = piece.slice(0, mark);
  if (piece[mark] === '#' || !/[\p{L}\p{N}]$/u.test(before)) said.read(before);
  let rest = piece.slice(mark);
  while (rest !== '') {
    const sign = rest[0];
    const body = rest.slice(1);
    const found = body.search(NOT_OF_A_WORD);
    const end = found < 0 ? body.length : found;
    if (sign === '#') tagged.push(body.slice(0, end).replaceAll('_', ' '));
    const next = body.slice(end).search(/[@#]/);
    if (next < 0) {
      if (sign === '#') said.read(body.slice(end));
      return;
    }
    rest = body.slice(end + next);
  }
}

class Reader {
  readonly words = {
    cyrillic: [] as string[],
    latin: [] as string[],
    cyrillicLetters: 0,
    latinLetters: 0,
    others: new Map<string, number>(),
  };

  isEmpty(): boolean {
    const { cyrillicLetters, latinLetters, others } = this.words;
    return cyrillicLetters + latinLetters + others.size === 0;
  }

  read(piece: string): void {
    let start = -1;
    const { length } = piece;
    for (let at = 0; at <= length; at += 1) {
      const isInside = at < length && isOfWord(piece, at);
      if (isInside && start < 0) start = at;
      if (!isInside && start >= 0) {
        this.add(piece.slice(start, at));
        start = -1;
      }
    }
  }

  private add(word: string): void {
    let latin = 0;
    let cyrillic = 0;
    const { length } = word;
    let isPlain = length <= LONGEST_WORD;
    for (let at = 0; at < length; at += 1) {
      const unit = unitAt(word, at);
      const kind = letterKind(unit);
      if (kind === LATIN) latin += 1;
      else if (kind === CYRILLIC) cyrillic += 1;
      else if (kind !== NO_LETTER) this.addOther(OTHER_CODES[kind] ?? 'und');
      else if (isApostrophe(unit)) isPlain = false;
      if (at > 1 && unit === unitAt(word, at - 1) && unit === unitAt(word, at - 2)) isPlain = false;
    }
    this.keep(word, latin, cyrillic, isPlain);
  }

  /** A word in two scripts is one of the script that has the more letters of it. */
  private keep(word: string, latin: number, cyrillic: number, isPlain: boolean): void {
    if (cyrillic > 0 && cyrillic >= latin) {
      const own = latin === 0 ? word : unmix(word);
      if (this.words.cyrillicLetters < ENOUGH) this.words.cyrillic.push(isPlain ? own : plainWord(own));
      this.words.cyrillicLetters += cyrillic;
    } else if (latin > 0) {
      if (this.words.latinLetters < ENOUGH) this.words.latin.push(isPlain ? word : plainWord(word));
      this.words.latinLetters += latin;
    }
  }

  private addOther(code: string): void {
    this.words.others.set(code, (this.words.others.get(code) ?? 0) + 1);
  }
}

/** Letters and digits, and apostrophes that follow a letter: «дев'ять», `don't`, «ochen'». */
function isOfWord(piece: string, at: number): boolean {
  const unit = unitAt(piece, at);
  if (letterKind(unit) !== NO_LETTER || (unit >= 0x30 && unit <= 0x39)) return true;
  return isApostrophe(unit) && at > 0 && letterKind(unitAt(piece, at - 1)) !== NO_LETTER;
}

function isApostrophe(unit: number): boolean {
  return unit === 0x27 || unit === 0x2019 || unit === 0x2bc || unit === 0x60;
}

const LOOK_ALIKE: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  ï: 'ї',
  j: 'ј',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
};

/** Latin letters that stand in a Cyrillic word for their like: Ukrainian is often typed with a Latin i. */
function unmix(word: string): string {
  return word.replace(/[aceiïjopsxy]/g, (letter) => LOOK_ALIKE[letter] ?? letter);
}

/** One apostrophe; letters stretched to three or more are two; no longer than a word can be. */
function plainWord(word: string): string {
  const short = word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD) : word;
  return short.replace(/[’ʼ`]/g, "'").replace(/(.)\1{2,}/g, '$1$1');
}
