import type { CustomerId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import { isPerson, PERSON } from './person.ts';

interface Entry {
  id: CustomerId;
  mergedInto: CustomerId | null;
}

/** The entries of the people behind these, locked: an entry points to one that points nowhere. In the order in which imports lock them. */
export async function lockEntries(tx: Db, ids: readonly CustomerId[]): Promise<Entry[]> {
  const lock = (): Promise<Entry[]> =>
    tx.query<Entry>(
      `select id, merged_into as "mergedInto" from customers
       where coalesce(merged_into, id) in (select coalesce(merged_into, id) from customers where id = any($1::bigint[]))
       order by external_id for no key update`,
      [ids],
    );
  // Somebody may have joined others to them while we waited: until nobody new is there.
  let known = await lock();
  for (;;) {
    const now = await lock();
    if (now.length === known.length) return now;
    known = now;
  }
}

/** Points an entry to another, or to none; what it was stays in the history. */
export async function pointEntry(
  tx: Db,
  { id, mergedInto: before }: Entry,
  after: CustomerId | null,
  { actor, at }: { actor: string; at: Date },
): Promise<void> {
  await tx.query('update customers set merged_into = $2 where id = $1', [id, after]);
  await tx.query(
    'insert into customer_merges (merged_id, before_id, after_id, at, actor) values ($1, $2, $3, $4, $5)',
    [id, before, after, at, actor],
  );
}

/** The person's entries, the first one first; none when the number is nobody's or not the first entry's. */
export function listEntries(db: Db, person: CustomerId): Promise<{ id: CustomerId; externalId: string }[]> {
  return db.query(
    `select id, external_id as "externalId" from customers where coalesce(merged_into, id) = $1 order by id <> $1, id`,
    [person],
  );
}

/** Of these entries the ones that are still there. */
export function externalIdsOf(
  db: Db,
  ids: readonly CustomerId[],
): Promise<{ id: CustomerId; externalId: string }[]> {
  return db.query(
    'select id, external_id as "externalId" from customers where id = any($1::bigint[]) order by id',
    [ids],
  );
}

/** Makes these entries, and those that are joined with them, people of their own: before some of them are erased. */
export async function partEntries(tx: Db, ids: readonly CustomerId[]): Promise<void> {
  await tx.query(
    'update customers set merged_into = null where merged_into is not null and (id = any($1::bigint[]) or merged_into = any($1::bigint[]))',
    [ids],
  );
}

export interface EntryRow {
  id: CustomerId;
  externalId: string;
  name: string;
  mergedAt: Date | null;
  mergedBy: string | null;
}

/** The entries of a person besides the first. */
export function listMergedEntries(db: Db, person: CustomerId): Promise<EntryRow[]> {
  return db.query<EntryRow>(
    `select c.id, c.external_id as "externalId", c.name, g.at as "mergedAt", g.actor as "mergedBy" from customers c
     left join lateral (select at, actor from customer_merges where merged_id = c.id order by id desc limit 1) g on true
     where c.merged_into = $1 order by c.id`,
    [person],
  );
}

/** The person behind an entry, by the number that the CRM gave it; null: there is none. */
export async function findCustomerByExternalId(db: Db, externalId: string): Promise<CustomerId | null> {
  const row = await queryOne<{ id: CustomerId }>(
    db,
    'select coalesce(merged_into, id) as id from customers where external_id = $1',
    [externalId],
  );
  return row?.id ?? null;
}

/** The entry itself, also where it is joined to another; null: there is none. */
export async function findEntry(db: Db, externalId: string): Promise<CustomerId | null> {
  const row = await queryOne<{ id: CustomerId }>(db, 'select id from customers where external_id = $1', [
    externalId,
  ]);
  return row?.id ?? null;
}

/** Entries that hold an identifier in common with this person's: perhaps the same one twice. */
export function findLikelyDuplicates(db: Db, person: CustomerId, limit: number): Promise<EntryRow[]> {
  return db.query<EntryRow>(
    `select distinct o.id, o.external_id as "externalId", o.name, null::timestamptz as "mergedAt", null as "mergedBy"
     from (select kind, hash from customer_identifiers where ${isPerson('customer_id')} limit 1000) i
     cross join lateral (select customer_id from customer_identifiers where hash = i.hash and kind = i.kind limit 1000) j
     join customers c on c.id = j.customer_id join customers o on o.id = ${PERSON}
     where o.id <> $1 order by o.id limit $2`,
    [person, limit],
  );
}
