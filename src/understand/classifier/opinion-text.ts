import { cachedWords, LONGEST_WORD } from '../../lib/cache.ts';
import { foldText } from '../../lib/fold.ts';
import { onceFor } from '../../lib/once-for.ts';
import { unitAt } from '../../lib/unit-at.ts';
import type { OpinionText, OpinionToken } from '../../model/opinion.ts';
import type { Morphology } from '../../model/ports.ts';
import type { Span } from '../../model/tag.ts';
import { READ_AT_MOST } from '../read-at-most.ts';

/** Beside the bound of characters: prose has fewer in so many characters, emoji and lone surrogates have more. */
const TOKENS_AT_MOST = 4000;

// Every repetition is bounded or of one class that nothing after it shares, so that the search is linear.
const TOKEN =
  /https?:\/\/\S+|www\.\S+|[a-z\d-]{1,40}\.[a-zрф]{2,6}\/\S*|&(?:amp|quot|lt|gt|nbsp|#\d{1,6});|@[\w.]+|[:;=8xх][-o*']?[)\]([dрp/\\|3]+(?!\p{L})|[)(]+|\p{L}[\p{L}\p{M}'’-]*|\p{N}+|[!?]+|\.{2,}|\p{Extended_Pictographic}|[^\s\p{L}\p{N}]/uy;
const STRETCHED = /(.)\1{3,}/gu;

export function readOpinionText(
  document: { title: string | null; text: string },
  morphology: Morphology,
): OpinionText {
  const { title, text } = document;
  const tokens: OpinionToken[] = [];
  if (title) addTokens(tokens, 'title', title, morphology);
  addTokens(tokens, 'text', text, morphology);
  return { title, text, tokens };
}

function addTokens(
  tokens: OpinionToken[],
  field: Span['field'],
  original: string,
  morphology: Morphology,
): void {
  const folded = foldText(original.slice(0, READ_AT_MOST));
  const wordOf = wordsOf(morphology);
  const written = folded.text;
  const { length } = written;
  for (let at = 0; at < length && tokens.length < TOKENS_AT_MOST; ) {
    const to = endOfToken(written, at);
    const found = written.slice(at, to);
    if (to > at && !(found.startsWith('&') && found.length > 1)) {
      const { form, lemma, isWord } = wordOf(found);
      tokens.push({ field, form, lemma, isWord, start: folded.startOf(at), end: folded.endOf(to - 1) });
    }
    at = Math.max(to, at + 1);
  }
}

/** Where the token that begins here ends; `at` itself where none does. */
function endOfToken(written: string, at: number): number {
  const unit = unitAt(written, at);
  if (unit === 0x20) return at;
  const end = endOfPlainWord(written, at, unit);
  if (end > at) return end;
  TOKEN.lastIndex = at;
  return TOKEN.test(written) ? TOKEN.lastIndex : at;
}

const [LATIN_X, LATIN_H, LATIN_W, CYRILLIC_KHA] = [0x78, 0x68, 0x77, 0x445];
const [APOSTROPHE, HYPHEN, DOT, TYPED_APOSTROPHE] = [0x27, 0x2d, 0x2e, 0x2019];

function isLatin(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}

function isCyrillic(unit: number): boolean {
  return unit >= 0x430 && unit <= 0x44f;
}

/** Most tokens are words, for which the pattern is dear. `at` where it might be something else: an address, a face, a rare letter. */
function endOfPlainWord(written: string, from: number, first: number): number {
  const isLatinWord = isLatin(first);
  const isUnclear = isLatinWord
    ? first === LATIN_X || first === LATIN_H || first === LATIN_W
    : !isCyrillic(first) || first === CYRILLIC_KHA;
  if (isUnclear) return from;
  const { length } = written;
  let at = from + 1;
  for (; at < length; at += 1) {
    const unit = unitAt(written, at);
    const isInside =
      isLatin(unit) ||
      isCyrillic(unit) ||
      unit === HYPHEN ||
      unit === APOSTROPHE ||
      unit === TYPED_APOSTROPHE;
    if (isInside) continue;
    const isDigit = unit >= 0x30 && unit <= 0x39;
    const couldBeAddress = isLatinWord && (unit === DOT || isDigit);
    return unit < 0x80 && !couldBeAddress ? at : from;
  }
  return at;
}

type Word = Pick<OpinionToken, 'form' | 'lemma' | 'isWord'>;
const CACHED_WORDS = 60_000;

/** What is found in a text as a word. */
const wordsOf = onceFor((morphology: Morphology) =>
  cachedWords((found): Word => {
    const form = formOf(found);
    const isWord = /^\p{L}/u.test(form);
    const lemma = isWord && form.length <= LONGEST_WORD ? morphology.lemmas(form)[0] : undefined;
    return { form, lemma: lemma ?? form, isWord };
  }, CACHED_WORDS),
);

function formOf(found: string): string {
  if (found.startsWith('@') && found.length > 1) return '<user>';
  if (found.length > 4 && found.includes('/') && /^(?:http|www|[a-z\d-]+\.[a-zрф]+\/)/.test(found))
    return '<url>';
  return found.length > 3 ? found.replace(STRETCHED, '$1$1$1') : found;
}
