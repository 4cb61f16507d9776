import { type Request, type Response, Router } from 'express';
import { findKind } from '../../src/act/alerts/kinds/registry.ts';
import { takeIncident } from '../../src/act/alerts/take.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { type Alert, alertPolicySchema } from '../../src/model/alert.ts';
import type { IncidentId } from '../../src/model/ids.ts';
import {
  countIncidents,
  countWaiting,
  getIncident,
  listEndedIncidents,
  listOpenIncidents,
} from '../../src/store/alert-incidents.ts';
import { findAlert, listAlerts } from '../../src/store/alerts.ts';
import { listTopics } from '../../src/store/topics.ts';
import { allow } from '../access.ts';
import { dropAlert } from '../alerts/check.ts';
import { type AlertForm, formOf } from '../alerts/fields.ts';
import { ALERT_SCRIPTS, kindWord, renderAlertForm, renderKinds } from '../alerts/form.ts';
import { renderIncident, renderIncidents } from '../alerts/incidents.ts';
import { saveOrRehearse } from '../alerts/save.ts';
import { renderSeries } from '../alerts/series-chart.ts';
import { streamAlerts } from '../alerts/stream.ts';
import { hasRight, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { renderButton } from '../rules/list.ts';
import { number } from '../views/format.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 30;
const CHARTS = 4;
const MONTH_MS = 30 * 86_400_000;

/** A form that nothing was typed into: what the kind takes where nobody says otherwise. */
function emptyForm({ user }: Viewer, kind: string): AlertForm {
  const settings = findKind(kind)?.settings.safeParse({}).data as Record<string, unknown>;
  const tell = {
    people: user ? [user.email] : [],
    by: ['mail' as const, 'browser' as const],
    chats: [],
    webhooks: [],
  };
  const policy = alertPolicySchema.parse({});
  return formOf({
    key: '',
    name: '',
    kind,
    settings,
    topics: [],
    condition: '',
    tell,
    policy,
    enabled: true,
  });
}

async function renderList(deps: DashboardDeps, { t, now, ...viewer }: Viewer): Promise<Markup> {
  const counts = await countIncidents(deps.db, new Date(now.getTime() - MONTH_MS));
  const rows = (await listAlerts(deps.db)).map(({ id, key, name, kind, tell, enabled }) => [
    html`<a href="/alerts/${key}"><strong>${name}</strong></a>${enabled ? '' : html` <small class="muted">${t('alerts.off')}</small>`}`,
    t(kindWord(kind)),
    [...tell.people, ...tell.chats, ...tell.webhooks].join(', '),
    number({ ...viewer, t, now }, counts.get(id) ?? 0),
  ]);
  const head = [t('alerts.name'), t('alerts.kind'), t('alerts.told'), t('alerts.month')];
  return html`<h2>${t('alerts.list')}</h2>${renderTable(head, rows, t('alerts.none'))}`;
}

function renderNotify({ t }: Viewer): Markup {
  return html`<p><button type="button" data-notify hidden>${t('alerts.browser.ask')}</button> <span class="muted" role="status" data-notify-said data-on="${t('alerts.browser.on')}" data-refused="${t('alerts.browser.refused')}"></span></p>`;
}

async function sendList(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const page = pageParam(req.query.page);
  const past = await listEndedIncidents(deps.db, PAGE_SIZE, (page - 1) * PAGE_SIZE);
  const pager = renderPages('/alerts?', page, past.length === PAGE_SIZE, {
    previous: t('page.previous'),
    next: t('page.next'),
  });
  const kind = String(req.query.kind ?? '');
  const isWriting = hasRight(viewer.user, 'rules:edit');
  const form =
    isWriting && findKind(kind)
      ? await renderAlertForm(deps, viewer, emptyForm(viewer, kind), { known: null, mistakes: [] })
      : '';
  sendPage(
    res,
    t('menu.alerts'),
    html`${renderNotice(req.query, t('alerts.done'))}<h1>${t('menu.alerts')}</h1>${renderHelp(viewer, 'alerts')}<p>${t('alerts.lead')}</p>${renderNotify(viewer)}
      <h2>${t('alerts.open')}</h2>${await renderIncidents(deps, viewer, await listOpenIncidents(deps.db), t('alerts.open.none'))}
      ${await renderList(deps, viewer)}${form}${isWriting ? renderKinds(viewer) : ''}
      <h2>${t('alerts.past')}</h2>${await renderIncidents(deps, viewer, past, t('alerts.past.none'))}${pager}`,
    ...ALERT_SCRIPTS,
  );
}

async function renderCharts(deps: DashboardDeps, viewer: Viewer, alert: Alert): Promise<Markup> {
  if (findKind(alert.kind)?.needs !== 'series') return html``;
  const topics = (await listTopics(deps.db)).filter(
    ({ key, enabled }) => enabled && (alert.topics.length === 0 || alert.topics.includes(key)),
  );
  const charts = [];
  for (const topic of topics.slice(0, CHARTS))
    charts.push(renderSeries(viewer, topic.name, await deps.alerts.series(alert, topic)));
  return html`${charts}`;
}

async function sendAlert(deps: DashboardDeps, req: Request, res: Response, alert: Alert): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const { key, name } = alert;
  const mayEdit = hasRight(viewer.user, 'rules:edit');
  const form = mayEdit
    ? await renderAlertForm(deps, viewer, formOf(alert), { known: alert, mistakes: [] })
    : html`<p>${t(kindWord(alert.kind))}${alert.condition === '' ? '' : html`: <code>${alert.condition}</code>`}</p>`;
  const remove = mayEdit
    ? html`<div class="actions"><details class="ask"><summary>${t('alerts.remove')}</summary><p>${t('alerts.remove.ask', { name })}</p>${renderButton(viewer, `/alerts/${key}/remove`, t('alerts.remove'))}</details></div>`
    : '';
  sendPage(
    res,
    name,
    html`${renderNotice(req.query, t('alerts.saved'))}<p><a href="/alerts">← ${t('alerts.back')}</a></p><h1>${name}</h1>${remove}
      ${await renderCharts(deps, viewer, alert)}${form}`,
    ...ALERT_SCRIPTS,
  );
}

