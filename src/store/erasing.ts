import type { AuthorId, CaseId, CustomerId, DocumentId, SourceId } from '../model/ids.ts';
import { deleteEmptyCases } from './cases.ts';
import { type Db, queryOne } from './db.ts';
import { isPerson } from './person.ts';
import { lockDocuments } from './progress.ts';

/** Tables whose rows belong to a customer, by `customer_id`; with `customers` itself all that we hold of one. */
export const CUSTOMER_TABLES = [
  'customer_identifiers',
  'customer_addresses',
  'customer_segments',
  'purchases',
  'contacts',
  'consents',
  'customer_interests',
  'customer_values',
  'customer_tier_moves',
  'identity_links',
  'link_events',
  'link_checks',
  'cases',
] as const;

/** By what traces of a person are recognised in what left the house. */
export interface Traces {
  documents: readonly { id: DocumentId; url: string; sourceId: SourceId }[];
  cases: readonly CaseId[];
  /** Numbers in the CRM. */
  externalIds: readonly string[];
}

/**
 * What these authors wrote, and what opened a case of these entries under a name that is nobody's account. Locked, so that no stage is at them until
 * the transaction ends.
 */
export async function documentsOf(
  tx: Db,
  authors: readonly AuthorId[],
  entries: readonly CustomerId[],
): Promise<Traces['documents'][number][]> {
  const documents = await tx.query<Traces['documents'][number]>(
    `select id, url, source_id as "sourceId" from documents where author_id = any($1::bigint[])
     union select d.id, d.url, d.source_id from cases c join case_mentions n on n.case_id = c.id join mentions m on m.id = n.mention_id join documents d on d.id = m.document_id
       join authors a on a.id = d.author_id where c.customer_id = any($2::bigint[]) and a.handle = a.name and a.profile_url is null
     order by id`,
    [authors, entries],
  );
  await lockDocuments(
    tx,
    documents.map(({ id }) => id),
  );
  return documents;
}

export async function casesOf(
  tx: Db,
  entries: readonly CustomerId[],
  documents: readonly DocumentId[],
): Promise<CaseId[]> {
  const rows = await tx.query<{ id: CaseId }>(
    `select id from cases where customer_id = any($1::bigint[])
     union select n.case_id from case_mentions n join mentions m on m.id = n.mention_id where m.document_id = any($2::bigint[])`,
    [entries, documents],
  );
  return rows.map(({ id }) => id);
}

/** An address as JSON and HTML write it. */
const spellings = (url: string): string[] => [...new Set([url, url.replaceAll('&', '&amp;')])];

/** Links to what is erased, as mails, digests and webhooks carry them: to our pages by number, to the post by its address. */
const hasTrace = (text: string): string =>
  `(exists (select 1 from regexp_matches(${text}, '/(mentions|cases)/(\\d+)', 'g') as m
      where m[2] = any(case m[1] when 'mentions' then $1::text[] else $2::text[] end))
    or exists (select 1 from regexp_matches(${text}, '(?:href=\\\\?"|"url": ?")([^"\\\\]+)', 'g') as m where m[1] = any($3::text[])))`;

const traceParameters = ({ documents, cases }: Traces): string[][] => [
  documents.map(({ id }) => String(id)),
  cases.map(String),
  documents.flatMap(({ url }) => spellings(url)),
];

/** Empties what tells of the person in deliveries, and takes back what has not left. Returns how many. */
export async function redactDeliveries(tx: Db, traces: Traces): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `update deliveries set payload = '{"erased": true}'::jsonb,
       state = case when state in ('pending', 'sending', 'dead') then 'cancelled' else state end,
       next_attempt_at = case when state in ('pending', 'sending', 'dead') then null else next_attempt_at end
     where ${hasTrace('payload::text')} or payload->'customer'->>'external_id' = any($4::text[]) returning id`,
    [...traceParameters(traces), traces.externalIds],
  );
  // What the other side answered may name him, too.
  await tx.query(`update delivery_attempts set exchanges = '[]' where delivery_id = any($1::uuid[])`, [
    rows.map(({ id }) => id),
  ]);
  return rows.length;
}

/** Empties digests that tell of the person. Returns how many. */
export async function redactDigests(tx: Db, traces: Traces): Promise<number> {
  const rows = await tx.query(
    `update digests set html = '', text = '' where ${hasTrace('html')} returning id`,
    traceParameters(traces),
  );
  return rows.length;
}

/** Takes texts out of reports that tell of the person; their numbers tell of nobody and stay. Returns how many. */
export async function redactReports(tx: Db, traces: Traces): Promise<number> {
  const rows = await tx.query(
    `update reports set html = '', text = '', pdf = null, facts = facts || '{"stories": []}' where ${hasTrace('html')} returning id`,
    traceParameters(traces),
  );
  return rows.length;
}

/** What people pasted of these documents: reports of misses, planted posts, examples of topics, and pages kept to compare. */
export async function erasePasted(tx: Db, { documents }: Traces): Promise<void> {
  const ids = documents.map(({ id }) => id);
  const urls = documents.map(({ url }) => url);
  await tx.query(
    'delete from recall_misses where document_id = any($1::bigint[]) or address = any($2::text[])',
    [ids, urls],
  );
  await tx.query(
    'delete from canary_documents where document_id = any($1::bigint[]) or address = any($2::text[])',
    [ids, urls],
  );
  await tx.query(
    `delete from topic_examples e where e.url = any($2::text[])
       or exists (select 1 from documents d where d.id = any($1::bigint[]) and d.text = e.text)`,
    [ids, urls],
  );
  await tx.query('delete from source_pages_kept where source_id = any($1::bigint[])', [
    [...new Set(documents.map(({ sourceId }) => sourceId))],
  ]);
  await tx.query('delete from pages where url = any($1::text[])', [urls]);
}

