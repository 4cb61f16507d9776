import { html, type Markup } from '../../src/lib/html.ts';
import { countCustomers } from '../../src/store/customers.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { vendorName } from '../crm/list.ts';
import type { ConnectedCrm, DashboardDeps } from '../deps.ts';

function renderFile(viewer: Viewer): Markup {
  const { t } = viewer;
  const mayLoad = hasRight(viewer.user, 'customers:bulk');
  const way = mayLoad
    ? html`<p><a class="button" href="/customers/import">${t('start.customers.file.go')}</a></p>`
    : html`<p class="note">${t('start.customers.ask')}</p>`;
  return html`<section class="card"><h2>${t('start.customers.file')}</h2><p>${t('start.customers.file.what')}</p>
    <pre>external_id,name,emails,phones,city\n1001,Anna K.,anna@example.com,+79990000001,Moscow</pre>${way}</section>`;
}

function renderConnected(crms: readonly ConnectedCrm[]): Markup {
  return html`<ul>${crms.map(({ key, kind }) => html`<li><a href="/crm/${encodeURIComponent(key)}">${key}</a> <span class="muted">${vendorName(kind)}</span></li>`)}</ul>`;
}

function renderCrm(viewer: Viewer, crms: readonly ConnectedCrm[]): Markup {
  const { t } = viewer;
  const mayConnect = hasRight(viewer.user, 'settings:edit');
  const there =
    crms.length > 0 && mayConnect
      ? html`<p>${t('start.customers.crm.there')}</p>${renderConnected(crms)}`
      : '';
  const way = mayConnect
    ? html`<p><a class="button" href="/crm">${t('start.customers.crm.go')}</a></p>`
    : html`<p class="note">${t('start.customers.ask')}</p>`;
  return html`<section class="card"><h2>${t('start.customers.crm')}</h2><p>${t('start.customers.crm.what')}</p>${there}${way}</section>`;
}

/** Why customers are wanted, how many there are, and the two ways in. */
export async function renderCustomers({ db, crm }: DashboardDeps, viewer: Viewer): Promise<Markup> {
  const { t } = viewer;
  const count = await countCustomers(db);
  const there =
    count === 0
      ? html`<p class="empty">${t('start.customers.none')}</p>`
      : html`<p>${t('start.customers.there')} <a href="/customers">${t.count('customers', count)}</a>.</p>`;
  return html`${there}<div class="halves">${renderFile(viewer)}${renderCrm(viewer, crm.list())}</div>`;
}
