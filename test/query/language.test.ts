import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';
import type { QueryableDocument } from '../../src/query/document.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { formatQuery } from '../../src/query/format.ts';
import { createHighlighter } from '../../src/query/highlight.ts';
import { showCaret } from '../../src/query/issues.ts';
import { MAX_QUERY_NESTING, MAX_QUERY_TERMS, parseQuery } from '../../src/query/parse.ts';
import { mustParse } from './samples.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

function found(query: string, text: string, rest: Omit<QueryableDocument, 'text'> = {}) {
  const verdict = evaluate(mustParse(query, 'rule'), { text, ...rest }, morphology);
  if (!verdict.matched) return null;
  return verdict.spans.map((span) =>
    (span.field === 'title' ? (rest.title ?? '') : text).slice(span.start, span.end),
  );
}

describe('matching', () => {
  it.each([
    ['ромашка', 'Был в «Ромашке» вчера', ['Ромашке']],
    ['ромашка', 'Рубашка', null],
    ['елка', 'Ёлку купил', ['Ёлку']],
    ['@romashka.ru', 'Пишите на help@Romashka.ru', ['help@Romashka.ru']],
    ['@romash*', 'help@romashka.ru, @romashka_help', ['help@romashka.ru', '@romashka_help']],
    ['romashka', 'help@romashka.ru', null],
    ['=Ромашка', 'ромашка и Ромашка', ['Ромашка']],
    ['="ООО Ромашка"', 'в ООО  Ромашка обманули', ['ООО  Ромашка']],
    ['="ООО Ромашка"', 'в ООО Ромашке', null],
    ['=C++', 'пишу на C++', ['C++']],
    ['=C', 'пишу на C++', null],
    ['=ozon', 'на ozon.ru', null],
    ['=ozon', 'заказал на ozon.', ['ozon']],
    ['C++', 'пишу на c++ давно', ['c++']],
    ['"плохое обслуживание"', 'Плохого обслуживания, увы', ['Плохого обслуживания']],
    ['"плохое обслуживание"', 'обслуживание плохое', null],
    ['ромаш*', 'Ромашечный чай', ['Ромашечный']],
    ['Альфа-Банк', 'альфа банка', ['альфа банка']],
    ['Альфа-Банк', 'в Альфабанке', ['Альфабанке']],
    ['Альфа-Банк', 'в Альфа-Банке', ['Альфа-Банке']],
    ['альфабанк', 'в Альфа-Банке', ['Альфа-Банке']],
    ['банк', 'в Альфа-Банке', ['Банке']],
    ['@sber', 'ну @Sber ответь', ['@Sber']],
    ['#ромашка', 'ненавижу #Ромашку', ['#Ромашку']],
    ['#ромашка', 'ненавижу ромашку', null],
    ['ромашка', 'ненавижу #ромашку', ['#ромашку']],
    ['😡', 'ну 😡😡', ['😡', '😡']],
    ['8-800-555-35-35', 'звоните 8-800-555-35-35', ['8-800-555-35-35']],
    ['8-800-555-35-35', 'звоните 8 800 555 35 35', ['8 800 555 35 35']],
    ['8-800-555-35-35', 'звоните 88005553535', ['88005553535']],
    ['сбербанк', 'опять cбep\u00ADбанк', ['cбep\u00ADбанк']],
    ['плохо', 'как же пллоооохо', ['пллоооохо']],
    ['ромашка -чай', 'чай из ромашки', null],
    ['ромашка NOT чай', 'букет ромашек', ['ромашек']],
    ['ромашка OR лютик', 'лютики', ['лютики']],
    ['ромашка | лютик', 'лютики', ['лютики']],
    ['банк or', 'this or that bank банк', ['банк', 'or']],
    ['ромашка /* не чай */ банк', 'банк «Ромашка»', ['Ромашка', 'банк']],
    ['complain', 'they complained', ['complained']],
    ['text:ромашка', 'ромашка', ['ромашка']],
    ['title:ромашка', 'ромашка', null],
    ['lang:ru', '', 'refused'],
  ])('%s in «%s»', (query, text, expected) => {
    if (expected === 'refused') expect(parseQuery(query)).toHaveProperty('issues');
    else
      expect(found(query, text)?.sort() ?? null).toEqual(
        expected === null ? null : [...(expected as string[])].sort(),
      );
  });

  it('knows fields', () => {
    expect(found('title:(ромашка OR лютик)', 'текст', { title: 'О лютиках' })).toEqual(['лютиках']);
    expect(found('ромашка site:example.com', 'ромашка', { facts: { site: 'forum.example.com' } })).toEqual([
      'ромашка',
    ]);
    expect(found('ромашка site:example.com', 'ромашка', { facts: { site: 'badexample.com' } })).toBeNull();
    expect(found('ромашка lang:en', 'ромашка', { facts: { lang: 'ru' } })).toBeNull();
    expect(found('author:Иванов', 'текст', { authorName: 'Пётр Иванов' })).toEqual([]);
    expect(found('иванов', 'текст', { authorName: 'Пётр Иванов' })).toBeNull();
  });
});

