import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { maskIdentifier } from '../../src/match/identifiers.ts';
import type { Customer, Identifier, Purchase } from '../../src/model/customer.ts';
import type { AuthorId, CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { cardsOfCustomer } from '../../src/store/cards.ts';
import { listCasesOfCustomer } from '../../src/store/cases.ts';
import {
  type CustomerAccount,
  countCustomers,
  decideLink,
  getCustomer,
  listAccountsOfCustomer,
  listIdentifiers,
  listPurchases,
  searchCustomers,
} from '../../src/store/customers.ts';
import { documentsOfAuthors } from '../../src/store/documents.ts';
import { allow } from '../access.ts';
import { hasRole, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { renderCard } from '../views/card.ts';
import { renderCaseTable } from '../views/case.ts';
import { outside, tierBadge, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 50;
const MAX_MENTIONS = 50;

function renderContacts(viewer: Viewer, identifiers: readonly Identifier[]): Markup {
  const maySee = hasRole(viewer.user, 'pr');
  const shown = identifiers.map((i) => html`<li>${maySee ? i.value : maskIdentifier(i)}</li>`);
  return html`<ul>${shown}</ul>${maySee ? '' : html`<p class="muted">${viewer.t('customer.masked')}</p>`}`;
}

function renderEvidence({ t }: Viewer, account: CustomerAccount): string {
  return account.evidence
    .map((e) => `${t(`evidence.${e.code}`, { masked: e.masked })} ${t(`evidence.${e.where}`)}`.trim())
    .join('; ');
}

function renderDecision(viewer: Viewer, customer: CustomerId, account: CustomerAccount): Markup {
  if (!hasRole(viewer.user, 'pr')) return html``;
  const button = (decision: 'confirmed' | 'rejected', word: string) =>
    html`<button name="decision" value="${decision}">${word}</button>`;
  return html`<form method="post" action="/customers/${customer}/link" class="inline">${csrfField(viewer)}<input type="hidden" name="author" value="${account.authorId}">
    ${account.state === 'confirmed' ? '' : button('confirmed', viewer.t('link.confirm'))} ${account.state === 'rejected' ? '' : button('rejected', viewer.t('link.reject'))}</form>`;
}

function renderAccounts(viewer: Viewer, customer: CustomerId, accounts: readonly CustomerAccount[]): Markup {
  const { t } = viewer;
  if (accounts.length === 0) return html`<p>${t('customer.noaccounts')}</p>`;
  const items = accounts.map(
    (
      a,
    ) => html`<li>${a.profileUrl ? outside(a.profileUrl, a.name ?? a.handle) : (a.name ?? a.handle)} <span class="muted">${a.site}</span>: ${t(`link.${a.state}`)},
    ${Math.round(a.score * 100)} % (${renderEvidence(viewer, a)}) ${renderDecision(viewer, customer, a)}</li>`,
  );
  return html`<ul>${items}</ul>`;
}

function renderPurchases(viewer: Viewer, purchases: readonly Purchase[]): Markup {
  const { t, language } = viewer;
  if (purchases.length === 0) return html`<p>${t('customer.nopurchases')}</p>`;
  const money = (p: Purchase): string =>
    new Intl.NumberFormat(language, { style: 'currency', currency: p.currency }).format(p.amount);
  return html`<ul>${purchases.map((p) => html`<li>${time(viewer, p.at)}: ${p.item}, ${money(p)}${p.channel ? `, ${p.channel}` : ''}</li>`)}</ul>`;
}

async function renderCustomer(deps: DashboardDeps, viewer: Viewer, customer: Customer): Promise<Markup> {
  const { db, clock } = deps;
  const { t } = viewer;
  const [identifiers, accounts, purchases, cases, cards] = await Promise.all([
    listIdentifiers(db, customer.id),
    listAccountsOfCustomer(db, customer.id),
    listPurchases(db, customer.id),
    listCasesOfCustomer(db, customer.id),
    cardsOfCustomer(db, customer.id, MAX_MENTIONS),
  ]);
  return html`<p><a href="/customers">← ${t('menu.customers')}</a></p><h1>${customer.name} ${tierBadge(viewer, customer.tier)}</h1>
    <p class="muted">${t('customer.number')}: ${customer.externalId}${customer.city ? ` · ${customer.city}` : ''}</p>
    <h2>${t('customer.cases')}</h2>${renderCaseTable(viewer, cases, clock.now(), t('case.none'))}
    <h2>${t('customer.mentions')}</h2>${cards.length === 0 ? html`<p>${t('customer.nomentions')}</p>` : cards.map((card) => renderCard(viewer, card))}
    <h2>${t('customer.accounts')}</h2>${renderAccounts(viewer, customer.id, accounts)}
    <h2>${t('customer.purchases')}</h2>${renderPurchases(viewer, purchases)}
    <h2>${t('customer.contacts')}</h2>${renderContacts(viewer, identifiers)}`;
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
    <p class="found">${t.count('customers', total)}</p>
    ${renderTable(head, cells, t(total === 0 ? 'customer.none' : 'customer.nothing'))}
    ${renderPages(`/customers?q=${encodeURIComponent(text)}&`, page, rows.length === PAGE_SIZE, { previous: t('page.previous'), next: t('page.next') })}`;
}

const decisionSchema = z.object({
  author: z.coerce.number().int().positive(),
  decision: z.enum(['confirmed', 'rejected']),
});

/** The decision, its audit, and the author's posts acted on again, together. */
async function decide(deps: DashboardDeps, req: Request<{ id: string }>, res: Response): Promise<void> {
  const id = numberParam<CustomerId>(req.params.id);
  const { author, decision } = decisionSchema.parse(req.body);
  if (id === null) return void res.redirect(303, '/customers');
  const { email } = userOf(res);
  const now = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    const changed = await decideLink(tx, author as AuthorId, id, decision, email, now);
    if (!changed) return;
    await addAudit(tx, {
      at: now,
      actor: email,
      action: `link.${decision}`,
      subject: `customer:${id}`,
      detail: { author },
    });
    const documentIds = await documentsOfAuthors(tx, [author as AuthorId]);
    if (documentIds.length > 0) await deps.queue.send(tx, 'act', { documentIds });
  });
  res.redirect(303, `/customers/${id}`);
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
      sendPage(res, customer.name, await renderCustomer(deps, viewerOf(res), customer));
    });
    router.post('/:id/link', allow('pr'), (req: Request<{ id: string }>, res) => decide(deps, req, res));
    return router;
  },
};
