import { html, type Markup } from '../../src/lib/html.ts';
import type { Incident } from '../../src/model/case.ts';
import { listCasesOfIncident } from '../../src/store/cases.ts';
import { listUsers } from '../../src/store/users.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { caseRows } from '../case-rows.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderCaseTable } from '../views/case.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';

/** Several people's cases about one thing, and who answers for all of them. */
export async function renderIncident(
  { db }: DashboardDeps,
  viewer: Viewer,
  incident: Incident,
): Promise<Markup> {
  const { t } = viewer;
  const [cases, users] = await Promise.all([listCasesOfIncident(db, incident.id), listUsers(db)]);
  const owner = users.find(({ id }) => id === incident.ownerId);
  const isClosed = incident.closedAt !== null;
  const form = hasRight(viewer.user, 'cases:work')
    ? html`<form method="post" action="/cases/incidents/${incident.id}" class="inline">${csrfField(viewer)}
      <label>${t('case.owner')} <select name="owner"><option value="">${t('case.nobody')}</option>${users.filter(({ disabledAt }) => !disabledAt).map(({ id, name }) => html`<option value="${id}"${id === incident.ownerId ? html` selected` : ''}>${name}</option>`)}</select></label>
      <label class="check"><input type="checkbox" name="closed" value="1"${isClosed ? html` checked` : ''}> ${t('incident.closed')}</label>
      <button>${t('mention.save')}</button></form>`
    : '';
  return html`<p><a href="/cases">← ${t('menu.cases')}</a></p><h1>${incident.name}</h1>
    <dl class="facts"><dt>${t('case.owner')}</dt><dd>${owner?.name ?? t('case.nobody')}</dd><dt>${t('case.opened')}</dt><dd>${time(viewer, incident.openedAt)}</dd>
    ${incident.closedAt ? html`<dt>${t('incident.closed')}</dt><dd>${time(viewer, incident.closedAt)}</dd>` : ''}</dl>
    ${form}<h2>${t('incident.cases')}</h2>${renderCaseTable(viewer, await caseRows(db, cases), t('case.none'))}`;
}
