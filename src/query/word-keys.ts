import { squeezedForms } from '../lib/stretched.ts';
import { plainEmoji } from '../lib/tokens.ts';
import type { Morphology } from '../model/ports.ts';

/** Longer tags are no words glued together. */
const LONGEST_TAG = 40;
const SHORTEST_PIECE = 2;
const SHORTEST_NAME = 4;

/**
 * What a token of a document answers to: every lemma of it. A tag also answers to `#` and its lemma, which `#ромашка` in a
 * query asks for, and to the words that are glued together in it; a mail address to its domain, `@romashka.ru`.
 */
export function lemmaKeys(word: string, morphology: Morphology): readonly string[] {
  if (word.length > 1 && word.startsWith('#')) return tagKeys(word.slice(1), morphology);
  if (isPlainWord(word)) return morphology.lemmas(word);
  return isEmail(word) ? [word, domainOf(word)] : [plainEmoji(word)];
}

/** What a word of a query asks for: one of these. */
export function meantKeys(word: string, morphology: Morphology): readonly string[] {
  if (word.length > 1 && word.startsWith('#'))
    return morphology.meant(word.slice(1)).map((lemma) => `#${lemma}`);
  return isPlainWord(word) ? morphology.meant(word) : [plainEmoji(word)];
}

/** Addresses, handles and emoji are taken as they are. */
function isPlainWord(word: string): boolean {
  return /^[\p{L}\p{M}\p{N}_](?:[^@/]|\/(?!\/))*$/u.test(word);
}

function isEmail(word: string): boolean {
  return /^[^@/]+@[^@/]+$/.test(word);
}

function domainOf(email: string): string {
  return email.slice(email.indexOf('@'));
}

/**
 * Spellings by which a token is found by prefix and with typing errors: as it is, without `#`, without stretched letters; of a mail
 * address also its domain, `@romashka.ru`.
 */
export function spellings(word: string): string[] {
  if (isEmail(word)) return [word, domainOf(word)];
  const bare = word.length > 1 && word.startsWith('#') ? [word, word.slice(1)] : [word];
  return [...bare, ...bare.flatMap(squeezedForms)];
}

function tagKeys(tag: string, morphology: Morphology): string[] {
  const lemmas = morphology.lemmas(tag);
  return [...new Set([...lemmas.map((lemma) => `#${lemma}`), ...lemmas, ...glued(tag, morphology)])];
}

/**
 * `#сбербанкподвёл`: lemmas of the two words that it is made of. Both are words of the dictionary, or one of them is and the
 * other is a name; a tag that is a word itself is not taken apart. Underscores and digits always part words.
 */
function glued(tag: string, morphology: Morphology): string[] {
  if (tag.length > LONGEST_TAG) return [];
  const pieces = tag.split(/_+|(?<=\p{L})(?=\p{N})/u).filter((piece) => piece !== '');
  if (pieces.length > 1)
    return pieces.flatMap((piece) => [...morphology.lemmas(piece), ...glued(piece, morphology)]);
  return morphology.isKnown(tag) ? [] : twoWords(tag, morphology);
}

function twoWords(tag: string, morphology: Morphology): string[] {
  const keys: string[] = [];
  for (let at = SHORTEST_PIECE; at <= tag.length - SHORTEST_PIECE; at += 1) {
    const [head, tail] = [tag.slice(0, at), tag.slice(at)];
    const knowsHead = head.length >= SHORTEST_PIECE && morphology.isKnown(head);
    const knowsTail = tail.length >= SHORTEST_PIECE && morphology.isKnown(tail);
    if (knowsHead && (knowsTail || isName(tail, head))) keys.push(...morphology.lemmas(tail));
    if (knowsTail && (knowsHead || isName(head, tail))) keys.push(...morphology.lemmas(head));
  }
  return keys;
}

/** Can the rest of a tag be a name, beside a word that is long enough not to stand there by chance? */
function isName(rest: string, known: string): boolean {
  return rest.length >= SHORTEST_NAME && known.length >= SHORTEST_NAME;
}
