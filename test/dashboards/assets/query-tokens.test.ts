import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTokenizer, type QueryPiece } from '../../../dashboards/assets/query-tokens.js';
import { queryWords } from '../../../dashboards/query-words.ts';
import { FIELDS } from '../../../src/query/fields.ts';
import type { Lexeme } from '../../../src/query/lexeme.ts';
import { readLexemes } from '../../../src/query/lexer.ts';
import { render, sketch } from '../../query/samples.ts';

const tokenize = createTokenizer(queryWords('en', 'rule', []));

type Paint = { start: number; end: number; kind: string };

/** What a lexeme of the parser is to be coloured as. */
function paintOf(lexeme: Lexeme): Paint[] {
  const { start, end } = lexeme.at;
  switch (lexeme.type) {
    case 'term': {
      const isQuoted = /^["“„«]/.test(lexeme.text);
      const kind = lexeme.node.type === 'phrase' && !isQuoted ? 'word' : lexeme.node.type;
      return [{ start, end, kind }];
    }
    case 'field':
      return [{ start, end, kind: 'field' }];
    case 'values':
      return lexeme.values.map(({ at }) => ({ ...at, kind: 'value' }));
    case 'saved':
      return [{ start: start + 'saved:'.length, end, kind: 'value' }];
    case 'open':
    case 'close':
      return [{ start, end, kind: 'bracket' }];
    case 'end':
      return [];
    case 'wrong':
      return [{ start, end, kind: 'wrong' }];
    default:
      return [{ start, end, kind: 'operator' }];
  }
}

function kindAt(pieces: readonly QueryPiece[], at: number): string {
  return pieces.find(({ start, end }) => start <= at && at < end)?.kind ?? 'blank';
}

/** Every letter that the parser gives a meaning has the colour of that meaning, up to the first mistake. */
function expectAgreement(text: string): void {
  const { lexemes, issues } = readLexemes(text);
  const until = Math.min(text.length, ...issues.map(({ offset }) => offset));
  const pieces = tokenize(text);
  const paints = lexemes.filter(({ at }) => at.end <= until).flatMap(paintOf);
  const letters = paints.flatMap(({ start, end, kind }) =>
    Array.from({ length: end - start }, (_, at) => ({ at: start + at, kind })),
  );
  const shown = letters.map(({ at }) => `${text[at]} ${kindAt(pieces, at)}`);
  expect(shown, text).toEqual(letters.map(({ at, kind }) => `${text[at]} ${kind}`));
  for (const [index, piece] of pieces.entries()) {
    expect(piece.end, text).toBeGreaterThan(piece.start);
    expect(piece.start, text).toBeGreaterThanOrEqual(pieces[index - 1]?.end ?? 0);
    expect(piece.end, text).toBeLessThanOrEqual(text.length);
  }
}

const SNIPPETS = [
  'ромашка',
  'AND',
  'OR',
  'or',
  'NOT',
  '-',
  '|',
  'NEAR',
  'NEAR/5',
  'ONEAR/3',
  'NOT NEAR/2',
  'NOT  NEAR',
  'SENT',
  '(',
  ')',
  '"две банки"',
  '"две банки"~3',
  '«ООО»',
  '“a b”',
  '„х“',
  '=Ромашка',
  '="ООО Ромашка"',
  '=«Х»',
  'ромаш*',
  'вайлд~1',
  'слово~',
  'title:',
  'text:(',
  'site:example.com',
  'url:/a/',
  'tone:negative',
  'tone(лютик):negative',
  'tone:(negative OR positive)',
  'lang:(ru | en)',
  'lang:(ru /* два */ en)',
  'reach>=1000',
  'reach:100..200',
  'found:-7d',
  'published=2026-11',
  'followers<5',
  'saved:банки',
  'saved:"Мои банки"',
  'has:phone',
  'is:reply',
  'Author:иван',
  'https://a.ru/x?y=1',
  '@sber',
  '#тег',
  '😡',
  'C++',
  'Альфа-Банк',
  '8-800-555-35-35',
  '/* пояснение */',
  '/* не закрыт',
  '"не закрыта',
  'нет:такого',
  'a.b',
  '~2',
  ':',
  '<',
  '*',
  ' ',
  '\n',
  '\t',
  'NEARBY',
  'NOTNEAR',
  'NOT NEARBY',
  'AND/2',
  'tone:',
  'lang:(',
  'lang:(ru',
  'lang:(OR)',
  'lang:("ru" OR "en")',
  'tone:ORANGE',
];

it('colours what the parser reads, for every example of a field', () => {
  for (const { name, example } of FIELDS.values())
    for (const text of [
      `${name}:${example}`,
      `(${name}:(${example} ) ) a`,
      `${name}${example} b`,
      `-${name}:"${example}"`,
    ])
      expectAgreement(text);
});

it('agrees with the parser on queries that can be read', () => {
  fc.assert(
    fc.property(sketch, (query) => expectAgreement(render(query))),
    { numRuns: 500 },
  );
});

it('agrees with the parser on queries put together of anything, up to the first mistake', () => {
  const parts = fc.array(fc.tuple(fc.constantFrom(...SNIPPETS), fc.constantFrom('', ' ', ' ', '\n')), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(parts, (pairs) => expectAgreement(pairs.map((pair) => pair.join('')).join(''))),
    { numRuns: 5000 },
  );
});

it('agrees with the parser on letters in any order', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'аbZ ()"«»=-|:/*~59<>ORNT\n'), maxLength: 30 });
  fc.assert(fc.property(letters, expectAgreement), { numRuns: 5000 });
});

it('takes a time that grows with the query, not with its square', () => {
  const long = 'lang:(ru OR en) /* x */ "две банки"~3 ромаш* NOT NEAR/2 '.repeat(800);
  const before = performance.now();
  for (const text of [
    long,
    '('.repeat(50_000),
    '"'.repeat(50_000),
    '/*'.repeat(25_000),
    'a'.repeat(50_000),
    'lang:('.repeat(8000),
  ])
    tokenize(text);
  expect(performance.now() - before).toBeLessThan(2000);
});
