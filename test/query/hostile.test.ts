import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { createHighlighter } from '../../src/query/highlight.ts';
import { createMatcher } from '../../src/query/matcher.ts';
import { processorMs } from '../support/processor-ms.ts';
import { mustParse } from './samples.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

const QUERIES = [
  'ромашка',
  '"ромашка ромашка ромашка"',
  'ромаш*',
  '="Ромашка Ромашка"',
  'Альфа-Банк',
  'а-б OR "а а а"',
  '😡',
  '=C++',
  'ромашка NEAR/100 ромашка NEAR/100 ромашка',
  'ромашка SENT банк',
  'а ONEAR/3 а',
  'ромашка NOT NEAR/100 банк',
  '"ромашка банк альфа"~50',
  'ромашака~2',
];

describe('the matcher', () => {
  it.each([
    ['one word', 'Ромашка '.repeat(125_000)],
    ['letters', 'а'.repeat(1_000_000)],
    ['hyphens', 'а-'.repeat(500_000)],
    ['hyphenated words', 'Альфа-Банк '.repeat(90_000)],
    ['short words', 'а '.repeat(300_000)],
    ['emoji', '😡'.repeat(200_000)],
    ['lone surrogates', '\uD83D'.repeat(200_000)],
    ['nothing', ''],
  ])('takes 1 MB of %s in good time', (_name, text) => {
    const matcher = createMatcher(
      QUERIES.map((query) => ({ key: query, query: mustParse(query) })),
      morphology,
    );
    const before = processorMs();
    for (const { spans } of matcher.match({ text })) {
      expect(spans.length).toBeLessThanOrEqual(1_000);
    }
    createHighlighter(mustParse('ромашка'), morphology)(text);
    expect(processorMs() - before).toBeLessThan(10_000);
  });
});
