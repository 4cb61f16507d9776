import { SelectorError, type SelectorMistakeCode } from './selector-mistake.ts';

export type Axis =
  | 'child'
  | 'descendant'
  | 'descendant-or-self'
  | 'self'
  | 'parent'
  | 'ancestor'
  | 'following-sibling'
  | 'preceding-sibling'
  | 'attribute';

export interface Step {
  axis: Axis;
  /** A name in lower case, `*`, `text()` or `node()`. */
  test: string;
  predicates: Expression[];
}

export interface Path {
  kind: 'path';
  /** root: from the page's top; here: from the node that is asked. */
  from: 'root' | 'here';
  steps: Step[];
}

export type Expression =
  | Path
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'call'; name: string; inputs: Expression[] }
  | { kind: 'both' | 'either' | 'compare'; operator: string; left: Expression; right: Expression };

const AXES = new Set<string>([
  'child',
  'descendant',
  'descendant-or-self',
  'self',
  'parent',
  'ancestor',
  'following-sibling',
  'preceding-sibling',
  'attribute',
]);
/** How many inputs each function takes: at least, at most. */
const FUNCTIONS: Record<string, readonly [number, number]> = {
  contains: [2, 2],
  'starts-with': [2, 2],
  'normalize-space': [0, 1],
  not: [1, 1],
  position: [0, 0],
  last: [0, 0],
  count: [1, 1],
};

interface Token {
  text: string;
  /** From 1. */
  at: number;
}

const TOKEN =
  /\s*(\/\/|::|!=|<=|>=|\.\.|"[^"]*"|'[^']*'|\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_-]*(?:\(\))?|[/@.*()[\],=<>|])/uy;
const MAX_CHARS = 1000;
const MAX_DEPTH = 20;

function fail(at: number, code: SelectorMistakeCode, ...values: readonly (string | number)[]): never {
  throw new SelectorError(at, code, ...values);
}

function tokensOf(source: string): Token[] {
  if (source.length > MAX_CHARS) fail(MAX_CHARS, 'too-long');
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const text = TOKEN.exec(source)?.[1];
    if (text === undefined) fail(start + 1, 'not-understood', source.slice(start, start + 10).trim());
    tokens.push({ text, at: TOKEN.lastIndex - text.length + 1 });
  }
  return tokens;
}

interface Reader {
  tokens: readonly Token[];
  next: number;
  end: number;
  depth: number;
}

function peek(reader: Reader): string {
  return reader.tokens[reader.next]?.text ?? '';
}

function place(reader: Reader): number {
  return reader.tokens[reader.next]?.at ?? reader.end;
}

function take(reader: Reader, ...wanted: readonly string[]): boolean {
  const isThere = wanted.includes(peek(reader)) && reader.next < reader.tokens.length;
  if (isThere) reader.next += 1;
  return isThere;
}

function expect(reader: Reader, wanted: string): void {
  if (take(reader, wanted)) return;
  const found = peek(reader);
  fail(place(reader), found ? 'expected-instead' : 'expected', wanted, found);
}

const NAME = /^[\p{L}_]/u;
const ANYTHING_BELOW: Step = { axis: 'descendant-or-self', test: 'node()', predicates: [] };

function readPredicates(reader: Reader): Expression[] {
  const predicates: Expression[] = [];
  while (take(reader, '[')) {
    predicates.push(readEither(reader));
    expect(reader, ']');
  }
  return predicates;
}

function readAxis(reader: Reader): Axis {
  if (take(reader, '@')) return 'attribute';
  if (reader.tokens[reader.next + 1]?.text !== '::') return 'child';
  const name = peek(reader);
  if (!AXES.has(name)) fail(place(reader), 'no-axis', name);
  reader.next += 2;
  return name as Axis;
}

