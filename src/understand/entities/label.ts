import { onceFor } from '../../lib/once-for.ts';
import { unitAt } from '../../lib/unit-at.ts';
import type { NamedKind } from '../../model/entity.ts';
import type { Morphology } from '../../model/ports.ts';
import { VERSION_WORDS } from './known-names.ts';
import { entityModels } from './model.ts';
import { LABELLED_KINDS, labelWords } from './sequence.ts';
import { wordFacts } from './word-facts.ts';
import { type NameWord, type Place, readNameWords } from './words.ts';

/** A name as it stands in a text: half-open UTF-16 offsets. */
export interface FoundName {
  kind: NamedKind;
  start: number;
  end: number;
}

const MOST_VERSION_WORDS = 3;
const factsOf = onceFor((morphology: Morphology) => wordFacts(morphology, entityModels().lists));

/** What stands at the tokens of a text; what is known of a word is remembered for as long as the morphology is used. */
export function readWords(text: string, tokens: readonly Place[], morphology: Morphology): NameWord[] {
  return readNameWords(text, tokens, factsOf(morphology));
}

/** Names of persons, organisations, places and products in the order of the text, none overlapping. Linear. */
export function labelNames(text: string, words: readonly NameWord[]): FoundName[] {
  const models = entityModels();
  const labels = labelWords(words, isMostlyCyrillic(text) ? models.ru : models.en);
  const names: FoundName[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as NameWord;
    const label = labels[at] as number;
    const last = names.at(-1);
    const isProduct = word.facts.known === 'product';
    if (isProduct) at = addProduct(names, words, at, text);
    else if (isFirmTail(words, at, text) && last?.end === words[at - 1]?.end && last) last.end = word.end;
    else if (label > 0 && label % 2 === 0 && last?.end === words[at - 1]?.end && last) last.end = word.end;
    else if (label > 0) names.push({ kind: kindOf(label, word), start: word.start, end: word.end });
    else if (isFirm(word, text)) names.push({ kind: 'organisation', start: word.start, end: word.end });
  }
  for (const name of names) {
    trim(name, text);
    name.end += FORM_NEXT.exec(text.slice(name.end, name.end + LONGEST_FORM))?.[0].length ?? 0;
    if (hasLegalForm(text, name)) name.kind = 'organisation';
  }
  return joinPersons(names, text);
}

/** What is known to be a firm is one also where the sentence makes it look like a place: «в Сбербанке». */
function kindOf(label: number, { facts: { known } }: NameWord): NamedKind {
  return known === 'firm' ? 'organisation' : (LABELLED_KINDS[(label - 1) >> 1] ?? 'person');
}

/** In Latin letters only with a capital: an apple is no firm. */
function isFirm({ facts: { known }, start, end }: NameWord, text: string): boolean {
  return known === 'firm' && /[А-Яа-яЁё]|\p{Lu}/u.test(text.slice(start, end));
}

function isFirmTail(words: readonly NameWord[], at: number, text: string): boolean {
  const [before, word] = [words[at - 1], words[at]];
  if (before?.facts.known !== 'firm' || word?.facts.known !== 'firm tail') return false;
  return /^[ .]$/.test(text.slice(before.end, word.start));
}

/** “& Co” and “Ltd” end names of firms, «ООО» stands before them, whatever the sentence makes them look like. */
const FORM_BEHIND = /(?:&\s?Co|\b(?:Inc|Ltd|LLC|LLP|Corp|Plc|PLC|GmbH))$/;
const FORM_BEFORE = /(?<![\p{L}])(?:ООО|ОАО|ЗАО|ПАО|АО|ГК|НКО)\s?[«"„“]?$/u;
const FORM_NEXT = /^ (?:& ?Co|Inc|Ltd|LLC|LLP|Corp|Plc|PLC|GmbH)(?![\p{L}])/u;
const LONGEST_FORM = 8;

function hasLegalForm(text: string, { start, end }: FoundName): boolean {
  return (
    FORM_BEHIND.test(text.slice(Math.max(start, end - LONGEST_FORM), end)) ||
    FORM_BEFORE.test(text.slice(Math.max(0, start - LONGEST_FORM), start))
  );
}

/** «iPhone 15 Pro Max»: its first word, and what follows of versions. Returns the place of its last word. */
function addProduct(names: FoundName[], words: readonly NameWord[], from: number, text: string): number {
  let to = from;
  while (to - from < MOST_VERSION_WORDS && isVersion(words, to + 1, text)) to += 1;
  const first = words[from] as NameWord;
  names.push({ kind: 'product', start: first.start, end: (words[to] as NameWord).end });
  return to;
}

function isVersion(words: readonly NameWord[], at: number, text: string): boolean {
  const [before, word] = [words[at - 1], words[at]];
  if (before === undefined || word === undefined || text.slice(before.end, word.start) !== ' ') return false;
  const written = text.slice(word.start, word.end);
  if (word.kind === 'number') return /^\d{1,4}$/.test(written);
  return VERSION_WORDS.has(written.toLowerCase()) || /^[A-Za-z]?\d{1,3}[A-Za-z]{0,2}$/.test(written);
}

/** A surname before a first name is one person, though texts that models learn from seldom have it so. */
function joinPersons(names: readonly FoundName[], text: string): FoundName[] {
  const joined: FoundName[] = [];
  for (const name of names) {
    const last = joined.at(-1);
    const areBeside =
      last?.kind === 'person' && name.kind === 'person' && text.slice(last.end, name.start) === ' ';
    if (areBeside && last && !/\s/.test(text.slice(last.start, last.end))) last.end = name.end;
    else joined.push(name);
  }
  return joined;
}

const LOOKED_AT = 2_000;

function isMostlyCyrillic(text: string): boolean {
  let [cyrillic, latin] = [0, 0];
  const length = Math.min(text.length, LOOKED_AT);
  for (let at = 0; at < length; at += 1) {
    const unit = unitAt(text, at);
    if (unit >= 0x400 && unit <= 0x52f) cyrillic += 1;
    else if ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) latin += 1;
  }
  // Names of firms stand in Latin letters in Russian texts too.
  return cyrillic * 2 >= latin;
}

/** “Smith's” names Smith. */
function trim(name: FoundName, text: string): void {
  if (name.end - name.start > 2 && /['’][sS]$/.test(text.slice(name.end - 2, name.end))) name.end -= 2;
}
