import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Config, configSchema } from '../../config/schema.ts';
import { openVault } from '../../src/app/open-vault.ts';
import { sealOpenIdentifiers } from '../../src/jobs/seal-identifiers.ts';
import { ConfigError } from '../../src/lib/errors.ts';
import { listIdentifiers } from '../../src/store/customers.ts';
import type { Database } from '../../src/store/db.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { NOW } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';

const RECORD = {
  externalId: 'c1',
  name: 'Анна',
  city: null,
  tier: null,
  identifiers: [{ kind: 'email' as const, value: 'anna@example.ru' }],
  purchases: [],
};

describe("the vault's key", () => {
  let db: Database;
  let folder: string;
  let config: Config;
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  beforeEach(async () => {
    await truncate(db);
    folder = mkdtempSync(join(tmpdir(), 'molva-vault-'));
    config = configSchema.parse({ store: { folder } });
    return () => rmSync(folder, { recursive: true });
  });
  afterAll(() => db.close());
  const keyFile = (): string => join(folder, 'keys', 'vault.key');

  it('is made at the first start, for its owner only, and found at the next', async () => {
    const first = await openVault(config, db);
    await saveCustomer(db, first, RECORD, NOW);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    const second = await openVault(config, db);
    expect(
      await listIdentifiers(db, second, (await db.query<{ id: never }>('select id from customers'))[0]!.id),
    ).toEqual(RECORD.identifiers);
  });

  it('stands nowhere in the database, nor does what it seals', async () => {
    await saveCustomer(db, await openVault(config, db), RECORD, NOW);
    const rows = await db.query<{ row: string }>(
      'select i::text as row from customer_identifiers i union all select v::text from vault_check v',
    );
    const all = rows.map(({ row }) => row).join('\n');
    expect(all).not.toContain('anna');
    expect(all).not.toContain(readFileSync(keyFile(), 'utf8').trim());
  });

  it('must be there once something is sealed, and be the right one', async () => {
    await saveCustomer(db, await openVault(config, db), RECORD, NOW);
    const key = readFileSync(keyFile(), 'utf8');
    rmSync(keyFile());
    await expect(openVault(config, db)).rejects.toThrow(/is missing\. Put the key .*vault\.key/);
    writeFileSync(keyFile(), Buffer.alloc(32, 9).toString('base64'));
    await expect(openVault(config, db)).rejects.toThrow(/sealed with another key/);
    writeFileSync(keyFile(), 'short');
    await expect(openVault(config, db)).rejects.toThrow(ConfigError);
    writeFileSync(keyFile(), key);
    await openVault(config, db);
  });

  it('may come from the configuration instead of a file', async () => {
    const named = { ...config, privacy: { key: Buffer.alloc(32, 5).toString('base64') } };
    await openVault(named, db);
    expect(() => statSync(keyFile())).toThrow();
    expect(configSchema.safeParse({ privacy: { key: 'c2hvcnQ=' } }).success).toBe(false);
  });

  it('seals what an older program left in the open', async () => {
    const vault = await openVault(config, db);
    const { id } = await saveCustomer(db, vault, RECORD, NOW);
    await db.query(
      `update customer_identifiers set unsealed = 'anna@example.ru', hash = null, sealed = null`,
    );
    expect(await listIdentifiers(db, vault, id)).toEqual([]);
    await sealOpenIdentifiers({ db, vault });
    expect(await listIdentifiers(db, vault, id)).toEqual(RECORD.identifiers);
    expect(await db.query('select 1 from customer_identifiers where unsealed is not null')).toEqual([]);
  });
});
