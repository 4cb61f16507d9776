import { hashText } from '../../src/lib/hash32.ts';
import { randomFrom } from '../../src/lib/random.ts';

/** Sentences with `{name}` for a choice out of the list of that name; choices may have such places themselves. */
export interface Grammar {
  sentences: readonly string[];
  /** What is added to a sentence that has been written before. */
  asides: readonly string[];
  /** Words that fit nearly anywhere. */
  fillers: readonly string[];
  lists: Readonly<Record<string, readonly string[]>>;
}

export type Random = () => number;

export function pick<Value>(random: Random, from: readonly Value[]): Value {
  return from[Math.floor(random() * from.length)] as Value;
}

/** A whole number from `least` to `most`. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

export function fill(random: Random, sentence: string, lists: Grammar['lists']): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const list = lists[name];
    if (!list) throw new Error(`the grammar has no list "${name}"`);
    return fill(random, pick(random, list), lists);
  });
}

function shuffled<Value>(random: Random, values: readonly Value[]): Value[] {
  const left = [...values];
  return left.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as Value);
}

/** Writes posts of which no two share a sentence, as strangers' posts do not. */
export interface Writer {
  random: Random;
  /** A post of so many sentences, in paragraphs of two to four. */
  write(sentences: number): string;
}

const TRIES = 5;
/** Between two words. */
const FILLER_CHANCE = 0.22;

/** People who tell of the same kind of thing seldom do it in the same words for long. */
function sprinkled(random: Random, sentence: string, fillers: readonly string[]): string {
  return sentence.replace(/(?<=\p{L}) (?=\p{Ll})/gu, () =>
    random() < FILLER_CHANCE ? ` ${pick(random, fillers)} ` : ' ',
  );
}

export function createWriter(random: Random, { sentences, asides, fillers, lists }: Grammar): Writer {
  // By number: streams write millions of sentences.
  const used = new Set<number>();
  const compose = (pattern: string): string => {
    for (let tried = 0; ; tried += 1) {
      const plain = sprinkled(random, fill(random, pattern, lists), fillers);
      const text =
        tried < TRIES ? plain : plain.replace(/\.$/, `, ${fill(random, pick(random, asides), lists)}.`);
      // That two sentences share one costs nothing but another try.
      const number = hashText(text);
      if (used.has(number)) continue;
      used.add(number);
      return text.charAt(0).toUpperCase() + text.slice(1);
    }
  };
  const write = (count: number): string => {
    const parts: string[] = [];
    let left = 0;
    for (const pattern of shuffled(random, sentences).slice(0, count)) {
      parts.push(parts.length === 0 ? '' : left === 0 ? '\n' : ' ', compose(pattern));
      if (left === 0) left = between(random, 2, 4);
      left -= 1;
    }
    return parts.join('');
  };
  return { random, write };
}

export { randomFrom };
