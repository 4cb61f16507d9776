import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileError } from '../../../src/match/import/mistakes.ts';
import { readXlsx } from '../../../src/match/import/xlsx.ts';
import { readFileOf, rowsOf } from './reading.ts';
import { textRow, type Workbook, workbook, zipOf } from './workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'molva-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(bytes: Buffer): string {
  files += 1;
  const path = join(folder, `${files}.xlsx`);
  writeFileSync(path, bytes);
  return path;
}

const read = async (book: Workbook, sheet?: string) => {
  const table = await readXlsx(fileOf(zipOf(workbook(book))), sheet);
  return { columns: table.columns, sheets: table.sheets, ...(await rowsOf(table)) };
};
const codeOf = async (bytes: Buffer): Promise<string> => {
  try {
    await rowsOf(await readXlsx(fileOf(bytes)));
    return 'read';
  } catch (error) {
    return error instanceof FileError ? error.mistake.code : String(error);
  }
};

describe('a workbook', () => {
  it('gives texts, numbers, dates and the values of formulas', async () => {
    const { columns, rows, mistakes } = await read({
      shared: ['<t>Имя</t>', '<r><t>Ан</t></r><r><t>на</t></r><rPh><t>xx</t></rPh>', '<t>a_x000D_b</t>'],
      formats: ['dd.mm.yyyy', '00000', '&quot;шт&quot; 0.00', '[h]:mm'],
      sheets: {
        Клиенты:
          `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Дата</t></is></c><c r="C1" t="str"><v>Код</v></c><c r="D1" t="str"><v>Сумма</v></c></row>` +
          `<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>45292.5</v></c><c r="C3" s="2"><v>42</v></c><c r="D3" s="3"><f>1+1</f><v>2</v></c></row>` +
          `<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4" t="e"><v>#REF!</v></c><c r="C4"><f>NOW()</f></c><c r="D4"><v>79161234567</v></c></row>` +
          `<row r="5"><c r="A5" t="b"><v>1</v></c><c r="D5"><v>12345678901234567</v></c></row>`,
      },
    });
    expect(columns).toEqual(['Имя', 'Дата', 'Код', 'Сумма']);
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [3, 'Анна', new Date('2024-01-01T12:00:00Z'), '00042', 2],
      [4, 'a\rb', undefined, undefined, 79161234567],
      [5, true, '', '', undefined],
    ]);
    expect(mistakes.map(({ line, column, code }) => [line, column, code])).toEqual([
      [4, 'Дата', 'cell-error'],
      [4, 'Код', 'no-value'],
      [5, 'Сумма', 'number-too-long'],
    ]);
  });

  it('counts days from 1904 where it says so', async () => {
    const { rows } = await read({
      head: '<workbookPr date1904="1"/>',
      formats: ['yyyy-mm-dd'],
      sheets: { S: `${textRow(1, 'a')}<row r="2"><c r="A2" s="1"><v>1</v></c></row>` },
    });
    expect(rows[0]?.cells).toEqual([new Date('1904-01-02T00:00:00Z')]);
  });

  it('gives its first sheet, or the one that is named, and says which there are', async () => {
    const sheets = { One: textRow(1, 'a'), Two: textRow(1, 'b') };
    expect((await read({ sheets })).columns).toEqual(['a']);
    expect(await read({ sheets }, 'Two')).toMatchObject({
      columns: ['b'],
      sheets: { names: ['One', 'Two'], chosen: 'Two' },
    });
    await expect(read({ sheets }, 'Three')).rejects.toThrow(/One, Two/);
  });

  it('tells of phones that were stored as numbers and lost their beginning', async () => {
    const book = workbook({
      sheets: {
        S: `${textRow(1, 'ID', 'Имя', 'Телефон')}<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="str"><v>Анна</v></c><c r="C2"><v>79161234567</v></c></row><row r="3"><c r="A3"><v>8</v></c><c r="B3" t="str"><v>Пётр</v></c><c r="C3"><v>123</v></c></row>`,
      },
    });
    const path = fileOf(zipOf(book));
    const { records, issues } = await readFileOf({
      path,
      name: 'c.xlsx',
      start: Buffer.from([0x50, 0x4b, 3, 4]),
      text: async function* () {},
    });
    expect(records).toMatchObject([
      { externalId: '7', identifiers: [{ value: '+79161234567' }] },
      { externalId: '8', identifiers: [], identifierKinds: [] },
    ]);
    expect(issues).toMatchObject([{ at: 'c.xlsx:3', message: expect.stringMatching(/stored as a number/) }]);
  });
});

