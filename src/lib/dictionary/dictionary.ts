import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unitAt } from '../unit-at.ts';
import { byteOf, type Dawg, eachTail, follow, followWord, MISSING, ROOT, readDawg, valueAt } from './dawg.ts';

/** One reading of a form: which form of which lexeme it is. */
export interface Parse {
  /** As the dictionary spells it, with ё. */
  word: string;
  paradigm: number;
  form: number;
}

/** Of forms that share a set of endings. Three runs of equal length: endings, tags, prefixes; one of each per form. */
type Paradigm = Uint16Array;

/** OpenCorpora's dictionary of Russian, as the package `az` carries it. */
export interface Dictionary {
  words: Dawg;
  /** Of the endings of known words: how often each paradigm has them; one graph for each prefix that forms may take. */
  endings: readonly Dawg[];
  frequencies: Dawg;
  paradigms: readonly Paradigm[];
  suffixes: readonly string[];
  /** «NOUN,inan,masc sing,nomn». */
  tags: readonly string[];
}

/** What forms may take in front: «побыстрее», «наилучший». */
export const FORM_PREFIXES = ['', 'по', 'наи'];
const SEPARATOR = 1;

/** 11 MB from disk, about 30 ms. Throws what reading a file throws. */
export async function loadDictionary(): Promise<Dictionary> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('az/package.json')), 'dicts');
  const read = (name: string) => readFile(join(folder, name));
  const dawg = async (name: string) => readDawg(await read(name));
  const [words, frequencies, paradigms, suffixes, tags, ...endings] = await Promise.all([
    dawg('words.dawg'),
    dawg('p_t_given_w.intdawg'),
    read('paradigms.array'),
    read('suffixes.json'),
    read('gramtab-opencorpora-int.json'),
    ...FORM_PREFIXES.map((_prefix, at) => dawg(`prediction-suffixes-${at}.dawg`)),
  ]);
  return {
    words,
    frequencies,
    endings,
    paradigms: readParadigms(paradigms),
    suffixes: JSON.parse(suffixes.toString('utf8')) as string[],
    tags: JSON.parse(tags.toString('utf8')) as string[],
  };
}

function readParadigms(file: Uint8Array): Paradigm[] {
  const list = new Uint16Array(
    file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer,
  );
  const paradigms: Paradigm[] = [];
  let at = 1;
  for (let left = list[0] ?? 0; left > 0; left -= 1) {
    const size = list[at] ?? 0;
    paradigms.push(list.subarray(at + 1, at + 1 + size));
    at += 1 + size;
  }
  return paradigms;
}

/** Every reading of a word in lower case, most likely first; an е in it may be an ё. Empty when it is not known. */
export function parseWord(dictionary: Dictionary, word: string): Parse[] {
  const parses: Parse[] = [];
  eachSpelling(dictionary.words, word, (spelling, index) => {
    const payload = follow(dictionary.words, index, SEPARATOR);
    if (payload === MISSING) return;
    eachTail(dictionary.words, payload, 4, ([a = 0, b = 0, c = 0, d = 0]) => {
      parses.push({ word: spelling, paradigm: readNumber(a, b), form: readNumber(c, d) });
    });
  });
  if (parses.length < 2) return parses;
  const likely = parses.map((parse) => ({ parse, score: frequency(dictionary, parse) }));
  return likely.sort((one, two) => two.score - one.score).map(({ parse }) => parse);
}

export function isKnownWord({ words }: Dictionary, word: string): boolean {
  let isKnown = false;
  eachSpelling(words, word, (_spelling, index) => {
    isKnown ||= follow(words, index, SEPARATOR) !== MISSING;
  });
  return isKnown;
}

/** Walks the spellings with е and ё that the graph has, the plain one first. */
export function eachSpelling(
  dawg: Dawg,
  word: string,
  visit: (spelling: string, index: number) => void,
): void {
  walkSpellings(dawg, word, 0, '', ROOT, visit);
}

/** `spelling`: of the letters before `at`, which lead to the node `from`. */
function walkSpellings(
  dawg: Dawg,
  word: string,
  at: number,
  spelling: string,
  from: number,
  visit: (spelling: string, index: number) => void,
): void {
  let index = from;
  for (let to = at; to < word.length; to += 1) {
    const code = unitAt(word, to);
    if (code === 0x435) {
      const before = spelling + word.slice(at, to);
      const plain = follow(dawg, index, byteOf(0x435));
      if (plain !== MISSING) walkSpellings(dawg, word, to + 1, `${before}е`, plain, visit);
      const dotted = follow(dawg, index, byteOf(0x451));
      if (dotted !== MISSING) walkSpellings(dawg, word, to + 1, `${before}ё`, dotted, visit);
      return;
    }
    const byte = byteOf(code);
    index = byte === 0 ? MISSING : follow(dawg, index, byte);
    if (index === MISSING) return;
  }
  visit(spelling + word.slice(at), index);
}

/** Numbers stand in two bytes that are never zero: seven bits and six. */
export function readNumber(high: number, low: number): number {
  return ((high ^ 1) << 6) + (low >> 1);
}

/** Share of the reading among all of the word, 0 to 1; 1 for words of which nothing was counted. */
function frequency(dictionary: Dictionary, parse: Parse): number {
  const index = followWord(dictionary.frequencies, `${parse.word}:${tagOf(dictionary, parse)}`);
  const value = index === MISSING ? null : valueAt(dictionary.frequencies, index);
  return value === null ? 1 : value / 1_000_000;
}

export function tagOf({ paradigms, tags }: Dictionary, { paradigm, form }: Parse): string {
  const rows = paradigms[paradigm];
  return rows === undefined ? '' : (tags[rows[rows.length / 3 + form] ?? 0] ?? '');
}

/** The word in its dictionary form, with ё. */
export function lemmaOf(dictionary: Dictionary, parse: Parse): string {
  return formOf(dictionary, parse, 0);
}

/** Every form of the lexeme that the reading belongs to, in the dictionary's order, with ё. */
export function formsOf(dictionary: Dictionary, parse: Parse): string[] {
  const count = (dictionary.paradigms[parse.paradigm]?.length ?? 0) / 3;
  return Array.from({ length: count }, (_, form) => formOf(dictionary, parse, form));
}

/** The same with what each form is. */
export function taggedFormsOf(dictionary: Dictionary, parse: Parse): { word: string; tag: string }[] {
  return formsOf(dictionary, parse).map((word, form) => ({
    word,
    tag: tagOf(dictionary, { ...parse, form }),
  }));
}

function formOf(dictionary: Dictionary, parse: Parse, form: number): string {
  const rows = dictionary.paradigms[parse.paradigm];
  if (rows === undefined) return parse.word;
  const base = parse.word.slice(
    prefixAt(rows, parse.form).length,
    parse.word.length - suffixAt(dictionary, rows, parse.form).length,
  );
  return prefixAt(rows, form) + base + suffixAt(dictionary, rows, form);
}

function prefixAt(rows: Paradigm, form: number): string {
  return FORM_PREFIXES[rows[(2 * rows.length) / 3 + form] ?? 0] ?? '';
}

function suffixAt({ suffixes }: Dictionary, rows: Paradigm, form: number): string {
  return suffixes[rows[form] ?? 0] ?? '';
}
