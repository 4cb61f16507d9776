import { describe, expect, it } from 'vitest';
import { readFileOf, textFile } from './reading.ts';

const csv = (content: string, size?: number) => readFileOf(textFile('c.csv', content, size));
const ids = ({ records }: Awaited<ReturnType<typeof csv>>) => records.map((record) => record.externalId);

describe('customers from CSV', () => {
  it('are read with commas, semicolons or tabs, with or without a BOM, with any line ends', async () => {
    for (const d of [',', ';', '\t'])
      for (const end of ['\n', '\r\n'])
        for (const bom of ['', '\uFEFF']) {
          const parsed = await csv(
            `${bom}external_id${d} Name ${d}emails${end}c1${d}Анна${d}A@b.ru|c@d.ru${end}`,
          );
          expect(parsed).toMatchObject({
            issues: [],
            records: [
              { externalId: 'c1', name: 'Анна', identifiers: [{ value: 'a@b.ru' }, { value: 'c@d.ru' }] },
            ],
          });
        }
  });

  it('keep formulas as the text they are', async () => {
    expect((await csv('external_id,name\n=1+1,"=HYPERLINK(""http://x"")"')).records).toMatchObject([
      { externalId: '=1+1', name: '=HYPERLINK("http://x")' },
    ]);
  });

  it('keep their good lines when others are bad, and name the bad ones', async () => {
    const parsed = await csv(
      `external_id,name,tier,phones\nc1,A,,\n,B,,\nc3,C,GOLD,\nc4,D,MVC,nonsense\n${'c5,'}${'x'.repeat(600)},,\nc6,F,BZC,89161234567\n`,
    );
    expect(ids(parsed)).toEqual(['c1', 'c4', 'c6']);
    expect(parsed.issues.map((issue) => issue.at)).toEqual(['c.csv:3', 'c.csv:4', 'c.csv:5', 'c.csv:6']);
    expect(JSON.stringify(parsed.issues)).not.toContain('nonsense');
  });

  it.each([
    ['a line of a megabyte', `external_id,name\nc1,A\nc2,${'x'.repeat(1_000_000)}\nc3,C\n`, ['c1', 'c3']],
    ['a quote that is never closed', 'external_id,name\nc1,A\nc2,"B\nc3,C\n', ['c1', 'c3']],
    ['a quote in the middle of a cell', 'external_id,name\nc1,A "B" C\nc2,D\n', ['c1', 'c2']],
    ['too many and too few cells', 'external_id,name\nc1,A,x,y\nc2\nc3,C\n', ['c1', 'c2', 'c3']],
    ['only a header', 'external_id,name\n', []],
    ['other columns', 'a,b\n1,2\n', []],
    ['NUL and lone surrogates', 'external_id,name\nc\0 1,A\uD83D\n', ['c 1']],
    ['dangerous column names', 'external_id,name,__proto__,constructor\nc1,A,x,y\n', ['c1']],
  ])('survive %s', async (_name, content, expected) => {
    const parsed = await csv(content);
    expect(ids(parsed)).toEqual(expected);
    expect(JSON.stringify(parsed.records)).not.toMatch(/\\u0000|\\ud83d/);
  });

  it('say what is wrong with a file that ends inside a quote', async () => {
    expect((await csv('external_id,name\nc1,"A\n')).issues).toHaveLength(1);
  });
});

describe('customers from JSON lines', () => {
  const jsonl = (...rows: unknown[]) =>
    readFileOf(
      textFile(
        'c.jsonl',
        rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'),
      ),
    );
  const anna = { external_id: 'c1', name: 'Анна' };
  const purchase = { external_id: 'p1', at: '2026-01-02', amount: '10.50', currency: 'RUB', item: 'Чай' };

  it('are read with purchases', async () => {
    const parsed = await jsonl({ ...anna, purchases: [purchase] });
    expect(parsed).toMatchObject({
      issues: [],
      records: [{ purchases: [{ amount: 10.5, at: new Date('2026-01-02'), channel: null }] }],
    });
  });

  it.each([
    ['an amount that no column holds', { ...purchase, amount: 1e15 }],
    ['an amount that is no number', { ...purchase, amount: '' }],
    ['an amount of null', { ...purchase, amount: null }],
    ['no date', { ...purchase, at: null }],
    ['a date of another age', { ...purchase, at: '+200000-01-01' }],
    ['a currency that is none', { ...purchase, currency: 'roubles' }],
  ])('with %s are named as mistakes', async (_name, bad) => {
    const parsed = await jsonl({ ...anna, purchases: [bad] }, { ...anna, external_id: 'c2' });
    expect(ids(parsed)).toEqual(['c2']);
    expect(parsed.issues[0]).toMatchObject({
      at: 'c.jsonl:1',
      message: expect.stringMatching(/^purchases\.0\./),
    });
  });

  it('keep their good lines when others are no objects', async () => {
    const parsed = await jsonl('{', 'null', '[]', '"x"', '', `{"x":"${'y'.repeat(200_000)}"}`, anna);
    expect(ids(parsed)).toEqual(['c1']);
    expect(parsed.issues.map((issue) => issue.at)).toEqual([1, 2, 3, 4, 6].map((line) => `c.jsonl:${line}`));
  });
});
