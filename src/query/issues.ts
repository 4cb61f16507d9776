import type { QueryIssue, QueryRange } from './ast.ts';
import { MESSAGES, type MessageCode } from './messages.ts';

const SHOWN_WIDTH = 100;

/** `values` stand for {0}, {1} in the message. */
export function makeIssue(text: string, code: MessageCode, at: QueryRange, ...values: string[]): QueryIssue {
  const before = text.slice(0, at.start);
  const line = before.split('\n').length;
  const column = at.start - (before.lastIndexOf('\n') + 1) + 1;
  const { ru, en } = MESSAGES[code];
  return {
    code,
    line,
    column,
    offset: at.start,
    length: Math.max(1, at.end - at.start),
    message: { ru: fill(ru, values), en: fill(en, values) },
  };
}

function fill(template: string, values: readonly string[]): string {
  return template.replace(/\{(\d)\}/g, (_whole, index: string) => values[Number(index)] ?? '').trimEnd();
}

/** The line of the query and carets under the place, two lines; long lines are cut around it. */
export function showCaret(query: string, issue: QueryIssue): string {
  const line = query.split('\n')[issue.line - 1] ?? '';
  const column = issue.column - 1;
  const from = Math.max(0, column - SHOWN_WIDTH / 2);
  const shown = line.slice(from, from + SHOWN_WIDTH);
  const padding = shown.slice(0, column - from).replace(/[^\t]/g, ' ');
  const carets = '^'.repeat(Math.max(1, Math.min(issue.length, shown.length - (column - from))));
  return `${shown}\n${padding}${carets}`;
}

/** Place and message, and under them `showCaret`. */
export function describeIssue(query: string, issue: QueryIssue, language: 'ru' | 'en'): string {
  return `${issue.line}:${issue.column} ${issue.message[language]}\n${showCaret(query, issue)}`;
}
