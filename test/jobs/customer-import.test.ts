import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/import.ts';
import { planImport } from '../../src/jobs/customer-import/plan-import.ts';
import { charsetOf, textOf } from '../../src/jobs/customer-import/text-stream.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { importFile } from '../../src/jobs/import-customers.ts';
import { createSeen } from '../../src/match/import/seen.ts';
import type { Database } from '../../src/store/db.ts';
import { textRow, workbook, zipOf } from '../match/import/workbook.ts';
import { countRows } from '../support/rows.ts';
import { DRIVERS, openTestPglite, openTestStore, truncate } from '../support/store.ts';
import { createHandQueue, createWorker } from './worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'molva-customer-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (content: string | Buffer, name = 'c.csv'): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('a file of customers', () => {
  let db: Database;
  let deps: JobDeps;
  beforeAll(async () => {
    db = await openTestPglite();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    deps = await createWorker(db, { queue: createHandQueue().queue });
  });
  const load = (content: string, name?: string) => importFile(deps, { path: file(content, name) }, 'test');
  const plan = (content: string, name?: string) => planImport(deps, { path: file(content, name) });

  it('is told beforehand as what it will then do, and nothing is written', async () => {
    await load(
      'external_id,name,city,phones,emails\nc1,Анна,Уфа,89161234567,a@b.ru\nc2,Борис,Омск,,b@b.ru\n',
    );
    const next =
      'external_id,name,city,emails\nc1,Анна,Москва,anna@b.ru\nc2,Борис,Омск,b@b.ru\nc3,Вера,,v@b.ru\n,Никто,,\n';
    const before = await db.query('select * from customers order by id');
    const { counts, changes, mistakes } = await plan(next);
    expect(await db.query('select * from customers order by id')).toEqual(before);
    expect(counts).toEqual({
      rows: 4,
      created: 1,
      updated: 1,
      unchanged: 1,
      leftOut: 1,
      mistakes: 1,
      duplicates: 0,
      shared: 0,
    });
    expect(changes).toEqual([
      {
        line: 2,
        externalId: 'c1',
        isNew: false,
        changes: [
          { field: 'city', before: 'Уфа', after: 'Москва' },
          { field: 'emails', before: 'a…@b.ru', after: 'a…@b.ru' },
        ],
      },
      {
        line: 4,
        externalId: 'c3',
        isNew: true,
        changes: [
          { field: 'name', before: '', after: 'Вера' },
          { field: 'emails', before: '', after: 'v…@b.ru' },
        ],
      },
    ]);
    expect(mistakes).toMatchObject([{ line: 5, column: 'external_id', code: 'missing' }]);
    expect(await load(next)).toMatchObject({ created: 1, updated: 2, mistakes: 1 });
    expect((await plan(next)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
  });

  it('names customers who stand in it twice, and those who share an e-mail', async () => {
    await load('external_id,name,emails\nold,Старая,shared@b.ru\n');
    const { counts, mistakes, tally } = await plan(
      'external_id,name,emails\nc1,A,shared@b.ru\nc2,B,same@b.ru\nc3,C,same@b.ru\nc1,A,shared@b.ru\nold,S,shared@b.ru\n',
    );
    expect(counts).toMatchObject({ created: 3, updated: 1, duplicates: 1, shared: 4 });
    expect(mistakes.map(({ line, code, values }) => [line, code, values])).toEqual([
      [5, 'duplicate-id', { line: 2 }],
      [2, 'shared-email', { other: 'old' }],
      [4, 'shared-in-file', { line: 3 }],
      [5, 'shared-email', { other: 'old' }],
      [6, 'shared-in-file', { line: 2 }],
    ]);
    expect(tally.map(({ code, count }) => [code, count])).toEqual([
      ['shared-email', 2],
      ['shared-in-file', 2],
      ['duplicate-id', 1],
    ]);
    expect(JSON.stringify(mistakes)).not.toContain('@');
  });

  it('can be one of purchases, contacts or consents of customers who are known', async () => {
    await load('external_id,name\nc1,Анна\n');
    const purchases =
      'ID клиента;Номер заказа;Дата;Сумма;Валюта;Товар\nc1;7;01.02.2026;100;RUB;Чай\nc1;8;02.02.2026;50,5;₽;Кофе\nнет;9;02.02.2026;1;RUB;Чай\n';
    const planned = await plan(purchases);
    expect(planned.counts).toMatchObject({ created: 0, updated: 1, leftOut: 1 });
    expect(planned.changes.map(({ changes }) => changes[0]?.after)).toEqual(['+1', '+1']);
    expect((await load(purchases)).issues).toEqual([
      { at: 'c.csv:4', message: expect.stringMatching(/import the customers first/) },
    ]);
    await load(purchases.replace('100', '120'));
    expect(
      await db.query('select external_id as id, amount, currency from purchases order by external_id'),
    ).toEqual([
      { id: '7', amount: 120, currency: 'RUB' },
      { id: '8', amount: 50.5, currency: 'RUB' },
    ]);
    const contacts = 'Код клиента,Дата звонка,Тип дела\nc1,2026-02-01 10:00,Звонок\n';
    await load(contacts);
    await load(contacts);
    await load(
      'external_id,channel,purpose,state,at\nc1,email,marketing,given,2026-01-01\nc1,email,marketing,withdrawn,2026-02-01\n',
    );
    expect([await countRows(db, 'contacts'), await countRows(db, 'consents')]).toEqual([1, 2]);
    expect(await db.query('select name from customers')).toEqual([{ name: 'Анна' }]);
  });

  it('without what it is about is refused as a whole', async () => {
    expect(await load('a,b\n1,2\n')).toMatchObject({
      created: 0,
      rows: 0,
      issues: [{ at: 'c.csv', message: expect.stringMatching(/external_id/) }],
    });
    await expect(load('')).rejects.toThrow(/no rows/);
    await expect(importFile(deps, { path: join(folder, 'absent.csv') }, 'test')).rejects.toThrow(
      /absent\.csv/,
    );
  });

  it('may be JSON whose lines name new columns late', async () => {
    const lines = Array.from({ length: 300 }, (_, n) =>
      JSON.stringify({ external_id: `c${n}`, name: `N${n}` }),
    );
    const late = {
      external_id: 'late',
      name: 'L',
      segments: ['опт'],
      contacts: [{ at: '2026-01-01', kind: 'call' }],
    };
    expect(await load([...lines, JSON.stringify(late)].join('\n'), 'c.jsonl')).toMatchObject({
      created: 301,
    });
    expect([await countRows(db, 'customer_segments'), await countRows(db, 'contacts')]).toEqual([1, 1]);
  });

  it('may be a workbook, and a vCard', async () => {
    const book = workbook({
      sheets: {
        Лист: `${textRow(1, 'ID', 'ФИО', 'Телефон')}${textRow(2, '1', 'Анна Ковалёва', '8 916 123-45-67')}`,
      },
    });
    const path = file(zipOf(book), 'c.xlsx');
    expect(await importFile(deps, { path }, 'test')).toMatchObject({ created: 1, mistakes: 0 });
    expect(await load('BEGIN:VCARD\nUID:v\nFN:Пётр\nEND:VCARD\n', 'c.vcf')).toMatchObject({ created: 1 });
    expect(await db.query('select name from customers order by id')).toEqual([
      { name: 'Анна Ковалёва' },
      { name: 'Пётр' },
    ]);
  });

  it('can be stopped between batches, and goes on when it is given again', async () => {
    const content = `external_id,name\n${Array.from({ length: 1200 }, (_, n) => `c${n},N${n}`).join('\n')}\n`;
    const aborting = new AbortController();
    const stopped = importFile(deps, { path: file(content) }, 'test', {
      signal: aborting.signal,
      onRows: () => aborting.abort(),
    });
    await expect(stopped).rejects.toThrow();
    expect(await countRows(db, 'customers')).toBe(500);
    expect(await load(content)).toMatchObject({ created: 700, updated: 500 });
  });

  describe('at the command line', () => {
    const run = async (args: Record<string, unknown>) => {
      const said: string[] = [];
      let value: unknown;
      const out = {
        data: (given: unknown, text: string) => {
          value = given;
          said.push(text);
        },
        message: (text: string) => void said.push(text),
      };
      const code = await commands[0]!.run({ jobs: deps } as never, args, out);
      return { code, value, said: said.join('\n') };
    };

    it('is told beforehand with masked values, read by a mapping, and answered by an exit code', async () => {
      const path = file('Номер;Как зовут;Почта\n1;Анна;anna@example.ru\n2;Борис;плохая\n');
      const mapping = { columns: { Номер: 'external_id', 'Как зовут': 'name', Почта: 'emails' } };
      const dry = await run({ file: path, mapping, dryRun: true });
      expect(dry.code).toBe(3);
      expect(dry.said).toMatch(/c\.csv:3: Почта: .*not valid/);
      expect(dry.said).toMatch(/2 would be added/);
      expect(dry.said).not.toContain('anna@example');
      expect(await countRows(db, 'customers')).toBe(0);
      expect(await run({ file: path, mapping, dryRun: false })).toMatchObject({
        code: 3,
        value: { created: 2, mistakes: 1 },
      });
      const unread = await run({ file: path, kind: 'consents', dryRun: false });
      expect(unread.code).toBe(1);
      await expect(run({ file: path, kind: 'shoes', dryRun: false })).rejects.toThrow(/purchases/);
    });
  });
});

describe.runIf(DRIVERS.includes('postgres'))('two imports at once', () => {
  it('of the same customers in other orders both end, and count everybody once', async () => {
    const db = await openTestStore('postgres');
    const line = (n: number) => `c${n};Имя ${n};u${n % 300}@example.ru;опт\n`;
    const numbers = Array.from({ length: 1500 }, (_, n) => n);
    const header = 'external_id;name;emails;tags\n';
    const paths = [
      file(header + numbers.map(line).join(''), 'up.csv'),
      file(header + numbers.toReversed().map(line).join(''), 'down.csv'),
    ];
    const deps = await createWorker(db, { queue: createHandQueue().queue });
    const done = await Promise.all([...paths, ...paths].map((path) => importFile(deps, { path }, 'test')));
    expect(done.reduce((sum, { created }) => sum + created, 0)).toBe(1500);
    expect(await db.query('select max(customers)::int as everybody from match_counts')).toEqual([
      { everybody: 1500 },
    ]);
    await db.close();
  });
});

describe('a text file', () => {
  const russian = 'external_id;name\n1;Анна Ковалёва из Уфы пишет, что чайник не работает\n';
  it.each([
    'utf-8',
    'windows-1251',
    'utf-16le',
    'koi8-r',
  ])('in %s is read as it was written', async (charset) => {
    const padding = charset === 'utf-16le' ? '' : `${'x,y,z\n'.repeat(30_000)}`;
    const bytes = iconv.encode(padding + russian, charset, { addBOM: charset === 'utf-16le' });
    const path = file(bytes, `${charset}.csv`);
    let text = '';
    for await (const piece of textOf(path, await charsetOf(path))) text += piece;
    expect(text.endsWith(russian)).toBe(true);
    expect(text.startsWith('\uFEFF')).toBe(false);
  });
});

it('remembers the first line of a hundred thousand keys', () => {
  const seen = createSeen();
  for (let n = 0; n < 100_000; n += 1) {
    expect(seen.find(`c${n}`)).toBeNull();
    seen.add(`c${n}`, n + 2);
    seen.add(`c${n}`, 1);
  }
  expect([seen.find('c0'), seen.find('c99999'), seen.find('c100000')]).toEqual([2, 100_001, null]);
});
