import type { Customer, Identifier } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Vault } from '../model/ports.ts';
import { type Db, queryOne } from './db.ts';
import { isPerson, PERSON } from './person.ts';

const COLUMNS =
  'id, external_id as "externalId", name, city, tier, owner, merged_into as "mergedInto", created_at as "createdAt", updated_at as "updatedAt"';

/** Under which hash an identifier is looked for. */
export const identifierHash = (vault: Vault, { kind, value }: Identifier): string =>
  vault.hash(`${kind}:${value}`);

/** Seals what stood open before there was a vault; at most `limit`. Returns how many. */
export async function sealIdentifiers(tx: Db, vault: Vault, limit: number): Promise<number> {
  const rows = await tx.query<Identifier & { id: CustomerId }>(
    `select customer_id as id, kind, unsealed as value from customer_identifiers where unsealed is not null
     order by customer_id limit $1 for update skip locked`,
    [limit],
  );
  await tx.query(
    `update customer_identifiers i set hash = n.hash, sealed = n.sealed, unsealed = null
     from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) as n(id, kind, value, hash, sealed)
     where i.customer_id = n.id and i.kind = n.kind and i.unsealed = n.value`,
    [
      rows.map(({ id }) => id),
      rows.map(({ kind }) => kind),
      rows.map(({ value }) => value),
      rows.map((one) => identifierHash(vault, one)),
      rows.map(({ value }) => vault.seal(value)),
    ],
  );
  return rows.length;
}

export async function getCustomer(db: Db, id: CustomerId): Promise<Customer | null> {
  return queryOne<Customer>(db, `select ${COLUMNS} from customers where id = $1`, [id]);
}

export function getCustomers(db: Db, ids: readonly CustomerId[]): Promise<Customer[]> {
  return db.query<Customer>(`select ${COLUMNS} from customers where id = any($1::bigint[])`, [ids]);
}

/** In the order of kinds, then of values. */
export async function listIdentifiers(db: Db, vault: Vault, id: CustomerId): Promise<Identifier[]> {
  const rows = await db.query<{ kind: Identifier['kind']; sealed: string }>(
    `select distinct on (kind, hash) kind, sealed from customer_identifiers where ${isPerson('customer_id')} and sealed is not null order by kind, hash`,
    [id],
  );
  const opened = rows.map(({ kind, sealed }) => ({ kind, value: vault.open(sealed) }));
  return opened.sort((a, b) => (a.kind === b.kind && a.value > b.value ? 1 : 0));
}

/** Of these numbers in the CRM those that are known. */
export async function knownNumbers(db: Db, externalIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ externalId: string }>(
    'select external_id as "externalId" from customers where external_id = any($1::text[])',
    [externalIds],
  );
  return new Set(rows.map(({ externalId }) => externalId));
}

export interface CustomerRow extends Customer {
  mentions: number;
  openCases: number;
}

/** Of a row `c` of customers. */
const WANTED = `(c.name ilike $1 or c.external_id ilike $1
  or c.id in (select ${PERSON} from customer_identifiers i join customers c on c.id = i.customer_id where i.hash = any($4::text[])))`;

/**
 * By part of the name or external id, or by the whole of an identifier, whose hash is among `hashes`; those with open cases come first, then those
 * with public accounts. Only those that are shown have their mentions
 * counted, and the many of whom nothing is known are not put in order beyond those: there may be a million.
 */
export function searchCustomers(
  db: Db,
  { text, hashes }: { text: string; hashes: readonly string[] },
  limit: number,
  offset: number,
): Promise<CustomerRow[]> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return db.query<CustomerRow>(
    `with cased as (select ${PERSON} as person, count(*)::int as n from cases k join customers c on c.id = k.customer_id
         where k.status in ('open', 'in_work') group by 1),
       spoken as (select ${PERSON} as person, count(*)::int as n from identity_links l join customers c on c.id = l.customer_id
         where l.state in ('linked', 'confirmed') group by 1),
       known as (select coalesce(o.person, s.person) as person, coalesce(o.n, 0) as open, coalesce(s.n, 0) as said
         from cased o full join spoken s on s.person = o.person),
       first as (select c.*, k.open, k.said from known k join customers c on c.id = k.person where c.merged_into is null and ${WANTED}),
       others as (select c.*, 0 as open, 0 as said from customers c where c.merged_into is null and ${WANTED}
         and c.id not in (select person from known) order by c.id limit $2::int + $3::int),
       found as (select * from first union all select * from others order by open desc, said desc, id limit $2 offset $3)
     select ${COLUMNS}, open as "openCases",
       (select count(*)::int from identity_links l join documents d on d.author_id = l.author_id join mentions m on m.document_id = d.id and m.basket_at is null
          where ${isPerson('l.customer_id', 'found.id')} and l.state in ('linked', 'confirmed')) as mentions
     from found order by open desc, said desc, id`,
    [pattern, limit, offset, hashes],
  );
}

export async function countCustomers(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    'select count(*)::int as n from customers where merged_into is null',
  );
  return row?.n ?? 0;
}
