import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../src/lib/tokens.ts';
import { processorMs } from '../support/processor-ms.ts';

const words = (text: string) => tokenize(text).map((token) => token.word);
const kinds = (text: string) => tokenize(text).map((token) => token.kind);

describe('tokenize', () => {
  it('keeps a hyphenated word whole and knows its parts', () => {
    const text = 'Был в «Альфа-Банке» вчера';
    const token = tokenize(text)[2]!;
    expect(token.word).toBe('альфа-банке');
    expect(token.parts.map((part) => text.slice(part.start, part.end))).toEqual(['Альфа', 'Банке']);
  });

  it('keeps a Latin word and its Cyrillic ending together', () => {
    expect(words("iPhone'ом Ozonом")).toEqual(["iphone'ом", 'ozonом']);
  });

  it('knows handles, tags, addresses, numbers and emoji', () => {
    const text = '@Sber_bank #Ромашка a.b@mail.ru https://x.ru/a?b=1, 5,5 8-800 C++ C# 😡👍🏽 👨‍👩‍👧 don’t';
    expect(words(text)).toEqual([
      '@sber_bank',
      '#ромашка',
      'a.b@mail.ru',
      'https://x.ru/a?b=1',
      '5,5',
      '8-800',
      'c++',
      'c#',
      '😡',
      '👍',
      '👨‍👩‍👧',
      "don't",
    ]);
    expect(kinds('@a1 #b c@d.ru www.e.ru 7 слово 😀')).toEqual([
      'handle',
      'tag',
      'email',
      'url',
      'number',
      'word',
      'emoji',
    ]);
  });

  it('begins an address where it begins, though people forgot the blank', () => {
    expect(words('у сбербанкаhttps://t.co/x и все')).toEqual([
      'у',
      'сбербанка',
      'https://t.co/x',
      'и',
      'все',
    ]);
  });

  it('numbers sentences and is not fooled by shortenings', () => {
    const numbers = tokenize('Живу в г. Москва. Банк ужасен! А вы?\nНовый абзац').map((t) => t.sentence);
    expect(numbers).toEqual([0, 0, 0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it('gives ordered spans inside the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let last = 0;
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(last);
          expect(token.end).toBeGreaterThan(token.start);
          last = token.start;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it.each([
    ['letters', 'а'.repeat(1_000_000)],
    ['words', 'Плохое обслуживание в банке. '.repeat(35_000)],
    ['dots', 'a.'.repeat(500_000)],
    ['digits', '1.'.repeat(500_000)],
    ['at signs', '@'.repeat(1_000_000)],
    ['hyphens', 'а-'.repeat(500_000)],
    ['mixed scripts', 'aб'.repeat(500_000)],
    ['lone surrogates', '\uD83D'.repeat(300_000)],
    ['emoji', '😡'.repeat(300_000)],
    ['marks', 'и\u0306'.repeat(300_000)],
    ['apostrophes', "a'".repeat(500_000)],
  ])('takes 1 MB of %s in good time', (_name, text) => {
    const before = processorMs();
    tokenize(text);
    expect(processorMs() - before).toBeLessThan(10_000);
  });
});
