import type { CustomerId } from '../model/ids.ts';
import type { IdRange } from './customer-facts.ts';
import { type Db, json } from './db.ts';
import { PERSON } from './person.ts';

export interface Interest {
  interest: string;
  origin: 'declared' | 'inferred';
  /** `import`, `purchases`, or a user's e-mail. */
  source: string;
  at: Date;
  /** Taken away then: never inferred again. */
  removedAt: Date | null;
}

const COLUMNS = 'interest, origin, source, at, removed_at as "removedAt"';

/** Declared ones first, then by name; those that were taken away too. */
export function interestsOf(
  db: Db,
  { first, last }: IdRange,
): Promise<(Interest & { customerId: CustomerId })[]> {
  return db.query(
    `select distinct on (1, origin, interest) ${PERSON} as "customerId", ${COLUMNS} from customer_interests i join customers c on c.id = i.customer_id
     where ${PERSON} between $1 and $2 order by 1, origin, interest, removed_at`,
    [first, last],
  );
}

/** Of these customers exactly these are inferred from purchases; what people declared, or took away, stays as it is. */
export async function replaceInferred(
  tx: Db,
  range: IdRange,
  inferred: readonly { customerId: CustomerId; interest: string }[],
  now: Date,
): Promise<void> {
  await tx.query(
    `with fresh as (select i.customer_id, i.interest from jsonb_to_recordset($3::jsonb) as i(customer_id bigint, interest text)
         join customers c on c.id = i.customer_id),
       gone as (delete from customer_interests i where i.customer_id between $1 and $2 and i.origin = 'inferred' and i.removed_at is null
         and not exists (select 1 from fresh f where f.customer_id = i.customer_id and f.interest = i.interest))
     insert into customer_interests (customer_id, interest, origin, source, at)
     select customer_id, interest, 'inferred', 'purchases', $4 from fresh on conflict (customer_id, interest) do nothing`,
    [
      range.first,
      range.last,
      json(inferred.map(({ customerId, interest }) => ({ customer_id: customerId, interest }))),
      now,
    ],
  );
}

/** What the customer said he likes: goes before what was inferred, and counts again when it was taken away. */
export async function declareInterest(
  db: Db,
  customerId: CustomerId,
  { interest, by, at }: { interest: string; by: string; at: Date },
): Promise<void> {
  await db.query(
    `insert into customer_interests (customer_id, interest, origin, source, at) values ($1, $2, 'declared', $3, $4)
     on conflict (customer_id, interest) do update set origin = 'declared', source = excluded.source, at = excluded.at, removed_at = null`,
    [customerId, interest, by, at],
  );
}

/** Stays noted as taken away. False when there is none. */
export async function removeInterest(
  db: Db,
  customerId: CustomerId,
  interest: string,
  at: Date,
): Promise<boolean> {
  const rows = await db.query(
    'update customer_interests set removed_at = coalesce(removed_at, $3) where customer_id = $1 and interest = $2 returning interest',
    [customerId, interest, at],
  );
  return rows.length > 0;
}

/** What was taken away counts again. False when there is none. */
export async function restoreInterest(db: Db, customerId: CustomerId, interest: string): Promise<boolean> {
  const rows = await db.query(
    'update customer_interests set removed_at = null where customer_id = $1 and interest = $2 returning interest',
    [customerId, interest],
  );
  return rows.length > 0;
}
