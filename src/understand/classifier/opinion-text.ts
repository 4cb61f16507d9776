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
  for (const { 0: found, index } of folded.text.matchAll(TOKEN)) {
    if (found.startsWith('&') && found.length > 1) continue;
    const form = formOf(found);
    tokens.push({
      field,
      form,
      lemma: lemmaOf(form, morphology),
      start: folded.startOf(index),
      end: folded.endOf(index + found.length - 1),
    });
  }
}

function formOf(found: string): string {
  if (found.startsWith('@') && found.length > 1) return '<user>';
  if (found.length > 4 && found.includes('/') && /^(?:http|www|[a-z\d-]+\.[a-zрф]+\/)/.test(found))
    return '<url>';
  return found.length > 3 ? found.replace(STRETCHED, '$1$1$1') : found;
}

function lemmaOf(form: string, morphology: Morphology): string {
  if (form.length > LONGEST_WORD || !/^\p{L}/u.test(form)) return form;
  return morphology.lemmas(form)[0] ?? form;
}
