import { randomFrom } from '../src/lib/random.ts';

export interface WordVectors {
  /** Most frequent first. */
  words: readonly string[];
  dimensions: number;
  /** Of length 1 each, in the order of the words. */
  vectors: Float32Array;
}

const SEEN_AT_LEAST = 4;
const WINDOW = 6;
const OTHERS = 5;
const RATE = { first: 0.05, last: 0.002 };
/** Words more frequent than this are left out now and then. */
const FREQUENT = 3e-4;
const TABLE = 1 << 20;

/**
 * Skip-grams with negative sampling (Mikolov and others, "Distributed representations of words and phrases and their
 * compositionality", 2013): words that stand among the same words get vectors that lie side by side.
 */
export function learnWordVectors(
  texts: readonly (readonly string[])[],
  { dimensions, rounds, seed }: { dimensions: number; rounds: number; seed: number },
): WordVectors {
  const random = randomFrom(seed);
  const counts = countWords(texts);
  const words = [...counts]
    .filter(([, count]) => count >= SEEN_AT_LEAST)
    .sort(([, one], [, two]) => two - one)
    .map(([word]) => word);
  const index = new Map(words.map((word, at) => [word, at]));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const kept = Float64Array.from(words, (word) => {
    const share = (counts.get(word) ?? 0) / total;
    return Math.min(1, Math.sqrt(FREQUENT / share) + FREQUENT / share);
  });
  const others = samplingTable(words.map((word) => counts.get(word) ?? 0));
  const vectors = Float32Array.from(
    { length: words.length * dimensions },
    () => (random() - 0.5) / dimensions,
  );
  const contexts = new Float32Array(vectors.length);
  const step = createStep(vectors, contexts, dimensions);
  const rows = texts.map((text) => text.flatMap((word) => index.get(word) ?? []));
  let done = 0;
  for (let round = 0; round < rounds; round += 1)
    for (const all of rows) {
      const row = all.filter((word) => random() < (kept[word] as number));
      const rate = Math.max(RATE.last, RATE.first * (1 - done / (rounds * rows.length)));
      done += 1;
      for (let at = 0; at < row.length; at += 1) {
        const reach = 1 + Math.floor(random() * WINDOW);
        const end = Math.min(row.length - 1, at + reach);
        for (let near = Math.max(0, at - reach); near <= end; near += 1) {
          if (near === at) continue;
          step.begin(row[at] as number);
          step.compare(row[near] as number, 1, rate);
          for (let other = 0; other < OTHERS; other += 1)
            step.compare(others[Math.floor(random() * TABLE)] as number, 0, rate);
          step.end();
        }
      }
    }
  normalise(vectors, dimensions);
  return { words, dimensions, vectors };
}

function countWords(texts: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Words by their count to the power of ¾, as the paper has it. */
function samplingTable(counts: readonly number[]): Int32Array {
  const shares = counts.map((count) => count ** 0.75);
  const sum = shares.reduce((total, share) => total + share, 0);
  const table = new Int32Array(TABLE);
  let word = 0;
  let reached = (shares[0] ?? 0) / sum;
  for (let at = 0; at < TABLE; at += 1) {
    while (at / TABLE > reached && word < counts.length - 1) {
      word += 1;
      reached += (shares[word] ?? 0) / sum;
    }
    table[at] = word;
  }
  return table;
}

function createStep(vectors: Float32Array, contexts: Float32Array, dimensions: number) {
  const change = new Float32Array(dimensions);
  let from = 0;
  return {
    begin: (word: number): void => {
      from = word * dimensions;
      change.fill(0);
    },
    compare: (context: number, wanted: number, rate: number): void => {
      const to = context * dimensions;
      let dot = 0;
      for (let at = 0; at < dimensions; at += 1)
        dot += (vectors[from + at] as number) * (contexts[to + at] as number);
      const error = (wanted - 1 / (1 + Math.exp(-dot))) * rate;
      for (let at = 0; at < dimensions; at += 1) {
        change[at] = (change[at] as number) + error * (contexts[to + at] as number);
        contexts[to + at] = (contexts[to + at] as number) + error * (vectors[from + at] as number);
      }
    },
    end: (): void => {
      for (let at = 0; at < dimensions; at += 1)
        vectors[from + at] = (vectors[from + at] as number) + (change[at] as number);
    },
  };
}

function normalise(vectors: Float32Array, dimensions: number): void {
  for (let from = 0; from < vectors.length; from += dimensions) {
    let square = 0;
    for (let at = from; at < from + dimensions; at += 1) square += (vectors[at] as number) ** 2;
    const share = 1 / Math.sqrt(square || 1);
    for (let at = from; at < from + dimensions; at += 1) vectors[at] = (vectors[at] as number) * share;
  }
}
