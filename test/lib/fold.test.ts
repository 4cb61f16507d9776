import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, foldWord, visibleForm } from '../../src/lib/fold.ts';

describe('foldText', () => {
  it.each([
    ['Ёлка', 'елка'],
    ['cбербанк', 'сбербанк'],
    ['СБEPБАНК', 'сбербанк'],
    ['Аpple', 'apple'],
    ['iPhone и Яндекс', 'iphone и яндекс'],
    ['ро\u00ADмаш\u200Bка', 'ромашка'],
    ['и\u0306од', 'йод'],
    ['ﬁne', 'fine'],
    ['ИнтернетX', 'интернетх'],
    ['пллоооохо', 'пллоооохо'],
    ['don’t', "don't"],
    ['Альфа‑Банк', 'альфа-банк'],
  ])('folds %s', (text, folded) => {
    expect(foldText(text).text).toBe(folded);
    expect(foldWord(text)).toBe(folded);
  });

  it('maps folded offsets back into the original', () => {
    const text = 'Эх, ро\u00ADмаш\u200Bка!';
    const folded = foldText(text);
    const at = folded.text.indexOf('ромашка');
    expect(text.slice(folded.startOf(at), folded.endOf(at + 6))).toBe('ро\u00ADмаш\u200Bка');
  });

  it('keeps every offset inside the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldText(text);
        for (let i = 0; i < folded.text.length; i += 1) {
          expect(folded.startOf(i)).toBeGreaterThanOrEqual(i === 0 ? 0 : folded.startOf(i - 1));
          expect(folded.endOf(i)).toBeLessThanOrEqual(text.length);
          expect(folded.endOf(i)).toBeGreaterThan(folded.startOf(i));
        }
      }),
    );
  });

  it('keeps case and ё in the visible form', () => {
    expect(visibleForm('Ё\u00ADж')).toBe('Ёж');
  });
});
