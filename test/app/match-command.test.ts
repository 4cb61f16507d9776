import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchFiles } from '../../src/app/match-command.ts';
import { InputError } from '../../src/lib/errors.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'molva-match-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, name);
const jsonl = (...lines: unknown[]): string => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
const post = (id: string, at: string, text: string, author = 'vk:1') => ({
  mention_id: id,
  platform: 'vk',
  author_id: author,
  display_name: 'пельмень-84',
  text,
  published_at: at,
});

const CUSTOMERS = jsonl(
  { customer_id: 'C1', full_name: 'Ветрогонова Анна', emails: ['vetra@mail.ru'] },
  { customer_id: 'C2', full_name: 'Петров Иван', emails: ['petrov@mail.ru'] },
);

async function match(mentions: string, reviews?: string) {
  writeFileSync(file('customers.jsonl.gz'), gzipSync(CUSTOMERS));
  writeFileSync(file('mentions.jsonl'), mentions);
  if (reviews) writeFileSync(file('reviews.jsonl'), reviews);
  const said: string[] = [];
  const code = await matchFiles(
    {
      customers: file('customers.jsonl.gz'),
      mentions: file('mentions.jsonl'),
      reviews: reviews && file('reviews.jsonl'),
      out: file('out.jsonl'),
    },
    (text) => said.push(text),
  );
  const lines = readFileSync(file('out.jsonl'), 'utf8').trim().split('\n');
  const found = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, said: said.join('\n'), found };
}

describe('molva match', () => {
  it('links an account by an own identifier, and its later posts with it', async () => {
    const { code, found } = await match(
      jsonl(
        post('m1', '2026-01-01T10:00:00Z', 'Моя почта vetra@mail.ru'),
        post('m2', '2026-01-02T10:00:00Z', 'Опять не привезли'),
        post('m3', '2026-01-02T11:00:00Z', 'Опять не привезли', 'vk:2'),
      ),
    );
    expect(code).toBe(0);
    expect(found).toMatchObject([
      { mention_id: 'm1', customer_id: 'C1', decision: 'auto', candidates: ['C1'] },
      { mention_id: 'm2', customer_id: 'C1', decision: 'auto', evidence: [{ code: 'known-account' }] },
      { mention_id: 'm3', customer_id: null, decision: 'none' },
    ]);
  });

  it('goes by what people decided before a post, and not by what they decided after', async () => {
    const { found } = await match(
      jsonl(post('m1', '2026-01-01T10:00:00Z', 'Ждём'), post('m2', '2026-01-03T10:00:00Z', 'Ждём')),
      jsonl({ at: '2026-01-02T10:00:00Z', author_id: 'vk:1', customer_id: 'C2', verdict: 'confirm' }),
    );
    expect(found).toMatchObject([{ decision: 'none' }, { decision: 'auto', customer_id: 'C2' }]);
  });

  it('writes no identifier into its evidence', async () => {
    const { found } = await match(jsonl(post('m1', '2026-01-01T10:00:00Z', 'Моя почта vetra@mail.ru')));
    expect(found).toMatchObject([{ evidence: [{ code: 'same-email', masked: 'v…@mail.ru' }] }]);
    expect(JSON.stringify(found)).not.toContain('vetra');
  });

  it('names the lines that it cannot read, and reads the others', async () => {
    const { code, said, found } = await match(
      `${jsonl(post('m1', '2026-01-01T10:00:00Z', 'Моя почта vetra@mail.ru'))}{"mention_id": 7\n{"mention_id":"m2"}\n`,
    );
    expect(code).toBe(3);
    expect(found).toHaveLength(1);
    expect(said).toContain('mentions.jsonl:2: is not JSON');
    expect(said).toContain('mentions.jsonl:3: platform:');
  });

  it('says which file is not there', async () => {
    const files = {
      customers: file('nowhere.jsonl'),
      mentions: file('mentions.jsonl'),
      out: file('out.jsonl'),
    };
    await expect(matchFiles(files, () => {})).rejects.toThrow(InputError);
  });
});
