import type { Alert, AlertDefinition } from '../model/alert.ts';
import type { AlertId, DocumentId } from '../model/ids.ts';
import { type Db, json, queryOne } from './db.ts';
import { storable } from './text.ts';

const COLUMNS = `id, key, name, kind, settings, topics, condition, tell, policy, zone, enabled, position,
  in_force_since as "inForceSince", updated_at as "updatedAt", saved_by as "savedBy"`;

/** In the order in which they are asked. */
export function listAlerts(db: Db): Promise<Alert[]> {
  return db.query<Alert>(`select ${COLUMNS} from alerts where removed_at is null order by position, id`);
}

export function findAlert(db: Db, key: string): Promise<Alert | null> {
  return queryOne<Alert>(db, `select ${COLUMNS} from alerts where key = $1 and removed_at is null`, [key]);
}

/** Also those that were removed. */
export async function alertsById(db: Db, ids: readonly AlertId[]): Promise<Map<AlertId, Alert>> {
  const rows = await db.query<Alert>(`select ${COLUMNS} from alerts where id = any($1::bigint[])`, [ids]);
  return new Map(rows.map((alert) => [alert.id, alert]));
}

/** Saves an alert; a new one comes last, one that was removed comes back. It judges what is found from now on, unless only its name or its recipients changed. */
export async function saveAlert(
  tx: Db,
  given: AlertDefinition,
  by: { actor: string; zone: string },
  now: Date,
): Promise<Alert> {
  await tx.query('lock table alerts in share row exclusive mode');
  const alert = await queryOne<Alert>(
    tx,
    `insert into alerts (key, name, kind, settings, topics, condition, tell, policy, zone, enabled, position, in_force_since, updated_at, saved_by)
     select $1, $2, $3, $4::jsonb, $5::jsonb, $6, $7::jsonb, $8::jsonb, $9, $10,
       (select coalesce(max(position), 0) + 1 from alerts where removed_at is null), $11, $11, $12
     on conflict (key) do update set name = excluded.name, kind = excluded.kind, settings = excluded.settings, topics = excluded.topics,
       condition = excluded.condition, tell = excluded.tell, policy = excluded.policy, zone = excluded.zone, enabled = excluded.enabled,
       updated_at = excluded.updated_at, saved_by = excluded.saved_by, removed_at = null,
       in_force_since = case when alerts.removed_at is null and alerts.enabled = excluded.enabled and alerts.kind = excluded.kind
         and alerts.settings = excluded.settings and alerts.topics = excluded.topics and alerts.condition = excluded.condition
         then alerts.in_force_since else excluded.in_force_since end
     returning ${COLUMNS}`,
    [
      given.key,
      storable(given.name),
      given.kind,
      json(given.settings),
      json(given.topics),
      storable(given.condition),
      json(given.tell),
      json(given.policy),
      by.zone,
      given.enabled,
      now,
      by.actor,
    ],
  );
  if (!alert) throw new Error('upsert returned no alert');
  return alert;
}

/** Its incidents stay to be read. */
export async function removeAlert(tx: Db, key: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'update alerts set removed_at = $2, enabled = false where key = $1 and removed_at is null returning id',
    [key, now],
  );
  return rows.length > 0;
}

/** Alerts are to look at a document that was acted on; nothing is noted where none would. */
export async function noteActed(tx: Db, documents: readonly DocumentId[], now: Date): Promise<void> {
  await tx.query(
    `insert into alert_queue (document_id, at) select id, $2 from unnest($1::bigint[]) as acted(id)
     where exists (select 1 from alerts where enabled) and exists (select 1 from mentions where document_id = id)
     on conflict (document_id) do nothing`,
    [documents, now],
  );
}

/** Takes documents that wait, the earliest first; another process takes others. */
export async function takeActed(tx: Db, limit: number): Promise<DocumentId[]> {
  const rows = await tx.query<{ id: DocumentId }>(
    `delete from alert_queue where document_id in (select document_id from alert_queue order by at, document_id limit $1 for update skip locked)
     returning document_id as id`,
    [limit],
  );
  return rows.map(({ id }) => id);
}
