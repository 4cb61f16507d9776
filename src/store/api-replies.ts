import { type Db, json, queryOne } from './db.ts';

export interface ApiReply {
  requestHash: string;
  /** null: somebody is still at it. */
  status: number | null;
  body: unknown;
}

/** Whoever took a key and did not answer within this time was stopped: the key is free again. */
const ABANDONED_MS = 5 * 60_000;

/** Takes a key for a request (null), or says what was answered under it. Two at once: one takes it. */
export async function claimReply(
  db: Db,
  { tokenId, key, requestHash }: { tokenId: number; key: string; requestHash: string },
  now: Date,
): Promise<ApiReply | null> {
  const taken = await db.query(
    `insert into api_replies (token_id, key, request_hash, at) values ($1, $2, $3, $4)
     on conflict (token_id, key) do update set request_hash = excluded.request_hash, at = excluded.at
       where api_replies.status is null and api_replies.at < $5 returning key`,
    [tokenId, key, requestHash, now, new Date(now.getTime() - ABANDONED_MS)],
  );
  if (taken.length > 0) return null;
  return queryOne<ApiReply>(
    db,
    'select request_hash as "requestHash", status, body from api_replies where token_id = $1 and key = $2',
    [tokenId, key],
  );
}

export async function saveReply(
  db: Db,
  tokenId: number,
  key: string,
  answer: { status: number; body: unknown },
): Promise<void> {
  await db.query('update api_replies set status = $3, body = $4::jsonb where token_id = $1 and key = $2', [
    tokenId,
    key,
    answer.status,
    json(answer.body),
  ]);
}

/** The request came to nothing: it may be tried again under the same key. */
export async function releaseReply(db: Db, tokenId: number, key: string): Promise<void> {
  await db.query('delete from api_replies where token_id = $1 and key = $2 and status is null', [
    tokenId,
    key,
  ]);
}

export async function deleteRepliesBefore(db: Db, before: Date): Promise<void> {
  await db.query('delete from api_replies where at < $1', [before]);
}
