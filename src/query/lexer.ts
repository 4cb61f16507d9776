import type { QueryIssue } from './ast.ts';
import { readField } from './lex-fields.ts';
import { near, readExact, readPhrase, readRun } from './lex-terms.ts';
import { CLOSING, type Lexeme, matchAt, type Reader, skipBlank } from './lexeme.ts';

const NOT_NEAR = /NOT\s+NEAR(?:\/(\d{0,6}))?(?![^\s()])/y;
/** Beyond that more issues help nobody. */
const ISSUES_AT_MOST = 20;

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
