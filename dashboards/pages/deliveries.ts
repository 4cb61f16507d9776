import { type Request, Router } from 'express';
import { z } from 'zod';
import { html } from '../../src/lib/html.ts';
import { addAudit } from '../../src/store/audit.ts';
import {
  countDeliveries,
  getDelivery,
  listAttempts,
  listDeliveries,
  replayDelivery,
} from '../../src/store/deliveries.ts';
import { allow } from '../access.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { pageParam } from '../params.ts';
import { renderDeliveryTable } from '../views/delivery.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 50;
const isId = (text: string): boolean => z.uuid().safeParse(text).success;

/** What was handed to the CRM and to mail: each attempt, and sending again. Payloads name customers, so a PR's page. */
export const deliveries: Page = {
  path: '/deliveries',
  title: 'menu.deliveries',
  access: 'pr',
  menu: true,
  badge: async (deps) => {
    const counts = await countDeliveries(deps.db);
    return (counts.dead ?? 0) + (counts.in_doubt ?? 0);
  },
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const { t } = viewer;
      const page = pageParam(req.query.page);
      const list = await listDeliveries(deps.db, PAGE_SIZE, (page - 1) * PAGE_SIZE);
      const pager = renderPages('/deliveries?', page, list.length === PAGE_SIZE, {
        previous: t('page.previous'),
        next: t('page.next'),
      });
      sendPage(
        res,
        t('menu.deliveries'),
        html`<h1>${t('menu.deliveries')}</h1>${renderDeliveryTable(viewer, list)}${pager}`,
      );
    });
    router.get('/:id', async (req, res, next) => {
      const found = isId(req.params.id) ? await getDelivery(deps.db, req.params.id) : null;
      if (!found) return next();
      const viewer = viewerOf(res);
      const { t } = viewer;
      const attempts = await listAttempts(deps.db, found.id);
      const mayReplay = ['dead', 'in_doubt', 'delivered'].includes(found.state);
      const rows = attempts.map((a) => [
        a.attempt,
        time(viewer, a.at),
        `${a.durationMs} ms`,
        a.outcome,
        a.detail,
      ]);
      sendPage(
        res,
        found.eventType,
        html`<p><a href="/deliveries">← ${t('menu.deliveries')}</a></p><h1>${found.eventType}</h1>${renderDeliveryTable(viewer, [found])}
        ${mayReplay ? html`<form method="post" action="/deliveries/${found.id}/replay">${csrfField(viewer)}<button>${t('delivery.replay')}</button></form>` : ''}
        <h2>${t('delivery.log')}</h2>${renderTable(['№', t('delivery.when'), 'ms', t('delivery.state'), ''], rows, t('delivery.none'))}
        <details><summary>${t('delivery.payload')}</summary><pre>${JSON.stringify(found.payload, null, 2)}</pre></details>`,
      );
    });
    router.post('/:id/replay', allow('pr'), async (req: Request<{ id: string }>, res) => {
      const { id } = req.params;
      if (isId(id) && (await replayDelivery(deps.db, id, deps.clock.now()))) {
        await addAudit(deps.db, {
          at: deps.clock.now(),
          actor: userOf(res).email,
          action: 'delivery.replayed',
          subject: `delivery:${id}`,
        });
      }
      res.redirect(303, `/deliveries/${id}`);
    });
    return router;
  },
};
