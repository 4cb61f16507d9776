import type { Language } from '../model/user.ts';
import { type Db, json, queryOne } from './db.ts';

export interface DigestRecipient {
  /** What links in mails name. */
  id: number;
  /** The address in lower case. */
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
  /** `user`: somebody has said on the dashboard how it shall be, and the configuration has no say any more. */
  origin: 'config' | 'user';
  /** Also when there is nothing to tell. */
  whenQuiet: boolean;
  enabled: boolean;
  /** Reports: on a weekday, 1 (Monday) to 7, and on a day of the month, 1 to 28; null: none. */
  weeklyOn: number | null;
  monthlyOn: number | null;
  weeklyAt: Date | null;
  monthlyAt: Date | null;
}

/** What somebody wishes; the rest is kept by us. */
export type RecipientWish = Pick<
  DigestRecipient,
  'key' | 'email' | 'language' | 'zone' | 'sendAt' | 'weekdays' | 'topics' | 'unsubscribeToken' | 'nextRunAt'
> &
  Partial<Pick<DigestRecipient, 'whenQuiet' | 'weeklyOn' | 'monthlyOn' | 'weeklyAt' | 'monthlyAt'>>;

const COLUMNS = `id, key, email, language, zone, send_at as "sendAt", weekdays, topics, unsubscribe_token as "unsubscribeToken",
  unsubscribed_at as "unsubscribedAt", next_run_at as "nextRunAt", origin, when_quiet as "whenQuiet", enabled,
  weekly_on as "weeklyOn", monthly_on as "monthlyOn", weekly_at as "weeklyAt", monthly_at as "monthlyAt"`;
/** Whose access is closed gets nothing. */
const LET_IN = `enabled and unsubscribed_at is null
  and not exists (select 1 from users u where u.email = digest_recipients.key and u.disabled_at is not null)`;

const VALUES = `(key, email, language, zone, send_at, weekdays, topics, unsubscribe_token, next_run_at, when_quiet, weekly_on, monthly_on, weekly_at, monthly_at, origin)
  values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9, $10, $11, $12, $13, $14, $15)`;

function valuesOf(r: RecipientWish): unknown[] {
  const { whenQuiet = true, weeklyOn = null, monthlyOn = null, weeklyAt = null, monthlyAt = null } = r;
  return [
    r.key,
    r.email,
    r.language,
    r.zone,
    r.sendAt,
    json(r.weekdays),
    json(r.topics),
    r.unsubscribeToken,
    r.nextRunAt,
    whenQuiet,
    weeklyOn,
    monthlyOn,
    weeklyAt,
    monthlyAt,
  ];
}

/** A next time stays unless what it hangs on has changed. */
const kept = (time: string, ...of: string[]): string =>
  `${time} = case when ${of.map((one) => `digest_recipients.${one} is not distinct from excluded.${one}`).join(' and ')}
    then digest_recipients.${time} else excluded.${time} end`;

const AGREE = `email = excluded.email, language = excluded.language, zone = excluded.zone, send_at = excluded.send_at,
  weekdays = excluded.weekdays, topics = excluded.topics, when_quiet = excluded.when_quiet, weekly_on = excluded.weekly_on,
  monthly_on = excluded.monthly_on, ${kept('next_run_at', 'send_at', 'zone', 'weekdays')},
  ${kept('weekly_at', 'send_at', 'zone', 'weekly_on')}, ${kept('monthly_at', 'send_at', 'zone', 'monthly_on')}`;

/** Makes the store agree with the configuration, save where somebody has set it on the dashboard. Who has unsubscribed stays so until the address changes. */
export async function syncRecipients(tx: Db, recipients: readonly RecipientWish[]): Promise<void> {
  for (const r of recipients) {
    await tx.query(
      `insert into digest_recipients ${VALUES} on conflict (key) do update set ${AGREE}, enabled = true,
         unsubscribed_at = case when digest_recipients.email = excluded.email then digest_recipients.unsubscribed_at end
       where digest_recipients.origin = 'config'`,
      [...valuesOf(r), 'config'],
    );
  }
  await tx.query(
    `update digest_recipients set enabled = false where origin = 'config' and not (key = any($1::text[]))`,
    [recipients.map((r) => r.key)],
  );
}

