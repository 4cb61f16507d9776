import { storable } from './text.ts';

/** A row as the driver gives it: timestamptz → Date, jsonb → value, int8 and numeric → number. */
export type Row = Record<string, unknown>;

/** What a repository function needs: the database itself, or the transaction that is open on it. */
export interface Db {
  /** One statement with `$1` parameters. Arrays for `any($1)` are passed as JavaScript arrays, jsonb as values. */
  query<T extends object = Row>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  /**
   * Runs `work` in a transaction and commits when it resolves. Inside, use only the `tx` passed in: the
   * embedded database has one connection, and the outer handle would wait for it for ever.
   */
  transaction<R>(work: (tx: Db) => Promise<R>): Promise<R>;
}

/** The opened store, owned by the composition root. */
export interface Database extends Db {
  kind: 'pglite' | 'postgres';
  /** Several statements without parameters, for migrations. */
  script(sql: string): Promise<void>;
  /** Resolves when the database cannot go on and the program should end with this message; never while it works. */
  failure: Promise<Error>;
  close(): Promise<void>;
}

/** The first row, or null. */
export async function queryOne<T extends object>(
  db: Db,
  sql: string,
  params?: readonly unknown[],
): Promise<T | null> {
  const rows = await db.query<T>(sql, params);
  return rows[0] ?? null;
}

/** For parameters of type jsonb: arrays would otherwise be sent as SQL arrays, and jsonb refuses some characters. */
export function json(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) =>
    typeof part === 'string' ? storable(part) : part,
  );
}
