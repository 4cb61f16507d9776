import { setChanges } from '../lib/set-changes.ts';
import type { CustomerRecord } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Db } from './db.ts';

const SOURCE = 'import';

interface Interest {
  id: CustomerId;
  interest: string;
}

const nameOf = ({ id, interest }: Interest): string => `${id} ${interest}`;

/** Those that an import stated before and nobody took away. */
function importedOf(tx: Db, ids: readonly CustomerId[]): Promise<Interest[]> {
  return tx.query<Interest>(
    `select o.id, t.interest from unnest($1::bigint[]) as o(id) cross join lateral (select interest from customer_interests
       where customer_id = o.id and origin = 'declared' and source = $2 and removed_at is null limit 10000) t`,
    [ids, SOURCE],
  );
}

async function removeInterests(tx: Db, gone: readonly Interest[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.query(
    `delete from customer_interests t using unnest($1::bigint[], $2::text[]) as g(id, interest)
     where t.customer_id = g.id and t.interest = g.interest`,
    [gone.map(({ id }) => id), gone.map(({ interest }) => interest)],
  );
}

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
  const wanted = stating.flatMap(([id, { interests = [] }]) =>
    [...new Set(interests)].map((interest) => ({ id, interest })),
  );
  const known = await importedOf(
    tx,
    stating.map(([id]) => id),
  );
  const { gone, missing } = setChanges(known, wanted, nameOf);
  await removeInterests(tx, gone);
  if (missing.length === 0) return;
  await tx.query(
    `insert into customer_interests (customer_id, interest, origin, source, at)
     select id, interest, 'declared', $3, $4 from unnest($1::bigint[], $2::text[]) as w(id, interest)
     on conflict (customer_id, interest) do update set origin = 'declared', source = excluded.source, at = excluded.at
       where customer_interests.origin = 'inferred' and customer_interests.removed_at is null`,
    [missing.map(({ id }) => id), missing.map(({ interest }) => interest), SOURCE, now],
  );
}
