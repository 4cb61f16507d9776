import type { QueryIssue, QueryRange, TermNode, Value } from './ast.ts';
import { makeIssue } from './issues.ts';
import type { MessageCode } from './messages.ts';
import type { OperatorType } from './operators.ts';

export type Lexeme = { at: QueryRange; text: string } & (
  | { type: 'term'; node: TermNode }
  | { type: 'field' }
  | { type: 'values'; field: string; values: { value: Value; at: QueryRange }[] }
  | { type: 'saved'; name: string }
  | { type: OperatorType; distance: number }
  | { type: 'not' | 'open' | 'close' | 'end' | 'wrong' }
);

/** A query while it is cut into lexemes. */
export interface Reader {
  text: string;
  issues: QueryIssue[];
}

const BLANK = /\s+|\/\*[\s\S]*?\*\//y;
export const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '«': '»' };

export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export function report(
  reader: Reader,
  code: MessageCode,
  start: number,
  end: number,
  ...values: string[]
): void {
  reader.issues.push(makeIssue(reader.text, code, { start, end }, ...values));
}

/** Reports and stands for what was there, up to `upTo`. */
export function wrong(
  reader: Reader,
  code: MessageCode,
  at: QueryRange,
  upTo: QueryRange,
  ...values: string[]
): Lexeme {
  report(reader, code, at.start, at.end, ...values);
  return { type: 'wrong', text: reader.text.slice(upTo.start, upTo.end), at: upTo };
}

/** Where the next lexeme begins: behind blanks and comments. */
export function skipBlank(reader: Reader, from: number): number {
  let at = from;
  for (let blank = matchAt(BLANK, reader.text, at); blank; blank = matchAt(BLANK, reader.text, at))
    at += blank[0].length;
  if (!reader.text.startsWith('/*', at)) return at;
  report(reader, 'unclosed-comment', at, at + 2);
  return reader.text.length;
}

/** Reads `"…"` whose opening quote stands at `quote`; null when it is never closed. */
export function readQuoted(text: string, quote: number): { inside: string; end: number } | null {
  const closing = CLOSING[text.charAt(quote)] ?? '"';
  let end = quote + 1;
  while (end < text.length && !closing.includes(text.charAt(end))) end += 1;
  return end < text.length ? { inside: text.slice(quote + 1, end), end: end + 1 } : null;
}

export function unclosed(reader: Reader, start: number, quote: number): Lexeme {
  const all = { start, end: reader.text.length };
  return wrong(reader, 'unclosed-quote', { start: quote, end: quote + 1 }, all);
}
