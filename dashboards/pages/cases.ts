import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { CASE_STATUSES, type Case } from '../../src/model/case.ts';
import type { CaseId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { type CaseRecord, listCaseRecords } from '../../src/store/case-records.ts';
import { countOpenCases, getCase, listCases, setCaseStatus } from '../../src/store/cases.ts';
import { deliveriesOfEvent } from '../../src/store/deliveries.ts';
import { allow } from '../access.ts';
import { hasRole, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import { type CaseRow, caseRows } from '../case-rows.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { renderCard } from '../views/card.ts';
import { isWaiting, renderCaseTable, renderDue, renderSeverity } from '../views/case.ts';
import { renderDeliveryTable } from '../views/delivery.ts';
import { outside, reasonName, tierBadge, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages } from '../views/table.ts';

const PAGE_SIZE = 50;

function renderStatusForm(viewer: Viewer, c: Case): Markup {
  const { t } = viewer;
  if (!hasRole(viewer.user, 'pr'))
    return html`<p>${t('mention.status')}: ${t(`case.status.${c.status}`)}</p>`;
  const options = CASE_STATUSES.map(
    (status) =>
      html`<option value="${status}"${status === c.status ? html` selected` : ''}>${t(`case.status.${status}`)}</option>`,
  );
  return html`<form method="post" action="/cases/${c.id}/status" class="inline">${csrfField(viewer)}
    <label>${t('mention.status')} <select name="status">${options}</select></label> <button>${t('mention.save')}</button></form>`;
}

/** What the case is in each CRM that said so. */
function renderRecords(viewer: Viewer, records: readonly CaseRecord[]): Markup {
  const { t } = viewer;
  if (records.length === 0) return html``;
  const items = records.map(({ endpoint, externalId, url, status, detail }) => {
    const number = url ? outside(url, externalId) : externalId;
    return html`<li>${endpoint}: ${number}${status ? html`, ${t(`case.status.${status}`)}${detail ? html` <span class="muted">(${detail})</span>` : ''}` : ''}</li>`;
  });
  return html`<p>${t('case.records')}</p><ul>${items}</ul>`;
}

async function renderCase(deps: DashboardDeps, viewer: Viewer, row: CaseRow): Promise<Markup> {
  const { t } = viewer;
  const { case: c, customer, card } = row;
  const mention = card?.mentions.find(({ id }) => id === c.mentionId);
  const isDoubted = mention && !mention.complaint.isComplaint && isWaiting(c);
  const deliveries = await deliveriesOfEvent(deps.db, `case:${c.id}`);
  const records = await listCaseRecords(deps.db, c.id);
  return html`<p><a href="/cases">← ${t('menu.cases')}</a></p><h1>${t('case.title', { id: c.id })}: ${customer?.name ?? ''}</h1>
    <dl class="facts"><dt>${t('mention.customer')}</dt><dd><a href="/customers/${c.customerId}">${customer?.name ?? `№ ${c.customerId}`}</a> ${tierBadge(viewer, customer?.tier ?? null)}</dd>
    <dt>${t('case.severity')}</dt><dd>${renderSeverity(viewer, c)}</dd>
    <dt>${t('case.reason')}</dt><dd>${reasonName(viewer, c.reason)}</dd>
    <dt>${t('case.opened')}</dt><dd>${time(viewer, c.openedAt)}</dd><dt>${t('case.due')}</dt><dd>${renderDue(viewer, c)}</dd></dl>
    ${isDoubted ? html`<p class="note">${t('correct.case')}</p>` : ''}${renderStatusForm(viewer, c)}
    ${card ? html`<h2>${t('case.what')}</h2>${renderCard(viewer, card, { names: null })}<p>${outside(card.url, t('mention.original'))}</p>` : ''}
    <h2>${t('case.deliveries')}</h2>${renderRecords(viewer, records)}${renderDeliveryTable(viewer, deliveries)}`;
}

const statusSchema = z.object({ status: z.enum(CASE_STATUSES) });

async function changeStatus(
  deps: DashboardDeps,
  req: Request<{ id: string }>,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const id = numberParam<CaseId>(req.params.id);
  const { status } = statusSchema.parse(req.body);
  if (id === null || !(await setCaseStatus(deps.db, id, status))) return next();
  await addAudit(deps.db, {
    at: deps.clock.now(),
    actor: userOf(res).email,
    action: 'case.status',
    subject: `case:${id}`,
    detail: { status },
  });
  res.redirect(303, `/cases/${id}?done=1`);
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
        html`<h1>${t('menu.cases')}</h1>${renderCaseTable(viewer, await caseRows(deps.db, list), t('case.none'))}${pager}`,
      );
    });
    router.get('/:id', async (req, res, next) => {
      const id = numberParam<CaseId>(req.params.id);
      const found = id === null ? null : await getCase(deps.db, id);
      if (!found) return next();
      const [row = { case: found, customer: undefined, card: undefined }] = await caseRows(deps.db, [found]);
      const viewer = viewerOf(res);
      const notice = renderNotice(req.query, viewer.t('notice.saved'));
      const body = await renderCase(deps, viewer, row);
      sendPage(res, viewer.t('case.title', { id: found.id }), html`${notice}${body}`);
    });
    router.post('/:id/status', allow('pr'), (req: Request<{ id: string }>, res, next) =>
      changeStatus(deps, req, res, next),
    );
    return router;
  },
};
