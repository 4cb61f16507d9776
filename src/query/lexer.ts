import { tokenize } from '../lib/tokens.ts';
import type { QueryRange } from './ast.ts';
import { FIELD_EXAMPLES, FUTURE_FIELDS, nearestField, TEXT_FIELDS, VALUE_FIELDS } from './fields.ts';
import { makeIssue, QueryError } from './issues.ts';
import type { MessageCode } from './messages.ts';

type LexemeType =
  | 'word'
  | 'exact'
  | 'phrase'
  | 'prefix'
  | 'field'
  | 'value'
  | 'and'
  | 'or'
  | 'not'
  | 'open'
  | 'close'
  | 'end';

export interface Lexeme {
  type: LexemeType;
  /** The word, the inside of the quotes, the field's value; for `field` its name. */
  text: string;
  /** For `value`: the field's name. */
  field?: string;
  at: QueryRange;
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '«': '»' };
const SKIPPED = /\s+|\/\*[\s\S]*?\*\//y;
const FIELD = /([\p{L}_]+):(?!\/\/)/uy;
const COMPARED_FIELD = /([a-z]+)(?:[<>]=?|=|\()/y;
const RUN = /(?:https?:\/\/[^\s()"|]+)|(?:(?!\/\*)[^\s()"“”„«»|:<>=~])+/y;
const VALUE = /[^\s()"|]+/y;
const MIN_PREFIX = 3;

/** Cuts a query into lexemes, the last one of type `end`. Throws QueryError at the first character that has no meaning. */
export function readLexemes(text: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    const lexeme = readLexeme(text, at);
    lexemes.push(lexeme);
    at = skipBlank(text, lexeme.at.end);
  }
  lexemes.push({ type: 'end', text: '', at: { start: text.length, end: text.length } });
  return lexemes;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  for (let blank = matchAt(SKIPPED, text, at); blank; blank = matchAt(SKIPPED, text, at))
    at += blank[0].length;
  if (text.startsWith('/*', at)) fail(text, 'unclosed-comment', at, at + 2);
  return at;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function fail(text: string, code: MessageCode, start: number, end: number, ...values: string[]): never {
  throw new QueryError(makeIssue(text, code, { start, end }, ...values));
}

function readLexeme(text: string, at: number): Lexeme {
  const char = text.charAt(at);
  const one = { start: at, end: at + 1 };
  if (char === '(') return { type: 'open', text: char, at: one };
  if (char === ')') return { type: 'close', text: char, at: one };
  if (char === '|') return { type: 'or', text: char, at: one };
  if (char === '-' && /[^\s)|]/.test(text.charAt(at + 1))) return { type: 'not', text: char, at: one };
  if (char === '=') return readExact(text, at);
  if (CLOSING[char] !== undefined) return readPhrase(text, at);
  return readField(text, at) ?? readRun(text, at);
}

/** Reads `"…"`; `start` is where the lexeme begins, which for `="…"` is one before the quote. */
function readQuoted(text: string, quote: number): { inside: string; end: number } {
  const closing = CLOSING[text.charAt(quote)] ?? '"';
  let end = quote + 1;
  while (end < text.length && !closing.includes(text.charAt(end))) end += 1;
  if (end >= text.length) fail(text, 'unclosed-quote', quote, quote + 1);
  return { inside: text.slice(quote + 1, end), end: end + 1 };
}

function readPhrase(text: string, at: number): Lexeme {
  const { inside, end } = readQuoted(text, at);
  if (text.charAt(end) === '~') fail(text, 'not-yet', end, end + 2, '"…"~n');
  const star = inside.indexOf('*');
  if (star >= 0) fail(text, 'not-yet', at + 1 + star, at + 2 + star, '"сло* …"');
  if (tokenize(inside).length === 0) fail(text, 'empty-phrase', at, end);
  return { type: 'phrase', text: inside, at: { start: at, end } };
}

function readExact(text: string, at: number): Lexeme {
  if (CLOSING[text.charAt(at + 1)] !== undefined) {
    const { inside, end } = readQuoted(text, at + 1);
    if (tokenize(inside).length === 0) fail(text, 'empty-phrase', at, end);
    return { type: 'exact', text: inside, at: { start: at, end } };
  }
  const value = matchAt(VALUE, text, at + 1)?.[0];
  if (value === undefined || tokenize(value).length === 0) fail(text, 'exact-value-missing', at, at + 1);
  return { type: 'exact', text: value, at: { start: at, end: at + 1 + value.length } };
}

function readField(text: string, at: number): Lexeme | null {
  const compared = matchAt(COMPARED_FIELD, text, at)?.[1];
  if (compared !== undefined && FUTURE_FIELDS.has(compared)) {
    fail(text, 'not-yet', at, at + compared.length, compared);
  }
  const match = matchAt(FIELD, text, at);
  if (!match) return null;
  const name = (match[1] ?? '').toLowerCase();
  const end = at + match[0].length;
  if (FUTURE_FIELDS.has(name)) fail(text, 'not-yet', at, end, `${name}:`);
  if (!TEXT_FIELDS.has(name) && !VALUE_FIELDS.has(name)) failUnknownField(text, at, end, name);
  const next = text.charAt(end);
  const hasValue = next !== '' && /[^\s)|:]/.test(next);
  if (!hasValue) fail(text, 'field-value-missing', at, end, name, FIELD_EXAMPLES[name] ?? '');
  if (TEXT_FIELDS.has(name)) return { type: 'field', text: name, at: { start: at, end } };
  return readValue(text, at, end, name);
}

