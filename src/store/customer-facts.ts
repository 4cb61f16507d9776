import type { CaseStatus } from '../model/case.ts';
import type { Consent, Contact, Purchase } from '../model/customer.ts';
import type { CaseId, CustomerId } from '../model/ids.ts';
import { levelIn } from './complaint-level.ts';
import type { Db } from './db.ts';
import { PERSON } from './person.ts';

/** Customers of one batch: a range of ids, both ends belong to it; of several entries of one person the first. */
export interface IdRange {
  first: CustomerId;
  last: CustomerId;
}

/** Rows `p` that belong to the people of a range; all their entries count as the first of them. */
const OF_PEOPLE = `join customers c on c.id = p.customer_id where ${PERSON} between $1 and $2`;

type Of<Fact> = Fact & { customerId: CustomerId };

/** Accounts that are the customer's: linked by the matcher or confirmed by a person. */
export const OWN_ACCOUNTS = `select distinct l.author_id, ${PERSON} as customer_id from identity_links l join customers c on c.id = l.customer_id
  where l.state in ('linked', 'confirmed')`;

/** Of a document d and its mentions m: what is meant ill, or is a complaint. */
export const IS_NEGATIVE = `m.basket_at is null and (m.sentiment->>'label' = 'negative' or ${levelIn('m.complaint')} = 'alert')`;

/** The ids behind one given, ascending; none: there are no more. */
export async function nextCustomerIds(db: Db, after: CustomerId | 0, limit: number): Promise<CustomerId[]> {
  const rows = await db.query<{ id: CustomerId }>(
    'select id from customers where id > $1 and merged_into is null order by id limit $2',
    [after, limit],
  );
  return rows.map(({ id }) => id);
}

export function purchasesOf(db: Db, { first, last }: IdRange): Promise<Of<Omit<Purchase, 'externalId'>>[]> {
  return db.query(
    `select ${PERSON} as "customerId", at, amount, currency, item, channel from purchases p ${OF_PEOPLE} order by 1, p.external_id`,
    [first, last],
  );
}

export function contactsOf(
  db: Db,
  { first, last }: IdRange,
  since: Date,
): Promise<Of<Omit<Contact, 'externalId'>>[]> {
  return db.query(
    `select ${PERSON} as "customerId", at, kind, channel, direction, answered, subject from contacts p
     ${OF_PEOPLE} and at >= $3 order by 1, at`,
    [first, last, since],
  );
}

export function consentsOf(db: Db, { first, last }: IdRange): Promise<Of<Consent>[]> {
  return db.query(
    `select ${PERSON} as "customerId", channel, purpose, state, at, origin from consents p ${OF_PEOPLE} order by 1, at`,
    [first, last],
  );
}

export interface CaseFact {
  id: CaseId;
  openedAt: Date;
  dueAt: Date;
  status: CaseStatus;
  reason: string;
}

export function casesOf(db: Db, { first, last }: IdRange): Promise<Of<CaseFact>[]> {
  return db.query(
    `select ${PERSON} as "customerId", p.id, opened_at as "openedAt", due_at as "dueAt", status, coalesce(cause, reason) as reason from cases p
     ${OF_PEOPLE} and status not in ('withdrawn', 'merged') order by 1, opened_at`,
    [first, last],
  );
}

/** Documents since then that are meant ill towards some topic, those in the basket apart. */
export function countNegativePosts(
  db: Db,
  { first, last }: IdRange,
  since: Date,
): Promise<{ customerId: CustomerId; posts: number }[]> {
  return db.query(
    `select o.customer_id as "customerId", count(*)::int as posts
     from (${OWN_ACCOUNTS} and ${PERSON} between $1 and $2) o join documents d on d.author_id = o.author_id
     where coalesce(d.published_at, d.found_at) >= $3 and d.deleted_at is null
       and exists (select 1 from mentions m where m.document_id = d.id and ${IS_NEGATIVE})
     group by o.customer_id`,
    [first, last, since],
  );
}
