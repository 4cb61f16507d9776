import type { Consent, Contact, CustomerRecord, Identifier, Purchase } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Vault } from '../model/ports.ts';
import { addressesOf } from './customer-addresses.ts';
import type { Db } from './db.ts';

type Fields = Required<
  Pick<CustomerRecord, 'name' | 'city' | 'tier' | 'company' | 'role' | 'owner' | 'birthYear' | 'language'>
>;
interface Row extends Fields {
  id: CustomerId;
  externalId: string;
  identifiers: { kind: Identifier['kind']; sealed: string }[];
  segments: string[];
  interests: string[];
}

interface Stored extends Omit<Row, 'identifiers'> {
  identifiers: Identifier[];
  addresses: string[];
  purchases: Purchase[];
  contacts: Contact[];
  consents: Consent[];
}

function readRows(db: Db, externalIds: readonly string[]): Promise<Row[]> {
  return db.query<Row>(
    `select c.id, c.external_id as "externalId", c.name, c.city, c.tier, c.company, c.role, c.owner, c.birth_year as "birthYear", c.language,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'sealed', i.sealed)), '[]') from customer_identifiers i
          where i.customer_id = c.id and i.sealed is not null) as identifiers,
       (select coalesce(jsonb_agg(s.segment), '[]') from customer_segments s where s.customer_id = c.id) as segments,
       (select coalesce(jsonb_agg(t.interest), '[]') from customer_interests t
          where t.customer_id = c.id and t.origin = 'declared' and t.source = 'import' and t.removed_at is null) as interests
     from customers c where c.external_id = any($1::text[])`,
    [externalIds],
  );
}

type Owned<T> = T & { customerId: CustomerId };

function group<T>(rows: readonly Owned<T>[]): Map<CustomerId, Omit<T, 'customerId'>[]> {
  const groups = new Map<CustomerId, Omit<T, 'customerId'>[]>();
  for (const { customerId, ...fact } of rows)
    groups.set(customerId, [...(groups.get(customerId) ?? []), fact]);
  return groups;
}

/** Only facts that the records name: a customer may have thousands. Asked for one customer after another, so that no table is read whole. */
async function readFacts(db: Db, ids: readonly CustomerId[], records: readonly CustomerRecord[]) {
  const orders = records.flatMap(({ purchases }) => purchases.map(({ externalId }) => externalId));
  const contacts = records.flatMap((record) => (record.contacts ?? []).map(({ externalId }) => externalId));
  const hasConsents = records.some((record) => (record.consents ?? []).length > 0);
  return {
    purchases: group(
      orders.length === 0
        ? []
        : await db.query<Owned<Purchase>>(
            `select p.* from unnest($1::bigint[]) as o(id) cross join lateral (select customer_id as "customerId", external_id as "externalId",
               at, amount, currency, item, channel from purchases where customer_id = o.id and external_id = any($2::text[]) limit 10000) p`,
            [ids, orders],
          ),
    ),
    contacts: group(
      contacts.length === 0
        ? []
        : await db.query<Owned<Contact>>(
            `select k.* from unnest($1::bigint[]) as o(id) cross join lateral (select customer_id as "customerId", external_id as "externalId",
               at, kind, channel, direction, answered, subject from contacts where customer_id = o.id and external_id = any($2::text[]) limit 10000) k`,
            [ids, contacts],
          ),
    ),
    consents: group(
      hasConsents
        ? await db.query<Owned<Consent>>(
            `select s.* from unnest($1::bigint[]) as o(id) cross join lateral (select customer_id as "customerId", channel, purpose, state, at, origin
               from consents where customer_id = o.id limit 10000) s`,
            [ids],
          )
        : [],
    ),
  };
}

/** What is known of those whom the records are about, by external id. */
export async function readKnown(
  db: Db,
  vault: Vault,
  records: readonly CustomerRecord[],
): Promise<Map<string, Stored>> {
  const rows = await readRows(
    db,
    records.map(({ externalId }) => externalId),
  );
  const ids = rows.map(({ id }) => id);
  const facts = await readFacts(db, ids, records);
  const addresses = records.some((record) => record.addresses !== undefined)
    ? await addressesOf(db, vault, ids)
    : new Map<CustomerId, string[]>();
  return new Map(
    rows.map((row) => [
      row.externalId,
      {
        ...row,
        identifiers: row.identifiers.map(({ kind, sealed }) => ({ kind, value: vault.open(sealed) })),
        addresses: addresses.get(row.id) ?? [],
        purchases: facts.purchases.get(row.id) ?? [],
        contacts: facts.contacts.get(row.id) ?? [],
        consents: facts.consents.get(row.id) ?? [],
      },
    ]),
  );
}
