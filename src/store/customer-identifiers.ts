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

async function removeOthers(
  tx: Db,
  stated: readonly { id: CustomerId; kind: string }[],
  wanted: readonly Wanted[],
) {
  await tx.query(
    `with stated as (select * from unnest($1::bigint[], $2::text[]) as s(id, kind)),
       wanted as (select * from unnest($3::bigint[], $4::text[]) as w(id, hash))
     delete from customer_identifiers i using stated s where i.customer_id = s.id and i.kind = s.kind
       and not exists (select 1 from wanted w where w.id = i.customer_id and w.hash = i.hash)`,
    [
      stated.map(({ id }) => id),
      stated.map(({ kind }) => kind),
      wanted.map(({ id }) => id),
      wanted.map(({ hash }) => hash),
    ],
  );
}

async function knownHashes(tx: Db, ids: readonly CustomerId[]): Promise<Set<string>> {
  const rows = await tx.query<{ key: string }>(
    `select customer_id || ' ' || hash as key from customer_identifiers where customer_id = any($1::bigint[]) and hash is not null`,
    [ids],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Of the kinds that a record states the customer has these and no others. What stays is not written again. */
export async function replaceIdentifiers(
  tx: Db,
  vault: Vault,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
): Promise<void> {
  const stated = saved.flatMap(([id, { identifierKinds = ALL_KINDS }]) =>
    identifierKinds.map((kind) => ({ id, kind })),
  );
  const wanted = saved.flatMap(([id, record]) => wantedOf(vault, id, record));
  if (stated.length > 0) await removeOthers(tx, stated, wanted);
  const ids = saved.map(([id]) => id);
  const known = await knownHashes(tx, ids);
  const missing = wanted.filter(({ id, hash }) => !known.has(`${id} ${hash}`));
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

/** Who else has one of these, by hash. Others' external ids tell them apart. */
export async function holdersOf(
  db: Db,
  hashes: readonly string[],
): Promise<{ hash: string; externalId: string }[]> {
  if (hashes.length === 0) return [];
  return db.query(
    `select i.hash, c.external_id as "externalId" from customer_identifiers i join customers c on c.id = i.customer_id
     where i.hash = any($1::text[])`,
    [hashes],
  );
}
