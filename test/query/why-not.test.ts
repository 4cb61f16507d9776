import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';
import type { QueryableDocument } from '../../src/query/document.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { nameExample } from '../../src/query/name-example.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { readTopicQuery } from '../../src/query/saved.ts';
import { whyFound, whyNot } from '../../src/query/why-not.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

function read(text: string) {
  const parsed = parseQuery(text);
  if (!('query' in parsed)) throw new Error(`${text}: ${parsed.issues[0]?.message.en}`);
  return parsed.query;
}

const reasons = (query: string, document: QueryableDocument): string[] =>
  whyNot(read(query), document, morphology).map(({ message }) => message.en);

describe('why a query does not match', () => {
  it.each<[string, string, string[]]>([
    ['ромашка', 'лютик', ['missing: ромашка']],
    [
      'ромашка AND (деньги OR возврат) AND "плохой сервис"',
      'Ромашку вернули',
      ['none of: (деньги OR возврат)', 'missing: "плохой сервис"'],
    ],
    ['ромашка NOT (лепесток OR букет)', 'Ромашки в букете', ['excluded by: (лепесток OR букет) (букете)']],
    [
      'ромашка NEAR/2 деньги',
      'Ромашка раз два три четыре деньги',
      ['not within 2 words: ромашка and деньги'],
    ],
    ['ромашка ONEAR/2 деньги', 'деньги Ромашка', ['not within 2 words in this order: ромашка and деньги']],
    ['ромашка NEAR/2 деньги', 'Ромашка', ['missing: деньги']],
    ['ромашка SENT деньги', 'Это Ромашка. Где деньги?', ['not in one sentence: ромашка and деньги']],
    [
      'ромашка NOT NEAR/2 букет',
      'букет ромашек',
      ['every one has an exclusion near it, ромашка: букет (букет)'],
    ],
    ['title:ромашка', 'Ромашка', ['missing: (title:ромашка)']],
    ['ромашка AND kind:comment', 'Ромашка', ['does not hold: kind:comment']],
    ['ромашка', 'Ромашкой довольны', []],
  ])('%s, of «%s»', (query, text, expected) => {
    expect(reasons(query, { text, facts: { kind: 'post' } })).toEqual(expected);
  });

  it('is never silent about a document that does not match', () => {
    const queries = [
      'a AND (b OR NOT c)',
      'title:(a NOT b)',
      '(a NEAR/3 b) NOT NEAR/2 c',
      '(a OR b) SENT "c d"',
    ];
    const texts = ['a', 'b', 'c', 'a c', 'c d', 'b a c', 'a x x x x b', 'a. c d', 'x'];
    for (const query of queries)
      for (const text of texts) {
        const document = { title: text, text };
        const matched = evaluate(read(query), document, morphology).matched;
        expect([query, text, reasons(query, document).length > 0]).toEqual([query, text, !matched]);
      }
  });
});

it('says which words of the document made it match', () => {
  const document = { title: 'Ромашка', text: 'Ромашке вернули деньги, деньги' };
  const verdict = evaluate(read('ромашка AND деньги'), document, morphology);
  expect(whyFound(verdict, document).message).toEqual({
    ru: 'найдено: Ромашка, Ромашке, деньги',
    en: 'found: Ромашка, Ромашке, деньги',
  });
});

it('names an example by its first words, in one line', () => {
  const example = { mustMatch: false, url: null, title: 'T', author: null, note: '' };
  expect(nameExample({ ...example, text: `a\nb ${'x'.repeat(200)}` }).en).toMatch(
    /^must not match: «T\. a b x{71,72}…»$/,
  );
});

describe('the part of the query that decided', () => {
  const SAVED = [{ key: 'flowers', name: 'F', query: 'лютик NEAR/3 (пион OR роза) NOT чай' }];
  const parts = (query: string, text: string): (string | null)[] => {
    const read = readTopicQuery(query, SAVED);
    if (!('query' in read)) throw new Error(query);
    return whyNot(read.query, { text }, morphology).map(({ at }) => at && query.slice(at.start, at.end));
  };

  it.each([
    ['ромашка', 'чай', ['ромашка']],
    ['ромашка AND (деньги | возврат)', 'ромашка', ['(деньги | возврат)']],
    ['ромашка -букет', 'ромашка, букет', ['-букет']],
    ['чай "плохой сервис"~2 site:a.ru', 'чай', ['"плохой сервис"~2', 'site:a.ru']],
    ['title:(ромашка чай)', 'ромашка', ['ромашка', 'чай']],
    ['title:ромашка', 'ромашка', ['title:ромашка']],
    ['a1 NEAR/2 b1', 'a1 x x x x b1', ['a1 NEAR/2 b1']],
    ['a1 NOT NEAR/2 b1', 'a1 b1', ['a1 NOT NEAR/2 b1']],
    // What stands inside another topic has no place of its own here.
    ['ромашка saved:flowers', 'ромашка чай', ['saved:flowers', 'saved:flowers', 'saved:flowers']],
  ])('%s', (query, text, expected) => expect(parts(query, text)).toEqual(expected));
});
