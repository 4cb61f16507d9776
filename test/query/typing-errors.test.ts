import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedPattern } from '../../src/lib/fold-pattern.ts';
import { beginningsWithin, differsInEnding, isWithin } from '../../src/query/typing-errors.ts';

const LETTERS = [...'абвг'];
const ENDINGS = ['', 'а', 'ом', 'ами', 'ский'];
const word = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...LETTERS), { minLength: min, maxLength: max })
    .map((letters) => letters.join(''));

/** One letter added, left out, changed, or swapped with the next. */
const mistake = fc.record({ kind: fc.nat(3), at: fc.nat(20), letter: fc.constantFrom(...LETTERS) });

function mistype(text: string, { kind, at, letter }: { kind: number; at: number; letter: string }): string {
  const place = at % text.length;
  const [head, own, tail] = [text.slice(0, place), text.charAt(place), text.slice(place + 1)];
  const swapped = head + tail.charAt(0) + own + tail.slice(1);
  return [head + letter + own + tail, head + tail, head + letter + tail, swapped][kind] ?? text;
}

describe('the beginnings of a mistyped word', () => {
  it('stand in every word with so many errors, whatever its ending', () => {
    fc.assert(
      fc.property(
        word(7, 11),
        fc.array(mistake, { minLength: 1, maxLength: 2 }),
        fc.nat(2),
        fc.constantFrom(...ENDINGS),
        (asked, mistakes, cut, ending) => {
          const typed = mistakes.reduce(mistype, asked);
          const written = typed.slice(0, typed.length - cut) + ending;
          const matches =
            isWithin(written, asked, mistakes.length) ||
            (isWithin(typed, asked, mistakes.length) && differsInEnding(written, typed));
          const pattern = new RegExp(foldedPattern([], beginningsWithin(asked, mistakes.length)), 'u');
          if (matches)
            expect([asked, written, pattern.test(`в ${written}!`)]).toEqual([asked, written, true]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leave other words out', () => {
    const pattern = new RegExp(foldedPattern([], beginningsWithin('вайлдберриз', 1)), 'u');
    expect(['вайлберриз', 'Вайлдбериза', 'вайдлберризом'].every((one) => pattern.test(one))).toBe(true);
    expect(['валидатор', 'вайфай', 'берег'].some((one) => pattern.test(one))).toBe(false);
  });
});
