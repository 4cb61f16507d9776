import type { Language } from '../model/user.ts';
import { type Db, json, queryOne } from './db.ts';

export interface DigestRecipient {
  key: string;
  email: string;
  language: Language;
  /** IANA zone. */
  zone: string;
  /** `HH:MM` in that zone. */
  sendAt: string;
  /** 1 (Monday) to 7; null: every day. */
  weekdays: number[] | null;
  /** Topic keys; null: all. */
  topics: string[] | null;
  unsubscribeToken: string;
  unsubscribedAt: Date | null;
  nextRunAt: Date;
}

const COLUMNS = `key, email, language, zone, send_at as "sendAt", weekdays, topics, unsubscribe_token as "unsubscribeToken",
  unsubscribed_at as "unsubscribedAt", next_run_at as "nextRunAt"`;

/** Makes the store agree with the configuration. Who has unsubscribed stays so until the address changes. */
export async function syncRecipients(
  tx: Db,
  recipients: readonly Omit<DigestRecipient, 'unsubscribedAt'>[],
): Promise<void> {
  for (const r of recipients) {
    await tx.query(
      `insert into digest_recipients (key, email, language, zone, send_at, weekdays, topics, unsubscribe_token, next_run_at)
       values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9)
       on conflict (key) do update set email = excluded.email, language = excluded.language, zone = excluded.zone,
         send_at = excluded.send_at, weekdays = excluded.weekdays, topics = excluded.topics, enabled = true,
         unsubscribed_at = case when digest_recipients.email = excluded.email then digest_recipients.unsubscribed_at end,
         next_run_at = case when digest_recipients.send_at = excluded.send_at and digest_recipients.zone = excluded.zone
             and digest_recipients.weekdays is not distinct from excluded.weekdays
           then digest_recipients.next_run_at else excluded.next_run_at end`,
      [
        r.key,
        r.email,
        r.language,
        r.zone,
        r.sendAt,
        json(r.weekdays),
        json(r.topics),
        r.unsubscribeToken,
        r.nextRunAt,
      ],
    );
  }
  await tx.query('update digest_recipients set enabled = false where not (key = any($1::text[]))', [
    recipients.map((r) => r.key),
  ]);
}

export function listRecipients(db: Db): Promise<DigestRecipient[]> {
  return db.query<DigestRecipient>(`select ${COLUMNS} from digest_recipients where enabled order by key`);
}

/** The next one whose time has come and who is none of `except`, locked for the transaction: two processes never make the same digest. */
export function lockDueRecipient(
  tx: Db,
  now: Date,
  except: readonly string[],
): Promise<DigestRecipient | null> {
  return queryOne<DigestRecipient>(
    tx,
    `select ${COLUMNS} from digest_recipients
     where enabled and unsubscribed_at is null and next_run_at <= $1 and not (key = any($2::text[]))
     order by next_run_at, key limit 1 for update skip locked`,
    [now, except],
  );
}

export async function scheduleRecipient(tx: Db, key: string, nextRunAt: Date): Promise<void> {
  await tx.query('update digest_recipients set next_run_at = $2 where key = $1', [key, nextRunAt]);
}

export async function findRecipientByToken(db: Db, token: string): Promise<DigestRecipient | null> {
  return queryOne<DigestRecipient>(
    db,
    `select ${COLUMNS} from digest_recipients where unsubscribe_token = $1`,
    [token],
  );
}

export async function unsubscribe(db: Db, token: string, at: Date): Promise<boolean> {
  const rows = await db.query(
    'update digest_recipients set unsubscribed_at = coalesce(unsubscribed_at, $2) where unsubscribe_token = $1 returning key',
    [token, at],
  );
  return rows.length > 0;
}

export interface StoredDigest {
  id: number;
  recipient: string;
  periodKey: string;
  subject: string;
  html: string;
  text: string;
  createdAt: Date;
  deliveryId: string | null;
}

const DIGEST_COLUMNS =
  'id, recipient, period_key as "periodKey", subject, html, text, created_at as "createdAt", delivery_id as "deliveryId"';

export interface NewDigest {
  recipient: string;
  periodKey: string;
  from: Date;
  to: Date;
  subject: string;
  html: string;
  text: string;
  createdAt: Date;
}

/** null when this recipient already has the digest of this period. */
export async function addDigest(tx: Db, d: NewDigest): Promise<number | null> {
  const row = await queryOne<{ id: number }>(
    tx,
    `insert into digests (recipient, period_key, period_from, period_to, subject, html, text, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (recipient, period_key) do nothing returning id`,
    [d.recipient, d.periodKey, d.from, d.to, d.subject, d.html, d.text, d.createdAt],
  );
  return row?.id ?? null;
}

export async function setDigestDelivery(tx: Db, id: number, deliveryId: string): Promise<void> {
  await tx.query('update digests set delivery_id = $2 where id = $1', [id, deliveryId]);
}

export async function getDigest(db: Db, id: number): Promise<StoredDigest | null> {
  return queryOne<StoredDigest>(db, `select ${DIGEST_COLUMNS} from digests where id = $1`, [id]);
}

export function listDigests(db: Db, limit: number): Promise<StoredDigest[]> {
  return db.query<StoredDigest>(`select ${DIGEST_COLUMNS} from digests order by id desc limit $1`, [limit]);
}
