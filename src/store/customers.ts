import type { Customer, Identifier, IdentityLink, Purchase } from '../model/customer.ts';
import type { AuthorId, CustomerId } from '../model/ids.ts';
import type { Vault } from '../model/ports.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS =
  'id, external_id as "externalId", name, city, tier, created_at as "createdAt", updated_at as "updatedAt"';

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
    'select kind, sealed from customer_identifiers where customer_id = $1 and sealed is not null order by kind',
    [id],
  );
  const opened = rows.map(({ kind, sealed }) => ({ kind, value: vault.open(sealed) }));
  return opened.sort((a, b) => (a.kind === b.kind && a.value > b.value ? 1 : 0));
}

export function listPurchases(db: Db, id: CustomerId): Promise<Purchase[]> {
  return db.query<Purchase>(
    'select external_id as "externalId", at, amount, currency, item, channel from purchases where customer_id = $1 order by at desc',
    [id],
  );
}

export interface CustomerRow extends Customer {
  mentions: number;
  openCases: number;
}

/** By part of the name or external id; those with open cases first. */
export function searchCustomers(db: Db, text: string, limit: number, offset: number): Promise<CustomerRow[]> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return db.query<CustomerRow>(
    `select * from (
       select ${COLUMNS},
         (select count(*)::int from identity_links l join documents d on d.author_id = l.author_id join mentions m on m.document_id = d.id and m.basket_at is null
            where l.customer_id = c.id and l.state in ('linked', 'confirmed')) as mentions,
         (select count(*)::int from cases k where k.customer_id = c.id and k.status in ('open', 'in_work')) as "openCases"
       from customers c where c.name ilike $1 or c.external_id ilike $1) found
     order by "openCases" desc, mentions desc, id limit $2 offset $3`,
    [pattern, limit, offset],
  );
}

export async function countCustomers(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(db, 'select count(*)::int as n from customers');
  return row?.n ?? 0;
}

/** A decision of a person (confirmed, rejected) is never overwritten by the matcher, nor what a post has shown by one that shows less. */
export async function saveMatcherLink(tx: Db, link: IdentityLink): Promise<void> {
  await tx.query(
    `insert into identity_links (author_id, customer_id, state, score, evidence, decided_by, decided_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7)
     on conflict (author_id, customer_id) do update set state = excluded.state, score = excluded.score,
       evidence = excluded.evidence, decided_by = excluded.decided_by, decided_at = excluded.decided_at
     where identity_links.state in ('proposed', 'linked') and (excluded.state = 'linked'
       or (identity_links.state = 'proposed' and excluded.score >= identity_links.score))`,
    [
      link.authorId,
      link.customerId,
      link.state,
      link.score,
      json(link.evidence),
      link.decidedBy,
      link.decidedAt,
    ],
  );
}

/** Takes a link that the matcher made back to a proposal. */
export async function doubtLink(tx: Db, authorId: AuthorId, customerId: CustomerId, at: Date): Promise<void> {
  await tx.query(
    `update identity_links set state = 'proposed', decided_at = $3 where author_id = $1 and customer_id = $2 and state = 'linked'`,
    [authorId, customerId, at],
  );
}

export async function decideLink(
  db: Db,
  authorId: AuthorId,
  customerId: CustomerId,
  state: 'confirmed' | 'rejected',
  by: string,
  at: Date,
): Promise<boolean> {
  const rows = await db.query(
    'update identity_links set state = $3, decided_by = $4, decided_at = $5 where author_id = $1 and customer_id = $2 returning author_id',
    [authorId, customerId, state, by, at],
  );
  return rows.length > 0;
}

const LINK_COLUMNS =
  'author_id as "authorId", customer_id as "customerId", state, score, evidence, decided_by as "decidedBy", decided_at as "decidedAt"';

export function listLinksOfAuthors(db: Db, ids: readonly AuthorId[]): Promise<IdentityLink[]> {
  return db.query<IdentityLink>(
    `select ${LINK_COLUMNS} from identity_links where author_id = any($1::bigint[])`,
    [ids],
  );
}

export interface CustomerAccount extends IdentityLink {
  site: string;
  handle: string;
  name: string | null;
  profileUrl: string | null;
}

export function listAccountsOfCustomer(db: Db, id: CustomerId): Promise<CustomerAccount[]> {
  return db.query<CustomerAccount>(
    `select ${LINK_COLUMNS}, a.site, a.handle, a.name, a.profile_url as "profileUrl"
     from identity_links l join authors a on a.id = l.author_id where l.customer_id = $1 order by l.decided_at desc`,
    [id],
  );
}