/** What somebody has set on the dashboard: from then on that counts. Asked for again, it comes again, also to who has unsubscribed. */
export async function saveRecipient(tx: Db, wish: RecipientWish, enabled: boolean): Promise<number> {
  const row = await queryOne<{ id: number }>(
    tx,
    `insert into digest_recipients ${VALUES} on conflict (key) do update set ${AGREE}, origin = 'user' returning id`,
    [...valuesOf(wish), 'user'],
  );
  if (!row) throw new Error('insert returned no recipient');
  // Who was without for a while begins anew: nothing is sent at once of the time between.
  const anew = (time: string, at: string): string =>
    `${time} = case when $2 and (not enabled or unsubscribed_at is not null) then ${at}::timestamptz else ${time} end`;
  await tx.query(
    `update digest_recipients set enabled = $2, unsubscribed_at = case when $2 then null else unsubscribed_at end,
       ${anew('next_run_at', '$3')}, ${anew('weekly_at', '$4')}, ${anew('monthly_at', '$5')} where id = $1`,
    [row.id, enabled, wish.nextRunAt, wish.weeklyAt ?? null, wish.monthlyAt ?? null],
  );
  return row.id;
}

export function listRecipients(db: Db): Promise<DigestRecipient[]> {
  return db.query<DigestRecipient>(`select ${COLUMNS} from digest_recipients where enabled order by key`);
}

/** Also one who gets nothing at present. */
export function findRecipient(db: Db, key: string): Promise<DigestRecipient | null> {
  return queryOne(db, `select ${COLUMNS} from digest_recipients where key = $1`, [key]);
}

/** null: there is none, or nothing may be sent there any more: what lies in that mailbox opens nothing. */
export function getLetIn(db: Db, id: number): Promise<DigestRecipient | null> {
  return queryOne(db, `select ${COLUMNS} from digest_recipients where id = $1 and ${LET_IN}`, [id]);
}

export function getRecipient(db: Db, id: number): Promise<DigestRecipient | null> {
  return queryOne(db, `select ${COLUMNS} from digest_recipients where id = $1`, [id]);
}

/** Everybody, also those who get nothing at present. */
export function listAllRecipients(db: Db): Promise<DigestRecipient[]> {
  return db.query<DigestRecipient>(`select ${COLUMNS} from digest_recipients order by key`);
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
     where ${LET_IN} and next_run_at <= $1 and not (key = any($2::text[]))
     order by next_run_at, key limit 1 for update skip locked`,
    [now, except],
  );
}

export async function scheduleRecipient(tx: Db, key: string, nextRunAt: Date): Promise<void> {
  await tx.query('update digest_recipients set next_run_at = $2 where key = $1', [key, nextRunAt]);
}

/** The next one who is due a report, locked for the transaction. */
export function lockDueReport(
  tx: Db,
  kind: 'weekly' | 'monthly',
  now: Date,
  except: readonly string[],
): Promise<DigestRecipient | null> {
  return queryOne<DigestRecipient>(
    tx,
    `select ${COLUMNS} from digest_recipients
     where ${LET_IN} and ${kind}_at <= $1 and ${kind}_on is not null and not (key = any($2::text[]))
     order by ${kind}_at, key limit 1 for update skip locked`,
    [now, except],
  );
}

export async function scheduleReport(
  tx: Db,
  key: string,
  kind: 'weekly' | 'monthly',
  at: Date,
): Promise<void> {
  await tx.query(`update digest_recipients set ${kind}_at = $2 where key = $1`, [key, at]);
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

/** Newest first; `below`: only those of smaller numbers. */
export function listDigests(db: Db, limit: number, below: number | null = null): Promise<StoredDigest[]> {
  return db.query<StoredDigest>(
    `select ${DIGEST_COLUMNS} from digests where $2::bigint is null or id < $2 order by id desc limit $1`,
    [limit, below],
  );
}
