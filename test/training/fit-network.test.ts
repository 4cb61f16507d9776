import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/lib/random.ts';
import { runNetwork } from '../../src/understand/classifier/network.ts';
import { fitNetwork } from '../../training/fit-network.ts';
import { quantiseNetwork } from '../../training/quantise.ts';
import { learnWordVectors } from '../../training/word-vectors.ts';

const FILLERS = ['чай', 'дом', 'лес', 'день', 'мост', 'стол'];
const filler = (at: number): string => FILLERS[at % FILLERS.length] ?? '';

/** «не» turns what stands right after it, so that only words together tell. */
const LINES = Array.from({ length: 600 }, (_, at) => {
  const isDenied = at % 2 === 0;
  const isGood = at % 3 === 0;
  const word = isGood ? 'хорошо' : 'плохо';
  const words = [filler(at), ...(isDenied ? ['не', word] : [word, 'не']), filler(at + 1), filler(at + 2)];
  return { words, answer: isGood !== isDenied ? 1 : 0 };
});

const vectors = learnWordVectors(
  LINES.map(({ words }) => words),
  { dimensions: 8, rounds: 2, seed: 1 },
);

function train(seed: number) {
  const index = new Map(vectors.words.map((word, at) => [word, at + 1]));
  const texts = LINES.map(({ words }) => Int32Array.from(words, (word) => index.get(word) ?? 0));
  const answers = LINES.map(({ answer }) => answer);
  const task = { texts, answers, costs: [1, 1], shares: answers.map(() => 1) };
  return quantiseNetwork(fitNetwork(vectors, [task], { filters: 12, rounds: 12, seed }), vectors.words);
}

describe('the network', () => {
  const network = train(1);
  const tell = (words: string[]): number => {
    const [no = 0, yes = 0] = runNetwork(network, words);
    return yes > no ? 1 : 0;
  };

  it('learns what words mean together, also in the 8 bits that are kept', () => {
    const right = LINES.filter(({ words, answer }) => tell(words) === answer);
    expect(right.length / LINES.length).toBeGreaterThan(0.95);
  });

  it('answers about unknown words and none', () => {
    for (const words of [[], ['никогда', 'не', 'виденное'], new Array<string>(5000).fill('не')])
      expect(runNetwork(network, words).every(Number.isFinite)).toBe(true);
  });

  it('is the same for the same seed', () => {
    expect(train(2)).toEqual(train(2));
  });
});

describe('word vectors', () => {
  it('lie side by side for words that stand among the same words', () => {
    const random = randomFrom(5);
    const lines = Array.from({ length: 3000 }, (_, at) =>
      Array.from({ length: 6 }, () => `word${Math.floor(random() * 5)}of${at % 20}`),
    );
    const { words, vectors: learned } = learnWordVectors(lines, { dimensions: 16, rounds: 10, seed: 5 });
    const vector = (word: string): Float32Array => {
      const at = words.indexOf(word);
      return learned.subarray(at * 16, at * 16 + 16);
    };
    const alike = (one: string, two: string): number =>
      vector(one).reduce((sum, value, at) => sum + value * (vector(two)[at] ?? 0), 0);
    for (let group = 0; group < 20; group += 1) {
      const within = alike(`word0of${group}`, `word1of${group}`);
      expect(within).toBeGreaterThan(alike(`word0of${group}`, `word1of${(group + 7) % 20}`) + 0.2);
    }
  });
});
