import type { CustomerRecord } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** A record that states segments states them all. */
export async function replaceSegments(
  tx: Db,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
): Promise<void> {
  const stating = saved.filter(([, { segments }]) => segments !== undefined);
  if (stating.length === 0) return;
  const pairs = stating.flatMap(([id, { segments = [] }]) =>
    [...new Set(segments)].map((segment) => [id, segment] as const),
  );
  const params = [pairs.map(([id]) => id), pairs.map(([, segment]) => segment)];
  await tx.query(
    `delete from customer_segments s where s.customer_id = any($1::bigint[]) and not exists
       (select 1 from unnest($2::bigint[], $3::text[]) as w(id, segment) where w.id = s.customer_id and w.segment = s.segment)`,
    [stating.map(([id]) => id), ...params],
  );
  await tx.query(
    'insert into customer_segments (customer_id, segment) select * from unnest($1::bigint[], $2::text[]) on conflict do nothing',
    params,
  );
}
