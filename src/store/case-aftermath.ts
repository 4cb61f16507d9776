import type { CaseId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import { isPerson } from './person.ts';

/** What a customer did after a case was answered or closed. */
export interface Aftermath {
  /** When we were done; null: not yet. */
  since: Date | null;
  purchases: number;
  /** Of those, by currency. */
  spent: Record<string, number>;
  contacts: number;
  /** Posts of his about topics of ours, and how many of them are meant ill. */
  posts: number;
  negative: number;
}

/** Of a row `e` of `ended`. */
export const AFTER = `
  (select count(*)::int from purchases b where ${isPerson('b.customer_id', 'e.person')} and b.at > e.since) as purchases,
  (select coalesce(jsonb_object_agg(currency, sum), '{}') from (select b.currency, sum(b.amount)::float8 from purchases b
     where ${isPerson('b.customer_id', 'e.person')} and b.at > e.since group by 1) s) as spent,
  (select count(*)::int from contacts b where ${isPerson('b.customer_id', 'e.person')} and b.at > e.since and b.direction = 'in') as contacts,
  (select count(distinct m.document_id)::int from documents d join mentions m on m.document_id = d.id and m.basket_at is null
     where d.author_id = e.author_id and coalesce(d.published_at, d.found_at) > e.since) as posts,
  (select count(distinct m.document_id)::int from documents d join mentions m on m.document_id = d.id and m.basket_at is null
     where d.author_id = e.author_id and coalesce(d.published_at, d.found_at) > e.since and m.sentiment->>'label' = 'negative') as negative`;

/** The person behind each case, and since when it is answered; to be narrowed by a condition on `c`. */
export const ENDED = `select c.id, c.author_id, coalesce(k.merged_into, k.id) as person, coalesce(c.answered_at, c.closed_at) as since
  from cases c join customers k on k.id = c.customer_id`;

export async function aftermathOf(db: Db, id: CaseId): Promise<Aftermath | null> {
  return queryOne<Aftermath>(
    db,
    `with ended as (${ENDED} where c.id = $1) select e.since, ${AFTER} from ended e`,
    [id],
  );
}
