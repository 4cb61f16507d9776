import { z } from 'zod';
import type { PublicLinkId, SavedViewId } from '../../../src/model/ids.ts';
import type { ApiScope } from '../../../src/store/api-tokens.ts';
import {
  listPublicLinks,
  PUBLIC_LINK_KINDS,
  type PublicLink,
  type PublicLinkKind,
} from '../../../src/store/public-links.ts';
import { getSavedView } from '../../../src/store/saved-views.ts';
import type { DashboardDeps } from '../../deps.ts';
import { REPORT_DAYS } from '../../feeds/list.ts';
import { makeLink, RIGHT_TO_MAKE, revokeLink, type WantedLink } from '../../feeds/make.ts';
import { readPage } from '../cursor.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { ownerOf } from '../owner.ts';
import { at, byId, id, iso, isoOrNull, pageOf, paging } from '../shapes.ts';

const linkSchema = z
  .object({
    id,
    kind: z.enum(PUBLIC_LINK_KINDS),
    owner: z.string().describe('Name of whose it is'),
    search: z.string().nullable().describe('Name of the search that a feed shows'),
    report: id.nullable(),
    created_at: at,
    expires_at: at.nullable().describe('null: when somebody revokes it'),
    revoked_at: at.nullable(),
    last_read_at: at.nullable(),
  })
  .meta({ id: 'PublicLink' });

const linkOf = (link: PublicLink): z.input<typeof linkSchema> => ({
  id: link.id,
  kind: link.kind,
  owner: link.ownerName,
  search: link.viewName,
  report: link.reportId,
  created_at: iso(link.createdAt),
  expires_at: isoOrNull(link.expiresAt),
  revoked_at: isoOrNull(link.revokedAt),
  last_read_at: isoOrNull(link.lastReadAt),
});

/** Whoever has such a link reads as with this scope. */
const SHOWS: Readonly<Record<PublicLinkKind, ApiScope>> = {
  feed: 'mentions:read',
  calendar: 'cases:read',
  report: 'reports:read',
};

const wanted = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('feed'), search: id.describe('Number of a shared search') }),
  z.strictObject({ kind: z.literal('calendar') }),
  z.strictObject({
    kind: z.literal('report'),
    report: id,
    days: z.literal(REPORT_DAYS).default(30).describe('For how many days it is good'),
  }),
]);

function toWanted(body: z.output<typeof wanted>): WantedLink {
  return body.kind === 'feed' ? { kind: 'feed', view: body.search as SavedViewId } : body;
}

async function make(deps: DashboardDeps, call: Call<unknown, unknown, z.output<typeof wanted>>) {
  const { body, actor } = call;
  const shows = SHOWS[body.kind];
  if (!call.may(shows))
    return refuse({
      status: 403,
      code: 'insufficient-scope',
      title: `Such a link needs the scope ${shows}, too`,
    });
  const owner = await ownerOf(deps, call, RIGHT_TO_MAKE[body.kind]);
  const asked = toWanted(body);
  if (asked.kind === 'feed') {
    // What its maker keeps for himself is not the token's to show.
    const view = await getSavedView(deps.db, asked.view, owner.id);
    found(view?.isShared ? view : null, 'search');
  }
  const made = await makeLink(deps, { owner, actor }, asked);
  if (made === 'unknown')
    return refuse({ status: 404, code: 'unknown', title: 'There is nothing that it could show' });
  if (made === 'full')
    return refuse({ status: 409, code: 'full', title: 'Whose it would be has as many links as he may have' });
  const addresses = made.paths.map((path) => `${deps.publicUrl}${path}`);
  return { id: made.id, kind: body.kind, addresses, expires_at: isoOrNull(made.expiresAt) };
}

const place = z.object({ id: z.int() });

export const publicLinks = [
  operation({
    id: 'listPublicLinks',
    method: 'get',
    path: '/public-links',
    scope: 'feeds:read',
    summary: 'List the addresses that are read without a login, newest first; the addresses are not told',
    query: z.strictObject(paging),
    answer: pageOf(linkSchema),
    handle: async (deps, { query }) => {
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: 'listPublicLinks', query },
        place,
        (from, atMost) => listPublicLinks(deps.db, null, atMost, from?.id ?? null),
        (last) => ({ id: last.id }),
      );
      return { data: rows.map(linkOf), next_cursor };
    },
  }),
  operation({
    id: 'makePublicLink',
    method: 'post',
    path: '/public-links',
    scope: 'feeds:write',
    summary: 'Make an address that is read without a login: a feed, a calendar of due times, a report',
    detail:
      'It belongs to whoever made the token, and ends with that access. The addresses are told once; an Idempotency-Key has no effect. A feed needs mentions:read, too, a calendar cases:read, a report reports:read.',
    body: wanted,
    isSecret: true,
    answer: z.object({
      id,
      kind: z.enum(PUBLIC_LINK_KINDS),
      addresses: z.array(z.string()).describe('Of a feed: as RSS, Atom and JSON Feed'),
      expires_at: at.nullable(),
    }),
    status: 201,
    handle: make,
  }),
  operation({
    id: 'revokePublicLink',
    method: 'delete',
    path: '/public-links/{id}',
    scope: 'feeds:write',
    summary: 'Revoke such an address: it shows nothing any more',
    params: byId,
    answer: z.object({ id, outcome: z.literal('revoked') }),
    handle: async (deps, { params, actor }) => {
      const link = params.id as PublicLinkId;
      const isRevoked = await revokeLink(deps, { link, owner: null, actor });
      return { id: found(isRevoked ? link : null, 'link'), outcome: 'revoked' as const };
    },
  }),
];
