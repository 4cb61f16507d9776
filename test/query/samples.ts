import fc from 'fast-check';
import type { Query } from '../../src/query/ast.ts';
import type { QueryableDocument } from '../../src/query/document.ts';
import { parseQuery, type QueryUse } from '../../src/query/parse.ts';

export function mustParse(text: string, use: QueryUse = 'topic'): Query {
  const answer = parseQuery(text, use);
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
  'вайлдбериз',
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
const GAPS = [' ', ' ', ' ', ', ', '. ', '! ', '\n', ' — '];

/** The naive evaluator walks this; the real one reads its rendering. */
export type PlacedSketch =
  | { type: 'word'; text: string }
  | { type: 'prefix'; text: string }
  | { type: 'typo'; text: string; errors: number }
  | { type: 'exact'; text: string }
  | { type: 'phrase'; words: string[]; slack: number }
  | { type: 'any'; items: PlacedSketch[] }
  | {
      type: 'near';
      operator: 'NEAR' | 'ONEAR' | 'NOT NEAR';
      distance: number;
      left: PlacedSketch;
      right: PlacedSketch;
    }
  | { type: 'sentence'; left: PlacedSketch; right: PlacedSketch };

export type Sketch =
  | PlacedSketch
  | { type: 'not'; item: Sketch }
  | { type: 'and' | 'or'; items: Sketch[] }
  | { type: 'field'; field: 'title' | 'text'; item: PlacedSketch }
  | { type: 'site' | 'lang'; value: string };

const term: fc.Arbitrary<PlacedSketch> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(...LEMMAS, 'банк-ромашка', 'карта-bank')
      .map((text): PlacedSketch => ({ type: 'word', text })),
  },
  fc
    .constantFrom('ромаш', 'бан', 'кар', 'del', 'вайлд', 'банк-р')
    .map((text): PlacedSketch => ({ type: 'prefix', text })),
  fc
    .constantFrom('вайлдберриз', 'ромшака', 'delivry')
    .chain((text) => fc.constantFrom(1, 2).map((errors): PlacedSketch => ({ type: 'typo', text, errors }))),
  fc.constantFrom(...FORMS).map((text): PlacedSketch => ({ type: 'exact', text })),
  fc
    .tuple(fc.array(fc.constantFrom(...LEMMAS), { minLength: 1, maxLength: 3 }), fc.constantFrom(0, 0, 1, 3))
    .map(([words, slack]): PlacedSketch => ({ type: 'phrase', words, slack: words.length > 1 ? slack : 0 })),
);

const placed: fc.Arbitrary<PlacedSketch> = fc.letrec<{ node: PlacedSketch }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: term },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('node'), { minLength: 2, maxLength: 3 })
        .map((items): PlacedSketch => ({ type: 'any', items })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({
          operator: fc.constantFrom('NEAR' as const, 'ONEAR' as const, 'NOT NEAR' as const),
          distance: fc.integer({ min: 1, max: 4 }),
          left: tie('node'),
          right: tie('node'),
        })
        .map((parts): PlacedSketch => ({ type: 'near', ...parts })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ left: tie('node'), right: tie('node') })
        .map((parts): PlacedSketch => ({ type: 'sentence', ...parts })),
    },
  ),
})).node;

const leaf: fc.Arbitrary<Sketch> = fc.oneof(
  { weight: 6, arbitrary: placed },
  { weight: 1, arbitrary: fc.constantFrom('a.ru', 'b.ru').map((value): Sketch => ({ type: 'site', value })) },
  { weight: 1, arbitrary: fc.constantFrom('ru', 'en').map((value): Sketch => ({ type: 'lang', value })) },
);

export const sketch: fc.Arbitrary<Sketch> = fc.letrec<{ node: Sketch }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 5, arbitrary: leaf },
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
        .tuple(fc.constantFrom<'title' | 'text'>('title', 'text'), placed)
        .map(([field, item]): Sketch => ({ type: 'field', field, item })),
    },
  ),
})).node;

export function render(node: Sketch): string {
  switch (node.type) {
    case 'word':
      return node.text;
    case 'prefix':
      return `${node.text}*`;
    case 'typo':
      return `${node.text}~${node.errors}`;
    case 'exact':
      return `="${node.text}"`;
    case 'phrase':
      return `"${node.words.join(' ')}"${node.slack > 0 ? `~${node.slack}` : ''}`;
    case 'near':
      return `(${render(node.left)}) ${node.operator}/${node.distance} (${render(node.right)})`;
    case 'sentence':
      return `(${render(node.left)}) SENT (${render(node.right)})`;
    case 'not':
      return `-(${render(node.item)})`;
    case 'and':
      return node.items.map((item) => `(${render(item)})`).join(' ');
    case 'any':
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

export const queryableDocument: fc.Arbitrary<QueryableDocument> = fc
  .record({
    title: fc.option(sentence(3), { nil: null }),
    text: sentence(10),
    site: fc.option(fc.constantFrom('a.ru', 'forum.a.ru', 'b.ru', 'aa.ru'), { nil: null }),
    lang: fc.option(fc.constantFrom('ru', 'en'), { nil: null }),
  })
  .map(({ title, text, site, lang }) => ({ title, text, facts: { site, lang } }));
