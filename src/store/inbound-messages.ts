import type { Db } from './db.ts';

/** Notes a message of another system. False: it was here before. */
export async function addInboundMessage(tx: Db, endpoint: string, id: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    'insert into inbound_messages (endpoint, id, at) values ($1, $2, $3) on conflict do nothing returning id',
    [endpoint, id, at],
  );
  return rows.length > 0;
}

/** Nobody repeats what is so old. */
export async function forgetInboundMessages(db: Db, before: Date): Promise<void> {
  await db.query('delete from inbound_messages where at < $1', [before]);
}
