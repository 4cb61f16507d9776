import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../corpus/context/seeded.ts';
import { classify } from '../../../src/understand/language/model.ts';
import { type Example, fitLanguages } from '../../../training/language/fit.ts';

const examples: Example[] = [
  { code: 'a', words: ['мама', 'мыла', 'раму', 'утром'] },
  { code: 'a', words: ['утром', 'мыла', 'окна'] },
  { code: 'b', words: ['котик', 'ловит', 'птичек'] },
  { code: 'b', words: ['птичек', 'любит', 'котик'] },
];

const made = (seed: number) =>
  fitLanguages(examples, { shares: { a: 0.5, b: 0.5 }, steps: 400, random: createRandom(seed) });

describe('a fitted model', () => {
  it('tells words that it has not seen by their pieces', () => {
    const [a = 0, b = 0] = classify(made(1), ['мамы']);
    expect(a).toBeGreaterThan(b);
    expect(a + b).toBeCloseTo(1);
  });

  it('is the same for the same seed', () => {
    expect(made(1).weights).toEqual(made(1).weights);
    expect(made(1).weights).not.toEqual(made(2).weights);
  });

  it('is not made of a class without examples', () => {
    expect(() =>
      fitLanguages(examples, { shares: { a: 0.5, c: 0.5 }, steps: 50, random: createRandom(1) }),
    ).toThrow('no examples of c');
  });
});
