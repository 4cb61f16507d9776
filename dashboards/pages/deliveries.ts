import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { addAudit } from '../../src/store/audit.ts';
import {
  countDeliveries,
  getDelivery,
  listAttempts,
  listDeliveries,
  replayDelivery,
} from '../../src/store/deliveries.ts';
import { listPausedEndpoints } from '../../src/store/endpoints.ts';
import { allow } from '../access.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { pageParam } from '../params.ts';
import { eventName, renderDeliveryTable } from '../views/delivery.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { type ResumeAttempt, renderPausedEndpoints } from '../views/paused-endpoints.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 50;

/** It leaves the house, so it is asked first, and what will happen is named. */
function renderReplay(viewer: Viewer, { id, channel, endpoint }: Delivery): Markup {
  const { t } = viewer;
  return html`<details class="ask"><summary>${t('delivery.replay')}…</summary>
    <p>${t(`delivery.replay.${channel}`, { endpoint })}</p>
    <form method="post" action="/deliveries/${id}/replay">${csrfField(viewer)}<button class="primary">${t('delivery.replay')}</button></form></details>`;
}

const isId = (text: string): boolean => z.uuid().safeParse(text).success;

/** What was handed to the CRM and to mail: each attempt, and sending again. Payloads name customers, so a PR's page. */
export const deliveries: Page = {
  path: '/deliveries',
  title: 'menu.deliveries',
  access: 'pr',
  menu: true,
  badge: async (deps) => {
    const counts = await countDeliveries(deps.db);
    const paused = await listPausedEndpoints(deps.db);
    return (counts.dead ?? 0) + (counts.in_doubt ?? 0) + paused.length;
  },
  router: (deps) => {
    const router = Router();
    const sendList = async (req: Request, res: Response, attempt: ResumeAttempt | null): Promise<void> => {
      const viewer = viewerOf(res);
      const { t } = viewer;
      const page = pageParam(req.query.page);
      const paused = await listPausedEndpoints(deps.db);
      const list = await listDeliveries(deps.db, PAGE_SIZE, (page - 1) * PAGE_SIZE);
      const pager = renderPages('/deliveries?', page, list.length === PAGE_SIZE, {
        previous: t('page.previous'),
        next: t('page.next'),
      });
      sendPage(
        res,
        t('menu.deliveries'),
        html`<h1>${t('menu.deliveries')}</h1>${renderPausedEndpoints(viewer, paused, attempt)}${renderDeliveryTable(viewer, list)}${pager}`,
      );
    };
    router.get('/', (req, res) => {
      const { resumed } = req.query;
      return sendList(req, res, typeof resumed === 'string' ? { key: resumed, refusal: null } : null);
    });
    router.post('/endpoints/:key/resume', allow('pr'), async (req: Request<{ key: string }>, res, next) => {
      const { key } = req.params;
      const isPaused = (await listPausedEndpoints(deps.db)).some((one) => one.key === key);
      if (!isPaused) return next();
      const refusal = await deps.crm.resume(key);
      if (refusal !== null) {
        res.status(409);
        return sendList(req as Request, res, { key, refusal });
      }
      await addAudit(deps.db, {
        at: deps.clock.now(),
        actor: userOf(res).email,
        action: 'endpoint.resumed',
        subject: `endpoint:${key}`,
      });
      res.redirect(303, `/deliveries?resumed=${encodeURIComponent(key)}`);
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
        t('delivery.took', { ms: a.durationMs }),
        t(`delivery.outcome.${a.outcome}`),
        a.detail,
      ]);
      sendPage(
        res,
        eventName(viewer, found.eventType),
        html`${renderNotice(req.query, t('notice.queued'))}<p><a href="/deliveries">← ${t('menu.deliveries')}</a></p><h1>${eventName(viewer, found.eventType)}</h1>
        <p class="muted">${found.eventType} · ${found.id}</p>${renderDeliveryTable(viewer, [found])}
        ${mayReplay ? renderReplay(viewer, found) : ''}
        <h2>${t('delivery.log')}</h2>${renderTable(['№', t('delivery.at'), t('delivery.duration'), t('delivery.outcome'), t('delivery.answer')], rows, t('delivery.noattempts'))}
        <details><summary>${t('delivery.payload')}</summary><pre>${JSON.stringify(found.payload, null, 2)}</pre></details>`,
      );
    });
    router.post('/:id/replay', allow('pr'), async (req: Request<{ id: string }>, res, next) => {
      const { id } = req.params;
      if (!isId(id) || !(await replayDelivery(deps.db, id, deps.clock.now()))) return next();
      await addAudit(deps.db, {
        at: deps.clock.now(),
        actor: userOf(res).email,
        action: 'delivery.replayed',
        subject: `delivery:${id}`,
      });
      res.redirect(303, `/deliveries/${id}?done=1`);
    });
    return router;
  },
};
