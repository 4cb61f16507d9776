import type { Report } from '../model/report.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `id, kind, recipient, period_key as "periodKey", period_from as from, period_to as to, language, zone, facts, html, text,
  pdf is not null as "hasPdf", made_by as "madeBy", made_at as "madeAt"`;

export type NewReport = Omit<Report, 'id' | 'html' | 'text' | 'hasPdf'>;

/** null when this recipient already has the report of this kind and time. */
export async function addReport(tx: Db, r: NewReport): Promise<number | null> {
  const row = await queryOne<{ id: number }>(
    tx,
    `insert into reports (kind, recipient, period_key, period_from, period_to, language, zone, facts, html, text, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, '', '', $9, $10)
     on conflict (recipient, kind, period_key) where recipient is not null do nothing returning id`,
    [r.kind, r.recipient, r.periodKey, r.from, r.to, r.language, r.zone, json(r.facts), r.madeBy, r.madeAt],
  );
  return row?.id ?? null;
}

/** How it looks, once: it names its own page, whose number is known only now. */
export async function setReportParts(
  tx: Db,
  id: number,
  { html, text }: Pick<Report, 'html' | 'text'>,
): Promise<void> {
  await tx.query(`update reports set html = $2, text = $3 where id = $1 and html = ''`, [id, html, text]);
}

export async function setReportDelivery(tx: Db, id: number, deliveryId: string): Promise<void> {
  await tx.query('update reports set delivery_id = $2 where id = $1', [id, deliveryId]);
}

export function getReport(db: Db, id: number): Promise<Report | null> {
  return queryOne<Report>(db, `select ${COLUMNS} from reports where id = $1`, [id]);
}

export type ListedReport = Pick<Report, 'id' | 'kind' | 'recipient' | 'from' | 'to' | 'madeBy' | 'madeAt'>;

/** Newest first; `behind`: only what stands behind this one. */
export function listReports(
  db: Db,
  limit: number,
  offset: number,
  behind: Pick<Report, 'madeAt' | 'id'> | null = null,
): Promise<ListedReport[]> {
  return db.query<ListedReport>(
    `select id, kind, recipient, period_from as from, period_to as to, made_by as "madeBy", made_at as "madeAt" from reports
     where $3::timestamptz is null or (made_at, id) < ($3, $4::bigint) order by made_at desc, id desc limit $1 offset $2`,
    [limit, offset, behind?.madeAt ?? null, behind?.id ?? null],
  );
}

export async function readReportPdf(db: Db, id: number): Promise<Uint8Array | null> {
  const row = await queryOne<{ pdf: Uint8Array | null }>(db, 'select pdf from reports where id = $1', [id]);
  return row?.pdf ?? null;
}

/** The first one stays: whoever opens it again gets the same bytes. */
export async function keepReportPdf(db: Db, id: number, pdf: Uint8Array): Promise<void> {
  await db.query('update reports set pdf = $2 where id = $1 and pdf is null', [id, pdf]);
}
