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
    'select customer_id as id, sealed from customer_addresses where customer_id = any($1::bigint[]) order by customer_id, number',
    [ids],
  );
  const found = new Map<CustomerId, string[]>();
  for (const { id, sealed } of rows) found.set(id, [...(found.get(id) ?? []), vault.open(sealed)]);
  return found;
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
  await tx.query('delete from customer_addresses where customer_id = any($1::bigint[])', [
    changed.map(([id]) => id),
  ]);
  const rows = changed.flatMap(([id, { addresses = [] }]) =>
    addresses.map((address, at) => ({ id, number: at + 1, sealed: vault.seal(address) })),
  );
  await tx.query(
    'insert into customer_addresses (customer_id, number, sealed) select * from unnest($1::bigint[], $2::integer[], $3::text[])',
    [rows.map(({ id }) => id), rows.map(({ number }) => number), rows.map(({ sealed }) => sealed)],
  );
}
