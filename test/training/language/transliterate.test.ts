import { expect, it } from 'vitest';
import { createRandom } from '../../../corpus/context/seeded.ts';
import { serbianInCyrillic, serbianInLatin } from '../../../training/language/serbian.ts';
import { transliterate } from '../../../training/language/transliterate.ts';

it('spells Russian in Latin letters and digits, each letter in one way through a text', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const text = transliterate('Чашечка чая, ещё чашечка', createRandom(seed));
    expect(text).toMatch(/^[a-z0-9', ]+$/);
    expect(text.split(' ')[0]).toBe(text.split(' ').at(-1));
  }
});

it('takes Serbian from one script to the other and back', () => {
  const text = 'њујорк је љубав, џеп, ћуд и ђак';
  expect(serbianInLatin(text)).toBe('njujork je ljubav, džep, ćud i đak');
  expect(serbianInCyrillic(serbianInLatin(text))).toBe(text);
});
