import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { DraftedRequest } from '../../src/act/draft-delivery.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { addAudit } from '../../src/store/audit.ts';
import {
  countReplay,
  countStuck,
  getDelivery,
  listAttempts,
  listDeliveries,
  replayDelivery,
  replaySpan,
} from '../../src/store/deliveries.ts';
import { enableEndpoint, listPausedEndpoints } from '../../src/store/endpoints.ts';
import { listSilentEndpoints } from '../../src/store/outages.ts';
import { allow } from '../access.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import { renderDrafts, renderFailure } from '../crm/answers.ts';
import { resume } from '../crm/resume.ts';
import { renderExchanges } from '../deliveries/exchanges.ts';
import { readReplayForm, renderReplayForm, spanOf } from '../deliveries/replay.ts';
import type { CrmAsked, DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { pageParam } from '../params.ts';
import { eventName, renderDeliveryTable } from '../views/delivery.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import {
  type ResumeAttempt,
  renderPausedEndpoints,
  renderSilentEndpoints,
} from '../views/paused-endpoints.ts';
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

/** Mails and chats are shown as they are; what is erased does not leave. */
const isErased = ({ payload }: Delivery): boolean =>
  typeof payload === 'object' && payload !== null && 'erased' in payload;

function renderDryRun(
  viewer: Viewer,
  one: Delivery,
  answer: CrmAsked<DraftedRequest[] | null> | null,
): Markup {
  const { t } = viewer;
  if (one.channel !== 'crm') return html``;
  if (isErased(one)) return html`<p class="muted">${t('delivery.dry.none')}</p>`;
  const told =
    answer === null
      ? ''
      : html`<h2>${t('delivery.dry.title')}</h2>${'failure' in answer ? renderFailure(viewer, answer.failure) : renderDrafts(viewer, answer.value)}`;
  return html`<section id="dry"><form method="post" action="/deliveries/${one.id}/dry-run#dry">${csrfField(viewer)}<button>${t('delivery.dry')}</button> <small class="muted">${t('delivery.dry.what')}</small></form>${told}</section>`;
}

