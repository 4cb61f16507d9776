import type { ConsentState } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import { isPerson } from './person.ts';

/** A customer as matching sees him. */
export interface MatchEntry {
  customerId: CustomerId;
  /** What is compared, sealed. */
  sealed: string;
  /** Under these he is found; hashed, like terms. */
  keys: readonly string[];
  /** These are only counted. */
  terms: readonly string[];
  /** False: noted as looked at, never found. */
  isFound: boolean;
}

/** Every customer has it: its count is the size of the register. */
const EVERYBODY = '#everybody';

interface Counted {
  key: string;
  customers: number;
}

/** Terms are keys, too: so that they can be taken back, and are never asked for holders. */
const keysOf = ({ keys, terms, isFound }: MatchEntry): string[] =>
  isFound ? [...new Set([...keys, ...terms, EVERYBODY])] : [];

/** In the order of keys, so that two processes wait for each other and never in a circle. */
async function addCounts(tx: Db, changes: ReadonlyMap<string, number>): Promise<void> {
  if (changes.size === 0) return;
  const changed = [...changes].filter(([, by]) => by !== 0).sort(([one], [two]) => (one < two ? -1 : 1));
  await tx.query(
    `insert into match_counts (key, customers) select * from unnest($1::text[], $2::integer[])
     on conflict (key) do update set customers = match_counts.customers + excluded.customers`,
    [changed.map(([key]) => key), changed.map(([, by]) => by)],
  );
}

interface Held {
  key: string;
  id: CustomerId;
}

/** The limit is more than any customer has: with it the planner asks for one customer after another, also where it knows nothing of the table. */
function keysHeldBy(tx: Db, ids: readonly CustomerId[]): Promise<Held[]> {
  return tx.query<Held>(
    `select k.key, k.customer_id as id from unnest($1::bigint[]) as o(id)
     cross join lateral (select key, customer_id from match_keys where customer_id = o.id limit 10000) k`,
    [ids],
  );
}

const nameOf = ({ key, id }: Held): string => `${id} ${key}`;

async function changeKeys(tx: Db, sql: string, pairs: readonly Held[]): Promise<{ key: string }[]> {
  if (pairs.length === 0) return [];
  return tx.query<{ key: string }>(sql, [pairs.map(({ key }) => key), pairs.map(({ id }) => id)]);
}

/** Makes these customers stand under these keys and no others. What stays is not touched: mostly nothing has changed. Returns by how much each count has. */
async function replaceKeys(
  tx: Db,
  of: readonly CustomerId[],
  wanted: readonly Held[],
): Promise<Map<string, number>> {
  const held = await keysHeldBy(tx, of);
  const [before, after] = [new Set(held.map(nameOf)), new Set(wanted.map(nameOf))];
  const gone = await changeKeys(
    tx,
    `delete from match_keys k using unnest($1::text[], $2::bigint[]) as g(key, id)
     where k.key = g.key and k.customer_id = g.id returning k.key`,
    held.filter((one) => !after.has(nameOf(one))),
  );
  const added = await changeKeys(
    tx,
    `insert into match_keys (key, customer_id) select * from unnest($1::text[], $2::bigint[])
     on conflict do nothing returning key`,
    wanted.filter((one) => !before.has(nameOf(one))),
  );
  const changes = new Map<string, number>();
  for (const { key } of gone) changes.set(key, (changes.get(key) ?? 0) - 1);
  for (const { key } of added) changes.set(key, (changes.get(key) ?? 0) + 1);
  return changes;
}

/** Takes customers out: nobody is found as one of them any more. */
export async function removeMatchEntries(tx: Db, ids: readonly CustomerId[]): Promise<void> {
  await addCounts(tx, await replaceKeys(tx, ids, []));
  await tx.query('delete from match_entries where customer_id = any($1::bigint[])', [ids]);
}

/** Puts customers in, or in place of what was known of them. Returns the keys that more customers have than before. */
export async function saveMatchEntries(
  tx: Db,
  version: number,
  entries: readonly MatchEntry[],
): Promise<string[]> {
  if (entries.length === 0) return [];
  const ids = entries.map(({ customerId }) => customerId);
  await tx.query(
    `insert into match_entries (customer_id, version, sealed) select id, $2, sealed from unnest($1::bigint[], $3::text[]) as e(id, sealed)
     on conflict (customer_id) do update set version = excluded.version, sealed = excluded.sealed`,
    [ids, version, entries.map(({ sealed }) => sealed)],
  );
  const wanted = entries.flatMap((entry) => keysOf(entry).map((key) => ({ key, id: entry.customerId })));
  const changes = await replaceKeys(tx, ids, wanted);
  await addCounts(tx, changes);
  return [...changes].filter(([, by]) => by > 0).map(([key]) => key);
}

