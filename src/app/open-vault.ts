import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { ConfigError } from '../lib/errors.ts';
import { createVault, KEY_BYTES } from '../lib/vault.ts';
import type { Vault } from '../model/ports.ts';
import type { Database } from '../store/db.ts';
import { hasSealedRows, opensCheck, readVaultCheck, writeVaultCheck } from '../store/vault-check.ts';

const FILE = 'vault.key';

/** Where the key and the list of erased people are kept. */
export function keysFolder({ privacy, store }: Config): string {
  return privacy.folder ?? join(store.folder, 'keys');
}

async function readKeyFile(file: string): Promise<Buffer | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new ConfigError(`${file} cannot be read (${error.message}).`, error);
  });
  if (text === null) return null;
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new ConfigError(
      `${file} is damaged: it must hold ${KEY_BYTES} bytes in base64. Take it from a copy.`,
    );
  return key;
}

/** Of two processes that make a key at once both get the one that was there first. */
async function makeKey(folder: string, file: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = randomBytes(KEY_BYTES);
  try {
    await writeFile(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new ConfigError(`The key ${file} cannot be written.`, error);
    return (await readKeyFile(file)) ?? key;
  }
}

/**
 * A word sealed with the key of this database; null when none has been chosen. In an embedded database in which nothing is sealed yet the
 * key may still be changed: before a backup is restored into it, for instance. Machines that share a PostgreSQL must agree from the start.
 */
async function checkInForce(config: Config, db: Database): Promise<string | null> {
  const isShared = config.store.database_url !== undefined;
  return isShared || (await hasSealedRows(db)) ? readVaultCheck(db) : null;
}

/**
 * The vault of this database: with the key of the configuration, or of the file in `keysFolder`, which is made when nothing has been sealed yet.
 * Throws ConfigError when the key is missing or another one.
 */
export async function openVault(config: Config, db: Database): Promise<Vault> {
  const folder = keysFolder(config);
  const file = join(folder, FILE);
  const check = await checkInForce(config, db);
  const remedy = `Put the key with which it was sealed into ${file}, or into privacy.key of the configuration.`;
  const known = config.privacy.key ? Buffer.from(config.privacy.key, 'base64') : await readKeyFile(file);
  if (!known && check !== null)
    throw new ConfigError(`The key to the identifiers in this database is missing. ${remedy}`);
  const vault = createVault(known ?? (await makeKey(folder, file)));
  if (check !== null && !opensCheck(vault, check))
    throw new ConfigError(`The identifiers in this database were sealed with another key. ${remedy}`);
  if (check === null) await db.transaction((tx) => writeVaultCheck(tx, vault));
  return vault;
}
