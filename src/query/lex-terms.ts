import { tokenize } from '../lib/tokens.ts';
import type { QueryRange, TermNode } from './ast.ts';
import { CLOSING, type Lexeme, matchAt, type Reader, readQuoted, report, unclosed, wrong } from './lexeme.ts';
import { NEAR_AT_MOST, NEAR_BY_DEFAULT } from './operators.ts';

const RUN = /(?:https?:\/\/[^\s()"|]+)|(?:(?!\/\*)[^\s()"“”„«»|:<>=~])+/y;
const VALUE = /[^\s()"|]+/y;
const SLACK = /~(\d{0,3})/y;
const NEAR = /^(O?NEAR)(?:\/(\d{0,6}))?$/;
const MIN_PREFIX = 3;

export function readPhrase(reader: Reader, at: number): Lexeme {
  const { text } = reader;
  const quoted = readQuoted(text, at);
  if (quoted === null) return unclosed(reader, at, at);
  const { inside } = quoted;
  const loose = matchAt(SLACK, text, quoted.end);
  const range = { start: at, end: quoted.end + (loose?.[0].length ?? 0) };
  if (loose?.[1] === '' || Number(loose?.[1]) > NEAR_AT_MOST)
    return wrong(reader, 'slack-wrong', { start: quoted.end, end: range.end }, range, String(NEAR_AT_MOST));
  const star = misplacedStar(inside);
  if (star !== null) {
    const place = { start: at + 1 + star, end: at + 2 + star };
    return wrong(reader, 'wildcard-place', place, range);
  }
  if (tokenize(inside).length === 0) return wrong(reader, 'empty-phrase', range, range);
  return term(reader, { type: 'phrase', text: inside, slack: Number(loose?.[1] ?? 0), at: range });
}

/** Where a `*` inside quotes does not end a word of three letters; null when there is none such. */
function misplacedStar(inside: string): number | null {
  for (const { index } of inside.matchAll(/\*/g)) {
    const word = /[\p{L}\p{N}_-]*$/u.exec(inside.slice(Math.max(0, index - 64), index))?.[0] ?? '';
    const next = inside.charAt(index + 1);
    if (word.replace(/[_-]/g, '').length < MIN_PREFIX || /[\p{L}\p{N}*]/u.test(next)) return index;
  }
  return null;
}

function term(reader: Reader, node: TermNode): Lexeme {
  return { type: 'term', node, at: node.at, text: reader.text.slice(node.at.start, node.at.end) };
}

export function readExact(reader: Reader, at: number): Lexeme {
  const { text } = reader;
  if (CLOSING[text.charAt(at + 1)] !== undefined) {
    const quoted = readQuoted(text, at + 1);
    if (quoted === null) return unclosed(reader, at, at + 1);
    const range = { start: at, end: quoted.end };
    if (tokenize(quoted.inside).length === 0) return wrong(reader, 'empty-phrase', range, range);
    return term(reader, { type: 'exact', text: quoted.inside, at: range });
  }
  const value = matchAt(VALUE, text, at + 1)?.[0] ?? '';
  const range = { start: at, end: at + 1 + value.length };
  if (tokenize(value).length === 0)
    return wrong(reader, 'exact-value-missing', { start: at, end: at + 1 }, range);
  return term(reader, { type: 'exact', text: value, at: range });
}

export function near(
  reader: Reader,
  type: 'near' | 'onear' | 'not-near',
  at: QueryRange,
  written: string | undefined,
): Lexeme {
  const distance = written === undefined ? NEAR_BY_DEFAULT : Number(written);
  const lexeme = { type, text: reader.text.slice(at.start, at.end), at } as const;
  if (written !== '' && distance >= 1 && distance <= NEAR_AT_MOST) return { ...lexeme, distance };
  report(reader, 'near-distance', at.start, at.end, String(NEAR_AT_MOST));
  return { ...lexeme, distance: NEAR_BY_DEFAULT };
}

export function readRun(reader: Reader, at: number): Lexeme {
  const { text } = reader;
  const run = matchAt(RUN, text, at)?.[0];
  if (run === undefined) {
    const one = { start: at, end: at + 1 };
    return wrong(reader, 'unexpected-character', one, one, text.charAt(at), text.charAt(at));
  }
  const range = { start: at, end: at + run.length };
  if (run === 'AND' || run === 'OR')
    return { type: run === 'OR' ? 'or' : 'and', distance: 0, text: run, at: range };
  if (run === 'NOT') return { type: 'not', text: run, at: range };
  if (run === 'SENT') return { type: 'sentence', distance: 0, text: run, at: range };
  const nearness = NEAR.exec(run);
  if (nearness) return near(reader, nearness[1] === 'NEAR' ? 'near' : 'onear', range, nearness[2]);
  if (run.includes('*')) return readPrefix(reader, run, range);
  const odd = oddCharacter(reader, run, range);
  if (odd) return odd;
  return readTypo(reader, run, range) ?? term(reader, plainTerm(run, range));
}

/** Several tokens written as one run («сбербанк.онлайн») stand next to each other. */
function plainTerm(text: string, at: QueryRange): TermNode {
  return tokenize(text).length > 1 ? { type: 'phrase', text, slack: 0, at } : { type: 'word', text, at };
}

function readTypo(reader: Reader, run: string, { start, end }: QueryRange): Lexeme | null {
  const mark = matchAt(SLACK, reader.text, end);
  if (!mark) return null;
  const range = { start, end: end + mark[0].length };
  const errors = mark[1] === '' ? 1 : Number(mark[1]);
  const [token, more] = tokenize(run);
  if (errors < 1 || errors > 2) return wrong(reader, 'typo-wrong', { start: end, end: range.end }, range);
  const isWord = token?.kind === 'word' && more === undefined && token.parts.length === 0;
  if (!isWord || token.word.length < 3 * errors + 1)
    return wrong(reader, 'typo-word', range, range, String(3 * errors + 1));
  return term(reader, { type: 'typo', text: run, errors: errors as 1 | 2, at: range });
}

function readPrefix(reader: Reader, run: string, at: QueryRange): Lexeme {
  const star = run.indexOf('*');
  const prefix = run.slice(0, star);
  const place = { start: at.start + star, end: at.start + star + 1 };
  if (star !== run.length - 1 || star === 0) return wrong(reader, 'wildcard-place', place, at);
  if ((prefix.match(/[\p{L}\p{N}]/gu) ?? []).length < MIN_PREFIX)
    return wrong(reader, 'prefix-too-short', at, at);
  const odd = oddCharacter(reader, prefix, { start: at.start, end: at.end - 1 });
  if (odd) return { ...odd, at };
  if (tokenize(prefix).length > 1) return wrong(reader, 'wildcard-place', place, at);
  return term(reader, { type: 'prefix', text: prefix, at });
}

/** Every character of a bare word must belong to a token. */
function oddCharacter(reader: Reader, run: string, at: QueryRange): Lexeme | null {
  let covered = 0;
  for (const token of [...tokenize(run), { start: run.length, end: run.length }]) {
    if (token.start > covered) {
      const char = String.fromCodePoint(run.codePointAt(covered) ?? 0x20);
      const place = { start: at.start + covered, end: at.start + covered + char.length };
      return wrong(reader, 'unexpected-character', place, at, char, run);
    }
    covered = token.end;
  }
  return null;
}