function readStep(reader: Reader): Step {
  if (take(reader, '..')) return { axis: 'parent', test: 'node()', predicates: readPredicates(reader) };
  if (take(reader, '.')) return { axis: 'self', test: 'node()', predicates: readPredicates(reader) };
  const axis = readAxis(reader);
  const test = peek(reader);
  const isKnown =
    test === '*' || test === 'text()' || test === 'node()' || (NAME.test(test) && !test.endsWith('()'));
  if (!isKnown) fail(place(reader), test === '' ? 'name-at-end' : 'name-instead', test);
  reader.next += 1;
  return { axis, test: test.toLowerCase(), predicates: readPredicates(reader) };
}

function readPath(reader: Reader): Path {
  const steps: Step[] = [];
  const from = peek(reader).startsWith('/') ? 'root' : 'here';
  if (take(reader, '//')) steps.push(ANYTHING_BELOW);
  else take(reader, '/');
  steps.push(readStep(reader));
  while (peek(reader) === '/' || peek(reader) === '//') {
    if (take(reader, '//')) steps.push(ANYTHING_BELOW);
    else reader.next += 1;
    steps.push(readStep(reader));
  }
  return { kind: 'path', from, steps };
}

function readCall(reader: Reader): Expression {
  const at = place(reader);
  const token = peek(reader);
  const name = token.replace('()', '');
  const bounds = FUNCTIONS[name];
  if (!bounds) fail(at, 'no-function', name, Object.keys(FUNCTIONS).join(', '));
  reader.next += 1;
  const inputs: Expression[] = [];
  if (!token.endsWith('()')) {
    expect(reader, '(');
    if (peek(reader) !== ')') {
      do inputs.push(readEither(reader));
      while (take(reader, ','));
    }
    expect(reader, ')');
  }
  if (inputs.length < bounds[0] || inputs.length > bounds[1]) fail(at, 'inputs', name, ...bounds);
  return { kind: 'call', name, inputs };
}

function readValue(reader: Reader): Expression {
  const text = peek(reader);
  if (/^["']/.test(text)) {
    reader.next += 1;
    return { kind: 'text', value: text.slice(1, -1) };
  }
  if (/^\d/.test(text)) {
    reader.next += 1;
    return { kind: 'number', value: Number(text) };
  }
  if (take(reader, '(')) {
    const inner = readEither(reader);
    expect(reader, ')');
    return inner;
  }
  const isCall = text !== 'text()' && text !== 'node()' && NAME.test(text);
  if (isCall && (text.endsWith('()') || reader.tokens[reader.next + 1]?.text === '('))
    return readCall(reader);
  return readPath(reader);
}

function readComparison(reader: Reader): Expression {
  const left = readValue(reader);
  const operator = peek(reader);
  if (!take(reader, '=', '!=', '<', '>', '<=', '>=')) return left;
  return { kind: 'compare', operator, left, right: readValue(reader) };
}

function readBoth(reader: Reader): Expression {
  let left = readComparison(reader);
  while (take(reader, 'and')) left = { kind: 'both', operator: 'and', left, right: readComparison(reader) };
  return left;
}

function readEither(reader: Reader): Expression {
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) fail(place(reader), 'too-deep');
  let left = readBoth(reader);
  while (take(reader, 'or')) left = { kind: 'either', operator: 'or', left, right: readBoth(reader) };
  reader.depth -= 1;
  return left;
}

/**
 * The subset of XPath 1.0 that picks things from pages: paths with axes, `//`, `@name`, `text()`, positions, predicates with
 * `=`, `!=`, `<`, `and`, `or`, contains(), starts-with(), normalize-space(), not(), position(), last(), count(); `|` between
 * paths. @throws SelectorError with the place (`character 7`) and what is wrong there
 */
export function parseXPath(source: string): Path[] {
  const reader: Reader = { tokens: tokensOf(source), next: 0, end: source.length + 1, depth: 0 };
  const paths = [readPath(reader)];
  while (take(reader, '|')) paths.push(readPath(reader));
  if (reader.next < reader.tokens.length) fail(place(reader), 'not-expected', peek(reader));
  return paths;
}
