import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Customer } from '../../src/model/customer.ts';
import type { AuthorId, CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { cardsOfCustomer } from '../../src/store/cards.ts';
import { listCasesOfCustomer } from '../../src/store/cases.ts';
import {
  countCustomers,
  decideLink,
  getCustomer,
  listAccountsOfCustomer,
  listIdentifiers,
  listPurchases,
  searchCustomers,
} from '../../src/store/customers.ts';
import { documentsOfAuthors } from '../../src/store/documents.ts';
import { sendDocuments } from '../../src/store/queue.ts';
import { allow } from '../access.ts';
import { hasRole, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import { caseRows } from '../case-rows.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { renderCard } from '../views/card.ts';
import { renderCaseTable } from '../views/case.ts';
import { renderAccounts, renderFacts, renderPurchases } from '../views/customer.ts';
import { tierBadge } from '../views/format.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 50;
const MAX_MENTIONS = 50;

async function renderCustomer(deps: DashboardDeps, viewer: Viewer, customer: Customer): Promise<Markup> {
  const { db } = deps;
  const { t } = viewer;
  const [identifiers, accounts, purchases, cases, cards] = await Promise.all([
    listIdentifiers(db, deps.vault, customer.id),
    listAccountsOfCustomer(db, customer.id),
    listPurchases(db, customer.id),
    listCasesOfCustomer(db, customer.id),
    cardsOfCustomer(db, customer.id, MAX_MENTIONS),
  ]);
  return html`<p><a href="/customers">← ${t('menu.customers')}</a></p><h1>${customer.name} ${tierBadge(viewer, customer.tier)}</h1>
    ${renderFacts(viewer, customer, identifiers, purchases)}
    <h2>${t('customer.cases')}</h2>${renderCaseTable(viewer, await caseRows(db, cases), t('customer.nocases'), true)}
    <h2>${t('customer.accounts')}</h2>${renderAccounts(viewer, customer.id, accounts)}
    <h2>${t('customer.mentions')}</h2>${cards.length === 0 ? html`<p class="empty">${t('customer.nomentions')}</p>` : cards.map((card) => renderCard(viewer, card, { names: null }))}
    <h2>${t('customer.purchases')}</h2>${renderPurchases(viewer, purchases)}`;
}

async function renderCustomers(
  deps: DashboardDeps,
  viewer: Viewer,
  text: string,
  page: number,
): Promise<Markup> {
  const { t } = viewer;
  const [rows, total] = await Promise.all([
    searchCustomers(deps.db, text, PAGE_SIZE, (page - 1) * PAGE_SIZE),
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

const decisionSchema = z.object({
  author: z.coerce.number().int().positive(),
  decision: z.enum(['confirmed', 'rejected']),
});

/** The decision, its audit, and the author's posts acted on again, together. */
async function decide(
  deps: DashboardDeps,
  req: Request<{ id: string }>,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const id = numberParam<CustomerId>(req.params.id);
  const { author, decision } = decisionSchema.parse(req.body);
  if (id === null) return next();
  const { email } = userOf(res);
  const now = deps.clock.now();
  const isKnown = await deps.db.transaction(async (tx) => {
    const changed = await decideLink(tx, author as AuthorId, id, decision, email, now);
    if (!changed) return false;
    await addAudit(tx, {
      at: now,
      actor: email,
      action: `link.${decision}`,
      subject: `customer:${id}`,
      detail: { author },
    });
    await sendDocuments(deps.queue, tx, 'act', await documentsOfAuthors(tx, [author as AuthorId]));
    return true;
  });
  if (!isKnown) return next();
  res.redirect(303, `/customers/${id}?done=1`);
}

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
      await addAudit(deps.db, {
        at: deps.clock.now(),
        actor: userOf(res).email,
        action: 'customer.viewed',
        subject: `customer:${customer.id}`,
      });
      const viewer = viewerOf(res);
      const body = await renderCustomer(deps, viewer, customer);
      sendPage(res, customer.name, html`${renderNotice(req.query, viewer.t('notice.saved'))}${body}`);
    });
    router.post('/:id/link', allow('pr'), (req: Request<{ id: string }>, res, next) =>
      decide(deps, req, res, next),
    );
    return router;
  },
};
