import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { sha256 } from '../../src/lib/hash.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { PublicLinkId, SavedViewId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import {
  addPublicLink,
  listPublicLinks,
  type NewPublicLink,
  revokePublicLink,
} from '../../src/store/public-links.ts';
import { getReport, listReports } from '../../src/store/reports.ts';
import { getSavedView, listSavedViews } from '../../src/store/saved-views.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import {
  REPORT_DAYS,
  renderCalendar,
  renderLinks,
  renderMade,
  renderReports,
  renderSearches,
} from '../feeds/list.ts';
import { newReportToken, newToken } from '../feeds/tokens.ts';
import type { Page } from '../page.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

const DAY_MS = 86_400_000;
const MAX_LINKS = 200;
const MAX_REPORTS = 50;

async function send(deps: DashboardDeps, res: Response, said: Markup | ''): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const user = userOf(res);
  const sees = hasRight(user, 'users:edit');
  const mayShare = hasRight(user, 'reports:make');
  const [views, links, reports] = await Promise.all([
    listSavedViews(deps.db, user.id),
    listPublicLinks(deps.db, sees ? null : user.id, MAX_LINKS),
    mayShare ? listReports(deps.db, MAX_REPORTS, 0) : [],
  ]);
  sendPage(
    res,
    t('menu.feeds'),
    html`${said}<h1>${t('menu.feeds')}</h1><p>${t('feeds.lead')}</p>${renderSearches(viewer, views)}${renderCalendar(viewer)}
      ${mayShare ? renderReports(viewer, reports) : ''}${renderLinks(viewer, links, sees)}`,
  );
}

type Wanted = Pick<NewPublicLink, 'kind' | 'viewId' | 'reportId' | 'expiresAt'>;

/** Makes a link and shows its addresses, this once; after a redirect they would have to stand in an address. */
async function make(
  deps: DashboardDeps,
  res: Response,
  wanted: Wanted,
  token: string,
  paths: readonly string[],
): Promise<void> {
  const { id: ownerId, email: actor } = userOf(res);
  const now = deps.clock.now();
  const { kind, viewId, reportId, expiresAt } = wanted;
  const made = await deps.db.transaction(async (tx) => {
    const id = await addPublicLink(tx, { ...wanted, ownerId, tokenHash: sha256(token) }, now);
    const detail = { kind, viewId, reportId, expiresAt };
    if (id !== null)
      await addAudit(tx, { at: now, actor, action: 'link.made', subject: `link:${id}`, detail });
    return id;
  });
  const viewer = viewerOf(res);
  if (made === null) {
    res.status(409);
    return send(deps, res, renderMistakes([viewer.t('feeds.full')]));
  }
  await send(
    deps,
    res,
    renderMade(
      viewer,
      paths.map((path) => `${deps.publicUrl}${path}`),
    ),
  );
}

const number = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const feedForm = z.object({ view: number });
const reportForm = z.object({ report: number, days: z.coerce.number().pipe(z.literal(REPORT_DAYS)) });
const revokeForm = z.object({ link: number });

async function makeFeed(deps: DashboardDeps, req: Request, res: Response, next: NextFunction): Promise<void> {
  const { view } = feedForm.parse(req.body ?? {});
  const found = await getSavedView(deps.db, view as SavedViewId, userOf(res).id);
  if (!found) return next();
  const token = newToken();
  const paths = ['rss', 'atom', 'json'].map((ending) => `/feeds/${token}.${ending}`);
  await make(deps, res, { kind: 'feed', viewId: found.id }, token, paths);
}

async function shareReport(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const { report, days } = reportForm.parse(req.body ?? {});
  const found = await getReport(deps.db, report);
  if (!found) return next();
  const expiresAt = new Date(deps.clock.now().getTime() + days * DAY_MS);
  const token = newReportToken(deps.alerts.sign, expiresAt);
  await make(deps, res, { kind: 'report', reportId: found.id, expiresAt }, token, [`/shared/${token}`]);
}

/** One's own, and an administrator anybody's. */
async function revoke(deps: DashboardDeps, req: Request, res: Response, next: NextFunction): Promise<void> {
  const { link } = revokeForm.parse(req.body ?? {});
  const user = userOf(res);
  const at = deps.clock.now();
  const owner = hasRight(user, 'users:edit') ? null : user.id;
  const kind = await deps.db.transaction(async (tx) => {
    const revoked = await revokePublicLink(tx, link as PublicLinkId, owner, at);
    const subject = `link:${link}`;
    if (revoked)
      await addAudit(tx, {
        at,
        actor: user.email,
        action: 'link.revoked',
        subject,
        detail: { kind: revoked },
      });
    return revoked;
  });
  if (kind === null) return next();
  res.redirect(303, '/feeds?done=1');
}

/** Addresses by which others read without a login. */
export const feeds: Page = {
  path: '/feeds',
  title: 'menu.feeds',
  access: 'account:own',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) =>
      send(deps, res, renderNotice(req.query, viewerOf(res).t('feeds.revoke.done'))),
    );
    router.post('/feed', allow('mentions:read'), (req, res, next) => makeFeed(deps, req, res, next));
    router.post('/calendar', allow('cases:read'), (_req, res) => {
      const token = newToken();
      return make(deps, res, { kind: 'calendar' }, token, [`/calendar/${token}.ics`]);
    });
    router.post('/report', allow('reports:make'), (req, res, next) => shareReport(deps, req, res, next));
    router.post('/revoke', (req, res, next) => revoke(deps, req, res, next));
    return router;
  },
};
