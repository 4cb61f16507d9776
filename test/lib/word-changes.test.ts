import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignWords } from '../../src/lib/align-words.ts';
import { wordChanges } from '../../src/lib/word-changes.ts';

test('tells what was added and what was cut', () => {
  const parts = wordChanges('Чайник без крышки, чек не дали.', 'Пишут: чайник без крышки не дали!');
  expect(parts).toEqual([
    { kind: 'added', text: 'Пишут: ' },
    { kind: 'same', text: 'чайник без крышки ' },
    { kind: 'cut', text: 'чек ' },
    { kind: 'same', text: 'не дали!' },
  ]);
});

test('case, ё and punctuation are no change', () => {
  expect(wordChanges('Всё ХОРОШО.', 'все — хорошо').every(({ kind }) => kind === 'same')).toBe(true);
});

test('the new text is what is the same and what was added', () => {
  const text = fc
    .array(fc.constantFrom('а', 'бе', 'ве', 'ге', 'де'), { maxLength: 150 })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const kept = wordChanges(before, after).filter(({ kind }) => kind !== 'cut');
      expect(kept.map((part) => part.text).join('')).toBe(after);
    }),
    { numRuns: 300 },
  );
});

test('runs are the same words, in order and apart', () => {
  const words = fc
    .array(fc.integer({ min: 0, max: 6 }), { maxLength: 120 })
    .map((list) => Int32Array.from(list));
  fc.assert(
    fc.property(words, words, (a, b) => {
      let [inA, inB] = [0, 0];
      for (const run of alignWords(a, b)) {
        expect(run.a).toBeGreaterThanOrEqual(inA);
        expect(run.b).toBeGreaterThanOrEqual(inB);
        expect(a.slice(run.a, run.a + run.length)).toEqual(b.slice(run.b, run.b + run.length));
        [inA, inB] = [run.a + run.length, run.b + run.length];
      }
    }),
    { numRuns: 500 },
  );
});
