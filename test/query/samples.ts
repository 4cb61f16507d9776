import fc from 'fast-check';
import type { Query } from '../../src/query/ast.ts';
import type { QueryableDocument } from '../../src/query/document.ts';
import { parseQuery } from '../../src/query/parse.ts';

export function mustParse(text: string): Query {
  const answer = parseQuery(text);
  if ('issues' in answer) throw new Error(`${text}: ${answer.issues[0]?.message.en}`);
  return answer.query;
}

const LEMMAS = ['ромашка', 'банк', 'плохой', 'карта', 'вайлдберриз', 'delivery', 'bank', 'late'];
const FORMS = [
  'ромашка',
  'Ромашкой',
  'ромашке',
  'банк',
  'Банком',
  'БАНКИ',
  'плохая',
  'плохие',
  'карту',
  'картой',
  'Вайлдберриза',
  'вайлдберризом',
  'delivery',
  'Deliveries',
  'bank',
  'BANKS',
  'late',
  'Банк-Ромашка',
  'банкромашка',
  'карта-bank',
  'дом',
  'cat',
];
const GAPS = [' ', ' ', ' ', ', ', '. ', '\n', ' — '];

/** The naive evaluator walks this; the real one reads its rendering. */
export type Sketch =
  | { type: 'word'; text: string }
  | { type: 'prefix'; text: string }
  | { type: 'exact'; text: string }
  | { type: 'phrase'; words: string[] }
  | { type: 'not'; item: Sketch }
  | { type: 'and' | 'or'; items: Sketch[] }
  | { type: 'field'; field: 'title' | 'text'; item: Sketch }
  | { type: 'site' | 'lang'; value: string };

const leaf: fc.Arbitrary<Sketch> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(...LEMMAS, 'банк-ромашка', 'карта-bank')
      .map((text): Sketch => ({ type: 'word', text })),
  },
  fc
    .constantFrom('ромаш', 'бан', 'кар', 'del', 'вайлд', 'банк-р')
    .map((text): Sketch => ({ type: 'prefix', text })),
  fc.constantFrom(...FORMS).map((text): Sketch => ({ type: 'exact', text })),
  fc
    .array(fc.constantFrom(...LEMMAS), { minLength: 1, maxLength: 3 })
    .map((words): Sketch => ({ type: 'phrase', words })),
  fc.constantFrom('a.ru', 'b.ru').map((value): Sketch => ({ type: 'site', value })),
  fc.constantFrom('ru', 'en').map((value): Sketch => ({ type: 'lang', value })),
);

export const sketch: fc.Arbitrary<Sketch> = fc.letrec<{ node: Sketch }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc
        .array(tie('node'), { minLength: 2, maxLength: 3 })
        .map((items): Sketch => ({ type: 'and', items })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(tie('node'), { minLength: 2, maxLength: 3 })
        .map((items): Sketch => ({ type: 'or', items })),
    },
    { weight: 1, arbitrary: tie('node').map((item): Sketch => ({ type: 'not', item })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom<'title' | 'text'>('title', 'text'),
          fc.array(
            leaf.filter((l) => l.type !== 'site' && l.type !== 'lang'),
            { minLength: 1, maxLength: 2 },
          ),
        )
        .map(([field, items]): Sketch => ({ type: 'field', field, item: { type: 'or', items } })),
    },
  ),
})).node;

export function render(node: Sketch): string {
  switch (node.type) {
    case 'word':
      return node.text;
    case 'prefix':
      return `${node.text}*`;
    case 'exact':
      return `="${node.text}"`;
    case 'phrase':
      return `"${node.words.join(' ')}"`;
    case 'not':
      return `-(${render(node.item)})`;
    case 'and':
      return node.items.map((item) => `(${render(item)})`).join(' ');
    case 'or':
      return node.items.map((item) => `(${render(item)})`).join(' | ');
    case 'field':
      return `${node.field}:(${render(node.item)})`;
    default:
      return `${node.type}:${node.value}`;
  }
}

const sentence = (maxLength: number) =>
  fc
    .array(fc.tuple(fc.constantFrom(...FORMS), fc.constantFrom(...GAPS)), { maxLength })
    .map((pairs) => pairs.map(([word, gap]) => word + gap).join(''));

export const queryableDocument = fc.record<QueryableDocument>({
  title: fc.option(sentence(3), { nil: null }),
  text: sentence(8),
  site: fc.option(fc.constantFrom('a.ru', 'forum.a.ru', 'b.ru', 'aa.ru'), { nil: null }),
  language: fc.option(fc.constantFrom('ru', 'en'), { nil: null }),
});
