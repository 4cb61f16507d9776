import type { CustomerRecord } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** Purchases are facts: an import adds and corrects them, and never takes one away. Of a repeated id the last counts. */
export async function savePurchases(
  tx: Db,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
): Promise<void> {
  const rows = saved.flatMap(([id, { purchases }]) =>
    [...new Map(purchases.map((p) => [p.externalId, p])).values()].map((p) => ({ id, ...p })),
  );
  if (rows.length === 0) return;
  await tx.query(
    `insert into purchases (customer_id, external_id, at, amount, currency, item, channel)
     select * from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::numeric[], $5::text[], $6::text[], $7::text[])
     on conflict (customer_id, external_id) do update set at = excluded.at, amount = excluded.amount,
       currency = excluded.currency, item = excluded.item, channel = excluded.channel`,
    [
      rows.map(({ id }) => id),
      rows.map((p) => p.externalId),
      rows.map((p) => p.at),
      rows.map((p) => p.amount),
      rows.map((p) => p.currency),
      rows.map((p) => p.item),
      rows.map((p) => p.channel),
    ],
  );
}
