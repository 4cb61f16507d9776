import type { DocumentId } from '../model/ids.ts';
import { type Db, json } from './db.ts';
import type { RematchRun, Versions } from './rematch-runs.ts';

/** Is there any tag of this kind that another version has made? */
export async function hasOtherVersions(db: Db, kind: string, version: string): Promise<boolean> {
  const rows = await db.query<{ is: boolean }>(
    'select exists (select 1 from tags where kind = $1 and (version < $2 or version > $2)) as is',
    [kind, version],
  );
  return rows[0]?.is ?? false;
}

/** Has document `d` a tag of one of these kinds that another version has made, or none? */
const IS_OUTDATED = `exists (select 1 from jsonb_each_text($1::jsonb) k(kind, version)
  where exists (select 1 from tags g where g.document_id = d.id and g.kind = k.kind and g.version <> k.version)
    or not exists (select 1 from tags g where g.document_id = d.id and g.kind = k.kind))`;

/** Understood as they are, and outdated. */
const OUTDATED = `documents d join document_progress p on p.document_id = d.id and p.understood = d.revision
  where ($2::timestamptz is null or d.found_at >= $2) and ${IS_OUTDATED}`;

/** So many documents are looked at in one statement, during which the embedded database answers nobody else. */
const WALK = 1000;

type Wanted = { versions: Versions; since: Date | null };

export async function countOutdated(db: Db, { versions, since }: Wanted): Promise<number> {
  const rows = await db.query<{ n: number }>(`select count(*)::int as n from ${OUTDATED}`, [
    json(versions),
    since,
  ]);
  return rows[0]?.n ?? 0;
}

/** The next of a run, by their numbers: a walk in short steps, however few there are among how many. */
export async function nextOutdated(
  db: Db,
  run: Wanted & Pick<RematchRun, 'after' | 'until'>,
  limit: number,
): Promise<DocumentId[]> {
  for (let after = run.after; ; ) {
    const [step] = await db.query<{ to: number | null; ids: DocumentId[] }>(
      `with walked as materialized (
         select id, revision, found_at from documents where id > $3 and id <= $4 order by id limit ${WALK})
       select (select max(id) from walked) as to, (select coalesce(jsonb_agg(id order by id), '[]') from (
         select d.id from walked d where ($2::timestamptz is null or d.found_at >= $2)
           and exists (select 1 from document_progress p where p.document_id = d.id and p.understood = d.revision)
           and ${IS_OUTDATED} order by d.id limit $5) next) as ids`,
      [json(run.versions), run.since, after, run.until, limit],
    );
    if (!step || step.to === null || step.ids.length > 0) return step?.ids ?? [];
    after = step.to;
  }
}

/** Some of them, from anywhere, the same ones each time. */
export async function sampleOutdated(
  db: Db,
  { versions, since }: Wanted,
  limit: number,
): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select d.id from ${OUTDATED} order by md5(d.id::text) limit $3`,
    [json(versions), since, limit],
  );
  return rows.map(({ id }) => id);
}
