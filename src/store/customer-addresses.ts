import type { CustomerRecord } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Vault } from '../model/ports.ts';
import type { Db } from './db.ts';

/** Postal addresses in the order in which they were stated. */
export async function addressesOf(
  db: Db,
  vault: Vault,
  ids: readonly CustomerId[],
): Promise<Map<CustomerId, string[]>> {
  const rows = await db.query<{ id: CustomerId; sealed: string }>(
    `select o.id, a.sealed from unnest($1::bigint[]) as o(id)
     cross join lateral (select number, sealed from customer_addresses where customer_id = o.id order by number limit 10000) a
     order by o.id, a.number`,
    [ids],
  );
  const found = new Map<CustomerId, string[]>();
  for (const { id, sealed } of rows) found.set(id, [...(found.get(id) ?? []), vault.open(sealed)]);
  return found;
}

/** One after another: of so many at once a planner that knows nothing of the table would rather read it all. */
async function removeAddresses(tx: Db, ids: readonly CustomerId[]): Promise<void> {
  for (const id of ids) await tx.query('delete from customer_addresses where customer_id = $1', [id]);
}

/** A record that states addresses states them all. Those who keep theirs are not written again: sealed anew they would all be other rows. */
export async function replaceAddresses(
  tx: Db,
  vault: Vault,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
): Promise<void> {
  const stating = saved.filter(([, { addresses }]) => addresses !== undefined);
  if (stating.length === 0) return;
  const known = await addressesOf(
    tx,
    vault,
    stating.map(([id]) => id),
  );
  const changed = stating.filter(
    ([id, { addresses = [] }]) => (known.get(id) ?? []).join('\n') !== addresses.join('\n'),
  );
  if (changed.length === 0) return;
  await removeAddresses(
    tx,
    [...changed].filter(([id]) => known.has(id)).map(([id]) => id),
  );
  const rows = changed.flatMap(([id, { addresses = [] }]) =>
    addresses.map((address, at) => ({ id, number: at + 1, sealed: vault.seal(address) })),
  );
  await tx.query(
    'insert into customer_addresses (customer_id, number, sealed) select * from unnest($1::bigint[], $2::integer[], $3::text[])',
    [rows.map(({ id }) => id), rows.map(({ number }) => number), rows.map(({ sealed }) => sealed)],
  );
}
