import type { Morphology, WordReading } from '../../model/ports.ts';
import {
  asWritten,
  CASES,
  caseOf,
  foldRussian,
  formWith,
  type GrammaticalCase,
  isPreposition,
  readingsOf,
  withoutRussianEnding,
} from './inflection.ts';

export interface PersonName {
  name: string;
  gender?: 'female' | 'male';
}

type Gender = 'femn' | 'masc';

/** How a whole name may be read. */
interface Way {
  gender: Gender;
  kase: GrammaticalCase;
}

const WAYS: readonly Way[] = CASES.flatMap((kase) => [
  { gender: 'masc' as const, kase },
  { gender: 'femn' as const, kase },
]);
/** Surnames in the genitive plural of old: Черных, Седых, Долгих. */
const OLD_PLURAL = /(?:ых|их)$/;
const NAME_SENSE = /Name|Surn|Patr/;

/**
 * A person's name in the nominative, in the order in which it is written: «Ивановой Марией Петровной» → «Иванова Мария Петровна».
 * All its words share one gender and one case; `before`: the word before it, folded, or ''.
 */
export function personName(written: readonly string[], before: string, morphology: Morphology): PersonName {
  const words = written.map((word) => ({ word, readings: nameReadings(word, morphology) }));
  const declined = words.filter(({ readings }) => readings.length > 0);
  if (declined.length === 0) return { name: written.map(withoutRussianEnding).join(' ') };
  const way = likeliest(
    declined.map(({ readings }) => readings),
    caseBefore(before, morphology),
    isPreposition(before),
  );
  if (way === null) return { name: written.join(' ') };
  const name = words.map(({ word, readings }) => inNominative(word, readings, way, morphology)).join(' ');
  return {
    name,
    ...(isGenderTold(declined, way) ? { gender: way.gender === 'femn' ? 'female' : 'male' } : {}),
  };
}

function nameReadings(word: string, morphology: Morphology): readonly WordReading[] {
  if (!/^[А-ЯЁа-яё-]{2,}$/.test(word)) return [];
  const nouns = readingsOf(lastPart(word), morphology).filter(
    ({ tag }) => /^(?:NOUN|ADJF)/.test(tag) && !tag.includes('plur'),
  );
  const names = nouns.filter(({ tag }) => NAME_SENSE.test(tag));
  return names.length > 0 ? names : nouns;
}

/** «Салтыкова-Щедрина» is declined as its last part is, and so is its first. */
function lastPart(word: string): string {
  return word.slice(word.lastIndexOf('-') + 1);
}

function fits({ tag }: WordReading, { gender, kase }: Way): boolean {
  const own = caseOf(tag);
  if (own !== kase && !tag.includes('Fixd')) return false;
  return tag.includes(gender) || tag.includes('GNdr') || tag.includes('Ms-f');
}

/** The way that most words take; of equal ones the one that fits what stands before, the nominative, the commonest reading. */
function likeliest(
  words: readonly (readonly WordReading[])[],
  kaseBefore: GrammaticalCase | null,
  isAfterPreposition: boolean,
): Way | null {
  let best: Way | null = null;
  let most = 0;
  for (const way of WAYS) {
    let score = words.reduce((sum, readings) => sum + fitness(readings, way), 0);
    if (score === 0) continue;
    if (way.kase === kaseBefore) score += 4;
    if (way.kase === 'nomn') score += isAfterPreposition ? -6 : 2;
    if (score > most) [best, most] = [way, score];
  }
  return best;
}

/** How well the readings of one word take a way; 0 when none does. */
function fitness(readings: readonly WordReading[], way: Way): number {
  const free = readings.findIndex((reading) => fits(reading, way) && !reading.tag.includes('Fixd'));
  const at = free === -1 ? readings.findIndex((reading) => fits(reading, way)) : free;
  const reading = readings[at];
  if (reading === undefined) return 0;
  // A first name tells its gender better than a surname, which may be of either.
  const tellsGender = /Name|Patr/.test(reading.tag) && !reading.tag.includes('Ms-f');
  const isFixed = reading.tag.includes('Fixd');
  return 10 + (reading.isKnown ? 2 : 0) + (tellsGender ? 3 : 0) - (isFixed ? 2 : 0) - at * 0.2;
}

/** The case of a title before a name is the name's: «мэра Лужкова». */
function caseBefore(before: string, morphology: Morphology): GrammaticalCase | null {
  if (!/^[а-яё-]{3,}$/.test(before)) return null;
  const [first] = morphology.readings(before);
  if (!first?.isKnown || !first.tag.startsWith('NOUN') || !first.tag.includes('anim')) return null;
  return caseOf(first.tag);
}

function inNominative(
  word: string,
  readings: readonly WordReading[],
  way: Way,
  morphology: Morphology,
): string {
  if (readings.length === 0) return withoutRussianEnding(word);
  if (OLD_PLURAL.test(foldRussian(word)) && !readings.some(({ tag }) => tag.includes('Surn'))) return word;
  const parts = word.split('-');
  const front = parts
    .slice(0, -1)
    .map((part) => inNominative(part, nameReadings(part, morphology), way, morphology));
  const fitting = readings.filter((one) => fits(one, way));
  const reading = fitting.find(({ tag }) => !tag.includes('Fixd')) ?? fitting[0];
  if (reading === undefined || reading.tag.includes('Fixd')) return word;
  const sense = NAME_SENSE.exec(reading.tag)?.[0];
  const form = formWith(reading, [
    'nomn',
    'sing',
    ...(sense ? [sense] : []),
    ...(reading.tag.includes('Ms-f') ? [] : [way.gender]),
  ]);
  if (form === null) return word;
  return [...front, asWritten(form, lastPart(word))].join('-');
}

/** A surname that has no gender of its own tells none, nor does «Саша». */
function isGenderTold(words: readonly { readings: readonly WordReading[] }[], way: Way): boolean {
  return words.some(({ readings }) => {
    const reading = readings.find((one) => fits(one, way));
    return reading !== undefined && !/GNdr|Ms-f/.test(reading.tag) && NAME_SENSE.test(reading.tag);
  });
}