/** Answers to programs that named them: kept for a while so that a request that is sent again does nothing twice. */
export async function eraseReplies(tx: Db, { externalIds }: Traces): Promise<void> {
  await tx.query(
    `delete from api_replies where exists (select 1 from unnest($1::text[]) as e(id)
       where jsonb_path_exists(body, '$.**.external_id ? (@ == $id)', jsonb_build_object('id', e.id)))`,
    [externalIds],
  );
}

/** With all that hangs on them; the search index is told to forget them, and authors and discussions that have no post left go, too. */
export async function eraseDocuments(tx: Db, ids: readonly DocumentId[]): Promise<void> {
  const threads = await tx.query<{ id: number }>(
    'select distinct thread_id as id from documents where id = any($1::bigint[]) and thread_id is not null',
    [ids],
  );
  await tx.query(
    `insert into stories_adrift (story_id) select distinct story_id from story_carriers where document_id = any($1::bigint[])
     on conflict do nothing`,
    [ids],
  );
  await tx.query(
    'insert into index_removals (document_id) select * from unnest($1::bigint[]) on conflict do nothing',
    [ids],
  );
  const authors = await tx.query<{ id: AuthorId }>(
    'select distinct author_id as id from documents where id = any($1::bigint[]) and author_id is not null',
    [ids],
  );
  await tx.query('delete from documents where id = any($1::bigint[])', [ids]);
  await deleteEmptyCases(tx);
  await tx.query(
    `delete from authors a where id = any($1::bigint[]) and not exists (select 1 from documents d where d.author_id = a.id)
       and not exists (select 1 from cases c where c.author_id = a.id)`,
    [authors.map(({ id }) => id)],
  );
  await tx.query(
    'delete from threads t where id = any($1::bigint[]) and not exists (select 1 from documents d where d.thread_id = t.id)',
    [threads.map(({ id }) => id)],
  );
}

/** Entries of which a held case needs number and name, and nothing else. */
export async function stripEntries(tx: Db, ids: readonly CustomerId[]): Promise<void> {
  await tx.query(
    `update customers set city = null, tier = null, company = null, role = null, owner = null, birth_year = null, language = null, merged_into = null
     where id = any($1::bigint[])`,
    [ids],
  );
  for (const table of CUSTOMER_TABLES.filter((name) => name !== 'cases'))
    await tx.query(`delete from ${table} where customer_id = any($1::bigint[])`, [ids]);
  await tx.query(
    `delete from cases c where customer_id = any($1::bigint[]) and not exists (select 1 from evidence_holds h where h.case_id = c.id)`,
    [ids],
  );
}

/** Authors of which a held case needs account and name. */
export async function stripAuthors(tx: Db, ids: readonly AuthorId[]): Promise<void> {
  await tx.query('update authors set about = null where id = any($1::bigint[])', [ids]);
}

/** Once their documents are gone. */
export async function eraseAuthorRows(tx: Db, ids: readonly AuthorId[]): Promise<void> {
  await tx.query('delete from cases where author_id = any($1::bigint[])', [ids]);
  await tx.query('delete from authors where id = any($1::bigint[])', [ids]);
}

/** Entries of a customer, once they are out of matching. */
export async function eraseEntryRows(tx: Db, ids: readonly CustomerId[]): Promise<void> {
  await tx.query('delete from cases where customer_id = any($1::bigint[])', [ids]);
  await tx.query('update customers set merged_into = null where merged_into = any($1::bigint[])', [ids]);
  await tx.query('delete from customers where id = any($1::bigint[])', [ids]);
}

/** All rows of a table that belong to these entries, as JSON. */
export async function rowsOfCustomer(
  db: Db,
  table: (typeof CUSTOMER_TABLES)[number] | 'customers',
  ids: readonly CustomerId[],
): Promise<Record<string, unknown>[]> {
  const column = table === 'customers' ? 'id' : 'customer_id';
  const rows = await db.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) as row from ${table} t where ${column} = any($1::bigint[])`,
    [ids],
  );
  return rows.map(({ row }) => row);
}

export interface PersonCounts {
  entries: number;
  accounts: number;
  documents: number;
  cases: number;
  /** Of these, cases under a legal hold: they stay. */
  held: number;
}

/** What erasing this person would take away. */
export async function countPerson(db: Db, person: CustomerId): Promise<PersonCounts> {
  const own = `select author_id from identity_links where ${isPerson('customer_id')} and state in ('linked', 'confirmed')`;
  const row = await queryOne<PersonCounts>(
    db,
    `select (select count(*)::int from customers where coalesce(merged_into, id) = $1) as entries,
       (select count(distinct author_id)::int from (${own}) a) as accounts,
       (select count(*)::int from documents where author_id in (${own})) as documents,
       (select count(*)::int from cases where ${isPerson('customer_id')}) as cases,
       (select count(*)::int from cases c join evidence_holds h on h.case_id = c.id where ${isPerson('customer_id')}) as held`,
    [person],
  );
  return row ?? { entries: 0, accounts: 0, documents: 0, cases: 0, held: 0 };
}
