import { sha256 } from '../../src/lib/hash.ts';
import type { PublicLinkId, SavedViewId } from '../../src/model/ids.ts';
import type { Right } from '../../src/model/rights.ts';
import type { User } from '../../src/model/user.ts';
import { addAudit } from '../../src/store/audit.ts';
import {
  addPublicLink,
  type NewPublicLink,
  type PublicLinkKind,
  revokePublicLink,
} from '../../src/store/public-links.ts';
import { getReport } from '../../src/store/reports.ts';
import { getSavedView } from '../../src/store/saved-views.ts';
import type { DashboardDeps } from '../deps.ts';
import { newReportToken, newToken } from './tokens.ts';

type Links = Pick<DashboardDeps, 'db' | 'clock' | 'alerts'>;

const DAY_MS = 86_400_000;

/** Without which whoever gives a link out could not read what it shows, or give it out: it is asked for again whenever the link is read. */
export const RIGHT_TO_MAKE: Readonly<Record<PublicLinkKind, Right>> = {
  feed: 'mentions:read',
  calendar: 'cases:read',
  report: 'reports:make',
};

export type WantedLink =
  | { kind: 'feed'; view: SavedViewId }
  | { kind: 'calendar' }
  | { kind: 'report'; report: number; days: number };

type Drawn = Omit<NewPublicLink, 'ownerId' | 'tokenHash'> & { token: string; paths: string[] };

/** null: what it is to show is not there, or not his to see. */
async function draw(
  { db, clock, alerts }: Links,
  owner: Pick<User, 'id'>,
  wanted: WantedLink,
): Promise<Drawn | null> {
  const token = newToken();
  if (wanted.kind === 'calendar') return { kind: 'calendar', token, paths: [`/calendar/${token}.ics`] };
  if (wanted.kind === 'feed') {
    const view = await getSavedView(db, wanted.view, owner.id);
    const paths = ['rss', 'atom', 'json'].map((ending) => `/feeds/${token}.${ending}`);
    return view && { kind: 'feed', viewId: view.id, token, paths };
  }
  const report = await getReport(db, wanted.report);
  const expiresAt = new Date(clock.now().getTime() + wanted.days * DAY_MS);
  const signed = newReportToken(alerts.sign, expiresAt);
  return (
    report && { kind: 'report', reportId: report.id, expiresAt, token: signed, paths: [`/shared/${signed}`] }
  );
}

/** `paths` are told this once: the store has no more than a hash. */
export interface MadeLink {
  id: PublicLinkId;
  paths: readonly string[];
  expiresAt: Date | null;
}

/** A link in somebody's name. unknown: what it is to show is not there; full: he has as many as he may. */
export async function makeLink(
  deps: Links,
  { owner, actor }: { owner: Pick<User, 'id'>; actor: string },
  wanted: WantedLink,
): Promise<MadeLink | 'unknown' | 'full'> {
  const drawn = await draw(deps, owner, wanted);
  if (!drawn) return 'unknown';
  const { token, paths, ...link } = drawn;
  const { kind, viewId, reportId, expiresAt } = link;
  const at = deps.clock.now();
  const id = await deps.db.transaction(async (tx) => {
    const made = await addPublicLink(tx, { ...link, ownerId: owner.id, tokenHash: sha256(token) }, at);
    const detail = { kind, viewId, reportId, expiresAt };
    if (made !== null)
      await addAudit(tx, { at, actor, action: 'link.made', subject: `link:${made}`, detail });
    return made;
  });
  return id === null ? 'full' : { id, paths, expiresAt: expiresAt ?? null };
}

/** `owner`: only one of his; null: anybody's. False when there is no good one of this number. */
export async function revokeLink(
  { db, clock }: Links,
  { link, owner, actor }: { link: PublicLinkId; owner: User['id'] | null; actor: string },
): Promise<boolean> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    const kind = await revokePublicLink(tx, link, owner, at);
    const entry = { at, actor, action: 'link.revoked', subject: `link:${link}` };
    if (kind !== null) await addAudit(tx, { ...entry, detail: { kind } });
    return kind !== null;
  });
}
