import { type NextFunction, type Request, type Response, Router } from 'express';
import { html } from '../../src/lib/html.ts';
import type { PortfolioAsk } from '../../src/store/portfolio.ts';
import { allow } from '../access.ts';
import { viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { pageParam } from '../params.ts';
import { exportList, saveSegment } from '../portfolio/actions.ts';
import { askOf } from '../portfolio/ask.ts';
import { renderPortfolioList, type SegmentForm } from '../portfolio/list.ts';
import { renderPortfolio } from '../portfolio/overview.ts';
import { listTitle } from '../portfolio/rows.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

type Asked = Request<{ list: string }>;

async function sendList(
  deps: DashboardDeps,
  req: Asked,
  res: Response,
  ask: PortfolioAsk,
  form: SegmentForm = { value: '', mistake: '' },
): Promise<void> {
  const viewer = viewerOf(res);
  const { segment, n } = req.query;
  const added = /^\d{1,9}$/.test(String(n)) ? Number(n) : 0;
  const said = viewer.t('portfolio.segment.saved', {
    segment: typeof segment === 'string' ? segment : '',
    n: added,
  });
  const body = await renderPortfolioList(deps.db, viewer, ask, { page: pageParam(req.query.page), form });
  sendPage(res, listTitle(viewer, ask), html`${renderNotice(req.query, said)}${body}`);
}

/** The part of a changing form stands in its body. */
function withBody(work: (ask: PortfolioAsk, req: Asked, res: Response) => Promise<void>) {
  return async (req: Asked, res: Response, next: NextFunction): Promise<void> => {
    const body = req.body as Record<string, unknown> | undefined;
    const ask = askOf(req.params.list, body?.part);
    if (!ask) return next();
    await work(ask, req, res);
  };
}

export const portfolio: Page = {
  path: '/portfolio',
  title: 'menu.portfolio',
  access: 'customers:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (_req, res) => {
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('menu.portfolio'), await renderPortfolio(deps.db, viewer));
    });
    router.get('/:list', async (req: Asked, res, next) => {
      const ask = askOf(req.params.list, req.query.part);
      if (!ask) return next();
      await sendList(deps, req, res, ask);
    });
    router.post(
      '/:list/export',
      allow('customers:bulk'),
      withBody((ask, _req, res) => exportList(deps, ask, res)),
    );
    router.post(
      '/:list/segment',
      allow('customers:bulk'),
      withBody((ask, req, res) =>
        saveSegment(deps, ask, req, res, async (form) => {
          res.status(400);
          await sendList(deps, req, res, ask, form);
        }),
      ),
    );
    return router;
  },
};
