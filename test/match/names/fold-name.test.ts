import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName, otherLayout, readNameWord, withoutGender } from '../../../src/match/names/fold-name.ts';

describe('a word of a name', () => {
  it.each([
    ['Щеглова', ['Shcheglova', 'Scheglova', 'Sheglova', 'ЩЕГЛОВА']],
    ['Юлия', ['Yulia', 'Iuliia', 'Julija', 'Yuliya']],
    ['Алексей', ['Aleksey', 'Alexei', 'Aleksej', 'Alexey']],
    ['Ткачёв', ['Tkachev', 'Tkachyov', 'Ткачев']],
    ['Жуков', ['Zhukov', 'Jukov']],
    ['Цветаева', ['Tsvetaeva', 'Cvetaeva', 'Tsvetayeva']],
    ['Хворостов', ['Khvorostov', 'Hvorostov']],
    ['Владимир', ['Wladimir', 'Vladimir']],
    ['Ильинична', ['Ilyinichna', 'Ilinichna']],
    ['Евгений', ['Evgeny', 'Yevgeniy', 'Evgenii', 'Jevgenij']],
    ['Максим', ['Maxim', 'Maksim']],
  ])('«%s» is one of the readings of %j', (russian, others) => {
    for (const other of others) expect(readNameWord(other), other).toContain(foldName(russian));
  });

  it('is the same behind look-alikes and invisible signs', () => {
    expect(foldName('Bлaдиcлав')).toBe(foldName('Владислав'));
    expect(foldName('М\u200Bа\u200Bк\u200Bс')).toBe(foldName('Макс'));
  });

  it('keeps apart what sounds apart', () => {
    expect(new Set(['Козлов', 'Козлова', 'Коршунов', 'Коржунов', 'Козин'].map(foldName)).size).toBe(5);
  });

  it('is read in bounded ways, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (word) => {
        const readings = readNameWord(word);
        expect(readings.length).toBeLessThanOrEqual(4);
        for (const reading of readings) expect(reading).not.toMatch(/\s/);
      }),
    );
  });
});

it('a surname is one for man and woman', () => {
  for (const [man, woman] of [
    ['Иванов', 'Иванова'],
    ['Дубский', 'Дубская'],
    ['Птицын', 'Птицына'],
  ] as const)
    expect(withoutGender(foldName(woman))).toBe(withoutGender(foldName(man)));
});

it('what was typed with the other keyboard is read both ways', () => {
  expect(otherLayout('hfpbyeyjdf yfnfkmz')).toBe('разинунова наталья');
  expect(otherLayout(otherLayout('Smith, John'))).toBe('Smith, John');
});
