import type { DocumentKind, DocumentSigns } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import type { KindTag } from '../model/tag.ts';
import type { Db } from './db.ts';

/** What a query is held against, and nothing more: rows are many. */
export interface StoredText {
  id: DocumentId;
  title: string | null;
  text: string;
  /** Published, or found when no date was stated; milliseconds since 1970. */
  at: number;
}

/** What only some queries ask for. */
export interface StoredFacts {
  handle: string | null;
  authorSite: string | null;
  profileUrl: string | null;
  authorName: string | null;
  url: string;
  kind: DocumentKind;
  links: string[];
  signs: DocumentSigns;
  parentExternalId: string | null;
  publishedAt: Date | null;
  foundAt: Date;
  declaredLanguage: string | null;
  sourceKey: string;
  sourceName: string;
  /** As the tagger said it; null when this version of it has not seen the text. */
  language: string | null;
  /** What it is for, as it counts; null where no tagger has told it. */
  postKind: KindTag | null;
}

const TIME = 'coalesce(d.published_at, d.found_at)';
/** KindTag or null, of a document named d: the tag is the only place where it stands. */
export const POST_KIND = `(select k.value from tags k where k.document_id = d.id and k.kind = 'kind' and k.target = '')`;
/** Columns of StoredText, of a table named d. */
export const STORED_TEXTS = `d.id, d.title, d.text, (extract(epoch from ${TIME}) * 1000)::float8 as at`;
/** Of tables named s (source), a (author), g (language tag). */
export const STORED_FACTS = `a.handle, a.site as "authorSite", a.profile_url as "profileUrl", a.name as "authorName", d.url, d.kind, d.links, d.signs, d.parent_external_id as "parentExternalId",
  d.published_at as "publishedAt", d.found_at as "foundAt", d.declared_language as "declaredLanguage",
  s.key as "sourceKey", s.name as "sourceName", g.value->>'code' as language, ${POST_KIND} as "postKind"`;
const joins = (
  version: number,
): string => `join sources s on s.id = d.source_id left join authors a on a.id = d.author_id
  left join tags g on g.document_id = d.id and g.kind = 'language' and g.target = '' and g.version = $${version}`;

/** These documents, with their facts; those that are gone are left out. `factsBy`: the tagger version of `language`. */
export function textsOf(
  db: Db,
  ids: readonly DocumentId[],
  factsBy: string,
): Promise<(StoredText & StoredFacts)[]> {
  return db.query(
    `select ${STORED_TEXTS}, ${STORED_FACTS} from documents d ${joins(2)} where d.id = any($1::bigint[])`,
    [ids, factsBy],
  );
}

/** The newest document that stands at one of these addresses; null when none does. */
export async function findAtAddress(db: Db, addresses: readonly string[]): Promise<DocumentId | null> {
  const [row] = await db.query<{ id: DocumentId }>(
    'select id from documents where url = any($1::text[]) order by id desc limit 1',
    [addresses],
  );
  return row?.id ?? null;
}

/** How many documents there are of each day in the zone, from the document `from` on; days without any are left out. */
export function countTextsPerDay(
  db: Db,
  { from, since, zone }: { from: number; since: Date | null; zone: string },
): Promise<{ day: string; count: number }[]> {
  return db.query(
    `select to_char((${TIME}) at time zone $3, 'YYYY-MM-DD') as day, count(*)::int as count from documents d
     where d.id >= $1 and ($2::timestamptz is null or ${TIME} >= $2) group by 1 order by 1`,
    [from, since, zone],
  );
}

/** A run of documents by their numbers: from `from`, below `before`. */
export interface TextPage {
  from: number;
  before: number;
  /** Documents in it, of the time that was asked for. */
  count: number;
}

/** The page of at most `size` documents before `before`; null when there is none. */
export async function nextTextPage(
  db: Db,
  before: number,
  size: number,
  since: Date | null,
): Promise<TextPage | null> {
  const [row] = await db.query<{ from: number | null; count: number }>(
    `select min(id) as from, count(*)::int as count from (
       select id from documents d where id < $1 and ($3::timestamptz is null or ${TIME} >= $3) order by id desc limit $2) page`,
    [before, size, since],
  );
  return row && row.from !== null ? { from: row.from, before, count: row.count } : null;
}

/** Documents to be walked through by `nextTextPage`. */
export async function countTexts(db: Db, since: Date | null): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from documents d where ($1::timestamptz is null or ${TIME} >= $1)`,
    [since],
  );
  return row?.n ?? 0;
}

export interface TextWish {
  since: Date | null;
  /** A regular expression of PostgreSQL: only documents whose title or text it finds. */
  pattern: string | null;
  /** The tagger version of `language`, when facts are wanted. */
  factsBy: string | null;
}

/** The documents of a page, newest first; with StoredFacts when they are wished for. */
export function readTexts(
  db: Db,
  { from, before }: TextPage,
  { since, pattern, factsBy }: TextWish,
): Promise<(StoredText & Partial<StoredFacts>)[]> {
  const params: unknown[] = [from, before, since];
  if (factsBy !== null) params.push(factsBy);
  const found = pattern === null ? '' : matches(params.push(pattern));
  return db.query(
    `select ${STORED_TEXTS}${factsBy === null ? '' : `, ${STORED_FACTS}`} from documents d ${factsBy === null ? '' : joins(4)}
     where d.id >= $1 and d.id < $2 and ($3::timestamptz is null or ${TIME} >= $3) ${found} order by d.id desc`,
    params,
  );
}

function matches(parameter: number): string {
  return `and (d.text ~ $${parameter} or d.title ~ $${parameter})`;
}
