import { canonicalUrl } from '../lib/canonical-url.ts';
import type { DocumentId, SourceId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** The expression of the index `documents_page`: must stay as the migration has it, or the index is not used. */
const PAGE = `md5(rtrim(split_part(regexp_replace(url, '^https?://(?:(?:www|m|mobile|amp|wap)[.])?', ''), '#', 1), '/'))`;

const TWIN = /^https?:\/\/(?:(?:www|m|mobile|amp|wap)\.)?/;
/** A page of a thread has fewer posts. */
const MOST = 60;

/** The same of an address, before it is hashed. */
function pageOf(address: string): string {
  const [page = ''] = address.replace(TWIN, '').split('#', 1);
  let end = page.length;
  while (page[end - 1] === '/') end -= 1;
  return page.slice(0, end);
}

/** The page's addresses under which it may have been stored: with its parameters in another order, as AMP and not. */
export function pageForms(address: string): string[] {
  const canonical = canonicalUrl(address);
  if (!URL.canParse(canonical)) return [pageOf(canonical)];
  const sorted = new URL(canonical);
  sorted.searchParams.sort();
  const plain = new URL(canonical);
  plain.searchParams.delete('amp');
  plain.pathname = plain.pathname
    .replace(/\/(?:amp|index\.(?:html?|php))\/?$/i, '/')
    .replace(/^\/amp\//i, '/');
  return [...new Set([canonical, address, sorted.href, plain.href].map(pageOf))];
}

/** Documents that stand on this page, the earliest first: one article, or the posts of a page of a thread. */
export async function findByPage(db: Db, address: string): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select id from documents where ${PAGE} = any(array(select md5(form) from unnest($1::text[]) as forms(form))) order by id limit ${MOST}`,
    [pageForms(address)],
  );
  return rows.map(({ id }) => id);
}

/** Documents of these sources with one of these external ids: feeds take the address for it, or give another. */
export async function findByExternalId(
  db: Db,
  sources: readonly SourceId[],
  ids: readonly string[],
): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    'select id from documents where source_id = any($1::bigint[]) and external_id = any($2::text[]) order by id',
    [sources, ids],
  );
  return rows.map(({ id }) => id);
}

/** Posts of these sources with this number: their external ids are `thread/number`. */
export async function findByPostNumber(
  db: Db,
  sources: readonly SourceId[],
  number: string,
): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select id from documents where source_id = any($1::bigint[]) and right(external_id, $3) = $2 order by id limit ${MOST}`,
    [sources, `/${number}`, number.length + 1],
  );
  return rows.map(({ id }) => id);
}

/** Posts of the thread that has its first page at one of these addresses. */
export async function findByThread(
  db: Db,
  sources: readonly SourceId[],
  address: string,
): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select d.id from documents d where d.thread_id in (select id from threads where source_id = any($1::bigint[])
       and ${PAGE} = any(array(select md5(form) from unnest($2::text[]) as forms(form)))) order by d.id limit ${MOST}`,
    [sources, pageForms(address)],
  );
  return rows.map(({ id }) => id);
}
