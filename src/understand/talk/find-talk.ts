import { tokenize } from '../../lib/tokens.ts';
import type { Morphology } from '../../model/ports.ts';
import { createBoilerplate } from './boilerplate.ts';
import { type Candidate, type Chosen, chooseNested } from './nested.ts';
import { indexPhrases, type PhraseIndex, type PhraseNumber, type WrittenForm } from './phrase-index.ts';
import { phraseQuery } from './phrase-query.ts';
import {
  boundForMany,
  chanceOfMore,
  logFactorials,
  logLikelihood,
  logOddsScore,
  type Usage,
} from './significance.ts';
import { addText, createUnits, type NamedText } from './units.ts';
import { type CountVoices, createVoiceCount, numberKeys } from './voices.ts';
import { createWords, NOUN, type Words } from './words.ts';

/** A text of somebody. */
export interface SpokenText extends NamedText {
  /** Equal for texts of one author, of one story; another one for each text of which that is not known. */
  author: string | number;
  story: string | number;
  source: number;
}

/** A phrase that was found, with the query that finds it. */
export interface FoundPhrase {
  phrase: string;
  query: string;
  longer: string[];
}

export interface FoundTalk {
  key: FoundPhrase[];
  /** null: there is too little to compare. */
  fresh: FoundPhrase[] | null;
  /** Does a phrase, counted anew, still hold more here than chance explains? */
  isFresh(usage: Usage): boolean;
}

/** Takes texts in, one after the other: those of the period, those of the time before, others to compare the topic with. */
export interface TalkReader {
  add(text: SpokenText): void;
  /** From now on texts are of the next kind. */
  next(): void;
  /** Of the kinds so far, how many voices each has. */
  voices(): number[];
  find(): FoundTalk;
}

/** Fewer voices tell nothing of a change, or of what all other talk is like. */
export const LEAST_VOICES = 20;
const LEAST_OTHERS = 100;
/** Of all phrases that are tried in a period, one is false with this chance at most. */
const LEVEL = 0.05;
/** In standard deviations. */
const LEAST_SCORE = 3.5;
const LEAST_TEXTS = 3;
/** One more for so many texts. */
const TEXTS_PER_LEAST = 2_000;
const MOST_CANDIDATES = 400;
const MOST_PHRASES = 20;
const MOST_LONGER = 3;

/** `name`: what the topic is called. */
export function createTalkReader(morphology: Morphology, name: string): TalkReader {
  const words = createWords(morphology, namesOf(name, morphology));
  const units = createUnits();
  const boilerplate = createBoilerplate();
  const authors: (string | number)[] = [];
  const stories: (string | number)[] = [];
  const texts = new Map<number, number>();
  const bounds: number[] = [];
  const place = { source: 0, number: 0 };
  const note = (line: string, from: number, to: number) => boilerplate.note(place, line, from, to);

  const count = () => createVoiceCount({ authors: numberKeys(authors), stories: numberKeys(stories) });
  return {
    add: (text) => {
      place.source = text.source;
      place.number = authors.push(text.author) - 1;
      stories.push(text.story);
      texts.set(text.source, (texts.get(text.source) ?? 0) + 1);
      addText(units, words, text, note);
    },
    next: () => void bounds.push(authors.length),
    voices: () => {
      const voices = count();
      return [...bounds, authors.length].map((to, at) => voices(range(bounds[at - 1] ?? 0, to)));
    },
    find: () => {
      boilerplate.blank(units.numbers, texts);
      const [now = authors.length, compared = authors.length] = bounds;
      const least = Math.max(LEAST_TEXTS, Math.round(compared / TEXTS_PER_LEAST));
      const index = indexPhrases(units, words, compared, least);
      const usages = countUsages(index, count(), [0, now, compared, authors.length]);
      return choosePhrases(index, usages, words, morphology);
    },
  };
}

/** A name of several words may be made of words that people talk with; where it is said as a name, the topic found it. */
function namesOf(name: string, morphology: Morphology): Set<string> {
  const words = tokenize(name).filter(({ kind }) => kind === 'word');
  return new Set(words.length === 1 ? words.flatMap(({ word }) => morphology.lemmas(word)) : []);
}

function* range(from: number, to: number): Generator<number> {
  for (let at = from; at < to; at += 1) yield at;
}

interface Usages {
  phrases: readonly PhraseNumber[];
  /** Per phrase: in the period and before; in the period and elsewhere. */
  before: Usage[];
  elsewhere: Usage[];
}