export const alerts: Page = {
  path: '/alerts',
  title: 'menu.alerts',
  access: 'mentions:read',
  menu: true,
  badge: (deps) => countWaiting(deps.db),
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => sendList(deps, req, res));
    router.post('/', allow('rules:edit'), (req, res) => saveOrRehearse(deps, req, res));
    router.get('/stream', (req, res) => streamAlerts(deps, req, res));
    router.get('/incidents/:id', async (req: Request<{ id: string }>, res, next) => {
      const id = numberParam<IncidentId>(req.params.id);
      const incident = id === null ? null : await getIncident(deps.db, id);
      if (!incident) return next();
      const viewer = viewerOf(res);
      const body = await renderIncident(deps, viewer, incident);
      const notice = renderNotice(req.query, viewer.t('alerts.done'));
      sendPage(res, viewer.t('alerts.incident'), html`${notice}${body}`);
    });
    router.post(
      '/incidents/:id/take',
      allow('mentions:work'),
      async (req: Request<{ id: string }>, res, next) => {
        const id = numberParam<IncidentId>(req.params.id);
        const by = userOf(res).email;
        const now = deps.clock.now();
        const taken = id === null ? null : await deps.db.transaction((tx) => takeIncident(tx, id, by, now));
        if (!taken) return next();
        res.redirect(303, `/alerts/incidents/${taken.id}?done=1`);
      },
    );
    router.get('/:key', async (req: Request<{ key: string }>, res, next) => {
      const alert = await findAlert(deps.db, req.params.key);
      return alert ? sendAlert(deps, req, res, alert) : next();
    });
    router.post('/:key/remove', allow('rules:edit'), async (req: Request<{ key: string }>, res, next) => {
      const isDone = await dropAlert(deps, req.params.key, userOf(res).email);
      if (!isDone) return next();
      res.redirect(303, '/alerts?done=1');
    });
    return router;
  },
};
