import { cached } from '../../lib/cache.ts';
import { foldText } from '../../lib/fold.ts';
import type { OpinionText, OpinionToken } from '../../model/opinion.ts';
import type { Morphology } from '../../model/ports.ts';
import type { Span } from '../../model/tag.ts';

/** Characters of a text that are read: what a longer one means, it has said by then. */
export const READ_AT_MOST = 20_000;
/** Longer words are taken as they are: the dictionary has none. */
const LONGEST_WORD = 48;

// Every repetition is bounded or of one class that nothing after it shares, so that the search is linear.
const TOKEN =
  /https?:\/\/\S+|www\.\S+|[a-z\d-]{1,40}\.[a-zрф]{2,6}\/\S*|&(?:amp|quot|lt|gt|nbsp|#\d{1,6});|@[\w.]+|[:;=8xх][-o*']?[)\]([dрp/\\|3]+(?!\p{L})|[)(]+|\p{L}[\p{L}\p{M}'’-]*|\p{N}+|[!?]+|\.{2,}|\p{Extended_Pictographic}|[^\s\p{L}\p{N}]/gu;
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
  for (const { 0: found, index } of folded.text.matchAll(TOKEN)) {
    if (found.startsWith('&') && found.length > 1) continue;
    const { form, lemma, isWord } = wordOf(found);
    const [start, end] = [folded.startOf(index), folded.endOf(index + found.length - 1)];
    tokens.push({ field, form, lemma, isWord, start, end });
  }
}

type Word = Pick<OpinionToken, 'form' | 'lemma' | 'isWord'>;
const CACHED_WORDS = 60_000;
const known = new WeakMap<Morphology, (found: string) => Word>();

/** What is found in a text as a word; remembered for as long as the morphology is used. */
function wordsOf(morphology: Morphology): (found: string) => Word {
  const made = known.get(morphology);
  if (made) return made;
  const read = (found: string): Word => {
    const form = formOf(found);
    const isWord = /^\p{L}/u.test(form);
    return {
      form,
      lemma: isWord && form.length <= LONGEST_WORD ? (morphology.lemmas(form)[0] ?? form) : form,
      isWord,
    };
  };
  const remembered = cached(read, CACHED_WORDS);
  // A cache of long ones would be bounded in number and not in size.
  const wordOf = (found: string) => (found.length > LONGEST_WORD ? read(found) : remembered(found));
  known.set(morphology, wordOf);
  return wordOf;
}

function formOf(found: string): string {
  if (found.startsWith('@') && found.length > 1) return '<user>';
  if (found.length > 4 && found.includes('/') && /^(?:http|www|[a-z\d-]+\.[a-zрф]+\/)/.test(found))
    return '<url>';
  return found.length > 3 ? found.replace(STRETCHED, '$1$1$1') : found;
}