/** `bounds`: where each kind of texts begins, and where the last one ends. */
function countUsages(index: PhraseIndex, voices: CountVoices, bounds: readonly number[]): Usages {
  const [a = 0, b = 0, c = 0, d = 0] = bounds;
  const [ofHere, ofBefore, ofElsewhere] = [voices(range(a, b)), voices(range(b, c)), voices(range(c, d))];
  const usages: Usages = { phrases: index.phrases, before: [], elsewhere: [] };
  for (const phrase of index.phrases) {
    const texts = index.textsOf(phrase);
    const [first, second] = [firstFrom(texts, b), firstFrom(texts, c)];
    const here = Math.min(ofHere, voices(texts.subarray(0, first)));
    const there = Math.min(ofBefore, voices(texts.subarray(first, second)));
    usages.before.push({ here, ofHere, there, ofThere: ofBefore });
    const others = Math.min(ofElsewhere, voices(texts.subarray(second)));
    usages.elsewhere.push({ here, ofHere, there: others, ofThere: ofElsewhere });
  }
  return usages;
}

function firstFrom(texts: Int32Array, bound: number): number {
  let low = 0;
  let high = texts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((texts[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function choosePhrases(index: PhraseIndex, usages: Usages, words: Words, morphology: Morphology): FoundTalk {
  const show = (chosen: readonly Chosen[]) =>
    chosen.slice(0, MOST_PHRASES).map((one) => toFound(one, index, words, morphology));
  const fresh = findFresh(index, usages);
  return {
    key: show(findKey(index, usages)),
    fresh: fresh && show(fresh.chosen),
    isFresh: fresh?.isFresh ?? (() => false),
  };
}

function findFresh(
  index: PhraseIndex,
  { phrases, before }: Usages,
): { chosen: Chosen[]; isFresh: (usage: Usage) => boolean } | null {
  const [any] = before;
  if (any === undefined || any.ofHere < LEAST_VOICES || any.ofThere < LEAST_VOICES) return null;
  const logs = logFactorials(any.ofHere + any.ofThere);
  const bound = boundForMany(before, logs, LEVEL);
  const isFresh = (usage: Usage) =>
    usage.here >= LEAST_TEXTS &&
    usage.here * usage.ofThere > usage.there * usage.ofHere &&
    chanceOfMore(usage, logs) <= bound;
  const candidates = phrases.flatMap((phrase, at): Candidate[] => {
    const usage = before[at] as Usage;
    if (!isFresh(usage)) return [];
    const weight = usage.here - (usage.there * usage.ofHere) / usage.ofThere;
    return [{ phrase, weight, score: logLikelihood(usage) }];
  });
  return { chosen: chooseNested(index, best(candidates)), isFresh };
}

function findKey(index: PhraseIndex, { phrases, elsewhere }: Usages): Chosen[] {
  const hasOthers = (elsewhere[0]?.ofThere ?? 0) >= LEAST_OTHERS;
  const candidates = phrases.flatMap((phrase, at): Candidate[] => {
    const usage = elsewhere[at] as Usage;
    if (usage.here < LEAST_TEXTS) return [];
    const score = hasOthers ? logOddsScore(usage) : usage.here * Math.log2(index.lemmasOf(phrase).length + 1);
    return hasOthers && score < LEAST_SCORE ? [] : [{ phrase, weight: usage.here, score }];
  });
  return chooseNested(index, best(candidates));
}

function best(candidates: Candidate[]): Candidate[] {
  return candidates.sort((one, two) => two.score - one.score).slice(0, MOST_CANDIDATES);
}

function toFound(
  { phrase, related }: Chosen,
  index: PhraseIndex,
  words: Words,
  morphology: Morphology,
): FoundPhrase {
  const forms = index.formsOf(phrase);
  const length = index.lemmasOf(phrase).length;
  const longer = related.filter((other) => index.lemmasOf(other).length > length).slice(0, MOST_LONGER);
  return {
    phrase: shownAs(forms, words),
    query: phraseQuery(forms, words, morphology),
    longer: longer.map((other) => shownAs(index.formsOf(other), words)),
  };
}

/** As most write it; a noun alone in its dictionary form when anybody writes that: «вклад» and not «вкладам». */
function shownAs(forms: readonly WrittenForm[], words: Words): string {
  const [most] = forms;
  const spell = ({ words: row }: WrittenForm) => row.map((word) => words.spelling(word)).join(' ');
  if (most === undefined) return '';
  if (most.words.length > 1 || words.kind(most.words[0] as number) !== NOUN) return spell(most);
  const first = forms.find(
    (form) => spell(form) === words.lemmaSpelling(words.lemma(form.words[0] as number)),
  );
  return spell(first ?? most);
}
