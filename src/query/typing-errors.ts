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

/** Dictionary forms that differ from the word in more letters at its end are not held against typing errors. */
const ENDING = 4;
const SHORTEST = 3;

/** Is the dictionary form the word but for its ending? «вайлдберризом» and «вайлдберриз», not «люди» and «человек». */
export function differsInEnding(word: string, lemma: string): boolean {
  const longest = Math.max(word.length, lemma.length);
  return stemOf(word, longest) === stemOf(lemma, longest);
}

/** False only when no dictionary form from which the word differs in its ending is within `errors` of the other word. */
export function mayInflectTo(
  word: string,
  other: Pick<Spelling, 'letters' | 'length'>,
  errors: number,
): boolean {
  if (word.length > other.length + errors + ENDING) return false;
  return bits(letterSet(stemOf(word, word.length)) & ~other.letters) <= errors;
}

interface Spelling {
  letters: number;
  length: number;
}

function stemOf(word: string, longest: number): string {
  return word.slice(0, Math.max(SHORTEST, longest - ENDING));
}

function bits(set: number): number {
  let rest = set;
  let count = 0;
  for (; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
