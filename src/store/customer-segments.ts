import { setChanges } from '../lib/set-changes.ts';
import type { CustomerRecord } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Db } from './db.ts';

interface Segment {
  id: CustomerId;
  segment: string;
}

const nameOf = ({ id, segment }: Segment): string => `${id} ${segment}`;

function segmentsOf(tx: Db, ids: readonly CustomerId[]): Promise<Segment[]> {
  return tx.query<Segment>(
    `select o.id, s.segment from unnest($1::bigint[]) as o(id)
     cross join lateral (select segment from customer_segments where customer_id = o.id and origin = 'import' limit 10000) s`,
    [ids],
  );
}

async function change(tx: Db, sql: string, pairs: readonly Segment[]): Promise<void> {
  if (pairs.length > 0) await tx.query(sql, [pairs.map(({ id }) => id), pairs.map(({ segment }) => segment)]);
}

/** A record that states segments states them all, save those that people made. What stays is not written again. */
export async function replaceSegments(
  tx: Db,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
): Promise<void> {
  const stating = saved.filter(([, { segments }]) => segments !== undefined);
  if (stating.length === 0) return;
  const wanted = stating.flatMap(([id, { segments = [] }]) => segments.map((segment) => ({ id, segment })));
  const known = await segmentsOf(
    tx,
    stating.map(([id]) => id),
  );
  const { gone, missing } = setChanges(known, wanted, nameOf);
  await change(
    tx,
    `delete from customer_segments s using unnest($1::bigint[], $2::text[]) as g(id, segment)
     where s.customer_id = g.id and s.segment = g.segment and s.origin = 'import'`,
    gone,
  );
  await change(
    tx,
    'insert into customer_segments (customer_id, segment) select * from unnest($1::bigint[], $2::text[]) on conflict do nothing',
    missing,
  );
}
