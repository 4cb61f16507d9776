import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/match/import/csv.ts';
import { createCsvScanner } from '../../../src/match/import/csv-scan.ts';
import { FileError } from '../../../src/match/import/mistakes.ts';
import { msOf } from '../../support/ms-of.ts';
import { pieces, rowsOf } from './reading.ts';

const read = async (text: string, size?: number) => {
  const table = await readCsv(pieces(text, size));
  return { columns: table.columns, ...(await rowsOf(table)) };
};

describe('a CSV file', () => {
  it('comes back as it was written, in whatever pieces it comes', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'я', '"', ',', '\n', '\r', '😀', ' '),
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 7 }),
        (rows, size) => {
          const text = stringify(rows, { quoted: true });
          const scanner = createCsvScanner(',');
          const found = [];
          for (let at = 0; at < text.length; at += size)
            found.push(...scanner.write(text.slice(at, at + size)));
          found.push(...scanner.end());
          expect(found.map((one) => ('cells' in one ? one.cells : one.wrong))).toEqual(rows);
        },
      ),
    );
  });

  it('tells the line on which each record begins, quoted line ends counted', async () => {
    const { rows } = await read('sep=;\r\na;b\r\n1;"x\r\ny"\r\n2;z\r3;w\n', 3);
    expect(rows.map(({ line, cells }) => [line, cells])).toEqual([
      [3, ['1', 'x\r\ny']],
      [5, ['2', 'z']],
      [6, ['3', 'w']],
    ]);
  });

  it('has distinct columns, also where headers repeat or are empty', async () => {
    const { columns } = await read('Телефон,Телефон,,Телефон\n1,2,3,4\n');
    expect(columns).toEqual(['Телефон', 'Телефон (2)', '#3', 'Телефон (3)']);
  });

  it.each([
    ['nothing at all', ''],
    ['a million columns', `${'a,'.repeat(60_000)}b\n1\n`],
    ['a header of a million letters', `${'a'.repeat(1_000_000)}\n1\n`],
    ['a header whose quote is never closed', '"a,b\n1,2\n'],
  ])('with %s is refused in words', async (_name, text) => {
    await expect(read(text)).rejects.toBeInstanceOf(FileError);
  });

  it('keeps the rows around what is too long or never closed', async () => {
    const long = 'x'.repeat(10_000_000);
    const { rows, mistakes } = await read(
      `a,b\n1,${long}\n2,"${long}\n3,c\n4,"${'y\n'.repeat(150_000)}5,d\n`,
    );
    expect(mistakes.map(({ line, code }) => [line, code])).toEqual([
      [2, 'line-too-long'],
      [3, 'line-too-long'],
      [5, 'quote-open'],
    ]);
    expect(rows.map(({ cells }) => cells[0]).filter((cell) => cell !== 'y')).toEqual(
      ['1', '3', '5'].slice(1),
    );
  });

  it('made of quotes that are never closed is given up in time', async () => {
    const text = `a,b\n${'1,"x\n'.repeat(200_000)}`;
    let given: Awaited<ReturnType<typeof read>> | undefined;
    const ms = await msOf(async () => {
      given = await read(text);
    });
    expect(given?.mistakes.at(-1)?.code).toBe('quotes-give-up');
    expect(ms).toBeLessThan(5_000);
  });
});
