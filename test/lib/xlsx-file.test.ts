import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { type SheetCell, xlsxFile } from '../../src/lib/xlsx-file.ts';
import { isRow } from '../../src/match/import/table.ts';
import { readXlsx } from '../../src/match/import/xlsx.ts';

const folder = mkdtempSync(join(tmpdir(), 'molva-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** As our own reader of spreadsheets finds it: texts by column. */
async function readBack(name: string, rows: readonly (readonly SheetCell[])[]) {
  const file = join(folder, 'sheet.xlsx');
  writeFileSync(file, xlsxFile(name, rows));
  const table = await readXlsx(file);
  const found: string[][] = [];
  for await (const row of table.rows) {
    if (!isRow(row)) throw new Error('a mistake');
    found.push(row.cells.map(String));
  }
  return { sheets: table.sheets?.names, columns: table.columns, found };
}

it('keeps numbers and texts, whatever a text begins with', async () => {
  const { sheets, columns, found } = await readBack('Тон: [все]/*', [
    ['When', 'Mentions'],
    ['=cmd|calc', 12],
    ['<b> & "q" \u0000\ud800', 0.5],
  ]);
  expect(columns).toEqual(['When', 'Mentions']);
  expect(found[0]).toEqual(['=cmd|calc', '12']);
  expect(found[1]![0]).toContain('<b> & "q"');
  expect(sheets).toEqual(['Тон   все']);
});

it('is read back as it was written', async () => {
  const word = fc
    .string({ minLength: 1, unit: 'grapheme', maxLength: 20 })
    .filter((text) => /^[\p{L}\p{N}]+$/u.test(text.normalize('NFC')));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(word, fc.nat()), { minLength: 1, maxLength: 30 }), async (rows) => {
      const { found } = await readBack('x', [['a', 'b'], ...rows]);
      expect(found).toEqual(rows.map(([text, n]) => [text, String(n)]));
    }),
    { numRuns: 25 },
  );
});
