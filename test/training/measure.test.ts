import { describe, expect, it } from 'vitest';
import { measure } from '../../training/measure.ts';

describe('the measures', () => {
  it('are those of the textbook', () => {
    const { accuracy, f1, macroF1, macroRecall } = measure([0, 0, 1, 1, 2], [0, 1, 1, 1, 0], 3);
    expect(accuracy).toBeCloseTo(0.6);
    expect(f1).toEqual([0.5, 0.8, 0]);
    expect(macroF1).toBeCloseTo(1.3 / 3);
    expect(macroRecall).toBeCloseTo(0.5);
  });

  it('do not fail where there is nothing to measure', () => {
    expect(measure([], [], 3)).toMatchObject({ count: 0, accuracy: 0, macroF1: 0 });
  });
});
