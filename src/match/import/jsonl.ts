import { linesOf } from './lines.ts';
import type { Mistake } from './mistakes.ts';
import { type ImportRow, MAX_COLUMNS, type Table } from './table.ts';

const MAX_LINE = 2_000_000;

/** An object's values under the columns, which grow by the names that are new. null: there are too many names. */
export function toCells(object: Readonly<Record<string, unknown>>, columns: string[]): unknown[] | null {
  const cells: unknown[] = [];
  for (const [name, value] of Object.entries(object)) {
    let at = columns.indexOf(name);
    if (at === -1) at = columns.push(name) - 1;
    if (at >= MAX_COLUMNS) {
      columns.length = MAX_COLUMNS;
      return null;
    }
    cells[at] = value;
  }
  return cells;
}

function readLine(line: number, text: string, columns: string[]): ImportRow | Mistake {
  const wrong = (code: Mistake['code'], values = {}): Mistake => ({ line, column: null, code, values });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong('not-json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('not-object');
  const cells = toCells(value as Record<string, unknown>, columns);
  return cells ? { line, cells } : wrong('too-wide', { max: MAX_COLUMNS });
}

/** One JSON object a line. */
export async function readJsonl(content: AsyncIterable<string>): Promise<Table> {
  const columns: string[] = [];
  async function* rows(): AsyncGenerator<ImportRow | Mistake> {
    for await (const { number, text, isCut } of linesOf(content, MAX_LINE)) {
      const trimmed = text.replace(/^\uFEFF/, '').trim();
      if (isCut) yield { line: number, column: null, code: 'line-too-long', values: { max: MAX_LINE } };
      else if (trimmed !== '') yield readLine(number, trimmed, columns);
    }
  }
  return { columns, rows: rows() };
}
