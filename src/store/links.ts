import type { IdentityLink, LinkState } from '../model/customer.ts';
import type { AuthorId, CustomerId } from '../model/ids.ts';
import { type Db, json, queryOne } from './db.ts';
import { isPerson, PERSON } from './person.ts';

const COLUMNS =
  'author_id as "authorId", customer_id as "customerId", state, score, evidence, basis, decided_by as "decidedBy", decided_at as "decidedAt"';

/** A link as history keeps it. */
export type LinkContent = Pick<
  IdentityLink,
  'state' | 'score' | 'evidence' | 'basis' | 'decidedBy' | 'decidedAt'
>;

/** A change of one link: what it was, and what it became. null: there was, or is, none. */
export interface LinkEvent {
  id: number;
  /** Changes of one act are taken back together. */
  act: number;
  authorId: AuthorId;
  customerId: CustomerId;
  at: Date;
  actor: string;
  before: LinkContent | null;
  after: LinkContent | null;
  /** The act that this one takes back. */
  undoes: number | null;
}

export interface Act {
  number: number;
  actor: string;
  at: Date;
  undoes: number | null;
}

/** Begins an act: what is changed under it can be taken back at once. */
export async function beginAct(tx: Db, actor: string, at: Date, undoes: number | null = null): Promise<Act> {
  const row = await queryOne<{ number: number }>(tx, `select nextval('link_acts')::int as number`);
  if (!row) throw new Error('the sequence gave no number');
  return { number: row.number, actor, at, undoes };
}

/** The link as it stands, locked until the transaction ends. */
export function lockLink(tx: Db, authorId: AuthorId, customerId: CustomerId): Promise<IdentityLink | null> {
  return queryOne<IdentityLink>(
    tx,
    `select ${COLUMNS} from identity_links where author_id = $1 and customer_id = $2 for update`,
    [authorId, customerId],
  );
}

function contentOf(link: LinkContent | null): LinkContent | null {
  if (!link) return null;
  const { state, score, evidence, basis, decidedBy, decidedAt } = link;
  return { state, score, evidence, basis, decidedBy, decidedAt };
}

