import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetIn } from '../../src/understand/target-in.ts';

const wordsOf = (text: string, names: string[]): string[] =>
  targetIn(text, 'x', names).spans.map(({ start, end }) => text.slice(start, end));

describe('a target by its names', () => {
  it('is found in any case and ending', () => {
    expect(wordsOf('Ромашкой доволен, с РОМАШКИ начал', ['Ромашка'])).toEqual(['Ромашкой', 'РОМАШКИ']);
  });

  it('is found under each of its names, in the order of the text', () => {
    expect(wordsOf('Sber? Да, Сбербанка карта', ['Сбербанк', 'sber'])).toEqual(['Sber', 'Сбербанка']);
  });

  it('has no place where it is not named', () => {
    expect(wordsOf('тихо', ['Ромашка', '', ' '])).toEqual([]);
  });

  it('stands inside the text, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1, maxLength: 3 }), (text, name) => {
        for (const { start, end } of targetIn(text, 'x', [name]).spans) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
