import { Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import { readIdentifier } from '../../src/match/identifiers.ts';
import type { Customer } from '../../src/model/customer.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { cardsOfCustomer } from '../../src/store/cards.ts';
import { listCasesOfCustomer } from '../../src/store/cases.ts';
import {
  countCustomers,
  getCustomer,
  identifierHash,
  listIdentifiers,
  listPurchases,
  searchCustomers,
} from '../../src/store/customers.ts';
import { listAccountsOfCustomer, listLinkEvents } from '../../src/store/links.ts';
import { hasRole, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import { caseRows } from '../case-rows.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderAccounts, renderLinkHistory } from '../links/accounts.ts';
import { renderEntries } from '../links/entries.ts';
import { addLinkRoutes } from '../links/routes.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { addPrivacyRoutes, renderPrivacy } from '../privacy/routes.ts';
import type { TextKey } from '../texts.ts';
import { renderCard } from '../views/card.ts';
import { renderCaseTable } from '../views/case.ts';
import { renderFacts, renderPurchases } from '../views/customer.ts';
import { tierBadge } from '../views/format.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 50;
const MAX_MENTIONS = 50;
const MAX_EVENTS = 50;

async function renderCustomer(deps: DashboardDeps, viewer: Viewer, customer: Customer): Promise<Markup> {
  const { db } = deps;
  const { t } = viewer;
  const [identifiers, accounts, events, purchases, cases, cards] = await Promise.all([
    listIdentifiers(db, deps.vault, customer.id),
    listAccountsOfCustomer(db, customer.id),
    listLinkEvents(db, customer.id, MAX_EVENTS),
    listPurchases(db, customer.id),
    listCasesOfCustomer(db, customer.id),
    cardsOfCustomer(db, customer.id, MAX_MENTIONS),
  ]);
  return html`<p><a href="/customers">← ${t('menu.customers')}</a></p><h1>${customer.name} ${tierBadge(viewer, customer.tier)}</h1>
    ${renderFacts(viewer, customer, identifiers, purchases)}
    <h2>${t('customer.cases')}</h2>${renderCaseTable(viewer, await caseRows(db, cases), t('customer.nocases'), true)}
    <h2>${t('customer.accounts')}</h2>${renderAccounts(viewer, customer.id, accounts)}${renderLinkHistory(viewer, events)}${await renderEntries(db, viewer, customer)}
    <h2>${t('customer.mentions')}</h2>${cards.length === 0 ? html`<p class="empty">${t('customer.nomentions')}</p>` : cards.map((card) => renderCard(viewer, card, { names: null }))}
    <h2>${t('customer.purchases')}</h2>${renderPurchases(viewer, purchases)}${renderPrivacy(viewer, customer)}`;
}

async function renderCustomers(
  deps: DashboardDeps,
  viewer: Viewer,
  text: string,
  page: number,
): Promise<Markup> {
  const { t } = viewer;
  // Identifiers are sealed: only a whole one can be looked for.
  const hashes = text === '' ? [] : readIdentifier(text).map((one) => identifierHash(deps.vault, one));
  const [rows, total] = await Promise.all([
    searchCustomers(deps.db, { text, hashes }, PAGE_SIZE, (page - 1) * PAGE_SIZE),
    countCustomers(deps.db),
  ]);
  const head = [
    t('customer.name'),
    t('customer.tier'),
    t('customer.city'),
    t('menu.mentions'),
    t('menu.cases'),
  ];
  const cells = rows.map((c) => [
    html`<a href="/customers/${c.id}">${c.name}</a>`,
    tierBadge(viewer, c.tier),
    c.city,
    c.mentions,
    c.openCases,
  ]);
  return html`<h1>${t('menu.customers')}</h1>
    <form method="get" class="row" role="search"><input type="search" name="q" value="${text}" aria-label="${t('customer.search')}" placeholder="${t('customer.search')}"><button class="primary">${t('search.submit')}</button></form>
    ${hasRole(viewer.user, 'pr') ? html`<p><a href="/customers/import">${t('import.offer')}</a></p>` : ''}
    <p class="found">${text === '' ? t.count('customers', total) : ''}</p>
    ${renderTable(head, cells, t(total === 0 ? 'customer.none' : 'customer.nothing'))}
    ${renderPages(`/customers?q=${encodeURIComponent(text)}&`, page, rows.length === PAGE_SIZE, { previous: t('page.previous'), next: t('page.next') })}`;
}

const NOTICES: Record<string, TextKey> = {
  unknown: 'entries.unknown',
  same: 'entries.same',
  undone: 'review.undone',
  overtaken: 'review.overtaken',
};

export const customers: Page = {
  path: '/customers',
  title: 'menu.customers',
  access: 'viewer',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const text = typeof req.query.q === 'string' ? req.query.q.slice(0, 200) : '';
      sendPage(
        res,
        viewer.t('menu.customers'),
        await renderCustomers(deps, viewer, text, pageParam(req.query.page)),
      );
    });
    router.get('/:id', async (req, res, next) => {
      const id = numberParam<CustomerId>(req.params.id);
      const customer = id === null ? null : await getCustomer(deps.db, id);
      if (!customer) return next();
      if (customer.mergedInto !== null) return res.redirect(303, `/customers/${customer.mergedInto}`);
      await addAudit(deps.db, {
        at: deps.clock.now(),
        actor: userOf(res).email,
        action: 'customer.viewed',
        subject: `customer:${customer.id}`,
      });
      const viewer = viewerOf(res);
      const body = await renderCustomer(deps, viewer, customer);
      sendPage(
        res,
        customer.name,
        html`${renderNotice(req.query, viewer.t(NOTICES[String(req.query.what)] ?? 'notice.saved'))}${body}`,
      );
    });
    addLinkRoutes(router, deps);
    addPrivacyRoutes(router, deps);
    return router;
  },
};