async function writeLink(
  tx: Db,
  authorId: AuthorId,
  customerId: CustomerId,
  link: LinkContent | null,
): Promise<void> {
  if (!link) {
    await tx.query('delete from identity_links where author_id = $1 and customer_id = $2', [
      authorId,
      customerId,
    ]);
    return;
  }
  await tx.query(
    `insert into identity_links (author_id, customer_id, state, score, evidence, basis, decided_by, decided_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)
     on conflict (author_id, customer_id) do update set state = excluded.state, score = excluded.score, evidence = excluded.evidence,
       basis = excluded.basis, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
    [
      authorId,
      customerId,
      link.state,
      link.score,
      json(link.evidence),
      link.basis,
      link.decidedBy,
      link.decidedAt,
    ],
  );
}

/**
 * Makes a link what `after` says. The only place where links change: what it was stays in the history, unless only the score or the evidence
 * of a proposal moved, which no one would take back.
 */
export async function changeLink(
  tx: Db,
  act: Act,
  authorId: AuthorId,
  customerId: CustomerId,
  after: LinkContent | null,
): Promise<void> {
  const before = await lockLink(tx, authorId, customerId);
  await writeLink(tx, authorId, customerId, after);
  if (before?.state === after?.state && act.undoes === null) return;
  await tx.query(
    `insert into link_events (act, author_id, customer_id, at, actor, before, after, undoes)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8)`,
    [
      act.number,
      authorId,
      customerId,
      act.at,
      act.actor,
      before ? json(contentOf(before)) : null,
      after ? json(contentOf(after)) : null,
      act.undoes,
    ],
  );
}

const EVENT_COLUMNS =
  'e.id, e.act, e.author_id as "authorId", e.customer_id as "customerId", e.at, e.actor, e.before, e.after, e.undoes';

interface EventRow extends Omit<LinkEvent, 'before' | 'after'> {
  before: (Omit<LinkContent, 'decidedAt'> & { decidedAt: string }) | null;
  after: (Omit<LinkContent, 'decidedAt'> & { decidedAt: string }) | null;
}

function toEvent({ before, after, ...row }: EventRow): LinkEvent {
  const dated = (link: EventRow['before']): LinkContent | null =>
    link ? { ...link, decidedAt: new Date(link.decidedAt) } : null;
  return { ...row, before: dated(before), after: dated(after) };
}

/** The changes of an act, in the order in which they were made, locked. */
export async function lockAct(tx: Db, act: number): Promise<LinkEvent[]> {
  const rows = await tx.query<EventRow>(
    `select ${EVENT_COLUMNS} from link_events e where e.act = $1 order by e.id for update`,
    [act],
  );
  return rows.map(toEvent);
}

/** Whether somebody has changed one of the act's links since, or said that its author is another one. */
export async function isOvertaken(db: Db, act: number): Promise<boolean> {
  const row = await queryOne<{ found: boolean }>(
    db,
    `select exists (select 1 from link_events e join link_events later on later.author_id = e.author_id and later.customer_id = e.customer_id
       and later.id > e.id and later.act <> e.act where e.act = $1)
       or exists (select 1 from link_events e join link_events later on later.author_id = e.author_id and later.act > e.act
         and later.after->>'state' = 'confirmed' where e.act = $1) as found`,
    [act],
  );
  return row?.found ?? false;
}

export interface LinkEventRow extends LinkEvent {
  author: string;
  site: string;
}

/** What became of the links of a customer, newest first. */
export async function listLinkEvents(db: Db, customer: CustomerId, limit: number): Promise<LinkEventRow[]> {
  const rows = await db.query<EventRow & { author: string; site: string }>(
    `select ${EVENT_COLUMNS}, coalesce(a.name, a.handle) as author, a.site from link_events e join authors a on a.id = e.author_id
     where ${isPerson('e.customer_id')} order by e.id desc limit $2`,
    [customer, limit],
  );
  return rows.map(({ author, site, ...row }) => ({ ...toEvent(row), author, site }));
}

/** With the person for the customer: two entries of one person make one link, of which the most certain counts. */
export async function listLinksOfAuthors(db: Db, ids: readonly AuthorId[]): Promise<IdentityLink[]> {
  return db.query<IdentityLink>(
    `select distinct on (l.author_id, ${PERSON}) l.author_id as "authorId", ${PERSON} as "customerId", l.state, l.score, l.evidence, l.basis,
       l.decided_by as "decidedBy", l.decided_at as "decidedAt"
     from identity_links l join customers c on c.id = l.customer_id where l.author_id = any($1::bigint[])
     order by l.author_id, ${PERSON}, array_position(array['confirmed', 'rejected', 'on_behalf', 'linked', 'proposed'], l.state), l.score desc`,
    [ids],
  );
}

/** All rows between authors and entries of these people. */
export function listLinksOfPeople(db: Db, people: readonly CustomerId[]): Promise<IdentityLink[]> {
  return db.query<IdentityLink>(
    `select l.* from unnest($1::bigint[]) as p(id)
     cross join lateral (select ${COLUMNS} from identity_links where ${isPerson('customer_id', 'p.id')} limit 10000) l
     order by l."authorId", l."customerId"`,
    [people],
  );
}

/** Links of a person's entries to one author, one a row of `identity_links`. */
export function listLinkRows(db: Db, author: AuthorId, person: CustomerId): Promise<IdentityLink[]> {
  return db.query<IdentityLink>(
    `select ${COLUMNS} from identity_links where ${isPerson('customer_id')} and author_id = $2`,
    [person, author],
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
    `select ${COLUMNS}, a.site, a.handle, a.name, a.profile_url as "profileUrl"
     from identity_links l join authors a on a.id = l.author_id where ${isPerson('l.customer_id')} order by l.decided_at desc`,
    [id],
  );
}

/** States in which an author counts as the customer. */
export const CERTAIN: readonly LinkState[] = ['linked', 'confirmed'];

const NAMES_HASH = (evidence: string): string =>
  `jsonb_path_query_array(${evidence}, '$[*].hash') ?| $1::text[]`;

/** Authors whom the matcher has linked by one of these identifiers, given by keyed hash. */
export async function authorsLinkedBy(db: Db, hashes: readonly string[]): Promise<AuthorId[]> {
  const rows = await db.query<{ id: AuthorId }>(
    `select distinct author_id as id from identity_links where state = 'linked' and ${NAMES_HASH('evidence')} order by author_id`,
    [hashes],
  );
  return rows.map(({ id }) => id);
}

/** Authors whose link by one of these identifiers the matcher took back. */
export async function authorsDoubtedFor(db: Db, hashes: readonly string[]): Promise<AuthorId[]> {
  const rows = await db.query<{ id: AuthorId }>(
    `select distinct author_id as id from link_events where actor = 'matcher' and before->>'state' = 'linked'
       and ${NAMES_HASH(`before->'evidence'`)} order by author_id`,
    [hashes],
  );
  return rows.map(({ id }) => id);
}

/** What people said of links that name an identifier. */
export interface HashVerdicts {
  hash: string;
  /** Authors who turned out to be somebody else; whoever speaks for the customer is not among them, for the identifier is the customer's. */
  refused: number;
  confirmed: number;
}

/** Of these identifiers; those of which nobody has said anything are left out. */
export function countVerdicts(db: Db, hashes: readonly string[]): Promise<HashVerdicts[]> {
  return db.query<HashVerdicts>(
    `select e->>'hash' as hash, count(distinct author_id) filter (where state = 'rejected')::int as refused,
       count(distinct author_id) filter (where state in ('confirmed', 'on_behalf'))::int as confirmed
     from identity_links, jsonb_array_elements(evidence) e
     where state in ('confirmed', 'rejected', 'on_behalf') and ${NAMES_HASH('evidence')} and e->>'hash' = any($1::text[]) group by e->>'hash'`,
    [hashes],
  );
}

/** Authors of whom people have decided something, the newest first. */
export async function listDecidedAuthors(db: Db, limit: number): Promise<AuthorId[]> {
  const rows = await db.query<{ id: AuthorId }>(
    `select author_id as id from identity_links where state in ('confirmed', 'rejected', 'on_behalf')
     group by author_id order by max(decided_at) desc, author_id desc limit $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** Of how many authors people have decided something since. */
export async function countDecidedSince(db: Db, since: Date | null): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    `select count(distinct author_id)::int as n from identity_links where state in ('confirmed', 'rejected', 'on_behalf')
       and ($1::timestamptz is null or decided_at > $1)`,
    [since],
  );
  return row?.n ?? 0;
}
