import type { CustomerRecord } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Vault } from '../model/ports.ts';
import { replaceAddresses } from './customer-addresses.ts';
import { saveConsents } from './customer-consents.ts';
import { saveContacts } from './customer-contacts.ts';
import { replaceIdentifiers } from './customer-identifiers.ts';
import { savePurchases } from './customer-purchases.ts';
import { replaceSegments } from './customer-segments.ts';
import type { Db } from './db.ts';
import { replaceDeclaredInterests } from './imported-interests.ts';

export interface SavedCustomer {
  id: CustomerId;
  created: boolean;
}

const byExternalId = (one: CustomerRecord, two: CustomerRecord): number =>
  one.externalId < two.externalId ? -1 : one.externalId > two.externalId ? 1 : 0;

/** Two statements about one customer as one: the later wins, facts of both count. */
function joinRecords(one: CustomerRecord, two: CustomerRecord): CustomerRecord {
  const kinds = two.identifierKinds;
  const kept = kinds ? one.identifiers.filter(({ kind }) => !kinds.includes(kind)) : [];
  const bothKinds = kinds && one.identifierKinds && [...new Set([...one.identifierKinds, ...kinds])];
  const { identifierKinds: _, ...rest } = { ...one, ...two };
  return {
    ...rest,
    identifiers: [...kept, ...two.identifiers],
    ...(bothKinds ? { identifierKinds: bothKinds } : {}),
    purchases: [...one.purchases, ...two.purchases],
    contacts: [...(one.contacts ?? []), ...(two.contacts ?? [])],
    consents: [...(one.consents ?? []), ...(two.consents ?? [])],
  };
}

/** One record a customer, in the order of external ids: two who save lock in the same order, and never wait for each other in a circle. */
export function inOrder(records: readonly CustomerRecord[]): CustomerRecord[] {
  const joined = new Map<string, CustomerRecord>();
  for (const record of records) {
    const known = joined.get(record.externalId);
    joined.set(record.externalId, known ? joinRecords(known, record) : record);
  }
  return [...joined.values()].sort(byExternalId);
}

async function addMissing(tx: Db, records: readonly CustomerRecord[], now: Date): Promise<Set<string>> {
  const named = records.filter(({ name }) => name !== undefined);
  const rows = await tx.query<{ externalId: string }>(
    `insert into customers (external_id, name, created_at, updated_at)
     select external_id, name, $3, $3 from unnest($1::text[], $2::text[]) as r(external_id, name) order by external_id
     on conflict (external_id) do nothing returning external_id as "externalId"`,
    [named.map(({ externalId }) => externalId), named.map(({ name }) => name), now],
  );
  return new Set(rows.map(({ externalId }) => externalId));
}

async function lockKnown(tx: Db, records: readonly CustomerRecord[]): Promise<Map<string, CustomerId>> {
  const rows = await tx.query<{ id: CustomerId; externalId: string }>(
    `select id, external_id as "externalId" from customers where external_id = any($1::text[])
     order by external_id for no key update`,
    [records.map(({ externalId }) => externalId)],
  );
  return new Map(rows.map(({ id, externalId }) => [externalId, id]));
}

const FIELDS = {
  name: ['name', 'text'],
  city: ['city', 'text'],
  tier: ['tier', 'text'],
  company: ['company', 'text'],
  role: ['role', 'text'],
  owner: ['owner', 'text'],
  birthYear: ['birth_year', 'integer'],
  language: ['language', 'text'],
} as const satisfies Partial<Record<keyof CustomerRecord, readonly [column: string, type: string]>>;

/** Only fields that some record states are written, and of each record only those that it states. */
async function updateFields(
  tx: Db,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
  now: Date,
): Promise<void> {
  const fields = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter((field) =>
    saved.some(([, record]) => record[field] !== undefined),
  );
  const params: unknown[] = [saved.map(([id]) => id), now];
  const [sets, arrays, names]: [string[], string[], string[]] = [[], [], []];
  for (const field of fields) {
    const [column, type] = FIELDS[field];
    params.push(saved.map(([, record]) => record[field] ?? null));
    params.push(saved.map(([, record]) => record[field] !== undefined));
    arrays.push(`$${params.length - 1}::${type}[], $${params.length}::boolean[]`);
    names.push(`${column}, has_${column}`);
    sets.push(`${column} = case when n.has_${column} then n.${column} else c.${column} end`);
  }
  await tx.query(
    `update customers c set ${[...sets, 'updated_at = $2'].join(', ')}
     from unnest(${['$1::bigint[]', ...arrays].join(', ')}) as n(${['id', ...names].join(', ')}) where c.id = n.id`,
    params,
  );
}

/**
 * Adds or updates by external id, in one go. Who is not in the answer is not known and has no name to be added under. Give at most some
 * hundreds at a time.
 */
export async function saveCustomers(
  tx: Db,
  vault: Vault,
  records: readonly CustomerRecord[],
  now: Date,
): Promise<Map<string, SavedCustomer>> {
  const ordered = inOrder(records);
  const created = await addMissing(tx, ordered, now);
  const ids = await lockKnown(tx, ordered);
  const saved = ordered.flatMap((record) => {
    const id = ids.get(record.externalId);
    return id === undefined ? [] : [[id, record] as const];
  });
  if (saved.length === 0) return new Map();
  await updateFields(tx, saved, now);
  await replaceIdentifiers(tx, vault, saved);
  await replaceSegments(tx, saved);
  await replaceAddresses(tx, vault, saved);
  await replaceDeclaredInterests(tx, saved, now);
  await savePurchases(tx, saved);
  await saveContacts(tx, saved);
  await saveConsents(tx, saved);
  return new Map(saved.map(([id, { externalId }]) => [externalId, { id, created: created.has(externalId) }]));
}

/** Adds or updates one. @throws Error when it has no name and is not known */
export async function saveCustomer(
  tx: Db,
  vault: Vault,
  record: CustomerRecord,
  now: Date,
): Promise<SavedCustomer> {
  const saved = (await saveCustomers(tx, vault, [record], now)).get(record.externalId);
  if (!saved) throw new Error('a customer who is not known needs a name');
  return saved;
}
