import type { Morphology } from '../model/ports.ts';
import { cached, cachedWords, LONGEST_WORD } from './cache.ts';
import { isCaseEnding } from './case-endings.ts';
import { loadDictionary } from './dictionary/dictionary.ts';
import { createRussian, type Russian } from './dictionary/russian.ts';
import { englishBeginnings, englishLemmas } from './english.ts';
import { errorMessage, PermanentError } from './errors.ts';
import { squeezedForms } from './stretched.ts';

const CACHED_WORDS = 300_000;
const CACHED_BEGINNINGS = 2_000;

let loading: Promise<Morphology> | undefined;

/** Reads the dictionary once (about 40 ms, 11 MB). Throws PermanentError when it is not there. */
export function loadMorphology(): Promise<Morphology> {
  loading ??= loadDictionary().then(
    (dictionary) => createMorphology(createRussian(dictionary)),
    (error: unknown) => {
      throw new PermanentError(
        'no-dictionary',
        `cannot read the az dictionary: ${errorMessage(error)}`,
        error,
      );
    },
  );
  return loading;
}

function createMorphology(russian: Russian): Morphology {
  const find = (word: string): readonly string[] => findLemmas(russian, word);
  const lemmas = cachedWords(find, CACHED_WORDS);
  return {
    lemmas,
    meant: (word) => (russian.isLemma(word) ? russian.namesLike(word) : lemmas(word)),
    forms: (word) => (word.length > LONGEST_WORD ? [word] : russian.forms(word)),
    beginnings: cached((lemma) => findBeginnings(russian, lemma), CACHED_BEGINNINGS),
    readings: (word) => (word.length > LONGEST_WORD || !/[а-я]/.test(word) ? [] : russian.readings(word)),
    isKnown: (word) => word.length <= LONGEST_WORD && russian.isKnown(word),
    partOfSpeech: (word) => (word.length <= LONGEST_WORD ? russian.partOfSpeech(word) : null),
    isFirm: (word) => word.length <= LONGEST_WORD && russian.isFirm(word),
  };
}

/** What other than letters and digits stands in a lemma comes of special treatment. */
function findBeginnings(russian: Russian, lemma: string): readonly string[] | null {
  if (!/^[а-яa-z0-9_]+$/.test(lemma) || lemma.length > LONGEST_WORD) return null;
  if (/[а-я]/.test(lemma)) return russian.beginnings(lemma);
  return /^[a-z]+$/.test(lemma) ? englishBeginnings(lemma) : [lemma];
}

function findLemmas(russian: Russian, word: string): readonly string[] {
  if (word.length > LONGEST_WORD) return longWord(russian, word);
  if (word.includes('-')) return hyphenated(russian, word);
  const bare = withoutEnding(word);
  if (/[а-я]/.test(bare)) return russian.lemmas(bare);
  if (/^[a-z']+$/.test(bare)) return englishLemmas(bare);
  return [bare];
}

/** «iphone'ом», «appleом», "apple's" → the Latin word. */
function withoutEnding(word: string): string {
  const [, latin, , ending = ''] = /^([a-z0-9]{2,})('?)(s|[а-я]{1,4})$/.exec(word) ?? [];
  if (latin === undefined) return word;
  const isEnding = ending === 's' ? word.includes("'") : isCaseEnding(ending);
  return isEnding ? latin : word;
}

/** Beyond any dictionary: stretched letters are still worth a look, the rest is its own lemma. */
function longWord(russian: Russian, word: string): readonly string[] {
  const squeezed = squeezedForms(word)[1] ?? word;
  return squeezed.length <= LONGEST_WORD ? findLemmas(russian, squeezed) : [word];
}

/** Each part in its dictionary forms: «альфа-банком» → «альфа-банк». */
function hyphenated(russian: Russian, word: string): readonly string[] {
  const parts = word.split('-');
  const last = parts.pop() ?? '';
  const lemmas = findLemmas(russian, last);
  const head = parts.map((part) => findLemmas(russian, part)[0] ?? part).join('-');
  // The first part may stay as it is («интернет-») or change with the last («компании-»): both are kept.
  const plain = parts.join('-');
  return [...new Set([head, plain].flatMap((front) => lemmas.map((lemma) => `${front}-${lemma}`)))];
}