describe('a hostile workbook', () => {
  it('is refused when it is damaged, something else, or lies about its sizes', async () => {
    const good = workbook({ sheets: { S: textRow(1, 'a') } });
    const bytes = zipOf(good);
    expect(await codeOf(bytes)).toBe('read');
    expect(await codeOf(bytes.subarray(0, bytes.length - 30))).toBe('not-readable');
    expect(await codeOf(Buffer.from('PK\x03\x04 and no more'))).toBe('not-readable');
    expect(await codeOf(zipOf({ 'a.txt': 'x' }))).toBe('not-readable');
    expect(await codeOf(zipOf(good, 5))).toBe('not-readable');
    const { 'xl/workbook.xml': _, ...rest } = good;
    expect(await codeOf(zipOf(rest))).toBe('not-readable');
  });

  it('that unpacks to too much is refused before it fills the memory', async () => {
    const bomb = { ...workbook({ sheets: { S: textRow(1, 'a') } }) };
    bomb['xl/worksheets/sheet1.xml'] = `<worksheet><sheetData>${' '.repeat(40_000_000)}`;
    const before = process.memoryUsage().rss;
    expect(['read', 'empty', 'too-large']).toContain(await codeOf(zipOf(bomb)));
    const attribute = { ...bomb, 'xl/worksheets/sheet1.xml': `<worksheet x="${'y'.repeat(20_000_000)}"/>` };
    expect(await codeOf(zipOf(attribute))).toBe('too-large');
    expect(await codeOf(zipOf(attribute, 0xfffffff0))).toBe('too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  });

  it('with too many names, cells far away, endless cells and wrong numbers costs little', async () => {
    const { rows, columns } = await read({
      shared: ['<t>x</t>'],
      sheets: {
        S:
          `${textRow(1, 'a', 'b')}<row r="2"><c r="XFD2" t="str"><v>far</v></c><c r="A2" t="s"><v>99</v></c><c r="B2" t="str"><v>${'z'.repeat(1_000_000)}</v></c></row>` +
          `<row r="1e99"><c r="?" t="str"><v>q</v></c><c t="str"><v>w</v></c></row><row><c r="A" t="str"><v>&lt;&#65;&unknown;</v></c></row>`,
      },
    });
    expect(columns).toEqual(['a', 'b']);
    expect((rows[0]?.cells[1] as string).length).toBeLessThanOrEqual(4_100_000);
    expect(rows.at(-1)?.cells[0]).toContain('<A');
  });

  it('with more columns than any table has is refused', async () => {
    const header = Array.from({ length: 700 }, (_, at) => {
      const name = `${String.fromCharCode(65 + Math.floor(at / 26 / 26))}${String.fromCharCode(65 + (Math.floor(at / 26) % 26))}${String.fromCharCode(65 + (at % 26))}`;
      return `<c r="${name}1" t="str"><v>x</v></c>`;
    });
    await expect(read({ sheets: { S: `<row r="1">${header.join('')}</row>` } })).rejects.toMatchObject({
      mistake: { code: 'too-wide' },
    });
  });

  it('in old formats or with a password is refused with the remedy', async () => {
    const start = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    const file = { path: '', name: 'c.xlsx', start, text: async function* () {} };
    await expect(readFileOf(file)).rejects.toThrow(/XLSX without one/);
  });
});
