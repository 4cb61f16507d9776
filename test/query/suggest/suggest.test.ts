import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import type { Morphology } from '../../../src/model/ports.ts';
import { evaluate } from '../../../src/query/evaluate.ts';
import { parseQuery } from '../../../src/query/parse.ts';
import { composeQuery } from '../../../src/query/suggest/compose.ts';
import { suggestForms } from '../../../src/query/suggest/suggest.ts';
import { mustParse } from '../samples.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

const termsOf = (name: string, ...aliases: string[]) =>
  suggestForms(name, aliases, morphology).flatMap(({ terms }) => terms);

function riskOf(name: string, term: string): string | undefined {
  return suggestForms(name, [], morphology).find(({ terms }) => terms.includes(term))?.risk;
}

function finds(name: string, about: string, text: string): boolean {
  const query = mustParse(composeQuery(suggestForms(name, [], morphology), about));
  return evaluate(query, { text }, morphology).matched;
}

describe('suggested spellings', () => {
  it('writes a Russian name in Latin letters, and as it is typed in the other layout', () => {
    expect(termsOf('Тинькофф')).toEqual(expect.arrayContaining(['tinkoff', 'tinkov', 'nbymrjaa']));
    expect(termsOf('Ростелеком')).toContain('hjcntktrjv');
  });

  it('writes an English name as Russians hear it', () => {
    expect(termsOf('Wildberries')).toEqual(
      expect.arrayContaining(['вайлдберриз', 'вайлдберис', 'вилдберрис', 'вайлдбериз']),
    );
  });

  it('joins, spaces and hyphenates the parts of a name', () => {
    for (const text of ['в альфабанке', 'Альфа банк закрыл счёт', 'альфа-банком'])
      expect(finds('Альфа-Банк', '', text), text).toBe(true);
    for (const text of ['мвидео', 'М Видео', 'м-видео']) expect(finds('М.Видео', '', text), text).toBe(true);
    for (const text of ['теле2', 'Tele 2', 'Теле-2']) expect(finds('Tele2', '', text), text).toBe(true);
  });

  it('finds accounts of regions and branches, and the mail domain', () => {
    for (const text of ['@Tinkoff_bank', '@_tinkoff_kz ответьте', 'пишите на help@tinkoff.ru'])
      expect(finds('Тинькофф', '', text), text).toBe(true);
    expect(finds('МТС', '', '@by_mts')).toBe(true);
  });

  it('finds words made from the name, hashtags glued to it and one typing error', () => {
    for (const text of ['билайновский модем', '#билайнверниденьги', 'билаин лежит', 'биллайн'])
      expect(finds('Билайн', '', text), text).toBe(true);
    expect(finds('Сбербанк', '', 'сбербанковская карта')).toBe(true);
    expect(finds('МТС', '', '#МТСгавно')).toBe(true);
  });

  it('takes an ambiguous short name only near words of the trade', () => {
    expect(riskOf('Альфа-Банк', 'альфа')).toBe('ambiguous');
    expect(finds('Альфа-Банк', 'банк', 'карта от альфы не работает')).toBe(true);
    expect(finds('Альфа-Банк', 'банк', 'он альфа самец')).toBe(false);
  });

  it('says that a name which is a word of the language is ambiguous', () => {
    expect(riskOf('Ромашка', 'Ромашка')).toBe('ambiguous');
    expect(riskOf('Ростелеком', 'Ростелеком')).toBe('safe');
  });

  it('does not take another firm or a form of another word for the short name', () => {
    expect(termsOf('Газпромбанк')).not.toContain('газпром');
    expect(termsOf('Банк Москвы')).not.toContain('москвы');
  });

  it('leaves out the legal form, and knows initials and the surname behind -фф', () => {
    expect(finds('ООО «Лютик»', '', '@lutik и lyutik')).toBe(true);
    expect(termsOf('Мобильные ТелеСистемы')).toContain('мтс');
    expect(riskOf('Тинькофф', 'тиньков')).toBe('ambiguous');
  });

  it('does not suggest what an earlier spelling finds', () => {
    const terms = termsOf('Альфа-Банк', 'Альфабанк', 'Alfa-Bank');
    expect(terms).not.toContain('Альфабанк');
    expect(terms.filter((term) => term.toLowerCase() === 'alfa-bank')).toHaveLength(1);
  });

  it('gives nothing for a name without words', () => {
    expect(suggestForms('—!', [], morphology)).toEqual([]);
  });

  it('composes a query that can be read, whatever the name', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        'ООО',
        '"',
        '«',
        'NOT',
        'AND',
        'банк',
        'ТелеСистемы',
        "O'STIN",
        'H&M',
        '(',
        'C++',
        '1С',
        '@a',
        '😡',
        '*',
        '~1',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const suggestions = suggestForms(pieces.join(' '), [], morphology);
        if (suggestions.length === 0) return;
        expect(parseQuery(composeQuery(suggestions, 'банк'), 'topic')).toHaveProperty('query');
      }),
      { numRuns: 150 },
    );
  });
});
