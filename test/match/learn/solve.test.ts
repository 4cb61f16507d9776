import fc from 'fast-check';
import { expect, it } from 'vitest';
import { solve } from '../../../src/match/learn/solve.ts';

const number = fc.double({ min: -10, max: 10, noNaN: true });
const row = fc.array(number, { minLength: 4, maxLength: 4 });

it('solves what has one solution', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 4, maxLength: 4 }), row, (half, wanted) => {
      const matrix = half.map((one, i) =>
        half.map((other, j) => one.reduce((sum, value, k) => sum + value * other[k]!, i === j ? 1 : 0)),
      );
      const right = matrix.map((line) => line.reduce((sum, value, k) => sum + value * wanted[k]!, 0));
      solve(matrix, right).forEach((found, at) => {
        expect(found).toBeCloseTo(wanted[at]!, 5);
      });
    }),
  );
});
