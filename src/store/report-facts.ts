import { type Db, queryOne } from './db.ts';

/** The rows that a report is made of; hidden mentions and those that are not about us are no part of it. `topics`: keys, or null for all. */
const ASKED = '($1::text[] is null or t.key = any($1::text[]))';

/** Where most of it was said. */
export function busyPlaces(
  db: Db,
  topics: string[] | null,
  from: Date,
  to: Date,
  limit: number,
): Promise<{ name: string; total: number }[]> {
  return db.query(
    `select s.name, count(*)::int as total from mentions m join topics t on t.id = m.topic_id join documents d on d.id = m.document_id
     join sources s on s.id = d.source_id
     where m.created_at >= $2 and m.created_at < $3 and m.basket_at is null and m.status <> 'not_us' and t.enabled and ${ASKED}
     group by s.id, s.name order by 2 desc, 1 limit $4`,
    [topics, from, to, limit],
  );
}

export interface CaseWork {
  opened: number;
  answered: number;
  closed: number;
  /** Whose time ran out in the period without an answer before it. */
  missed: number;
  /** From opening to answering, in ms, of half of those answered in the period; null: none was. */
  medianMs: number | null;
}

export async function caseWork(db: Db, topics: string[] | null, from: Date, to: Date): Promise<CaseWork> {
  const within = (time: string): string => `c.${time} >= $2 and c.${time} < $3`;
  const row = await queryOne<CaseWork>(
    db,
    `select count(*) filter (where ${within('opened_at')})::int as opened, count(*) filter (where ${within('answered_at')})::int as answered,
       count(*) filter (where ${within('closed_at')})::int as closed,
       count(*) filter (where ${within('due_at')} and coalesce(c.answered_at, c.closed_at, $3) > c.due_at)::int as missed,
       percentile_cont(0.5) within group (order by extract(epoch from c.answered_at - c.opened_at) * 1000)
         filter (where ${within('answered_at')})::float8 as "medianMs"
     from cases c join topics t on t.id = c.topic_id where c.status not in ('withdrawn', 'merged') and ${ASKED}`,
    [topics, from, to],
  );
  return row ?? { opened: 0, answered: 0, closed: 0, missed: 0, medianMs: null };
}
