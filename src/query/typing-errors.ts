import { ANY_LETTERS } from '../lib/fold-pattern.ts';

/**
 * Are the words at most `errors` typing errors apart: letters added, left out, changed, or swapped with a neighbour? Each letter
 * is touched at most once (optimal string alignment).
 */
export function isWithin(one: string, two: string, errors: number): boolean {
  if (Math.abs(one.length - two.length) > errors) return false;
  let before: number[] = [];
  let last = Array.from({ length: two.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    let least = row;
    for (let at = 1; at <= two.length; at += 1) {
      const same = one[row - 1] === two[at - 1] ? 0 : 1;
      let cost = Math.min((last[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + same);
      if (row > 1 && at > 1 && one[row - 1] === two[at - 2] && one[row - 2] === two[at - 1])
        cost = Math.min(cost, (before[at - 2] ?? 0) + 1);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > errors && Math.min(...last) > errors) return false;
    before = last;
    last = next;
  }
  return (last[two.length] ?? 0) <= errors;
}

/** A set of the letters of a word, one bit for each of 32 kinds: a cheap way to see that two words are far apart. */
export function letterSet(word: string): number {
  let set = 0;
  for (let at = 0; at < word.length; at += 1) set |= 1 << (word.charCodeAt(at) & 31);
  return set;
}

/** False only when more than `errors` errors are needed: each can add one letter and take away one. */
export function mayBeWithin(one: number, two: number, errors: number): boolean {
  return bits(one & ~two) <= errors && bits(two & ~one) <= errors;
}

/** A dictionary form is held against typing errors when the word is it but for so many letters at the end of the form … */
const LEMMA_ENDING = 2;
/** … and so many at the end of the word. */
const WORD_ENDING = 4;
const SHORTEST = 3;

/** Is the dictionary form the word but for its ending? «вайлдберризом» and «вайлдберриз», not «люди» and «человек». */
export function differsInEnding(word: string, lemma: string): boolean {
  const stem = Math.max(SHORTEST, lemma.length - LEMMA_ENDING, word.length - WORD_ENDING);
  return word.slice(0, stem) === lemma.slice(0, stem);
}

/** False only when no dictionary form from which the word differs in its ending is within `errors` of the other word. */
export function mayInflectTo(
  word: string,
  other: { letters: number; length: number },
  errors: number,
): boolean {
  if (word.length > other.length + errors + WORD_ENDING || word.length < other.length - errors - LEMMA_ENDING)
    return false;
  const stem = word.slice(0, Math.max(SHORTEST, word.length - WORD_ENDING));
  return bits(letterSet(stem) & ~other.letters) <= errors;
}

/**
 * Beginnings of which one stands in every word that is within `errors` of this one, or whose dictionary form is, as far as
 * `differsInEnding` lets it differ. `ANY_LETTERS` stands for letters that the error may have brought, or none.
 */
export function beginningsWithin(word: string, errors: number): string[] {
  const found = new Set<string>();
  // Each letter that is missing at the end takes one more of the word's own into the ending.
  for (let missing = 0; missing <= errors; missing += 1)
    addErrors(word.slice(0, word.length - LEMMA_ENDING - missing), errors - missing, found);
  const all = [...found];
  return all.filter((one) => !all.some((other) => other !== one && one.startsWith(other)));
}

function addErrors(beginning: string, errors: number, found: Set<string>): void {
  if (errors === 0) return void found.add(beginning);
  for (let at = 0; at <= beginning.length; at += 1) {
    const [head, tail] = [beginning.slice(0, at), beginning.slice(at + 1)];
    addErrors(head + ANY_LETTERS + tail, errors - 1, found);
    const next = tail.charAt(0);
    if (next !== '') addErrors(head + next + beginning.charAt(at) + tail.slice(1), errors - 1, found);
  }
}

function bits(set: number): number {
  let rest = set;
  let count = 0;
  for (; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
