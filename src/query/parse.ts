import { foldWord } from '../lib/fold.ts';
import { tokenize } from '../lib/tokens.ts';
import {
  isTerm,
  partsOf,
  type Query,
  type QueryIssue,
  type QueryNode,
  type QueryRange,
  type TextField,
} from './ast.ts';
import { COMMON_WORDS } from './common-words.ts';
import { FIELDS, isKnownLater } from './fields.ts';
import { formatNode } from './format.ts';
import { makeIssue } from './issues.ts';
import type { Lexeme } from './lexeme.ts';
import { readLexemes } from './lexer.ts';
import type { MessageCode } from './messages.ts';
import { isOperator, OPERATORS } from './operators.ts';

export const MAX_QUERY_LENGTH = 50_000;
export const MAX_QUERY_TERMS = 2_000;
export const MAX_QUERY_NESTING = 100;
const ISSUES_AT_MOST = 20;

/**
 * What a query is for. A topic is held against documents as they arrive: it must ask for something rare, and cannot ask for
 * what becomes known later. A search may; rules may ask for anything that a mention has.
 */
export type QueryUse = 'topic' | 'search' | 'rule';

interface Reader {
  text: string;
  use: QueryUse;
  lexemes: readonly Lexeme[];
  next: number;
  terms: number;
  depth: number;
  field: string | null;
  issues: QueryIssue[];
  mixes: QueryNode[];
}

/** Ends the reading: what follows could not be understood. */
class GaveUp extends Error {}

/**
 * Reads a query. Never throws. Everything wrong is named with its place, up to twenty issues; nothing is ignored. Linear in the
 * length of the text.
 */
export function parseQuery(
  text: string,
  use: QueryUse = 'topic',
): { query: Query } | { issues: readonly QueryIssue[] } {
  if (text.length > MAX_QUERY_LENGTH) {
    const rest = { start: MAX_QUERY_LENGTH, end: text.length };
    return { issues: [makeIssue(text, 'too-long', rest, String(MAX_QUERY_LENGTH))] };
  }
  const { lexemes, issues } = readLexemes(text);
  const reader: Reader = { text, use, lexemes, next: 0, terms: 0, depth: 0, field: null, issues, mixes: [] };
  const root = readAll(reader);
  if (root !== null && issues.length === 0) refuseBroad(reader, root);
  if (root === null || issues.length > 0) return { issues: inOrder(issues) };
  const warnings = reader.mixes.map((node) => makeIssue(text, 'mixed-operators', node.at, formatNode(node)));
  return { query: { text, root, warnings } };
}

function inOrder(issues: readonly QueryIssue[]): QueryIssue[] {
  return [...issues].sort((one, two) => one.offset - two.offset).slice(0, ISSUES_AT_MOST);
}

function readAll(reader: Reader): QueryNode | null {
  try {
    if (peek(reader).type === 'end') {
      if (reader.issues.length === 0) report(reader, 'empty', peek(reader).at);
      return null;
    }
    const parts: QueryNode[] = [];
    while (peek(reader).type !== 'end') {
      if (peek(reader).type === 'close') report(reader, 'unopened-parenthesis', take(reader).at);
      else parts.push(readBinary(reader, 1));
    }
    return parts[0] ?? null;
  } catch (error) {
    if (error instanceof GaveUp) return null;
    throw error;
  }
}

function peek({ lexemes, next, text }: Reader): Lexeme {
  return lexemes[next] ?? { type: 'end', text: '', at: { start: text.length, end: text.length } };
}

function take(reader: Reader): Lexeme {
  const lexeme = peek(reader);
  if (lexeme.type !== 'end') reader.next += 1;
  return lexeme;
}

function report(reader: Reader, code: MessageCode, at: QueryRange, ...values: string[]): void {
  reader.issues.push(makeIssue(reader.text, code, at, ...values));
  if (reader.issues.length >= ISSUES_AT_MOST) throw new GaveUp();
}

