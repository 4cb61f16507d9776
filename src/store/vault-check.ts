import type { Vault } from '../model/ports.ts';
import { type Db, queryOne } from './db.ts';

const CHECK = 'molva';

/** A word sealed with this database's key; null when nothing was ever sealed. */
export async function readVaultCheck(db: Db): Promise<string | null> {
  return (await queryOne<{ sealed: string }>(db, 'select sealed from vault_check'))?.sealed ?? null;
}

/** Is this the key with which `check` was sealed? */
export function opensCheck(vault: Vault, check: string): boolean {
  try {
    return vault.open(check) === CHECK;
  } catch {
    return false;
  }
}

/** Whether anything leans on the key. */
export async function hasSealedRows(db: Db): Promise<boolean> {
  const row = await queryOne<{ found: boolean }>(
    db,
    `select exists (select 1 from customer_identifiers where sealed is not null) or exists (select 1 from customer_addresses)
       or exists (select 1 from match_entries) as found`,
  );
  return row?.found ?? false;
}

/** Notes which key this database has. */
export async function writeVaultCheck(tx: Db, vault: Vault): Promise<void> {
  await tx.query('delete from vault_check');
  await tx.query('insert into vault_check (sealed) values ($1)', [vault.seal(CHECK)]);
}
