import { setChanges } from '../lib/set-changes.ts';
import type { CustomerRecord, IdentifierKind } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Vault } from '../model/ports.ts';
import { identifierHash } from './customers.ts';
import type { Db } from './db.ts';

const ALL_KINDS: readonly IdentifierKind[] = ['email', 'phone', 'handle'];

interface Wanted {
  id: CustomerId;
  kind: IdentifierKind;
  value: string;
  hash: string;
}

function wantedOf(vault: Vault, id: CustomerId, { identifiers }: CustomerRecord): Wanted[] {
  const wanted = identifiers.map((one) => ({ id, ...one, hash: identifierHash(vault, one) }));
  return [...new Map(wanted.map((one) => [`${one.kind} ${one.hash}`, one])).values()];
}

type Kept = Pick<Wanted, 'id' | 'kind' | 'hash'>;

/** The limit is more than any customer has: with it the planner asks for one customer after another, also where it knows nothing of the table. */
function knownOf(tx: Db, ids: readonly CustomerId[]): Promise<Kept[]> {
  return tx.query<Kept>(
    `select o.id, i.kind, i.hash from unnest($1::bigint[]) as o(id)
     cross join lateral (select kind, hash from customer_identifiers where customer_id = o.id and hash is not null limit 10000) i`,
    [ids],
  );
}

async function remove(tx: Db, gone: readonly Kept[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.query(
    `delete from customer_identifiers i using unnest($1::bigint[], $2::text[], $3::text[]) as g(id, kind, hash)
     where i.customer_id = g.id and i.kind = g.kind and i.hash = g.hash`,
    [gone.map(({ id }) => id), gone.map(({ kind }) => kind), gone.map(({ hash }) => hash)],
  );
}

const nameOf = ({ id, kind, hash }: Kept): string => `${id} ${kind} ${hash}`;

/** Of the kinds that a record states the customer has these and no others. What stays is not written again. */
export async function replaceIdentifiers(
  tx: Db,
  vault: Vault,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
): Promise<void> {
  const stated = new Map(saved.map(([id, { identifierKinds = ALL_KINDS }]) => [id, identifierKinds]));
  const wanted = saved.flatMap(([id, record]) => wantedOf(vault, id, record));
  const known = await knownOf(tx, [...stated.keys()]);
  const { gone, missing } = setChanges(known, wanted, nameOf);
  await remove(
    tx,
    gone.filter((one) => stated.get(one.id)?.includes(one.kind)),
  );
  if (missing.length === 0) return;
  await tx.query(
    `insert into customer_identifiers (customer_id, kind, hash, sealed)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) on conflict do nothing`,
    [
      missing.map(({ id }) => id),
      missing.map(({ kind }) => kind),
      missing.map(({ hash }) => hash),
      missing.map(({ value }) => vault.seal(value)),
    ],
  );
}

/** Of whom an e-mail is asked who else has it, so many are enough. */
const HOLDERS = 5;

/** Who else has one of these, by hash; of each some. Others' external ids tell them apart. */
export async function holdersOf(
  db: Db,
  hashes: readonly string[],
): Promise<{ hash: string; externalId: string }[]> {
  if (hashes.length === 0) return [];
  return db.query(
    `select w.hash, (select c.external_id from customers c where c.id = i.customer_id) as "externalId"
     from unnest($1::text[]) as w(hash)
     cross join lateral (select customer_id from customer_identifiers where hash = w.hash limit $2) i`,
    [hashes, HOLDERS],
  );
}
