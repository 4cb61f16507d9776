import type { Incident } from '../model/case.ts';
import type { CaseIncidentId, UserId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

const COLUMNS = 'id, name, owner_id as "ownerId", opened_at as "openedAt", closed_at as "closedAt"';

export async function addIncident(
  tx: Db,
  name: string,
  ownerId: UserId | null,
  at: Date,
): Promise<CaseIncidentId> {
  const row = await queryOne<{ id: CaseIncidentId }>(
    tx,
    'insert into incidents (name, owner_id, opened_at) values ($1, $2, $3) returning id',
    [name, ownerId, at],
  );
  if (!row) throw new Error('insert returned no incident');
  return row.id;
}

export function getIncident(db: Db, id: CaseIncidentId): Promise<Incident | null> {
  return queryOne<Incident>(db, `select ${COLUMNS} from incidents where id = $1`, [id]);
}

/** Open ones first, the newest at the top. */
export function listIncidents(db: Db, limit: number): Promise<(Incident & { cases: number })[]> {
  return db.query(
    `select ${COLUMNS}, (select count(*)::int from cases c where c.incident_id = i.id) as cases from incidents i
     order by closed_at is not null, opened_at desc limit $1`,
    [limit],
  );
}

export async function setIncidentOwner(tx: Db, id: CaseIncidentId, ownerId: UserId | null): Promise<void> {
  await tx.query('update incidents set owner_id = $2 where id = $1', [id, ownerId]);
}

/** Ends it, or opens it again by null. */
export async function setIncidentClosed(tx: Db, id: CaseIncidentId, at: Date | null): Promise<void> {
  await tx.query('update incidents set closed_at = $2 where id = $1', [id, at]);
}
