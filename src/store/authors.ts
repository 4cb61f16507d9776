import type { Author, FoundAuthor } from '../model/document.ts';
import type { AuthorId, DocumentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import { storable, storableOrNull } from './text.ts';

const MAX_NAME = 200;
const MAX_URL = 4000;
const MAX_ABOUT = 1_000_000;

/** As a row can hold the account. */
export function storableAuthor(author: FoundAuthor): FoundAuthor {
  return { ...author, site: storable(author.site, MAX_NAME), handle: storable(author.handle, MAX_NAME) };
}

/** Of an account, for looking its author up. */
export function authorKey({ site, handle }: { site: string; handle: string }): string {
  return `${site}\n${handle}`;
}

/**
 * Stores accounts; returns `authorKey` → id. In one order, whoever saves: two visits that meet the same people must not wait for each other in a
 * circle.
 */
export async function saveAuthors(tx: Db, all: readonly FoundAuthor[]): Promise<Map<string, AuthorId>> {
  const found = new Map(all.map((author) => [authorKey(author), author]));
  const authors = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, author]) => author);
  if (authors.length === 0) return new Map();
  const keys = [authors.map((a) => a.site), authors.map((a) => a.handle)];
  await tx.query(
    `insert into authors (site, handle, name, profile_url, about)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
     on conflict (site, handle) do update set name = coalesce(excluded.name, authors.name),
       profile_url = coalesce(excluded.profile_url, authors.profile_url), about = coalesce(excluded.about, authors.about)
     where coalesce(excluded.name, authors.name) is distinct from authors.name
       or coalesce(excluded.profile_url, authors.profile_url) is distinct from authors.profile_url
       or coalesce(excluded.about, authors.about) is distinct from authors.about`,
    [
      ...keys,
      authors.map((a) => storableOrNull(a.name, MAX_NAME)),
      authors.map((a) => storableOrNull(a.profileUrl, MAX_URL)),
      authors.map((a) => storableOrNull(a.about, MAX_ABOUT)),
    ],
  );
  const rows = await tx.query<{ id: AuthorId; site: string; handle: string }>(
    `select a.id, a.site, a.handle from authors a
     join unnest($1::text[], $2::text[]) as wanted(site, handle) on wanted.site = a.site and wanted.handle = a.handle`,
    keys,
  );
  return new Map(rows.map((row) => [authorKey(row), row.id]));
}

export function getAuthors(db: Db, ids: readonly AuthorId[]): Promise<Author[]> {
  return db.query<Author>(
    'select id, site, handle, name, profile_url as "profileUrl", about from authors where id = any($1::bigint[])',
    [ids],
  );
}

/** The author of an account, however its letters are written; null: there is none. */
export async function findAuthorByAccount(db: Db, site: string, handle: string): Promise<AuthorId | null> {
  const row = await queryOne<{ id: AuthorId }>(
    db,
    'select id from authors where lower(site) = lower($1) and lower(handle) = lower($2) order by (site = $1 and handle = $2) desc limit 1',
    [site, handle],
  );
  return row?.id ?? null;
}

/** All authors of these accounts, however the letters are written. */
export async function findAuthorsOfAccounts(
  db: Db,
  accounts: readonly { site: string; handle: string }[],
): Promise<AuthorId[]> {
  const rows = await db.query<{ id: AuthorId }>(
    `select a.id from unnest($1::text[], $2::text[]) as w(site, handle)
     join authors a on lower(a.site || '/' || a.handle) = lower(w.site || '/' || w.handle)`,
    [accounts.map(({ site }) => site), accounts.map(({ handle }) => handle)],
  );
  return rows.map(({ id }) => id);
}

/** Authors whose account or nick is one of `handles` (`site/handle` or `handle`, lower case). */
export async function findAuthorsByIdentifiers(db: Db, handles: readonly string[]): Promise<AuthorId[]> {
  if (handles.length === 0) return [];
  const rows = await db.query<{ id: AuthorId }>(
    `select id from authors where lower(site || '/' || handle) = any($1::text[]) or lower(handle) = any($1::text[])`,
    [handles],
  );
  return rows.map((row) => row.id);
}

export async function documentsOfAuthors(db: Db, ids: readonly AuthorId[]): Promise<DocumentId[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<{ id: DocumentId }>(
    'select id from documents where author_id = any($1::bigint[]) order by id',
    [ids],
  );
  return rows.map((row) => row.id);
}
