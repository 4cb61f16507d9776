import { randomBytes } from 'node:crypto';
import { sha256 } from '../lib/hash.ts';
import { type Db, queryOne } from './db.ts';

/** What a token may. `customers:contacts`: contacts whole instead of masked, of customers and in posts. */
export const API_SCOPES = [
  'mentions:read',
  'mentions:write',
  'documents:read',
  'documents:write',
  'topics:read',
  'topics:write',
  'sources:read',
  'sources:write',
  'cases:read',
  'cases:write',
  'stories:read',
  'customers:read',
  'customers:write',
  'customers:contacts',
  'links:read',
  'links:write',
  'evidence:read',
  'evidence:write',
  'evidence:release',
  'alerts:read',
  'alerts:write',
  'deliveries:read',
  'deliveries:write',
  'rules:read',
  'rules:write',
  'views:read',
  'views:write',
  'feeds:read',
  'feeds:write',
  'talk:read',
  'analytics:read',
  'digests:read',
  'digests:write',
  'reports:read',
  'reports:write',
  'recall:read',
  'recall:write',
  'scorecard:read',
  'scorecard:write',
  'audit:read',
  'users:read',
  'users:write',
  'metrics:read',
] as const;
export type ApiScope = (typeof API_SCOPES)[number];

export interface ApiToken {
  id: number;
  name: string;
  scopes: ApiScope[];
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  /** From then on it is refused; null: it ends when somebody revokes it. */
  expiresAt: Date | null;
  /** As the audit names people; null: not known. */
  madeBy: string | null;
}

/** Letters, digits, dots, hyphens: what stands in the audit as `token:crm`. */
export const TOKEN_NAME = /^[\p{L}\p{N}._-]{1,60}$/u;

const COLUMNS =
  'id, name, scopes, created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt", expires_at as "expiresAt", made_by as "madeBy"';
/** By which people and programs that look for leaked secrets know it. */
const PREFIX = 'molva_';
/** Who uses a token all the time writes no row all the time. */
const USED_AGAIN_MS = 60_000;

/** The token itself, which is not kept; null when another one that is still good has this name. */
export async function addApiToken(
  db: Db,
  name: string,
  scopes: readonly ApiScope[],
  now: Date,
  { expiresAt = null, madeBy = null }: Partial<Pick<ApiToken, 'expiresAt' | 'madeBy'>> = {},
): Promise<string | null> {
  const token = PREFIX + randomBytes(32).toString('base64url');
  const rows = await db.query(
    `insert into api_tokens (name, token_hash, scopes, created_at, expires_at, made_by) values ($1, $2, $3::text[], $4, $5, $6)
     on conflict (name) where revoked_at is null do nothing returning id`,
    [name, sha256(token), scopes, now, expiresAt, madeBy],
  );
  return rows.length > 0 ? token : null;
}

/** The token that this is, unless it was revoked or its time is over; notes that it was used. */
export async function useApiToken(db: Db, token: string, now: Date): Promise<ApiToken | null> {
  const found = await queryOne<ApiToken>(
    db,
    `select ${COLUMNS} from api_tokens where token_hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
    [sha256(token), now],
  );
  if (found && now.getTime() - (found.lastUsedAt?.getTime() ?? 0) >= USED_AGAIN_MS)
    await db.query('update api_tokens set last_used_at = $2 where id = $1', [found.id, now]);
  return found;
}

/** Those that are still good first. */
export function listApiTokens(db: Db): Promise<ApiToken[]> {
  return db.query<ApiToken>(
    `select ${COLUMNS} from api_tokens order by revoked_at desc nulls first, name, id`,
  );
}

/** False when no good one has this name. */
export async function revokeApiToken(db: Db, name: string, now: Date): Promise<boolean> {
  const rows = await db.query(
    'update api_tokens set revoked_at = $2 where name = $1 and revoked_at is null returning id',
    [name, now],
  );
  return rows.length > 0;
}
