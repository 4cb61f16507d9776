import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { type Asker, type Condition, candidatesOf } from '../../src/query/candidates.ts';
import type { QueryableDocument } from '../../src/query/document.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { type SearchRecord, toRecord } from '../../src/search/record.ts';
import { NOW } from '../support/rows.ts';
import { mustParse, queryableDocument, render, sketch } from './samples.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

const ASKER: Asker = { reader: {}, sourceKeys: () => [] };

function recordOf(document: QueryableDocument): SearchRecord {
  const { title = null, text, facts } = document;
  const author = { authorHandle: document.authorHandle ?? null, authorName: document.authorName ?? null };
  const times = { time: NOW, publishedAt: null, foundAt: NOW, touchedAt: NOW };
  const url = facts?.site ? `https://${facts.site}/` : '';
  const known = {
    id: 1 as DocumentId,
    url,
    source: 's',
    kind: 'post',
    site: null,
    mentions: [],
    postKind: null,
    complaintLevel: null,
  };
  return toRecord({ ...known, ...author, ...times, title, text, language: facts?.lang ?? null }, morphology);
}

/** What an index would say, in the plainest way. */
function holds(condition: Condition, record: SearchRecord): boolean {
  switch (condition.op) {
    case 'and':
      return condition.items.every((item) => holds(item, record));
    case 'or':
      return condition.items.some((item) => holds(item, record));
    case 'not':
      return !holds(condition.item, record);
    case 'one-of': {
      const there = [record[condition.field]].flat();
      return condition.values.some((value) => there.includes(value));
    }
    case 'begins':
      return record[condition.field].some((word) => word.startsWith(condition.beginning));
    default:
      throw new Error(`no sample asks ${condition.op}`);
  }
}

function verdicts(text: string, document: QueryableDocument) {
  const query = mustParse(text, 'search');
  const { condition, isExact } = candidatesOf(query, morphology, ASKER);
  const isCandidate = condition === null || holds(condition, recordOf(document));
  return { isCandidate, isExact, matches: evaluate(query, document, morphology).matched };
}

describe('candidates', () => {
  it('hold every match, and nothing else where the condition is exact', () => {
    const seen = { exact: 0, narrowed: 0, matched: 0 };
    const accepted = sketch.filter((node) => 'query' in parseQuery(render(node), 'search'));
    fc.assert(
      fc.property(accepted, queryableDocument, (node, document) => {
        const { isCandidate, isExact, matches } = verdicts(render(node), document);
        if (matches) expect(isCandidate).toBe(true);
        if (isExact) expect(isCandidate).toBe(matches);
        seen.exact += isExact ? 1 : 0;
        seen.narrowed += isCandidate ? 0 : 1;
        seen.matched += matches ? 1 : 0;
      }),
      { numRuns: 4000 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(400);
  });

  it('of beginnings hold words whose dictionary form begins in another way', () => {
    const words = [
      'шёл',
      'идти',
      'люди',
      'человеком',
      'лучше',
      'хорошая',
      'went',
      '#ромашка',
      'ааапп',
      'пллоохо',
    ];
    const forms = fc.constantFrom(...words);
    fc.assert(
      fc.property(forms, fc.integer({ min: 3, max: 9 }), forms, (word, length, other) => {
        const beginning = word.replace('#', '').replace('ё', 'е').slice(0, length);
        const { isCandidate, matches } = verdicts(`${beginning}*`, { text: `${other}, ${word}` });
        expect(matches).toBe(true);
        expect(isCandidate).toBe(true);
      }),
    );
  });

  it.each<[string, QueryableDocument, boolean]>([
    ['@romashka', { text: 'спросите @romashka' }, true],
    ['#ромашка', { text: 'вот #Ромашка!' }, true],
    ['ромашка', { text: '#ромашкаподвела' }, true],
    ['а@b.ru', { text: 'пишите: а@b.ru' }, true],
    ['="C++"', { text: 'учу C++ и C' }, true],
    ['="C++"', { text: 'учу C' }, false],
    ['альфабанк', { text: 'Альфа-Банк' }, true],
    ['альфа-банк', { text: 'альфабанком' }, true],
    ['😡', { text: 'ну 😡' }, true],
    [`${'абвгд'.repeat(30)}`, { text: `${'абвгд'.repeat(30)}` }, true],
    [`${'абвгд'.repeat(30)}`, { text: `${`${'абвгд'.repeat(29)}абвг`}` }, false],
    ['author:иванов', { text: '', authorName: 'Пётр Иванов' }, true],
    ['author:иванов', { text: 'Иванов' }, false],
    ['handle:"ivan petrov"', { text: '', authorHandle: 'ivan petrov' }, true],
  ])('«%s» on %j: %s', (text, document, matches) => {
    const found = verdicts(text, document);
    expect(found.matches).toBe(matches);
    if (matches) expect(found.isCandidate).toBe(true);
    if (found.isExact) expect(found.isCandidate).toBe(matches);
  });

  it('are left to the evaluator where parts are nested too deeply for an index', () => {
    const deep = `${'(дом | -('.repeat(32)}ромашка${'))'.repeat(32)}`;
    const { isExact } = candidatesOf(mustParse(deep, 'search'), morphology, ASKER);
    expect(isExact).toBe(false);
  });
});
