import { type Db, queryOne } from './db.ts';

export async function wasImported(db: Db, path: string, sha256: string): Promise<boolean> {
  return (
    (await queryOne(db, 'select 1 from imported_files where path = $1 and sha256 = $2', [path, sha256])) !==
    null
  );
}

export async function recordImport(db: Db, path: string, sha256: string, at: Date): Promise<void> {
  await db.query(
    `insert into imported_files (path, sha256, imported_at) values ($1, $2, $3)
     on conflict (path) do update set sha256 = excluded.sha256, imported_at = excluded.imported_at`,
    [path, sha256, at],
  );
}
