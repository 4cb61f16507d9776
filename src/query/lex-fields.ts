import type { QueryRange, Value } from './ast.ts';
import { FIELDS, fieldMeant, isTextField } from './fields.ts';
import {
  CLOSING,
  type Lexeme,
  matchAt,
  type Reader,
  readQuoted,
  report,
  skipBlank,
  wrong,
} from './lexeme.ts';
import { readValue, valueMistake } from './values.ts';

const FIELD = /([\p{L}_]+)(?:\(([^()\s"]{1,64})\))?:(?!\/\/)/uy;
const COMPARED_FIELD = /([a-z]+)(?=[<>]=?|=)/y;
const VALUE = /[^\s()"|]+/y;

export function readField(reader: Reader, at: number): Lexeme | null {
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
    const meant = fieldMeant(name);
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
