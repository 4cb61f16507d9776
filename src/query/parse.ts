import { foldWord } from '../lib/fold.ts';
import { tokenize } from '../lib/tokens.ts';
import type { NodeOf, Query, QueryIssue, QueryNode, TextField } from './ast.ts';
import { COMMON_WORDS } from './common-words.ts';
import { formatNode } from './format.ts';
import { makeIssue, QueryError } from './issues.ts';
import { type Lexeme, readLexemes } from './lexer.ts';

const MAX_QUERY_LENGTH = 50_000;
export const MAX_QUERY_TERMS = 2_000;
export const MAX_QUERY_NESTING = 100;

interface Reader {
  text: string;
  lexemes: readonly Lexeme[];
  next: number;
  terms: number;
  depth: number;
  insideField: boolean;
  mixes: QueryNode[];
}

/** Reads a query. Never throws; everything wrong is named with its place, nothing is ignored. */
export function parseQuery(text: string): { query: Query } | { issues: readonly QueryIssue[] } {
  try {
    return { query: readQuery(text) };
  } catch (error) {
    if (error instanceof QueryError) return { issues: [error.issue] };
    throw error;
  }
}

function readQuery(text: string): Query {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new QueryError(
      makeIssue(text, 'too-long', { start: MAX_QUERY_LENGTH, end: text.length }, String(MAX_QUERY_LENGTH)),
    );
  }
  const reader: Reader = {
    text,
    lexemes: readLexemes(text),
    next: 0,
    terms: 0,
    depth: 0,
    insideField: false,
    mixes: [],
  };
  const first = peek(reader);
  if (first.type === 'end') fail(reader, 'empty', first);
  const root = readOr(reader);
  const rest = peek(reader);
  if (rest.type === 'close') fail(reader, 'unopened-parenthesis', rest);
  refuseBroad(text, root);
  return {
    text,
    root,
    warnings: reader.mixes.map((node) => makeIssue(text, 'mixed-operators', node.at, formatNode(node))),
  };
}

function peek(reader: Reader): Lexeme {
  const { lexemes, next, text } = reader;
  return lexemes[next] ?? { type: 'end', text: '', at: { start: text.length, end: text.length } };
}

function take(reader: Reader): Lexeme {
  const lexeme = peek(reader);
  reader.next += 1;
  return lexeme;
}

function fail(
  reader: Reader,
  code: Parameters<typeof makeIssue>[1],
  lexeme: Lexeme,
  ...values: string[]
): never {
  throw new QueryError(makeIssue(reader.text, code, lexeme.at, ...values));
}

function readOr(reader: Reader): QueryNode {
  const items = [readAnd(reader)];
  while (peek(reader).type === 'or') {
    const operator = take(reader);
    if (!startsOperand(peek(reader))) fail(reader, 'operand-missing', operator, operator.text);
    items.push(readAnd(reader));
  }
  const node = group('or', items);
  if (items.length > 1 && items.some(isBareAnd)) reader.mixes.push(node);
  return node;
}

/** Parentheses widen a group's range beyond its first item's; an AND of its own has none. */
function isBareAnd(node: QueryNode): boolean {
  return node.type === 'and' && node.items[0]?.at.start === node.at.start;
}

function readAnd(reader: Reader): QueryNode {
  const items = [readUnary(reader)];
  for (let lexeme = peek(reader); lexeme.type === 'and' || startsOperand(lexeme); lexeme = peek(reader)) {
    if (lexeme.type === 'and') {
      take(reader);
      if (!startsOperand(peek(reader))) fail(reader, 'operand-missing', lexeme, lexeme.text);
    }
    items.push(readUnary(reader));
  }
  return group('and', items);
}

function group(type: 'and' | 'or', items: readonly QueryNode[]): QueryNode {
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined || first === last) return first as QueryNode;
  return { type, items, at: { start: first.at.start, end: last.at.end } };
}

function startsOperand(lexeme: Lexeme): boolean {
  return !['and', 'or', 'close', 'end'].includes(lexeme.type);
}