async function sendOne(
  { db }: DashboardDeps,
  req: Request,
  res: Response,
  found: Delivery,
  dry: CrmAsked<DraftedRequest[] | null> | null,
): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const attempts = await listAttempts(db, found.id);
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
        ${mayReplay ? renderReplay(viewer, found) : ''}${renderDryRun(viewer, found, dry)}
        <h2>${t('delivery.log')}</h2>${renderTable(['№', t('delivery.at'), t('delivery.duration'), t('delivery.outcome'), t('delivery.answer')], rows, t('delivery.noattempts'))}
        ${renderExchanges(viewer, attempts)}
        <details><summary>${t('delivery.payload')}</summary><pre>${JSON.stringify(found.payload, null, 2)}</pre></details>`,
  );
}

function sendReplay(res: Response, body: Markup): void {
  const { t } = viewerOf(res);
  sendPage(
    res,
    t('replay.title'),
    html`<p><a href="/deliveries">← ${t('menu.deliveries')}</a></p><h1>${t('replay.title')}</h1>${body}`,
  );
}

const isId = (text: string): boolean => z.uuid().safeParse(text).success;

/** What was handed to the CRM and to mail: each attempt, and sending again. Payloads name customers, so a PR's page. */
export const deliveries: Page = {
  path: '/deliveries',
  title: 'menu.deliveries',
  access: 'deliveries:work',
  menu: true,
  badge: async (deps) => {
    const [stuck, paused] = await Promise.all([countStuck(deps.db), listPausedEndpoints(deps.db)]);
    return stuck + paused.length;
  },
  router: (deps) => {
    const router = Router();
    const sendList = async (req: Request, res: Response, attempt: ResumeAttempt | null): Promise<void> => {
      const viewer = viewerOf(res);
      const { t } = viewer;
      const page = pageParam(req.query.page);
      const paused = await listPausedEndpoints(deps.db);
      const silent = await listSilentEndpoints(deps.db);
      const list = await listDeliveries(deps.db, PAGE_SIZE, (page - 1) * PAGE_SIZE);
      const count = typeof req.query.replayed === 'string' ? pageParam(req.query.replayed) : null;
      const replayed =
        count === null
          ? ''
          : html`<p class="note done" role="status">${t('replay.done', { messages: t.count('messages', count) })}</p>`;
      const pager = renderPages('/deliveries?', page, list.length === PAGE_SIZE, {
        previous: t('page.previous'),
        next: t('page.next'),
      });
      sendPage(
        res,
        t('menu.deliveries'),
        html`${replayed}<h1>${t('menu.deliveries')}</h1><p><a href="/deliveries/replay">${t('replay.title')}</a></p>${renderPausedEndpoints(viewer, paused, attempt)}${renderSilentEndpoints(viewer, silent)}${renderDeliveryTable(viewer, list)}${pager}`,
      );
    };
    router.get('/', (req, res) => {
      const { resumed } = req.query;
      return sendList(req, res, typeof resumed === 'string' ? { key: resumed, refusal: null } : null);
    });
    router.post(
      '/endpoints/:key/resume',
      allow('deliveries:work'),
      async (req: Request<{ key: string }>, res, next) => {
        const { key } = req.params;
        const resumed = await resume(deps, key, userOf(res).email);
        if (!resumed) return next();
        const { refusal } = resumed;
        if (refusal !== null) {
          res.status(409);
          return sendList(req as Request, res, { key, refusal });
        }
        res.redirect(303, `/deliveries?resumed=${encodeURIComponent(key)}`);
      },
    );
    const endpoints = (): string[] => deps.crm.list().map(({ key }) => key);
    router.get('/replay', async (req, res) => {
      const viewer = viewerOf(res);
      const form = readReplayForm(req.query);
      const isAsked = req.query.endpoint !== undefined;
      const span = isAsked ? spanOf(viewer, form, endpoints()) : null;
      const answer = span
        ? { count: await countReplay(deps.db, span) }
        : isAsked
          ? ({ mistake: true } as const)
          : null;
      sendReplay(res, renderReplayForm(viewer, form, endpoints(), answer));
    });
    router.post('/replay', allow('deliveries:work'), async (req, res) => {
      const viewer = viewerOf(res);
      const form = readReplayForm(req.body);
      const span = spanOf(viewer, form, endpoints());
      if (!span) {
        res.status(400);
        return sendReplay(res, renderReplayForm(viewer, form, endpoints(), { mistake: true }));
      }
      const now = deps.clock.now();
      const count = await deps.db.transaction(async (tx) => {
        await enableEndpoint(tx, span.endpoint);
        const sent = await replaySpan(tx, span, now);
        await addAudit(tx, {
          at: now,
          actor: userOf(res).email,
          action: 'deliveries.replayed',
          subject: `endpoint:${span.endpoint}`,
          detail: { count: sent, from: form.from, to: form.to, delivered: form.also },
        });
        return sent;
      });
      res.redirect(303, `/deliveries?replayed=${count}`);
    });
    router.get('/:id', async (req, res, next) => {
      const found = isId(req.params.id) ? await getDelivery(deps.db, req.params.id) : null;
      if (!found) return next();
      await sendOne(deps, req as Request, res, found, null);
    });
    router.post('/:id/dry-run', allow('deliveries:work'), async (req: Request<{ id: string }>, res, next) => {
      const found = isId(req.params.id) ? await getDelivery(deps.db, req.params.id) : null;
      if (found?.channel !== 'crm' || isErased(found)) return next();
      const answer = await deps.crm.draft(found);
      if ('failure' in answer) res.status(502);
      await sendOne(deps, req as Request, res, found, answer);
    });
    router.post('/:id/replay', allow('deliveries:work'), async (req: Request<{ id: string }>, res, next) => {
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
