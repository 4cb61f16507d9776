import { type Db, queryOne } from './db.ts';

/** Longer than one batch may take; renewed with each. A process that died is followed by another after it. */
const LEASE_MS = 60_000;

/** The index that the documents' progress is about, or null when it has to be built anew. */
export async function knownIdentity(db: Db, name: string): Promise<string | null> {
  const row = await queryOne<{ identity: string | null }>(
    db,
    'select identity from index_state where name = $1',
    [name],
  );
  return row?.identity ?? null;
}

/** From now on the documents' progress is about this index. */
export async function rememberIdentity(db: Db, name: string, identity: string): Promise<void> {
  await db.query('update index_state set identity = $2 where name = $1', [name, identity]);
}

/**
 * Whatever the index holds counts for nothing any more: every document is behind, and the next round builds it anew.
 * Both in one step, so that a rebuild that is cut off anywhere is begun again.
 */
export async function forgetIndex(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('update index_state set identity = null');
    await tx.query('update document_progress set indexed_at = null where indexed_at is not null');
  });
}

/** Takes or renews the right to write to the index, for one holder at a time. False when another one has it. */
export async function holdIndex(db: Db, name: string, holder: string, now: Date): Promise<boolean> {
  const rows = await db.query(
    `insert into index_state (name, holder, held_until) values ($1, $2, $4)
     on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
     where index_state.holder is null or index_state.holder = excluded.holder or index_state.held_until <= $3
     returning name`,
    [name, holder, now, new Date(now.getTime() + LEASE_MS)],
  );
  return rows.length > 0;
}

export async function releaseIndex(db: Db, name: string, holder: string): Promise<void> {
  await db.query('update index_state set holder = null, held_until = null where name = $1 and holder = $2', [
    name,
    holder,
  ]);
}
