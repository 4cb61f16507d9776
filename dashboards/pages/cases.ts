import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { CASE_STATUSES, type Case } from '../../src/model/case.ts';
import type { CaseId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { type Card, getCards } from '../../src/store/cards.ts';
import { countOpenCases, getCase, listCases, setCaseStatus } from '../../src/store/cases.ts';
import { deliveriesOfEvent } from '../../src/store/deliveries.ts';
import { allow } from '../access.ts';
import { hasRole, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { renderCard } from '../views/card.ts';
import { renderCaseTable, renderDue } from '../views/case.ts';
import { renderDeliveryTable } from '../views/delivery.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages } from '../views/table.ts';

const PAGE_SIZE = 50;

function renderStatusForm(viewer: Viewer, c: Case): Markup {
  const { t } = viewer;
  if (!hasRole(viewer.user, 'pr')) return html`${t(`case.status.${c.status}`)}`;
  const options = CASE_STATUSES.map(
    (status) =>
      html`<option value="${status}"${status === c.status ? html` selected` : ''}>${t(`case.status.${status}`)}</option>`,
  );
  return html`<form method="post" action="/cases/${c.id}/status" class="inline">${csrfField(viewer)}
    <label>${t('mention.status')} <select name="status">${options}</select></label> <button>${t('mention.save')}</button></form>`;
}

async function renderCase(
  deps: DashboardDeps,
  viewer: Viewer,
  c: Case,
  card: Card | undefined,
): Promise<Markup> {
  const { t } = viewer;
  const deliveries = await deliveriesOfEvent(deps.db, `case:${c.id}`);
  return html`<p><a href="/cases">← ${t('menu.cases')}</a></p><h1>${t('case.title', { id: c.id })}</h1>
    <dl class="facts"><dt>${t('mention.customer')}</dt><dd><a href="/customers/${c.customerId}">№ ${c.customerId}</a></dd>
    <dt>${t('case.severity')}</dt><dd><span class="severity s${c.severity}">${t(`severity.${c.severity}`)}</span></dd>
    <dt>${t('case.reason')}</dt><dd>${t(`reason.${c.reason}`)}</dd>
    <dt>${t('case.opened')}</dt><dd>${time(viewer, c.openedAt)}</dd><dt>${t('case.due')}</dt><dd>${renderDue(viewer, c, deps.clock.now())}</dd></dl>
    ${renderStatusForm(viewer, c)}
    ${card ? renderCard(viewer, card) : ''}
    <h2>${t('case.deliveries')}</h2>${renderDeliveryTable(viewer, deliveries)}`;
}

async function changeStatus(deps: DashboardDeps, req: Request<{ id: string }>, res: Response): Promise<void> {
  const id = numberParam<CaseId>(req.params.id);
  const status = z.enum(CASE_STATUSES).parse((req.body as { status?: unknown }).status);
  if (id !== null && (await setCaseStatus(deps.db, id, status))) {
    await addAudit(deps.db, {
      at: deps.clock.now(),
      actor: userOf(res).email,
      action: 'case.status',
      subject: `case:${id}`,
      detail: { status },
    });
  }
  res.redirect(303, `/cases/${id ?? ''}`);
}

export const cases: Page = {
  path: '/cases',
  title: 'menu.cases',
  access: 'viewer',
  menu: true,
  badge: (deps) => countOpenCases(deps.db),
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const page = pageParam(req.query.page);
      const list = await listCases(deps.db, PAGE_SIZE, (page - 1) * PAGE_SIZE);
      const { t } = viewer;
      const pager = renderPages('/cases?', page, list.length === PAGE_SIZE, {
        previous: t('page.previous'),
        next: t('page.next'),
      });
      sendPage(
        res,
        t('menu.cases'),
        html`<h1>${t('menu.cases')}</h1>${renderCaseTable(viewer, list, deps.clock.now(), t('case.none'))}${pager}`,
      );
    });
    router.get('/:id', async (req, res, next) => {
      const id = numberParam<CaseId>(req.params.id);
      const found = id === null ? null : await getCase(deps.db, id);
      if (!found) return next();
      const [card] = await getCards(deps.db, [found.documentId]);
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('case.title', { id: found.id }), await renderCase(deps, viewer, found, card));
    });
    router.post('/:id/status', allow('pr'), (req: Request<{ id: string }>, res) =>
      changeStatus(deps, req, res),
    );
    return router;
  },
};
