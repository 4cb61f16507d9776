import type { CaseEvent } from '../model/case.ts';
import type { CaseId } from '../model/ids.ts';
import { type Db, json } from './db.ts';

export type NewCaseEvent = Pick<CaseEvent, 'at' | 'actor' | 'kind'> & { detail?: Record<string, unknown> };

export async function addCaseEvent(tx: Db, id: CaseId, event: NewCaseEvent): Promise<void> {
  await tx.query(
    'insert into case_events (case_id, at, actor, kind, detail) values ($1, $2, $3, $4, $5::jsonb)',
    [id, event.at, event.actor, event.kind, json(event.detail ?? {})],
  );
}

/** In the order in which they happened. */
export function listCaseEvents(db: Db, id: CaseId): Promise<CaseEvent[]> {
  return db.query<CaseEvent>(
    'select id, at, actor, kind, detail from case_events where case_id = $1 order by id',
    [id],
  );
}
