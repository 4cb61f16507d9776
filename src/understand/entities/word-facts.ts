import { cachedWords, LONGEST_WORD } from '../../lib/cache.ts';
import { foldWord } from '../../lib/fold.ts';
import { FNV_START, hashText, hashUnit } from '../../lib/hash32.ts';
import type { Morphology, WordReading } from '../../model/ports.ts';
import { FIRM_TAILS, KNOWN_FIRMS, KNOWN_PRODUCTS } from './known-names.ts';
import type { NameLists } from './name-lists.ts';
import type { WordScores } from './sequence-weights.ts';

/** What the features of a word are made of, hashed; remembered for each spelling. */
export interface WordFacts {
  word: number;
  lemma: number;
  beginning: number;
  /** Its last two, three and four letters. */
  ends: readonly [number, number, number];
  /** «Xx» for «Москва», «xX» for «iPhone», by script. */
  shape: number;
  /** What dictionaries know it as: a first name, a surname, a place … */
  sense: number;
  /** Part of speech and case. */
  form: number;
  /** Could it be in a name: has it a capital or a digit, or does a dictionary know it as a name? */
  couldName: boolean;
  /** Is it known to name a firm, or a product, wherever it stands? */
  known: 'firm' | 'firm tail' | 'product' | null;
  /** What models make of it, those that were asked. */
  scores: WordScores[];
}

const REMEMBERED = 60_000;
const SENSES = ['Name', 'Surn', 'Patr', 'Geox', 'Orgn', 'Trad', 'Abbr', 'Init'];

export type FactsOf = (written: string) => WordFacts;

/** The facts of a word as it is written. Answers are remembered, at most some ten thousands. */
export function wordFacts(morphology: Morphology, lists: NameLists): FactsOf {
  return cachedWords((written): WordFacts => {
    const read = written.slice(0, LONGEST_WORD);
    return computeFacts(read, foldWord(read), morphology, lists);
  }, REMEMBERED);
}

function computeFacts(written: string, folded: string, morphology: Morphology, lists: NameLists): WordFacts {
  const isRussian = /[а-я]/.test(folded);
  const readings = isRussian ? morphology.readings(lastPart(folded)) : [];
  const known = knownAs(folded, morphology.lemmas(folded.replace(/'s$/, '')));
  const senses =
    (isRussian ? sensesOf(readings) : lists.sensesOf(folded)) + (known === 'firm' ? '+Firm' : '');
  return {
    word: hashText(folded),
    lemma: hashText(isRussian ? (readings[0]?.lemma ?? folded) : (morphology.lemmas(folded)[0] ?? folded)),
    beginning: hashText(folded.slice(0, 3)),
    ends: [hashText(folded.slice(-2)), hashText(folded.slice(-3)), hashText(folded.slice(-4))],
    shape: shapeOf(written),
    sense: hashText(senses),
    form: hashText(formOf(readings[0])),
    couldName: /[\p{Lu}\p{N}]/u.test(written) || /[+?]/.test(senses),
    known,
    scores: [],
  };
}

function knownAs(folded: string, lemmas: readonly string[]): WordFacts['known'] {
  const words = [folded.replace(/'s$/, ''), ...lemmas];
  if (words.some((word) => KNOWN_FIRMS.has(word))) return 'firm';
  if (words.some((word) => FIRM_TAILS.has(word))) return 'firm tail';
  return words.some((word) => KNOWN_PRODUCTS.has(word)) ? 'product' : null;
}

/** «экс-президентом» is inflected as its last part is. */
function lastPart(folded: string): string {
  return folded.slice(folded.lastIndexOf('-') + 1);
}

/** «+Surn» for the likeliest reading, «?Geox» for another one, «~Surn» for what an ending makes likely. */
function sensesOf(readings: readonly WordReading[]): string {
  const found: string[] = [];
  for (const sense of SENSES) {
    const at = readings.findIndex(({ tag }) => tag.includes(sense));
    if (at === -1) continue;
    found.push((readings[at]?.isKnown ? (at === 0 ? '+' : '?') : '~') + sense);
  }
  return found.join('') || (readings[0]?.isKnown === false ? 'new' : '');
}

function formOf(reading: WordReading | undefined): string {
  if (reading === undefined) return '';
  const part = /^[A-Z]+/.exec(reading.tag)?.[0] ?? '';
  const kase = /nomn|gent|datv|accs|ablt|loct/.exec(reading.tag)?.[0] ?? '';
  return part + kase;
}

const UPPER_CYRILLIC = /[А-ЯЁІЇЄҐ]/;
const LOWER_CYRILLIC = /[а-яёіїєґ]/;

/** Classes of letters in their order, each at most twice in a row. */
function shapeOf(written: string): number {
  let hash = FNV_START;
  let [last, run, length] = [0, 0, 0];
  for (const sign of written) {
    const kind = classOf(sign);
    run = kind === last ? run + 1 : 1;
    last = kind;
    if (run <= 2 && length < 8) {
      hash = hashUnit(hash, kind);
      length += 1;
    }
  }
  return hash;
}

function classOf(sign: string): number {
  if (sign >= 'a' && sign <= 'z') return 1;
  if (sign >= 'A' && sign <= 'Z') return 2;
  if (LOWER_CYRILLIC.test(sign)) return 3;
  if (UPPER_CYRILLIC.test(sign)) return 4;
  if (/\p{N}/u.test(sign)) return 5;
  if (/\p{Lu}/u.test(sign)) return 6;
  return /\p{L}/u.test(sign) ? 7 : 8;
}
