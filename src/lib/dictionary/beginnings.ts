import { type Dictionary, FORM_PREFIXES, formsOf, lemmaOf, parseWord, tagOf } from './dictionary.ts';
import { CLOSED, LONGEST_FRONT } from './predict.ts';

/** Of a shorter beginning its whole forms tell more. */
const SHORTEST = 3;
const LENGTHS = Array.from({ length: LONGEST_FRONT }, (_, at) => at + 1);

/**
 * Parts of words of which every word that has this lemma contains one; null when there are none.
 * Follows each way by which a word comes by its lemmas: a form that the dictionary has; a word that the dictionary does not
 * have and that ends like forms of some paradigm, with a prefix or without; a stem before a case ending.
 */
export function russianBeginnings(dictionary: Dictionary, lemma: string): string[] | null {
  const parts = new Set<string>([lemma]);
  for (const form of knownForms(dictionary, lemma)) parts.add(form);
  const fronts = LENGTHS.filter((length) => knownForms(dictionary, lemma.slice(length)).length > 0);
  for (const { prefix, base, endings } of predictedBases(dictionary, lemma)) {
    // A prefix of degree stands before the word, or behind what was put in front of a known word: «супер-по-красивее».
    for (const at of prefix === '' ? [0] : [0, ...fronts]) {
      const part = base.slice(0, at) + prefix + base.slice(at);
      if (part.length >= SHORTEST) parts.add(part);
      else for (const ending of endings) parts.add(part + ending);
    }
  }
  return parts.has('') ? null : withoutLonger([...parts]);
}

function knownForms(dictionary: Dictionary, lemma: string): string[] {
  return parseWord(dictionary, lemma)
    .filter((parse) => fold(lemmaOf(dictionary, parse)) === lemma)
    .flatMap((parse) => formsOf(dictionary, parse))
    .map(fold);
}

/** What is left of a lemma without the ending that some paradigm gives its first form, and the prefixes of its other forms. */
function* predictedBases(
  dictionary: Dictionary,
  lemma: string,
): Generator<{ prefix: string; base: string; endings: string[] }> {
  const { paradigms, suffixes } = dictionary;
  for (let paradigm = 0; paradigm < paradigms.length; paradigm += 1) {
    const rows = paradigms[paradigm] as Uint16Array;
    const count = rows.length / 3;
    const ending = fold(suffixes[rows[0] ?? 0] ?? '');
    const front = FORM_PREFIXES[rows[2 * count] ?? 0] ?? '';
    if (!lemma.endsWith(ending) || !lemma.startsWith(front)) continue;
    if (!isProductive(dictionary, paradigm, count)) continue;
    const base = lemma.slice(front.length, lemma.length - ending.length);
    const endings = [...new Set(rows.subarray(0, count))].map((suffix) => fold(suffixes[suffix] ?? ''));
    for (const prefix of new Set(rows.subarray(2 * count)))
      yield { prefix: FORM_PREFIXES[prefix] ?? '', base, endings };
  }
}

function isProductive(dictionary: Dictionary, paradigm: number, forms: number): boolean {
  for (let form = 0; form < forms; form += 1)
    if (!CLOSED.test(tagOf(dictionary, { word: '', paradigm, form }))) return true;
  return false;
}

/** Without those that contain another one. */
export function withoutLonger(parts: readonly string[]): string[] {
  const kept: string[] = [];
  for (const part of [...new Set(parts)].sort((one, two) => one.length - two.length))
    if (!kept.some((shorter) => part.includes(shorter))) kept.push(part);
  return kept;
}

function fold(word: string): string {
  return word.replaceAll('ё', 'е');
}
