import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { PublicLinkId, SavedViewId } from '../../src/model/ids.ts';
import { listPublicLinks } from '../../src/store/public-links.ts';
import { listReports } from '../../src/store/reports.ts';
import { listSavedViews } from '../../src/store/saved-views.ts';
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
import { makeLink, RIGHT_TO_MAKE, revokeLink, type WantedLink } from '../feeds/make.ts';
import type { Page } from '../page.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

const MAX_LINKS = 200;
const MAX_REPORTS = 50;

async function send(deps: DashboardDeps, res: Response, said: Markup | ''): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const user = userOf(res);
  const sees = hasRight(user, 'users:edit');
  const mayShare = hasRight(user, RIGHT_TO_MAKE.report);
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

/** Makes a link and shows its addresses, this once; after a redirect they would have to stand in an address. */
async function make(
  deps: DashboardDeps,
  res: Response,
  next: NextFunction,
  wanted: WantedLink,
): Promise<void> {
  const owner = userOf(res);
  const made = await makeLink(deps, { owner, actor: owner.email }, wanted);
  if (made === 'unknown') return next();
  const viewer = viewerOf(res);
  if (made === 'full') {
    res.status(409);
    return send(deps, res, renderMistakes([viewer.t('feeds.full')]));
  }
  const addresses = made.paths.map((path) => `${deps.publicUrl}${path}`);
  await send(deps, res, renderMade(viewer, addresses));
}

const number = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const feedForm = z.object({ view: number });
const reportForm = z.object({ report: number, days: z.coerce.number().pipe(z.literal(REPORT_DAYS)) });
const revokeForm = z.object({ link: number });

/** One's own, and an administrator anybody's. */
async function revoke(deps: DashboardDeps, req: Request, res: Response, next: NextFunction): Promise<void> {
  const { link } = revokeForm.parse(req.body ?? {});
  const user = userOf(res);
  const owner = hasRight(user, 'users:edit') ? null : user.id;
  const asked = { link: link as PublicLinkId, owner, actor: user.email };
  if (!(await revokeLink(deps, asked))) return next();
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
    router.post('/feed', allow(RIGHT_TO_MAKE.feed), (req, res, next) => {
      const { view } = feedForm.parse(req.body ?? {});
      return make(deps, res, next, { kind: 'feed', view: view as SavedViewId });
    });
    router.post('/calendar', allow(RIGHT_TO_MAKE.calendar), (_req, res, next) =>
      make(deps, res, next, { kind: 'calendar' }),
    );
    router.post('/report', allow(RIGHT_TO_MAKE.report), (req, res, next) =>
      make(deps, res, next, { kind: 'report', ...reportForm.parse(req.body ?? {}) }),
    );
    router.post('/revoke', (req, res, next) => revoke(deps, req, res, next));
    return router;
  },
};
