import { Router } from 'express';
import { takeIncident } from '../src/act/alerts/take.ts';
import { readTakeToken } from '../src/act/alerts/take-link.ts';
import { html } from '../src/lib/html.ts';
import type { Incident } from '../src/model/alert.ts';
import { getIncident } from '../src/store/alert-incidents.ts';
import { type AlertMessage, getMessage } from '../src/store/alert-messages.ts';
import { viewerOf } from './auth/session.ts';
import type { DashboardDeps } from './deps.ts';
import { renderLayout } from './views/layout.ts';

/** Who gets such a mail answers soon, or not at all. */
const LIFETIME_MS = 14 * 86_400_000;

async function read(
  deps: DashboardDeps,
  token: string,
): Promise<{ message: AlertMessage; incident: Incident } | null> {
  const id = readTakeToken(deps.alerts.sign, token);
  const message = id === null ? null : await getMessage(deps.db, id);
  const incident = message && (await getIncident(deps.db, message.incidentId));
  const isFresh = message && deps.clock.now().getTime() - (message.sentAt?.getTime() ?? 0) <= LIFETIME_MS;
  return message && incident && isFresh ? { message, incident } : null;
}

/** The link of a mail: a GET only shows a page with a button, because programs that look at mails open all links. */
export function takeRoutes(deps: DashboardDeps): Router {
  const router = Router();
  const page = (res: Parameters<typeof viewerOf>[0], incident: Incident | null, who: string): string => {
    const viewer = viewerOf(res);
    const { t } = viewer;
    const by = incident?.acknowledgedBy;
    const body = !incident
      ? html`<p>${t('take.unknown')}</p>`
      : by
        ? html`<p>${t('take.done', { who: by })}</p>`
        : html`<p>${t('take.ask', { who })}</p><form method="post"><button class="primary">${t('alerts.take')}</button></form>`;
    const title = t('take.title');
    return renderLayout(viewer, {
      title,
      body: html`<section class="card narrow"><h1>${title}</h1>${body}</section>`,
    }).toString();
  };
  router.get('/take/:token', async (req, res) => {
    const found = await read(deps, req.params.token);
    res.status(found ? 200 : 404).send(page(res, found?.incident ?? null, found?.message.recipient ?? ''));
  });
  router.post('/take/:token', async (req, res) => {
    const found = await read(deps, req.params.token);
    const now = deps.clock.now();
    const taken =
      found &&
      (await deps.db.transaction((tx) => takeIncident(tx, found.incident.id, found.message.recipient, now)));
    res.status(taken ? 200 : 404).send(page(res, taken, ''));
  });
  return router;
}
