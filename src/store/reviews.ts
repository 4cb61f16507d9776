import type { IdentityLink, Tier } from '../model/customer.ts';
import type { AuthorId, CustomerId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import { PERSON } from './person.ts';

/** An author of whom it is not known which customer he is. */
export interface OpenReview {
  authorId: AuthorId;
  /** Severity × value tier × uncertainty, 0 to 9: what is lost if nobody looks. */
  risk: number;
}

/** An author to whom somebody may be proposed, and nobody is certain. */
const OPEN = `from identity_links l join customers c on c.id = l.customer_id join customers p on p.id = ${PERSON}
  where l.state = 'proposed' and not exists (select 1 from identity_links o where o.author_id = l.author_id and o.state in ('linked', 'confirmed'))`;

/** What a complaint of his weighs that has no case: its severity, 1 to 3; without one little. */
const SEVERITY = `coalesce((select max((m.complaint->>'severity')::int) from documents d join mentions m on m.document_id = d.id
  where d.author_id = l.author_id and m.basket_at is null and m.status <> 'not_us' and (m.complaint->>'isComplaint')::boolean), 0.3)`;
const VALUE = `case p.tier when 'MVC' then 3 when 'MGC' then 2 else 1 end`;

/** The most at risk first; an author counts by the candidate for whom most is at stake. `behind`: only those that come after it. */
export function listOpenReviews(
  db: Db,
  without: readonly AuthorId[],
  limit: number,
  behind: OpenReview | null = null,
): Promise<OpenReview[]> {
  return db.query<OpenReview>(
    `select * from (select "authorId", max(severity * value * 4 * score * (1 - score))::float8 as risk from (
       select l.author_id as "authorId", l.score, ${VALUE} as value, ${SEVERITY} as severity ${OPEN} and not l.author_id = any($1::bigint[])) open
       group by "authorId") ranked
     where $3::float8 is null or (risk, "authorId") < ($3, $4::bigint) order by risk desc, "authorId" desc limit $2`,
    [without, limit, behind?.risk ?? null, behind?.authorId ?? null],
  );
}

export async function countOpenReviews(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(db, `select count(distinct l.author_id)::int as n ${OPEN}`);
  return row?.n ?? 0;
}

/** A customer whom an author may be, with what tells one from another. */
export interface ReviewCandidate extends Pick<IdentityLink, 'customerId' | 'state' | 'score' | 'evidence'> {
  externalId: string;
  name: string;
  city: string | null;
  company: string | null;
  tier: Tier | null;
  purchases: number;
  lastPurchaseAt: Date | null;
  since: Date;
}

/** The likeliest first; those that were refused are left out. */
export function listReviewCandidates(db: Db, author: AuthorId, limit: number): Promise<ReviewCandidate[]> {
  return db.query<ReviewCandidate>(
    `select * from (select distinct on (p.id) p.id as "customerId", l.state, l.score, l.evidence, p.external_id as "externalId", p.name, p.city, p.company, p.tier,
         p.created_at as since, (select count(*)::int from purchases x where x.customer_id = p.id) as purchases,
         (select max(x.at) from purchases x where x.customer_id = p.id) as "lastPurchaseAt"
       from identity_links l join customers c on c.id = l.customer_id join customers p on p.id = ${PERSON}
       where l.author_id = $1 and l.state in ('proposed', 'linked') order by p.id, l.score desc) found
     order by (state = 'linked') desc, score desc, "customerId" limit $2`,
    [author, limit],
  );
}

/** One link that was made without a person and that nobody has looked at: the order is by hash, so that none is likelier than another. */
export async function drawCheck(db: Db, without: readonly AuthorId[]): Promise<AuthorId | null> {
  const row = await queryOne<{ author: AuthorId }>(
    db,
    `select l.author_id as author from identity_links l where l.state = 'linked' and l.decided_by = 'matcher'
       and not l.author_id = any($1::bigint[])
       and not exists (select 1 from link_checks k where k.author_id = l.author_id and k.customer_id = l.customer_id)
     order by md5(l.author_id || ':' || l.customer_id) limit 1`,
    [without],
  );
  return row?.author ?? null;
}

/** What a person says of a link that was made without one. */
export async function saveCheck(
  tx: Db,
  check: { author: AuthorId; customer: CustomerId; isRight: boolean; actor: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into link_checks (author_id, customer_id, is_right, actor, at) values ($1, $2, $3, $4, $5)
     on conflict (author_id, customer_id) do update set is_right = excluded.is_right, actor = excluded.actor, at = excluded.at`,
    [check.author, check.customer, check.isRight, check.actor, check.at],
  );
}

/** Takes back what was said of an author's link. */
export async function removeChecks(tx: Db, author: AuthorId): Promise<void> {
  await tx.query('delete from link_checks where author_id = $1', [author]);
}

export interface CheckCounts {
  right: number;
  of: number;
}

/** How many links made without a person were looked at, and how many were right. */
export async function countChecks(db: Db): Promise<CheckCounts> {
  const row = await queryOne<CheckCounts>(
    db,
    'select count(*) filter (where is_right)::int as right, count(*)::int as of from link_checks',
  );
  return row ?? { right: 0, of: 0 };
}

/** How often people have decided about links. */
export async function countDecisions(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    `select count(distinct act)::int as n from link_events where actor <> 'matcher'`,
  );
  return row?.n ?? 0;
}
