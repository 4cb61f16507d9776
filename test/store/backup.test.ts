import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/lib/errors.ts';
import { addAudit } from '../../src/store/audit.ts';
import { BACKUP_TABLES, backup, restore } from '../../src/store/backup.ts';
import type { Database } from '../../src/store/db.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { fillStore } from '../support/full-store.ts';
import { countRows, found, later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

/** Rebuilt, or of no use in another place and time. */
const NOT_KEPT = [
  'api_replies',
  'bulk_changes',
  'crawl_budget',
  'index_removals',
  'index_state',
  'item_pairs',
  'match_counts',
  'match_entries',
  'match_keys',
  'mention_hours',
  'mention_kinds',
  'mention_posts',
  'migrations',
  'one_time_links',
  'recall_coverage',
  'rematch_runs',
  'sessions',
  'source_pages_kept',
  'value_models',
  'websub_subscriptions',
];

async function allRows(db: Database): Promise<Record<string, string[]>> {
  const entries = BACKUP_TABLES.map(async (table) => {
    const rows = await db.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) - 'indexed_at' as row from ${table} t`,
    );
    const at = (row: Record<string, unknown>) =>
      JSON.stringify(row, (_k, v) =>
        typeof v === 'string' && /^\d{4}-\d\d-\d\dT/.test(v) ? new Date(v).toISOString() : v,
      );
    return [table, rows.map(({ row }) => at(row)).toSorted()] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'molva-backup-'));
  const file = join(folder, 'b.jsonl.gz');
  let source: Database;
  let empty: Database;
  beforeAll(async () => {
    [source, empty] = await Promise.all([openTestStore('pglite'), openTestStore(DRIVERS.at(-1)!)]);
    await fillStore(source);
    await backup(source, file, NOW);
  });
  afterEach(() => truncate(empty));
  afterAll(async () => {
    await Promise.all([source.close(), empty.close()]);
    rmSync(folder, { recursive: true });
  });

  it('names every table that the store has, in some list', async () => {
    const tables = await source.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    expect([...BACKUP_TABLES, ...NOT_KEPT].toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  });

  it('holds rows of every kept table in this test', async () => {
    for (const table of BACKUP_TABLES)
      expect([table, await countRows(source, table)]).not.toEqual([table, 0]);
  });

  it('comes back equal on the other driver, and from there on the first', async () => {
    const restored = await restore(empty, file);
    const rows = await allRows(source);
    expect(restored).toBe(Object.values(rows).flat().length);
    expect(await allRows(empty)).toEqual(rows);
    await backup(empty, join(folder, 'back.gz'), NOW);
    const third = await openTestStore('pglite');
    await restore(third, join(folder, 'back.gz'));
    expect(await allRows(third)).toEqual(rows);
    await third.close();
  });

  it('begins new decisions about links after those that it holds', async () => {
    await restore(empty, file);
    const [row] = await empty.query<{ n: number }>(
      `select nextval('link_acts')::int - (select max(act) from link_events)::int as n`,
    );
    expect(row!.n).toBe(1);
  });

  it('leaves numbers for new rows free, and puts everything behind the index', async () => {
    await restore(empty, file);
    const [{ id }] = (await empty.query<{ id: number }>('select id from sources limit 1')) as [
      { id: number },
    ];
    expect(await saveDocument(empty, id as never, found('brand-new'), NOW)).not.toBeNull();
    await addAudit(empty, { at: NOW, actor: 'a', action: 'b', subject: 'c' });
    expect(await empty.query('select 1 from document_progress where indexed_at is not null')).toEqual([]);
  });

  it('can be read by its owner only and leaves nothing half-written', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(backup(source, join(folder, 'no', 'such', 'folder'), NOW)).rejects.toThrow();
  });

  it('is refused by a store that is in use', async () => {
    const before = await allRows(source);
    await expect(restore(source, file)).rejects.toThrow(/not empty/);
    expect(await allRows(source)).toEqual(before);
  });

  const text = () => gunzipSync(readFileSync(file)).toString();
  const lines = () => text().trimEnd().split('\n');
  it.each<[string, () => Buffer]>([
    ['is not there', () => Buffer.alloc(0)],
    ['is cut in the middle of the gzip stream', () => readFileSync(file).subarray(0, -200)],
    [
      'has a flipped byte',
      () => {
        const bytes = readFileSync(file);
        bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
        return bytes;
      },
    ],
    ['lacks its end', () => gzipSync(lines().slice(0, -1).join('\n'))],
    ['is no gzip', () => Buffer.from(text())],
    ['is something else', () => gzipSync('{"format":"other"}\n')],
    ['is null', () => gzipSync('null\n')],
    ['has a line that is no JSON', () => gzipSync(text().replace('{"table":"tags"', '{"table":tags"'))],
    ['names an unknown table', () => gzipSync(text().replace('"table":"tags"', '"table":"pg_authid"'))],
    [
      'has a row that does not fit',
      () =>
        gzipSync(text().replace('"table":"tags","row":{', '"table":"tags","row":{"document_id":"x","y":')),
    ],
    ['was made at another schema', () => gzipSync(text().replace(/"schema":\d+/, '"schema":99999'))],
    [
      'refers to a row that is missing',
      () =>
        gzipSync(
          lines()
            .filter((line) => !line.startsWith('{"table":"documents"'))
            .join('\n'),
        ),
    ],
  ])('that %s is refused and changes nothing', async (name, damage) => {
    const bad = join(folder, 'bad.gz');
    if (name !== 'is not there') writeFileSync(bad, damage());
    await addAudit(empty, { at: later(1), actor: 'a', action: 'b', subject: 'c' });
    const before = await allRows(empty);
    await expect(restore(empty, bad)).rejects.toThrow(InputError);
    expect(await allRows(empty)).toEqual(before);
    rmSync(bad, { force: true });
  });
});