/** What binds as tight as `binds` or tighter. AND may be left out between two operands. */
function readBinary(reader: Reader, binds: number): QueryNode {
  if (binds > OPERATORS.near.binds) return readUnary(reader);
  let left = readBinary(reader, binds + 1);
  const items = [left];
  for (;;) {
    const lexeme = peek(reader);
    const isImplied = binds === OPERATORS.and.binds && startsOperand(lexeme);
    if (!isImplied && !(isOperator(lexeme) && OPERATORS[lexeme.type].binds === binds)) break;
    if (!isImplied) take(reader);
    const right = readRight(reader, lexeme, isImplied, binds + 1);
    if (right === null) break;
    if (binds <= OPERATORS.and.binds) items.push(right);
    else left = join(reader, lexeme, left, right);
  }
  return binds <= OPERATORS.and.binds ? group(reader, binds === 1 ? 'or' : 'and', items) : left;
}

function readRight(reader: Reader, operator: Lexeme, isImplied: boolean, binds: number): QueryNode | null {
  const next = peek(reader);
  if (isImplied || startsOperand(next)) return readBinary(reader, binds);
  report(reader, 'operand-missing', operator.at, operator.text);
  return null;
}

function startsOperand({ type }: Lexeme): boolean {
  return ['term', 'field', 'values', 'saved', 'not', 'open', 'wrong'].includes(type);
}

function group(reader: Reader, type: 'and' | 'or', items: readonly QueryNode[]): QueryNode {
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined || first === last) return first as QueryNode;
  const node: QueryNode = { type, items, at: { start: first.at.start, end: last.at.end } };
  if (type === 'or' && items.some(isBareAnd)) reader.mixes.push(node);
  return node;
}

/** Parentheses widen a group's range beyond its first item's; an AND of its own has none. */
function isBareAnd(node: QueryNode): boolean {
  return node.type === 'and' && node.items[0]?.at.start === node.at.start;
}

function join(reader: Reader, lexeme: Lexeme, left: QueryNode, right: QueryNode): QueryNode {
  const at = { start: left.at.start, end: right.at.end };
  for (const operand of [left, right]) checkPlace(reader, operand, lexeme);
  if (lexeme.type === 'sentence') return { type: 'sentence', left, right, at };
  const distance = 'distance' in lexeme ? lexeme.distance : 1;
  if (lexeme.type === 'not-near') return { type: 'not-near', distance, left, right, at };
  return { type: 'near', ordered: lexeme.type === 'onear', distance, left, right, at };
}

/** Only what stands at some place of the text can be near something: words, and groups of words with OR. */
function checkPlace(reader: Reader, node: QueryNode, operator: Lexeme): void {
  if (isTerm(node)) return;
  if (['or', 'near', 'sentence', 'not-near'].includes(node.type)) {
    if (node.type === 'or') for (const item of node.items) checkPlace(reader, item, operator);
    return;
  }
  if (node.type === 'not') {
    const hint = `NOT (${formatNode(node.item)} ${operator.text} …)`;
    return report(reader, 'not-beside-near', node.at, operator.text, hint);
  }
  report(reader, 'no-place', node.at, operator.text);
}

function readUnary(reader: Reader): QueryNode {
  if (peek(reader).type !== 'not') return readPrimary(reader);
  const operator = take(reader);
  if (!startsOperand(peek(reader))) {
    report(reader, 'operand-missing', operator.at, operator.text);
    return missing(operator.at);
  }
  const item = nested(reader, operator, () => readUnary(reader));
  return { type: 'not', item, at: { start: operator.at.start, end: item.at.end } };
}

/** Stands for what could not be read; the issue is reported already. */
function missing(at: QueryRange): QueryNode {
  return { type: 'word', text: 'x', at };
}

function nested<Result>(reader: Reader, { at }: Lexeme, read: () => Result): Result {
  reader.depth += 1;
  if (reader.depth > MAX_QUERY_NESTING) {
    report(reader, 'too-deep', at, String(MAX_QUERY_NESTING));
    throw new GaveUp();
  }
  const result = read();
  reader.depth -= 1;
  return result;
}

