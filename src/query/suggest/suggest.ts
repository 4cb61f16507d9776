import { foldWord } from '../../lib/fold.ts';
import type { Morphology } from '../../model/ports.ts';
import { createEvaluator } from '../evaluate.ts';
import { parseQuery } from '../parse.ts';
import { quote } from '../quote.ts';
import { accountTerms } from './accounts.ts';
import { derivedTerms, isWordOfLanguage } from './derived.ts';
import { heardInRussian } from './english-sounds.ts';
import { otherLayout } from './keyboard.ts';
import { initials, shortName, unglued, withoutLegalForm, wordsOfName } from './name-parts.ts';
import type { Risk, Suggestion, SuggestionKind } from './reasons.ts';
import { toCyrillic, toLatin } from './transliterate.ts';

const SAFE_LENGTH = 5;
/** There is no dictionary of English here: what else begins like a shorter name nobody knows. */
const LATIN_BEGINNING = 7;
const TYPO_LENGTH = 6;
const LATIN_TYPO_LENGTH = 8;
const LATIN_KEPT = 4;

/**
 * Spellings under which people write of a brand, each with why and how risky it is. The first is the name, then what was given with
 * it; what an earlier one finds already is not suggested again. Every term can be read alone; none is left when the name has no words.
 */
export function suggestForms(name: string, aliases: readonly string[], morphology: Morphology): Suggestion[] {
  const given: Suggestion[] = [
    { kind: 'name', risk: riskOfName(name, morphology), terms: [termOf(name)] },
    ...aliases.map((alias): Suggestion => {
      return { kind: 'given', risk: riskOfName(alias, morphology), terms: [termOf(alias)] };
    }),
  ];
  const names = [name, ...aliases].filter((one) => !/[@#/]/.test(one));
  return withoutRepetitions([...given, ...names.flatMap((one) => formsOfName(one, morphology))], morphology);
}

export function termOf(text: string): string {
  return /^[@#]?[\p{L}\p{N}_-]+$/u.test(text) ? text : quote(text);
}

function riskOfName(name: string, morphology: Morphology): Risk {
  if (/^[@#]/.test(name)) return 'safe';
  const words = wordsOfName(name);
  return words.length === 1 && isWordOfLanguage(words[0] ?? '', morphology) ? 'ambiguous' : 'safe';
}

function formsOfName(name: string, morphology: Morphology): Suggestion[] {
  const words = withoutLegalForm(wordsOfName(name));
  const joined = words.join('');
  const short = namedAlone(shortName(words), morphology);
  const latin = latinOf(words);
  const make = (kind: SuggestionKind, terms: readonly string[]): Suggestion[] => {
    const byRisk = new Map<Risk, string[]>();
    for (const term of terms) {
      const risk = riskOf(kind, term, morphology);
      byRisk.set(risk, [...(byRisk.get(risk) ?? []), term]);
    }
    return [...byRisk].map(([risk, group]) => ({ kind, risk, terms: group }));
  };
  return [
    ...make('derived', derivedTerms(joined, morphology)),
    ...make('account', accountTerms(joined, latin[0]?.replaceAll('-', ''))),
    ...make('spacing', hyphenated(words)),
    ...make('short', short === null ? [] : [termOf(short)]),
    ...make('latin', /[а-я]/.test(joined) ? latin : []),
    ...make('cyrillic', isLatin(joined) ? [words.map(toCyrillic).join('-')] : []),
    ...make('sound', isLatin(joined) ? heardWords(words) : []),
    ...make('layout', otherLayouts([joined, short])),
    ...make('surname', /[ое]фф$/.test(joined) ? [joined.replace(/фф$/, 'в')] : []),
    ...make(
      'initials',
      [initials(name)].filter((one) => one !== null),
    ),
    ...make(
      'typo',
      joined.length >= (isLatin(joined) ? LATIN_TYPO_LENGTH : TYPO_LENGTH) && /^\p{L}+$/u.test(joined)
        ? [`${joined}~1`]
        : [],
    ),
  ];
}

/** What remains of «Банк Москвы» and «Газпромбанк» is no name of theirs: a form of another word, and another firm. */
function namedAlone(short: string | null, morphology: Morphology): string | null {
  if (short === null || short.includes(' ') || !morphology.isKnown(short)) return short;
  return morphology.lemmas(short)[0] === short && !morphology.isFirm(short) ? short : null;
}

/** A hyphen asks for the parts joined, spaced and hyphenated. */
function hyphenated(words: readonly string[]): string[] {
  const parts = unglued(words);
  return parts.length > 1 ? [parts.join('-')] : [];
}

function isLatin(word: string): boolean {
  return /[a-z]/.test(word) && !/[а-я]/.test(word);
}

function latinOf(words: readonly string[]): string[] {
  if (isLatin(words.join(''))) return [words.join('-')];
  const spelt = unglued(words).map(toLatin);
  const most = Math.max(0, ...spelt.map((forms) => forms.length));
  const all = Array.from({ length: most }, (_, at) =>
    spelt.map((forms) => forms[at] ?? forms[0] ?? '').join('-'),
  );
  return [...new Set(all)].slice(0, LATIN_KEPT);
}

function heardWords(words: readonly string[]): string[] {
  if (words.length === 1) return heardInRussian(words[0] ?? '');
  return [words.map((word) => heardInRussian(word, 1)[0] ?? word).join('-')];
}

function otherLayouts(words: readonly (string | null)[]): string[] {
  return words.flatMap((word) => (word === null ? [] : (otherLayout(word) ?? [])));
}

function riskOf(kind: SuggestionKind, term: string, morphology: Morphology): Risk {
  const word = foldWord(bareOf(term));
  if (kind === 'initials') return 'check';
  if (kind === 'derived') return isLatin(word) && isTooShort(word, LATIN_BEGINNING) ? 'check' : 'safe';
  if (kind === 'surname' || isWordOfLanguage(word, morphology))
    return kind === 'typo' ? 'check' : 'ambiguous';
  if (kind === 'account')
    return isTooShort(word.replace(/^@(?:[a-z]{2}_|_)?/, ''), SAFE_LENGTH) ? 'check' : 'safe';
  return isTooShort(word.replaceAll('-', ''), SAFE_LENGTH) ? 'check' : 'safe';
}

/** Short and pronounceable: it may be another word. */
function isTooShort(word: string, least: number): boolean {
  return word.length < 3 || (word.length < least && /[aeiouyаеиоуыэюя]/.test(word) && !/\d/.test(word));
}

/** A term without the signs of the language. */
function bareOf(term: string): string {
  return term.replace(/^["«“]|["»”]$|\*$|~\d$/g, '');
}

function withoutRepetitions(suggestions: readonly Suggestion[], morphology: Morphology): Suggestion[] {
  const kept: Suggestion[] = [];
  const accepted: string[] = [];
  for (const { kind, risk, terms } of suggestions) {
    const fresh = terms.filter((term) => {
      const isNew = 'query' in parseQuery(term, 'topic') && !isFound(term, accepted, morphology);
      if (isNew) accepted.push(term);
      return isNew;
    });
    if (fresh.length > 0) kept.push({ kind, risk, terms: fresh });
  }
  return kept;
}

/** Do the accepted terms find the new one, however it is parted? What finds a family is new unless it is there word for word. */
function isFound(term: string, accepted: readonly string[], morphology: Morphology): boolean {
  if (/\*$|~\d$/.test(term)) return accepted.includes(term);
  if (accepted.length === 0) return false;
  const parsed = parseQuery(accepted.join(' OR '), 'topic');
  if ('issues' in parsed) return false;
  const finds = createEvaluator(parsed.query, morphology);
  const bare = bareOf(term);
  return [bare, bare.replaceAll('-', ' '), bare.replaceAll('-', '')].every((text) => finds({ text }).matched);
}
