import { tokenize } from '../lib/tokens.ts';
import type { QueryIssue, QueryRange, TermNode, Value } from './ast.ts';
import { FIELDS, isTextField, nearest } from './fields.ts';
import { makeIssue } from './issues.ts';
import type { MessageCode } from './messages.ts';
import { NEAR_AT_MOST, NEAR_BY_DEFAULT, type OperatorType } from './operators.ts';
import { readValue, valueMistake } from './values.ts';

export type Lexeme = { at: QueryRange; text: string } & (
  | { type: 'term'; node: TermNode }
  | { type: 'field' }
  | { type: 'values'; field: string; values: { value: Value; at: QueryRange }[] }
  | { type: 'saved'; name: string }
  | { type: OperatorType; distance: number }
  | { type: 'not' | 'open' | 'close' | 'end' | 'wrong' }
);

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '«': '»' };
const BLANK = /\s+|\/\*[\s\S]*?\*\//y;
const FIELD = /([\p{L}_]+)(?:\(([^()\s"]{1,64})\))?:(?!\/\/)/uy;
const COMPARED_FIELD = /([a-z]+)(?=[<>]=?|=)/y;
const RUN = /(?:https?:\/\/[^\s()"|]+)|(?:(?!\/\*)[^\s()"“”„«»|:<>=~])+/y;
const VALUE = /[^\s()"|]+/y;
const SLACK = /~(\d{0,3})/y;
const NEAR = /^(O?NEAR)(?:\/(\d{0,6}))?$/;
const NOT_NEAR = /NOT\s+NEAR(?:\/(\d{0,6}))?(?![^\s()])/y;
const MIN_PREFIX = 3;
/** Beyond that more issues help nobody. */
const ISSUES_AT_MOST = 20;

interface Reader {
  text: string;
  issues: QueryIssue[];
}

/** Cuts a query into lexemes, the last one of type `end`. What has no meaning becomes `wrong`, with an issue. */
export function readLexemes(text: string): { lexemes: Lexeme[]; issues: QueryIssue[] } {
  const reader: Reader = { text, issues: [] };
  const lexemes: Lexeme[] = [];
  let at = skipBlank(reader, 0);
  while (at < text.length && reader.issues.length < ISSUES_AT_MOST) {
    const lexeme = readLexeme(reader, at);
    lexemes.push(lexeme);
    at = skipBlank(reader, lexeme.at.end);
  }
  lexemes.push({ type: 'end', text: '', at: { start: text.length, end: text.length } });
  return { lexemes, issues: reader.issues };
}

function skipBlank(reader: Reader, from: number): number {
  let at = from;
  for (let blank = matchAt(BLANK, reader.text, at); blank; blank = matchAt(BLANK, reader.text, at))
    at += blank[0].length;
  if (!reader.text.startsWith('/*', at)) return at;
  report(reader, 'unclosed-comment', at, at + 2);
  return reader.text.length;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function report(reader: Reader, code: MessageCode, start: number, end: number, ...values: string[]): void {
  reader.issues.push(makeIssue(reader.text, code, { start, end }, ...values));
}

/** Reports and stands for what was there, up to `upTo`. */
function wrong(
  reader: Reader,
  code: MessageCode,
  at: QueryRange,
  upTo: QueryRange,
  ...values: string[]
): Lexeme {
  report(reader, code, at.start, at.end, ...values);
  return { type: 'wrong', text: reader.text.slice(upTo.start, upTo.end), at: upTo };
}

function readLexeme(reader: Reader, at: number): Lexeme {
  const { text } = reader;
  const char = text.charAt(at);
  const one = { start: at, end: at + 1 };
  if (char === '(') return { type: 'open', text: char, at: one };
  if (char === ')') return { type: 'close', text: char, at: one };
  if (char === '|') return { type: 'or', distance: 0, text: char, at: one };
  const apart = matchAt(NOT_NEAR, text, at);
  if (apart) return near(reader, 'not-near', { start: at, end: at + apart[0].length }, apart[1]);
  if (char === '-' && /[^\s)|]/.test(text.charAt(at + 1))) return { type: 'not', text: char, at: one };
  if (char === '=') return readExact(reader, at);
  if (CLOSING[char] !== undefined) return readPhrase(reader, at);
  return readField(reader, at) ?? readRun(reader, at);
}

/** Reads `"…"` whose opening quote stands at `quote`; null when it is never closed. */
function readQuoted(text: string, quote: number): { inside: string; end: number } | null {
  const closing = CLOSING[text.charAt(quote)] ?? '"';
  let end = quote + 1;
  while (end < text.length && !closing.includes(text.charAt(end))) end += 1;
  return end < text.length ? { inside: text.slice(quote + 1, end), end: end + 1 } : null;
}

function unclosed(reader: Reader, start: number, quote: number): Lexeme {
  const all = { start, end: reader.text.length };
  return wrong(reader, 'unclosed-quote', { start: quote, end: quote + 1 }, all);
}

function readPhrase(reader: Reader, at: number): Lexeme {
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

function readExact(reader: Reader, at: number): Lexeme {
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

function readField(reader: Reader, at: number): Lexeme | null {
  const { text } = reader;
  const compared = FIELDS.get(matchAt(COMPARED_FIELD, text, at)?.[1] ?? '');
  if (compared?.takes === 'number' || compared?.takes === 'date')
    return readValues(reader, at, at + compared.name.length, compared.name, null);
  const match = matchAt(FIELD, text, at);
  if (!match) return null;
  const name = (match[1] ?? '').toLowerCase();
  const end = at + match[0].length;
  const range = { start: at, end };
  if (name === 'saved') return readSaved(reader, at, end);
  const field = FIELDS.get(name);
  if (!field) {
    const meant = nearest([...FIELDS.keys(), 'saved'], name);
    return wrong(
      reader,
      'unknown-field',
      range,
      range,
      name,
      meant === null ? '' : `→ ${meant}:`,
      knownFields(),
    );
  }
  const towards = match[2] ?? null;
  if (towards !== null && !field.canNameTopic) return wrong(reader, 'no-topic-here', range, range, name);
  if (/^(?:$|[\s)|:])/.test(text.charAt(end)))
    return wrong(reader, 'field-value-missing', range, range, name, `${name}:${field.example}`);
  if (isTextField(name)) return { type: 'field', text: name, at: range };
  return readValues(reader, at, end, name, towards);
}

function knownFields(): string {
  return [...FIELDS.keys(), 'saved'].map((name) => `${name}:`).join(' ');
}

/** `saved:romashka`, `saved:"Банки"`. */
function readSaved(reader: Reader, start: number, at: number): Lexeme {
  const one = readOneValue(reader.text, at);
  const range = { start, end: one?.end ?? at };
  if (one === null || one.value.trim() === '')
    return wrong(reader, 'field-value-missing', range, range, 'saved', 'saved:"…"');
  return { type: 'saved', name: one.value, text: one.value, at: range };
}

/** A value as written, in quotes or up to the next blank; null when the quote is never closed or there is none. */
function readOneValue(text: string, at: number): { value: string; end: number } | null {
  if (CLOSING[text.charAt(at)] !== undefined) {
    const quoted = readQuoted(text, at);
    return quoted && { value: quoted.inside, end: quoted.end };
  }
  const value = matchAt(VALUE, text, at)?.[0];
  return value === undefined ? null : { value, end: at + value.length };
}

/** `lang:ru` or `lang:(ru OR en)`. */
function readValues(
  reader: Reader,
  start: number,
  from: number,
  name: string,
  towards: string | null,
): Lexeme {
  const { text } = reader;
  const isGroup = text.charAt(from) === '(';
  const values: { value: Value; at: QueryRange }[] = [];
  let at = isGroup ? skipBlank(reader, from + 1) : from;
  for (;;) {
    const one = readOneValue(text, at);
    if (one === null) {
      const range = { start, end: Math.max(at, start + 1) };
      return wrong(
        reader,
        'field-value-missing',
        range,
        range,
        name,
        `${name}:${FIELDS.get(name)?.example ?? ''}`,
      );
    }
    const range = { start: at, end: one.end };
    const value = readValue(name, one.value, towards);
    if (value === null) {
      const { code, values: told } = valueMistake(name, one.value);
      report(reader, code, range.start, range.end, ...told);
    } else values.push({ value, at: range });
    at = one.end;
    if (!isGroup) break;
    at = skipBlank(reader, at);
    if (text.charAt(at) === ')') {
      at += 1;
      break;
    }
    const separator = matchAt(/OR(?=[\s("])|\|/y, text, at)?.[0].length ?? 0;
    at = skipBlank(reader, at + separator);
    if (at >= text.length)
      return wrong(reader, 'unclosed-parenthesis', { start: from, end: from + 1 }, { start, end: at });
  }
  const range = { start, end: at };
  if (values.length === 0) return { type: 'wrong', text: text.slice(start, at), at: range };
  return { type: 'values', field: name, values, text: text.slice(start, at), at: range };
}

function near(
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

function readRun(reader: Reader, at: number): Lexeme {
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