function readUnary(reader: Reader): QueryNode {
  if (peek(reader).type !== 'not') return readPrimary(reader);
  const operator = take(reader);
  if (!startsOperand(peek(reader))) fail(reader, 'operand-missing', operator, operator.text);
  const item = nested(reader, operator, () => readUnary(reader));
  return { type: 'not', item, at: { start: operator.at.start, end: item.at.end } };
}

function nested<Value>(reader: Reader, lexeme: Lexeme, read: () => Value): Value {
  reader.depth += 1;
  if (reader.depth > MAX_QUERY_NESTING) fail(reader, 'too-deep', lexeme, String(MAX_QUERY_NESTING));
  const value = read();
  reader.depth -= 1;
  return value;
}

function readPrimary(reader: Reader): QueryNode {
  const lexeme = take(reader);
  const { type, text, at } = lexeme;
  if (type === 'open') return readGroup(reader, lexeme);
  if (type === 'field') return readField(reader, lexeme);
  if (type === 'word' || type === 'exact' || type === 'phrase' || type === 'prefix') {
    countTerms(reader, lexeme);
    return { type, text, at };
  }
  if (type === 'value') {
    if (reader.insideField) fail(reader, 'field-inside-field', lexeme, lexeme.field ?? '');
    countTerms(reader, lexeme);
    return { type: lexeme.field === 'lang' ? 'lang' : 'site', value: text, at };
  }
  if (type === 'close') return fail(reader, 'unopened-parenthesis', lexeme);
  return fail(reader, 'operand-missing', lexeme, text);
}

function countTerms(reader: Reader, lexeme: Lexeme): void {
  reader.terms += lexeme.type === 'phrase' || lexeme.type === 'exact' ? tokenize(lexeme.text).length : 1;
  if (reader.terms > MAX_QUERY_TERMS) fail(reader, 'too-many-terms', lexeme, String(MAX_QUERY_TERMS));
}

function readGroup(reader: Reader, open: Lexeme): QueryNode {
  if (peek(reader).type === 'close') fail(reader, 'empty-parentheses', open);
  if (peek(reader).type === 'end') fail(reader, 'unclosed-parenthesis', open);
  const inside = nested(reader, open, () => readOr(reader));
  const close = take(reader);
  if (close.type !== 'close') fail(reader, 'unclosed-parenthesis', open);
  return { ...inside, at: { start: open.at.start, end: close.at.end } };
}

function readField(reader: Reader, lexeme: Lexeme): QueryNode {
  if (reader.insideField) fail(reader, 'field-inside-field', lexeme, lexeme.text);
  reader.insideField = true;
  const next = peek(reader);
  if (next.type === 'not' || !startsOperand(next))
    fail(reader, 'field-value-missing', lexeme, lexeme.text, `${lexeme.text}:(…)`);
  const item = nested(reader, lexeme, () => readPrimary(reader));
  reader.insideField = false;
  return {
    type: 'field',
    field: lexeme.text as TextField,
    item,
    at: { start: lexeme.at.start, end: item.at.end },
  };
}

function refuseBroad(text: string, root: QueryNode): void {
  if (!hasAnchor(root)) throw new QueryError(makeIssue(text, 'only-negative', root.at));
  if ((root.type === 'word' || root.type === 'phrase') && isCommon(root)) {
    throw new QueryError(makeIssue(text, 'only-common', root.at, root.text));
  }
}

/** Must every document that matches hold something? A language alone does not count. */
function hasAnchor(node: QueryNode): boolean {
  if (node.type === 'not' || node.type === 'lang') return false;
  if (node.type === 'and') return node.items.some(hasAnchor);
  if (node.type === 'or') return node.items.every(hasAnchor);
  return node.type === 'field' ? hasAnchor(node.item) : true;
}

function isCommon(node: NodeOf<'word' | 'phrase'>): boolean {
  return COMMON_WORDS.has(foldWord(node.text).trim());
}
