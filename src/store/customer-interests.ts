import type { CustomerRecord } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Db } from './db.ts';

const SOURCE = 'import';

/**
 * Declared interests that an import states. What was inferred becomes declared; what a person took away stays away; what an import stated
 * and now leaves out goes, and what anybody else declared stays.
 */
export async function replaceDeclaredInterests(
  tx: Db,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
  now: Date,
): Promise<void> {
  const stating = saved.filter(([, { interests }]) => interests !== undefined);
  if (stating.length === 0) return;
  const pairs = stating.flatMap(([id, { interests = [] }]) =>
    [...new Set(interests)].map((interest) => [id, interest] as const),
  );
  const params = [pairs.map(([id]) => id), pairs.map(([, interest]) => interest)];
  await tx.query(
    `delete from customer_interests i where i.customer_id = any($1::bigint[]) and i.origin = 'declared' and i.source = $4 and i.removed_at is null
       and not exists (select 1 from unnest($2::bigint[], $3::text[]) as w(id, interest) where w.id = i.customer_id and w.interest = i.interest)`,
    [stating.map(([id]) => id), ...params, SOURCE],
  );
  await tx.query(
    `insert into customer_interests (customer_id, interest, origin, source, at)
     select id, interest, 'declared', $3, $4 from unnest($1::bigint[], $2::text[]) as w(id, interest)
     on conflict (customer_id, interest) do update set origin = 'declared', source = excluded.source, at = excluded.at
       where customer_interests.origin = 'inferred' and customer_interests.removed_at is null`,
    [...params, SOURCE, now],
  );
}