function failUnknownField(text: string, at: number, end: number, name: string): never {
  const nearest = nearestField(name);
  return fail(text, 'unknown-field', at, end, name, nearest === null ? '' : `→ ${nearest}:`);
}

function readValue(text: string, start: number, at: number, field: string): Lexeme {
  if (text.charAt(at) === '(') fail(text, 'not-yet', at, at + 1, `${field}:(…)`);
  const value = (matchAt(VALUE, text, at)?.[0] ?? '').toLowerCase();
  const isValid =
    field === 'lang' ? /^[a-z]{2,3}$/.test(value) : /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+$/u.test(value);
  if (!isValid)
    fail(text, 'field-value-wrong', at, at + Math.max(1, value.length), field, FIELD_EXAMPLES[field] ?? '');
  return { type: 'value', field, text: value, at: { start, end: at + value.length } };
}

function readRun(text: string, at: number): Lexeme {
  const run = matchAt(RUN, text, at)?.[0];
  if (run === undefined)
    return fail(text, 'unexpected-character', at, at + 1, text.charAt(at), text.charAt(at));
  const end = at + run.length;
  const range = { start: at, end };
  if (run === 'AND') return { type: 'and', text: run, at: range };
  if (run === 'OR') return { type: 'or', text: run, at: range };
  if (run === 'NOT') return { type: 'not', text: run, at: range };
  if (/^(?:O?NEAR(?:\/.*)?|SENT)$/.test(run)) fail(text, 'not-yet', at, end, run);
  if (text.charAt(end) === '~') fail(text, 'not-yet', end, end + 1, '~n');
  if (run.includes('*')) return readPrefix(text, run, range);
  return { type: checkRun(text, run, at) > 1 ? 'phrase' : 'word', text: run, at: range };
}

function readPrefix(text: string, run: string, at: QueryRange): Lexeme {
  const star = run.indexOf('*');
  const prefix = run.slice(0, star);
  if (star !== run.length - 1) fail(text, 'wildcard-place', at.start + star, at.start + star + 1);
  if (prefix.length === 0) fail(text, 'wildcard-place', at.start, at.end);
  if ((prefix.match(/[\p{L}\p{N}]/gu) ?? []).length < MIN_PREFIX)
    fail(text, 'prefix-too-short', at.start, at.end);
  if (checkRun(text, prefix, at.start) > 1)
    fail(text, 'wildcard-place', at.start + star, at.start + star + 1);
  return { type: 'prefix', text: prefix, at };
}

/** How many tokens a bare word holds; every character of it must belong to one. */
function checkRun(text: string, run: string, at: number): number {
  let covered = 0;
  const tokens = tokenize(run);
  for (const token of [...tokens, { start: run.length, end: run.length }]) {
    if (token.start > covered) {
      const char = String.fromCodePoint(run.codePointAt(covered) ?? 0x20);
      fail(text, 'unexpected-character', at + covered, at + covered + char.length, char, run);
    }
    covered = token.end;
  }
  return tokens.length;
}
