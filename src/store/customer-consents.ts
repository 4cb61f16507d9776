import type { CustomerRecord } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** Consents are facts: each is kept; one of the same moment, channel and purpose corrects the one before. */
export async function saveConsents(
  tx: Db,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
): Promise<void> {
  const rows = saved.flatMap(([id, { consents = [] }]) => {
    const keyed = consents.map((one) => [`${one.channel} ${one.purpose} ${one.at.getTime()}`, one] as const);
    return [...new Map(keyed).values()].map((one) => ({ id, ...one }));
  });
  if (rows.length === 0) return;
  await tx.query(
    `insert into consents (customer_id, channel, purpose, state, at, origin)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
     on conflict (customer_id, channel, purpose, at) do update set state = excluded.state, origin = excluded.origin`,
    [
      rows.map(({ id }) => id),
      rows.map((one) => one.channel),
      rows.map((one) => one.purpose),
      rows.map((one) => one.state),
      rows.map((one) => one.at),
      rows.map((one) => one.origin),
    ],
  );
}