describe('errors', () => {
  it.each([
    ['', 'empty', 0],
    ['  /* только слова */ ', 'empty', 21],
    ['ромашка AND', 'operand-missing', 8],
    ['AND ромашка', 'operand-missing', 0],
    ['ромашка OR OR лютик', 'operand-missing', 8],
    ['(ромашка', 'unclosed-parenthesis', 0],
    ['ромашка)', 'unopened-parenthesis', 7],
    ['ромашка ()', 'empty-parentheses', 8],
    ['"ромашка', 'unclosed-quote', 0],
    ['ромашка /* чай', 'unclosed-comment', 8],
    ['"..."', 'empty-phrase', 0],
    ['-ромашка', 'only-negative', 0],
    ['ромашка OR -чай', 'only-negative', 0],
    ['и', 'only-common', 0],
    ['ро*', 'prefix-too-short', 0],
    ['*ромашка', 'wildcard-place', 0],
    ['ром*шка', 'wildcard-place', 3],
    ['ромашка, лютик', 'unexpected-character', 7],
    ['ромашка = лютик', 'exact-value-missing', 8],
    ['"вернуть деньги"~', 'slack-wrong', 16],
    ['"вернуть деньги"~101', 'slack-wrong', 16],
    ['"ро* деньги"', 'wildcard-place', 3],
    ['вайлдберриз~3', 'typo-wrong', 11],
    ['банк~2', 'typo-word', 0],
    ['ромашка NEAR/0 чай', 'near-distance', 8],
    ['ромашка NEAR/x чай', 'unexpected-character', 12],
    ['ромашка NEAR/5', 'operand-missing', 8],
    ['NEAR/5 чай', 'operand-missing', 0],
    ['ромашка NEAR/5 (чай AND мёд)', 'no-place', 15],
    ['ромашка NEAR/5 site:a.ru', 'no-place', 15],
    ['NOT ромашка NEAR/5 чай', 'not-beside-near', 0],
    ['ромашка reach>=много', 'field-value-wrong', 13],
    ['ромашка kind:статья', 'field-choice-wrong', 13],
    ['ромашка published:2026-13', 'field-value-wrong', 18],
    ['ромашка tone:negative', 'known-later', 13],
    ['ромашка is:edited', 'known-later', 11],
    ['ромашка kind(лютик):post', 'no-topic-here', 8],
    ['saved:', 'field-value-missing', 0],
    ['lang:(ru | en', 'unclosed-parenthesis', 5],
    ['titel:ромашка', 'unknown-field', 0],
    ['title: ромашка', 'field-value-missing', 0],
    ['site:пример', 'field-value-wrong', 5],
    ['title:(ромашка text:чай)', 'field-inside-field', 15],
  ])('%s is refused: %s', (query, code, offset) => {
    const answer = parseQuery(query);
    expect('issues' in answer && answer.issues[0]).toMatchObject({ code, offset });
  });

  it('name line and column and show the place', () => {
    const text = 'ромашка\n\tAND лютик,';
    const answer = parseQuery(text);
    const issue = 'issues' in answer ? answer.issues[0] : undefined;
    expect(issue).toMatchObject({ line: 2, column: 11, length: 1 });
    expect(showCaret(text, issue!)).toBe('\tAND лютик,\n\t         ^');
  });

  it.each([
    ['тон:негатив', 'tone:'],
    ['автор:иванов', 'author:'],
    ['ешеду:ромашка', 'title:'],
  ])('suggest the field that %s means', (query, field) => {
    const answer = parseQuery(query);
    expect('issues' in answer && answer.issues[0]?.message.ru).toContain(`→ ${field}`);
  });

  it('suggest the nearest field', () => {
    const answer = parseQuery('titel:ромашка');
    expect('issues' in answer && answer.issues[0]?.message.en).toContain('title:');
  });

  it('keep to the limits', () => {
    const codeOf = (text: string) => {
      const answer = parseQuery(text);
      return 'issues' in answer ? answer.issues[0]?.code : 'fine';
    };
    expect(codeOf('а'.repeat(50_001))).toBe('too-long');
    expect(codeOf('слово '.repeat(MAX_QUERY_TERMS))).toBe('fine');
    expect(codeOf('слово '.repeat(MAX_QUERY_TERMS + 1))).toBe('too-many-terms');
    expect(codeOf(`${'('.repeat(MAX_QUERY_NESTING)}слово${')'.repeat(MAX_QUERY_NESTING)}`)).toBe('fine');
    expect(codeOf('('.repeat(25_000))).toBe('too-deep');
    expect(codeOf(`слово ${'NOT '.repeat(10_000)}чай`)).toBe('too-deep');
  });
});

describe('reading', () => {
  it('warns of AND and OR mixed, and shows how it was read', () => {
    expect(mustParse('ромашка чай OR лютик').warnings[0]?.message.en).toContain('(ромашка AND чай) OR лютик');
    expect(mustParse('(ромашка чай) OR лютик').warnings).toEqual([]);
    expect(mustParse('ромашка (чай OR лютик)').warnings).toEqual([]);
  });

  it('writes a query in canonical form', () => {
    expect(formatQuery(mustParse('a1 b1|-c1 d1'))).toBe('(a1 AND b1) OR (NOT c1 AND d1)');
    expect(formatQuery(mustParse('=«ООО "Ромашка"»'))).toBe('=«ООО "Ромашка"»');
  });

  it('highlights without the whole query matching', () => {
    const text = 'Ромашкой лечат';
    expect(createHighlighter(mustParse('ромашка лютик'), morphology)(text)).toEqual([{ start: 0, end: 8 }]);
  });
});