function readPrimary(reader: Reader): QueryNode {
  const lexeme = take(reader);
  const { at } = lexeme;
  switch (lexeme.type) {
    case 'open':
      return readGroup(reader, lexeme);
    case 'field':
      return readField(reader, lexeme);
    case 'term':
      countTerms(reader, at, isWordy(lexeme.node.type) ? tokenize(lexeme.node.text).length : 1);
      return lexeme.node;
    case 'values':
      return readValues(reader, lexeme);
    case 'saved':
      countTerms(reader, at, 1);
      return { type: 'saved', name: lexeme.name, at };
    case 'wrong':
      return missing(at);
    default:
      if (lexeme.type === 'close') report(reader, 'unopened-parenthesis', at);
      else report(reader, 'operand-missing', at, lexeme.text);
      return missing(at);
  }
}

function isWordy(type: QueryNode['type']): boolean {
  return type === 'phrase' || type === 'exact';
}

function countTerms(reader: Reader, at: QueryRange, count: number): void {
  reader.terms += count;
  if (reader.terms <= MAX_QUERY_TERMS) return;
  report(reader, 'too-many-terms', at, String(MAX_QUERY_TERMS));
  throw new GaveUp();
}

function readGroup(reader: Reader, open: Lexeme): QueryNode {
  if (peek(reader).type === 'close') {
    report(reader, 'empty-parentheses', open.at);
    return missing({ start: open.at.start, end: take(reader).at.end });
  }
  if (peek(reader).type === 'end') {
    report(reader, 'unclosed-parenthesis', open.at);
    return missing(open.at);
  }
  const inside = nested(reader, open, () => readBinary(reader, 1));
  const close = peek(reader);
  if (close.type === 'close') take(reader);
  else report(reader, 'unclosed-parenthesis', open.at);
  return { ...inside, at: { start: open.at.start, end: close.at.end } };
}

function readField(reader: Reader, lexeme: Lexeme): QueryNode {
  const { text: name, at } = lexeme;
  if (reader.field !== null) report(reader, 'field-inside-field', at, name);
  const outer = reader.field;
  reader.field = name;
  const next = peek(reader);
  if (next.type === 'not' || !startsOperand(next)) {
    report(reader, 'field-value-missing', at, name, `${name}:(…)`);
    reader.field = outer;
    return missing(at);
  }
  const item = nested(reader, lexeme, () => readPrimary(reader));
  reader.field = outer;
  return { type: 'field', field: name as TextField, item, at: { start: at.start, end: item.at.end } };
}

function readValues(reader: Reader, lexeme: Lexeme & { type: 'values' }): QueryNode {
  const { field, values, at } = lexeme;
  if (reader.field !== null) report(reader, 'field-inside-field', at, field);
  countTerms(reader, at, values.length);
  const definition = FIELDS.get(field);
  const items = values.map(({ value, at: place }): QueryNode => {
    const { name, towards } = value.kind === 'name' ? value : { name: '', towards: null };
    // Which topics a text names is told after all of them have been asked.
    const isLater = towards !== null || (definition !== undefined && isKnownLater(definition, name));
    if (reader.use === 'topic' && isLater)
      report(reader, 'known-later', place, definition?.known === 'later' ? field : `${field}:${name}`);
    return { type: 'value', field, value, at };
  });
  const [only, more] = items;
  return only !== undefined && more === undefined ? only : { type: 'or', items, at };
}

/** Who searches sees a list and may narrow it by filters; a topic or a rule would act on everything. */
function refuseBroad(reader: Reader, root: QueryNode): void {
  if (reader.use === 'search') return;
  if (!hasAnchor(root, reader.use)) report(reader, 'only-negative', root.at);
  else if ((root.type === 'word' || root.type === 'phrase') && isCommon(root.text))
    report(reader, 'only-common', root.at, root.text);
}

/** Must every document that matches hold something? For a topic a language or a date alone does not count. */
function hasAnchor(node: QueryNode, use: QueryUse): boolean {
  if (node.type === 'not') return false;
  if (node.type === 'and') return node.items.some((item) => hasAnchor(item, use));
  if (node.type === 'value') return use !== 'topic' || FIELDS.get(node.field)?.isNarrow === true;
  if (node.type === 'not-near') return true;
  return partsOf(node).every((part) => hasAnchor(part, use));
}

function isCommon(text: string): boolean {
  return COMMON_WORDS.has(foldWord(text).trim());
}
