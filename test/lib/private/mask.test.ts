import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPrivate } from '../../../src/lib/private/mask.ts';

describe('a text without what is private', () => {
  it.each([
    ['карта 4111 1111 1111 1111', 'карта •••• •••• •••• 1111'],
    ['тел. 8 (916) 123-45-67', 'тел. • (•••) •••-••-67'],
    ['пишите anna.k@example.ru', 'пишите a•••••@example.ru'],
    ['заказ № 123456', 'заказ № ••••56'],
    ['заказ 4512', 'заказ •••2'],
    ['счёт 40702810900000012345', 'счёт ••••••••••••••••2345'],
    ['просто текст', 'просто текст'],
  ])('«%s» becomes «%s»', (text, masked) => {
    expect(withoutPrivate(text)).toBe(masked);
  });

  it('keeps the kinds that the reader may see', () => {
    expect(withoutPrivate('заказ 123456, карта 4111111111111111', { keep: ['order'] })).toBe(
      'заказ 123456, карта ••••••••••••1111',
    );
  });

  it('keeps nothing for an index', () => {
    expect(withoutPrivate('карта 4111111111111111', { showsEnd: false })).toBe(`карта ${'•'.repeat(16)}`);
  });

  it('is as long as the text, so that spans stay right', () => {
    const piece = fc.constantFrom(
      '4111 1111 1111 1111',
      'заказ № 12345',
      '8 916 123-45-67',
      '😀a@b.ru',
      ' ',
      '𝟜111 1111 1111 1111',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 9 })), { maxLength: 12 }),
        (parts) => {
          const text = parts.join('');
          expect(withoutPrivate(text)).toHaveLength(text.length);
          expect(withoutPrivate(text, { showsEnd: false })).toHaveLength(text.length);
        },
      ),
    );
  });
});
