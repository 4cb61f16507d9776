import type { Morphology, PartOfSpeech } from '../../model/ports.ts';
import {
  DENIALS,
  ENGLISH_BREAKS,
  ENGLISH_LINKS,
  ENGLISH_PREPOSITIONS,
  NO_ADVERBS,
  THIN,
  THIN_ADVERBS,
} from './stop-words.ts';

/** What a word can be in a phrase. English words with content are NOUN: which of them are verbs is not known. */
export const [NOUN, ADJECTIVE, VERB, INFINITIVE, PREPOSITION, DENIAL, ADVERB] = [1, 2, 3, 4, 5, 6, 7];
/** In the place of a word that a phrase may step over. */
export const LINK = -2;
/** Where every phrase ends. */
export const BREAK = -1;

const KINDS: Readonly<Record<PartOfSpeech, number>> = {
  noun: NOUN,
  adjective: ADJECTIVE,
  verb: VERB,
  infinitive: INFINITIVE,
  adverb: ADVERB,
  preposition: PREPOSITION,
  predicative: LINK,
  pronoun: LINK,
  numeral: LINK,
  particle: LINK,
  conjunction: BREAK,
};

/** Every word that was met: its number, and by number what it is. */
export interface Words {
  /** LINK or BREAK for words that are no part of phrases. `word` is folded. */
  number(word: string): number;
  /** `#tag`: a word that stands alone. */
  tag(tag: string): number;
  spelling(word: number): string;
  kind(word: number): number;
  lemma(word: number): number;
  lemmaSpelling(lemma: number): string;
  /** Tells something by itself. */
  canStandAlone(word: number): boolean;
  readonly lemmas: number;
}

/** Longer ones are no words. */
const LONGEST = 40;

/** `names`: lemmas by which the topic itself is called. */
export function createWords(morphology: Morphology, names: ReadonlySet<string>): Words {
  const numbers = new Map<string, number>();
  const spellings: string[] = [];
  const kinds: number[] = [];
  const lemmaOf: number[] = [];
  const thin: boolean[] = [];
  const lemmaNumbers = new Map<string, number>();
  const lemmaSpellings: string[] = [];

  function add(word: string, kind: number, lemma: string, isThin: boolean): number {
    let number = lemmaNumbers.get(lemma);
    if (number === undefined) {
      number = lemmaSpellings.push(lemma) - 1;
      lemmaNumbers.set(lemma, number);
    }
    kinds.push(kind);
    lemmaOf.push(number);
    thin.push(isThin);
    return spellings.push(word) - 1;
  }

  function read(word: string): number {
    const lemma = morphology.lemmas(word)[0] ?? word;
    const kind = names.has(lemma) ? LINK : kindOf(word, lemma, morphology);
    if (kind < 0) return kind;
    if (kind === DENIAL) return add(word, kind, /[а-я]/.test(word) ? word : 'not', true);
    const isThin = THIN.has(lemma) || word.length < 3 || kind === ADVERB || kind === PREPOSITION;
    return add(word, kind, lemma, isThin || kind === ADJECTIVE);
  }

  return {
    number: (word) => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      const number = word.length > LONGEST ? BREAK : read(word);
      numbers.set(word, number);
      return number;
    },
    tag: (tag) => {
      const known = numbers.get(tag);
      if (known !== undefined) return known;
      const number = tag.length > LONGEST ? BREAK : add(tag, NOUN, tag, false);
      numbers.set(tag, number);
      return number;
    },
    spelling: (word) => spellings[word] ?? '',
    kind: (word) => kinds[word] ?? 0,
    lemma: (word) => lemmaOf[word] ?? -1,
    lemmaSpelling: (lemma) => lemmaSpellings[lemma] ?? '',
    canStandAlone: (word) => thin[word] === false,
    get lemmas() {
      return lemmaSpellings.length;
    },
  };
}

function kindOf(word: string, lemma: string, morphology: Morphology): number {
  if (DENIALS.has(word)) return DENIAL;
  if (!/[а-я]/.test(word)) return kindOfOther(word);
  if (THIN_ADVERBS.has(word)) return LINK;
  const part = morphology.partOfSpeech(word) ?? morphology.partOfSpeech(lemma);
  // What the dictionary does not have is mostly a name or a new thing.
  return part === null ? NOUN : KINDS[part];
}

function kindOfOther(word: string): number {
  if (ENGLISH_PREPOSITIONS.has(word)) return PREPOSITION;
  if (ENGLISH_BREAKS.has(word)) return BREAK;
  if (ENGLISH_LINKS.has(word)) return LINK;
  if (/^[a-z]{3,}ly$/.test(word) && !NO_ADVERBS.has(word)) return LINK;
  return /\p{L}/u.test(word) ? NOUN : BREAK;
}