export interface MatchKeyRow {
  key: string;
  customers: number;
  /** null: more than were asked for. */
  customerId: CustomerId | null;
  /** An identifier that tells nothing, by what people said (`generic_values`). */
  isGeneric: boolean;
}

/** How many customers have each key, and who, of keys that at most `limit` have. */
export function findMatchKeys(db: Db, keys: readonly string[], limit: number): Promise<MatchKeyRow[]> {
  return db.query<MatchKeyRow>(
    // The limit keeps the planner from reading all keys where it knows nothing of them: PGlite gathers no statistics by itself.
    `select c.key, c.customers, k.customer_id as "customerId",
       exists (select 1 from generic_values g where g.hash = c.key and g.why = 'refused') as "isGeneric" from match_counts c
     left join lateral (select customer_id from match_keys where key = c.key limit $2) k on c.customers <= $2
     where c.key = any($1::text[]) and c.customers > 0`,
    [keys, limit],
  );
}

export async function countMatchKeys(db: Db, keys: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.query<Counted>(
    'select key, customers from match_counts where key = any($1::text[]) and customers > 0',
    [keys],
  );
  return new Map(rows.map(({ key, customers }) => [key, customers]));
}

/** Customers in the register. */
export async function countMatchEntries(db: Db): Promise<number> {
  const row = await queryOne<Counted>(db, 'select customers from match_counts where key = $1', [EVERYBODY]);
  return row?.customers ?? 0;
}

export function getMatchRecords(
  db: Db,
  ids: readonly number[],
): Promise<{ customerId: CustomerId; sealed: string }[]> {
  return db.query(
    'select customer_id as "customerId", sealed from match_entries where customer_id = any($1::bigint[])',
    [ids],
  );
}

/** Customers who are not in the register as this version of matching would have them, locked; at most `limit`. */
export async function lockUnregistered(tx: Db, version: number, limit: number): Promise<CustomerId[]> {
  const rows = await tx.query<{ id: CustomerId }>(
    `select c.id from customers c left join match_entries e on e.customer_id = c.id
     where c.merged_into is null and e.version is distinct from $1 order by c.id limit $2 for no key update of c skip locked`,
    [version, limit],
  );
  return rows.map(({ id }) => id);
}

export interface CustomerFacts {
  id: CustomerId;
  /** Of all entries of the person, his own first. */
  names: string[];
  city: string | null;
  company: string | null;
  birthYear: number | null;
  identifiers: { kind: 'email' | 'phone' | 'handle'; sealed: string }[];
  orders: string[];
  /** What was said last about being recognised; null: nothing. */
  consent: ConsentState | null;
}

/** What matching needs of the people behind these entries; values of identifiers are sealed. */
export function getCustomerFacts(db: Db, ids: readonly CustomerId[]): Promise<CustomerFacts[]> {
  return db.query<CustomerFacts>(
    `select c.id, (select jsonb_agg(o.name order by o.id <> c.id, o.id) from customers o where ${isPerson('o.id', 'c.id')}) as names,
       c.city, c.company, c.birth_year as "birthYear",
       (select coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'sealed', i.sealed)), '[]') from customer_identifiers i
          where ${isPerson('i.customer_id', 'c.id')} and i.sealed is not null) as identifiers,
       (select coalesce(jsonb_agg(distinct p.external_id), '[]') from purchases p where ${isPerson('p.customer_id', 'c.id')}) as orders,
       (select s.state from consents s where ${isPerson('s.customer_id', 'c.id')} and s.purpose = 'matching'
          order by s.at desc, (s.state = 'given') limit 1) as consent
     from customers c where c.id in (select coalesce(merged_into, id) from customers where id = any($1::bigint[]))`,
    [ids],
  );
}

/** Of these entries those that do not stand for their person. */
export async function mergedAmong(db: Db, ids: readonly CustomerId[]): Promise<CustomerId[]> {
  const rows = await db.query<{ id: CustomerId }>(
    'select id from customers where id = any($1::bigint[]) and merged_into is not null',
    [ids],
  );
  return rows.map(({ id }) => id);
}
