import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/lib/random.ts';
import { fitLogistic, type LogisticExample, product } from '../../training/fit-logistic.ts';

/** Row 0 speaks for yes, row 1 for no, row 2 for nothing. */
function makeExamples(count: number): LogisticExample[] {
  const random = randomFrom(3);
  return Array.from({ length: count }, () => {
    const isOne = random() < 0.5;
    const rows = Uint32Array.of(isOne === random() < 0.9 ? 0 : 1, 2);
    return { vector: { rows, values: Float32Array.of(1, random()) }, isOne, cost: 1 };
  });
}

describe('logistic regression', () => {
  const examples = makeExamples(2000);

  it('finds what speaks for and against', () => {
    const { weights, bias } = fitLogistic(examples, 3, 1);
    const [yes = 0, no = 0, noise = 0] = weights;
    expect(yes).toBeGreaterThan(1);
    expect(no).toBeLessThan(-1);
    expect(Math.abs(noise)).toBeLessThan(0.5);
    const right = examples.filter(({ vector, isOne }) => product(vector, weights) + bias > 0 === isOne);
    expect(right.length / examples.length).toBeGreaterThan(0.85);
  });

  it('gives the probabilities of a slope of nought: the penalised likelihood cannot be raised', () => {
    const { weights, bias } = fitLogistic(examples, 3, 1);
    const slopes = [...weights].map((weight) => weight);
    let biasSlope = bias;
    for (const { vector, isOne, cost } of examples) {
      const error = 1 / (1 + Math.exp(-(product(vector, weights) + bias))) - (isOne ? 1 : 0);
      vector.rows.forEach((row, at) => {
        slopes[row] = (slopes[row] ?? 0) + cost * error * (vector.values[at] ?? 0);
      });
      biasSlope += cost * error;
    }
    for (const slope of [...slopes, biasSlope]) expect(Math.abs(slope)).toBeLessThan(5);
  });

  it('gives the same weights for the same seed', () => {
    expect(fitLogistic(examples, 3, 7)).toEqual(fitLogistic(examples, 3, 7));
  });

  it('listens more to dear examples', () => {
    const dear = examples.map((example) => ({ ...example, cost: example.isOne ? 5 : 1 }));
    expect(fitLogistic(dear, 3, 1).bias).toBeGreaterThan(fitLogistic(examples, 3, 1).bias);
  });
});
