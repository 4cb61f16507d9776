import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWords } from '../../../src/understand/language/words.ts';

describe('words by script', () => {
  it('are parted, in lower case, without handles, links and e-mails', () => {
    const words = readWords(
      'RT @Lutik: Мой iPhone СЛОМАЛСЯ, see https://a.example/b or mail me@example.com bit.ly/x',
    );
    expect(words.cyrillic).toEqual(['мой', 'сломался']);
    expect(words.latin).toEqual(['rt', 'iphone', 'see', 'or', 'mail']);
  });

  it('keep apostrophes that follow a letter, and digits amid letters', () => {
    expect(readWords("дев’ять 'don't' po4emu 100500").latin).toEqual(["don't'", 'po4emu']);
    expect(readWords('дев’ять').cyrillic).toEqual(["дев'ять"]);
  });

  it('are shortened where letters are stretched', () => {
    expect(readWords('оооооочень sooooo').cyrillic).toEqual(['оочень']);
  });

  it('keep a Cyrillic word with Latin look-alikes in one piece', () => {
    expect(readWords('вiдповiдь').cyrillic).toEqual(['відповідь']);
  });

  it('come of tags only where nothing else is said', () => {
    expect(readWords('#верните_деньги').cyrillic).toEqual(['верните', 'деньги']);
    expect(readWords('ура #верните').cyrillic).toEqual(['ура']);
  });

  it('are at most as many as there are letters, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { cyrillic, latin, cyrillicLetters, latinLetters } = readWords(text);
        expect(cyrillic.length).toBeLessThanOrEqual(cyrillicLetters);
        expect(latin.length).toBeLessThanOrEqual(latinLetters);
      }),
    );
  });
});
