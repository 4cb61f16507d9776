import type { Morphology, WordReading } from '../../model/ports.ts';
import {
  asWritten,
  caseOf,
  formWith,
  isPreposition,
  readingsOf,
  withoutRussianEnding,
} from './inflection.ts';

/** Nouns that are declined behind a name that is not: «Тинькофф банка», «Озон маркета». */
const COMMON_HEADS = new Set(
  'банк завод фонд центр клуб маркет университет институт театр групп группа компания'.split(' '),
);

/**
 * The name of an organisation or a place in the nominative: its first noun, and the adjectives before it with that; what
 * follows stays («Правительства Москвы» → «Правительство Москвы»). `gaps`: what stands before each word but the first.
 */
export function headName(
  written: readonly string[],
  gaps: readonly string[],
  before: string,
  sense: 'Geox' | 'Orgn',
  morphology: Morphology,
): string {
  const readings = written.map((word) => nounReadings(word, morphology));
  const head = headAt(written, readings);
  const noun = head === -1 ? undefined : pickNoun(readings[head] ?? [], isPreposition(before), sense);
  const words = written.map((word, at) => {
    if (at > head || noun === undefined) return at === 0 || head === -1 ? withoutRussianEnding(word) : word;
    return at === head ? declineNoun(word, noun) : declineAdjective(word, readings[at] ?? [], noun);
  });
  return words.map((word, at) => (at === 0 ? word : (gaps[at - 1] ?? ' ') + word)).join('');
}

function nounReadings(word: string, morphology: Morphology): readonly WordReading[] {
  if (!/^[А-ЯЁа-яё-]{2,}$/.test(word)) return [];
  const { declined } = partsOf(word);
  const whole = readingsOf(word, morphology);
  const readings = whole.some(({ isKnown }) => isKnown) ? whole : readingsOf(declined, morphology);
  return readings.filter(({ tag }) => /^(?:NOUN|ADJF|PRTF)/.test(tag));
}

/** Which part of a word with hyphens is declined: «Ростове-на-Дону» its first, «Санкт-Петербурга» its last. */
function partsOf(word: string): { front: string; declined: string; rest: string } {
  const first = /^([^-]+)(-(?:на|под|у)-.*)$/i.exec(word);
  if (first) return { front: '', declined: first[1] ?? word, rest: first[2] ?? '' };
  const at = word.lastIndexOf('-') + 1;
  return { front: word.slice(0, at), declined: word.slice(at), rest: '' };
}

/** The first word that is no adjective; a name that is not declined leaves it to the noun behind it. */
function headAt(written: readonly string[], readings: readonly (readonly WordReading[])[]): number {
  const at = readings.findIndex(
    (ones) => ones.some(({ tag }) => tag.startsWith('NOUN')) && !isAdjectiveFirst(ones, readings),
  );
  const behind = readings[at + 1];
  const isBare =
    at === -1 ||
    written[at] === undefined ||
    readings[at]?.every(({ isKnown, tag }) => !isKnown || tag.includes('Fixd')) === true;
  if (isBare && behind?.some(({ lemma }) => COMMON_HEADS.has(lemma))) return at + 1;
  return at;
}

/** «Великий» and «Тверская» are nouns too, but not where a noun follows. */
function isAdjectiveFirst(own: readonly WordReading[], all: readonly (readonly WordReading[])[]): boolean {
  const next = all[all.indexOf(own) + 1];
  const agrees = own.some(
    ({ tag }) =>
      /^(?:ADJF|PRTF)/.test(tag) &&
      next?.some((other) => other.tag.startsWith('NOUN') && caseOf(other.tag) === caseOf(tag)),
  );
  return agrees;
}

function pickNoun(
  readings: readonly WordReading[],
  isAfterPreposition: boolean,
  sense: string,
): WordReading | undefined {
  const nouns = readings.filter(({ tag }) => tag.startsWith('NOUN'));
  const oblique = isAfterPreposition
    ? nouns.filter(({ tag }) => !tag.includes('nomn') || tag.includes('Fixd'))
    : nouns;
  const likely = oblique.length > 0 ? oblique : nouns;
  return likely.find(({ tag }) => tag.includes(sense)) ?? likely[0];
}

function declineNoun(word: string, noun: WordReading): string {
  if (noun.tag.includes('Fixd')) return word;
  const form = formWith(noun, ['nomn', noun.tag.includes('plur') ? 'plur' : 'sing']);
  if (form === null) return word;
  const { front, declined, rest } = partsOf(word);
  if (form.includes('-')) return asWritten(form, word);
  return front + asWritten(form, declined) + rest;
}

function declineAdjective(word: string, readings: readonly WordReading[], noun: WordReading): string {
  const adjective = readings.find(
    ({ tag }) => /^(?:ADJF|PRTF)/.test(tag) && caseOf(tag) === caseOf(noun.tag),
  );
  if (adjective === undefined) return word;
  const gender = /masc|femn|neut/.exec(noun.tag)?.[0] ?? 'masc';
  // Of participles, «Соединённых»: the same voice and time.
  const own = /^PRTF/.test(adjective.tag) ? (adjective.tag.match(/PRTF|pssv|actv|past|pres/g) ?? []) : [];
  const ending = noun.tag.includes('plur') ? ['nomn', 'plur'] : ['nomn', 'sing', gender];
  const form = formWith(adjective, [...own, ...ending]);
  return form === null ? word : asWritten(form, word);
}
