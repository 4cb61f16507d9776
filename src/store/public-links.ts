import type { PublicLinkId, SavedViewId, UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import { type Db, queryOne } from './db.ts';

/** feed: what a saved search finds. calendar: what its owner has to do, and when. report: one, as it was written. */
export const PUBLIC_LINK_KINDS = ['feed', 'calendar', 'report'] as const;
export type PublicLinkKind = (typeof PUBLIC_LINK_KINDS)[number];

/** An address by which programs read without a login; itself it is not kept. */
export interface PublicLink {
  id: PublicLinkId;
  kind: PublicLinkKind;
  ownerId: UserId;
  ownerName: string;
  viewName: string | null;
  reportId: number | null;
  createdAt: Date;
  /** null: until it is revoked. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastReadAt: Date | null;
}

export interface NewPublicLink {
  kind: PublicLinkKind;
  /** SHA-256 of the token, hex. */
  tokenHash: string;
  ownerId: UserId;
  viewId?: SavedViewId;
  reportId?: number;
  expiresAt?: Date;
}

/** Good ones of one person. */
const AT_MOST = 100;
/** Who reads all the time writes no row all the time. */
const READ_AGAIN = `interval '1 hour'`;

/** Its number. null: this person has a hundred that are good. */
export async function addPublicLink(db: Db, link: NewPublicLink, now: Date): Promise<PublicLinkId | null> {
  const row = await queryOne<{ id: PublicLinkId }>(
    db,
    `insert into public_links (kind, token_hash, owner_id, view_id, report_id, created_at, expires_at)
     select $1::text, $2::text, $3::bigint, $4::bigint, $5::bigint, $6::timestamptz, $7::timestamptz
     where (select count(*) from public_links where owner_id = $3 and revoked_at is null and (expires_at is null or expires_at > $6)) < $8
     returning id`,
    [
      link.kind,
      link.tokenHash,
      link.ownerId,
      link.viewId ?? null,
      link.reportId ?? null,
      now,
      link.expiresAt ?? null,
      AT_MOST,
    ],
  );
  return row?.id ?? null;
}

/** What a good link shows. */
export interface OpenLink {
  id: PublicLinkId;
  owner: Pick<User, 'id' | 'email' | 'language' | 'zone' | 'role'>;
  view: { name: string; address: string } | null;
  reportId: number | null;
}

/**
 * By the hash of its token. null: there is none, it was revoked or has expired, its owner's access is closed, or the search that it shows is
 * another's and not shared any more. Notes that it was read.
 */
export async function openPublicLink(
  db: Db,
  kind: PublicLinkKind,
  tokenHash: string,
  now: Date,
): Promise<OpenLink | null> {
  const row = await queryOne<OpenLink & { isNews: boolean }>(
    db,
    `select l.id, jsonb_build_object('id', u.id, 'email', u.email, 'language', u.language, 'zone', u.zone, 'role', u.role) as owner,
       case when v.id is not null then jsonb_build_object('name', v.name, 'address', v.address) end as view, l.report_id as "reportId",
       (l.last_read_at is null or l.last_read_at < $3::timestamptz - ${READ_AGAIN}) as "isNews"
     from public_links l join users u on u.id = l.owner_id left join saved_views v on v.id = l.view_id
     where l.token_hash = $1 and l.kind = $2 and l.revoked_at is null and (l.expires_at is null or l.expires_at > $3)
       and u.disabled_at is null and (v.id is null or v.is_shared or v.owner_id = l.owner_id)`,
    [tokenHash, kind, now],
  );
  if (!row) return null;
  const { isNews, ...link } = row;
  if (isNews) await db.query('update public_links set last_read_at = $2 where id = $1', [link.id, now]);
  return link;
}

/** Of one person, or of all (null); the newest first. `below`: only those of smaller numbers. */
export function listPublicLinks(
  db: Db,
  owner: UserId | null,
  limit: number,
  below: number | null = null,
): Promise<PublicLink[]> {
  return db.query<PublicLink>(
    `select l.id, l.kind, l.owner_id as "ownerId", u.name as "ownerName", v.name as "viewName", l.report_id as "reportId",
       l.created_at as "createdAt", l.expires_at as "expiresAt", l.revoked_at as "revokedAt", l.last_read_at as "lastReadAt"
     from public_links l join users u on u.id = l.owner_id left join saved_views v on v.id = l.view_id
     where ($1::bigint is null or l.owner_id = $1) and ($3::bigint is null or l.id < $3) order by l.id desc limit $2`,
    [owner, limit, below],
  );
}

/** Of one person, or anybody's (null). What it was; null: there is no good one of this number. */
export async function revokePublicLink(
  db: Db,
  id: PublicLinkId,
  owner: UserId | null,
  now: Date,
): Promise<PublicLinkKind | null> {
  const row = await queryOne<{ kind: PublicLinkKind }>(
    db,
    `update public_links set revoked_at = $3 where id = $1 and ($2::bigint is null or owner_id = $2) and revoked_at is null returning kind`,
    [id, owner, now],
  );
  return row?.kind ?? null;
}
