import { beforeAll, describe, expect, it } from 'vitest';
import { loadMatchWords } from '../../../src/app/match-words.ts';
import { foldName } from '../../../src/match/names/fold-name.ts';
import { readHandle } from '../../../src/match/names/handle-names.ts';
import { type NameLexicon, parseKnownName, parseName } from '../../../src/match/names/parse-name.ts';

let names: NameLexicon;
beforeAll(async () => {
  ({ names } = await loadMatchWords());
});

const key = foldName;

describe('a displayed name', () => {
  it.each([
    ['Иванова Анна Петровна', 'анна', 'иванов', 'petr'],
    ['Anna Ivanova', 'анна', 'иванов', null],
    ['ИВАНОВ ПЁТР', 'пётр', 'иванов', null],
    ['Нюра Иванова', 'анна', 'иванов', null],
    ['bdfyjd gfdtk', 'павел', 'иванов', null],
    ['Bob Whitworth', 'robert', 'whitworth', null],
  ])('«%s» is %s, %s, %s', (text, first, last, patronymic) => {
    const name = parseName(text, names);
    expect(name.firsts).toContain(key(first));
    expect(name.lasts).toContain(key(last));
    expect(name.patronymic).toBe(patronymic);
  });

  it('may have several formal names, two surnames or initials', () => {
    expect(parseName('Саша', names).firsts).toEqual(
      expect.arrayContaining([key('александр'), key('александра')]),
    );
    expect(parseName('Наталья Орлова (Галкина)', names).lasts).toEqual([key('орлов'), key('галкин')]);
    expect(parseName('Гуденко О.Р.', names)).toMatchObject({ lasts: [key('гуденко')], initials: ['o', 'r'] });
    expect(parseName('Ира Г.', names)).toMatchObject({ lasts: [], initials: ['g'] });
  });

  it.each([
    'the_volga.83',
    'pelmen-neko',
    'rosa 3545',
    '',
    '🦊🦊',
    '@',
    'x'.repeat(5000),
  ])('«%s» is a nick and no name', (text) => {
    expect(parseName(text, names).firsts).toEqual([]);
  });
});

describe('a name of the register', () => {
  it('takes its parts from their columns, and what they lack from the whole', () => {
    const name = parseKnownName({ full: 'Попова Яна Леонидовна', first: 'Яна' }, names);
    expect(name).toMatchObject({ lasts: [key('попов')], patronymic: 'leonid' });
    expect(name.firsts).toContain(key('яна'));
  });
  it('of one word is a surname, be it a first name elsewhere', () => {
    expect(parseKnownName({ full: 'Harris' }, names)).toMatchObject({ firsts: [], lasts: [key('harris')] });
  });
});

describe('a handle', () => {
  const said = (handle: string) => readHandle(handle, names).names;
  it.each([
    ['natalja_kulikova_324', 'наталья', 'куликов'],
    ['annasmirnova81', 'анна', 'смирнов'],
    ['kulikova.natalia', 'наталья', 'куликов'],
  ])('%s spells %s %s', (handle, first, last) => {
    expect(
      said(handle).some(({ firsts, lasts }) => firsts.includes(key(first)) && lasts.includes(key(last))),
    ).toBe(true);
  });
  it('spells surnames with an initial, and years', () => {
    expect(said('ngalkina')).toContainEqual(
      expect.objectContaining({ lasts: [key('галкин')], initials: ['n'] }),
    );
    expect(said('sakharovy72')).toContainEqual(
      expect.objectContaining({ lasts: [key('сахаров')], initials: ['i'] }),
    );
    expect(readHandle('smirnov1984', names).year).toEqual({ value: 1984, digits: 4 });
    expect(readHandle('smirnov84', names).year).toEqual({ value: 84, digits: 2 });
    expect(readHandle('smirnov3021', names).year).toBeNull();
  });
  it('behind digits for letters spells the same', () => {
    expect(said('f1l4t0v4t93')).toEqual(said('filatovat93'));
  });
  it('of any length has a bounded number of readings', () => {
    expect(said('annaanna'.repeat(1000)).length).toBeLessThanOrEqual(24);
  });
});
