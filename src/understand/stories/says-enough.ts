import type { StoryText } from './blocks.ts';
import { NAME_FLAG, NUMBER_FLAG } from './words.ts';

const FEWEST_DIFFERENT = 6;
/** Letters beyond the third of each different word. */
const LEAST_LETTERS = 22;
const MOST_OF_A_WORD = 7;
const LATIN = /[a-z]/i;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/** Of so many words nobody needs a name to tell a copy from chance. */
const LONG_ENOUGH = 12;

/**
 * Would two people hardly write this short text by chance? «С днём рождения, желаю счастья и здоровья» they would. It takes six
 * different words, some of them long, and in the shortest something that is the matter's own: a number, a name, or a word in
 * the other script.
 */
export function saysEnough({ words }: StoryText): boolean {
  const { text } = words;
  const seen = new Set<number>();
  let letters = 0;
  let own = 0;
  for (let at = 0; at < words.count; at += 1) {
    if (seen.has(words.hashes[at] as number)) continue;
    seen.add(words.hashes[at] as number);
    const word = text.slice(words.starts[at], words.ends[at]);
    letters += Math.min(MOST_OF_A_WORD, Math.max(0, word.length - 3));
    if (isOwn(words.flags[at] as number, word, text)) own += 1;
  }
  const isOwnMatter = own > 0 || words.count >= LONG_ENOUGH;
  return seen.size >= FEWEST_DIFFERENT && letters >= LEAST_LETTERS && isOwnMatter;
}

function isOwn(flags: number, word: string, text: string): boolean {
  if ((flags & NAME_FLAG) > 0) return true;
  if ((flags & NUMBER_FLAG) > 0) return word.length > 1;
  return word.length > 2 && LATIN.test(word) && CYRILLIC.test(text);
}
