import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { formatQuery } from '../../src/query/format.ts';
import { createHighlighter } from '../../src/query/highlight.ts';
import { createMatcher } from '../../src/query/matcher.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { naiveMatches } from './naive.ts';
import { mustParse, queryableDocument, render, type Sketch, sketch } from './samples.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

const accepted = sketch.filter((node) => 'query' in parseQuery(render(node)));

describe('a query', () => {
  it('matches exactly what the naive evaluator says', () => {
    let matches = 0;
    fc.assert(
      fc.property(accepted, queryableDocument, (node, document) => {
        const verdict = evaluate(mustParse(render(node)), document, morphology);
        expect(verdict.matched).toBe(naiveMatches(node, document, morphology));
        if (verdict.matched) matches += 1;
      }),
      { numRuns: 3000 },
    );
    expect(matches).toBeGreaterThan(300);
  });

  it('joins in one sentence what stands there whole, not what only begins there', () => {
    const matches = (query: string, text: string) =>
      evaluate(mustParse(query), { title: null, text }, morphology).matched;
    const query = 'ромашка SENT ((плохой NEAR/1 карта) OR кар*)';
    expect(matches(query, 'ромашка плохие! карта')).toBe(false);
    expect(matches(query, 'ромашка и плохие карты!')).toBe(true);
  });

  it('gives ordered spans inside the text', () => {
    fc.assert(
      fc.property(accepted, queryableDocument, (node, document) => {
        const verdict = evaluate(mustParse(render(node)), document, morphology);
        for (const span of verdict.matched ? verdict.spans : []) {
          const text = (span.field === 'title' ? document.title : document.text) ?? '';
          expect(text.slice(span.start, span.end)).toMatch(/^[\p{L}\p{N}].*[\p{L}\p{N}]$/su);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('means the same after formatting, and formatting is stable', () => {
    fc.assert(
      fc.property(accepted, queryableDocument, (node, document) => {
        const query = mustParse(render(node));
        const formatted = formatQuery(query);
        const again = mustParse(formatted);
        expect(formatQuery(again)).toBe(formatted);
        expect(again.warnings).toEqual([]);
        expect(evaluate(again, document, morphology)).toEqual(evaluate(query, document, morphology));
      }),
    );
  });

  it('is read or refused with a place, never thrown over, whatever is typed', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '"',
      '«',
      '»',
      '-',
      '|',
      '*',
      '=',
      '/*',
      '*/',
      ' AND ',
      ' OR ',
      ' NOT ',
      ' NEAR/5 ',
      ' ONEAR ',
      ' SENT ',
      ' NOT NEAR/2 ',
      '~2',
      'saved:"x"',
      'reach>=',
      'published:2026-11',
      '-7d',
      '..',
      'kind:(post | comment)',
      'tone(a):',
      'title:',
      'site:',
      'lang:',
      'tone:',
      'ромаш',
      'банк',
      ' ',
      '\n',
      'a.ru',
      '\uD83D',
      '😡',
      '#',
      '@',
      'C++',
      'и',
      '\u0000',
      ',',
    );
    const typed = fc.oneof(
      fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.tuple(sketch, fc.nat(), pieces).map(([node, at, piece]) => {
        const text = render(node);
        const place = at % (text.length + 1);
        return text.slice(0, place) + piece + text.slice(place + 1);
      }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const answer = parseQuery(text);
        if ('query' in answer) {
          const formatted = formatQuery(answer.query);
          expect(formatQuery(mustParse(formatted))).toBe(formatted);
          return;
        }
        for (const issue of answer.issues) {
          expect(issue.offset).toBeLessThanOrEqual(text.length);
          expect(issue.message.ru).not.toBe('');
          expect(issue.message.en).not.toBe('');
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the matcher', () => {
  it('answers as evaluating every query does, also after changes', () => {
    fc.assert(
      fc.property(
        fc.array(accepted, { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(15), fc.option(accepted)), { maxLength: 6 }),
        fc.array(queryableDocument, { minLength: 1, maxLength: 3 }),
        (nodes, changes, documents) => {
          const current = new Map<string, Sketch>(nodes.map((node, index) => [`t${index}`, node]));
          const matcher = createMatcher(
            [...current].map(([key, node]) => ({ key, query: mustParse(render(node)) })),
            morphology,
          );
          for (const [at, node] of changes) {
            const key = `t${at}`;
            if (node) {
              current.set(key, node);
              matcher.set({ key, query: mustParse(render(node)) });
            } else {
              current.delete(key);
              matcher.remove(key);
            }
          }
          for (const document of documents) {
            const expected = [...current].flatMap(([key, node]) => {
              const verdict = evaluate(mustParse(render(node)), document, morphology);
              return verdict.matched ? [{ key, spans: verdict.spans }] : [];
            });
            expect(matcher.match(document)).toEqual(expected);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('highlighting', () => {
  it('marks ranges apart from each other inside any text', () => {
    fc.assert(
      fc.property(accepted, fc.string({ unit: 'binary' }), (node, noise) => {
        const text = `${noise}Ромашкой ${noise} банк-ромашка`;
        let last = 0;
        for (const range of createHighlighter(mustParse(render(node)), morphology)(text)) {
          expect(range.start).toBeGreaterThanOrEqual(last);
          expect(range.end).toBeGreaterThan(range.start);
          last = range.end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
