import { type Request, type Response, Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Customer } from '../../src/model/customer.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { countCustomers, getCustomer } from '../../src/store/customers.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import { renderCustomerCard } from '../customers/card.ts';
import { findCustomers } from '../customers/find.ts';
import { declare, setRemoved } from '../customers/interest-actions.ts';
import type { InterestForm } from '../customers/interests.ts';
import { timelineAsk } from '../customers/timeline.ts';
import type { DashboardDeps } from '../deps.ts';
import { addLinkRoutes } from '../links/routes.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { addPrivacyRoutes } from '../privacy/routes.ts';
import type { TextKey } from '../texts.ts';
import { emptyWords } from '../views/empty.ts';
import { tierBadge } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 50;

async function renderCustomers(
  deps: DashboardDeps,
  viewer: Viewer,
  asked: { text: string; page: number; actor: string },
): Promise<Markup> {
  const { t } = viewer;
  const { text, page, actor } = asked;
  const [rows, total] = await Promise.all([
    findCustomers(deps, { text, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE, actor }),
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
    ${hasRight(viewer.user, 'customers:bulk') ? html`<p><a href="/customers/import">${t('import.offer')}</a></p>` : ''}
    <p class="found">${text === '' ? t.count('customers', total) : ''}</p>
    ${renderTable(head, cells, total === 0 ? emptyWords(viewer, t('customer.none'), { href: '/customers/import', words: t('empty.customers'), right: 'customers:bulk' }, { href: '/crm', words: t('empty.crm'), right: 'settings:edit' }) : t('customer.nothing'))}
    ${renderPages(`/customers?q=${encodeURIComponent(text)}&`, page, rows.length === PAGE_SIZE, { previous: t('page.previous'), next: t('page.next') })}`;
}

const NOTICES: Record<string, TextKey> = {
  unknown: 'entries.unknown',
  same: 'entries.same',
  undone: 'review.undone',
  overtaken: 'review.overtaken',
};

/** What was done, and the way back. */
function renderDone(viewer: Viewer, id: CustomerId, { done, what, interest }: Request['query']): Markup {
  if (what !== 'removed' || typeof interest !== 'string')
    return renderNotice({ done }, viewer.t(NOTICES[String(what)] ?? 'notice.saved'));
  if (done !== '1') return html``;
  return html`<form method="post" action="/customers/${id}/interests/restore" class="note done" role="status">${csrfField(viewer)}<input type="hidden" name="interest" value="${interest}">
    ${viewer.t('interests.removed', { interest })} <button class="link">${viewer.t('interests.restore')}</button></form>`;
}

async function sendCard(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  customer: Customer,
  form: InterestForm = { value: '', mistake: '' },
): Promise<void> {
  const viewer = viewerOf(res);
  const timeline = timelineAsk(req.query.kind, pageParam(req.query.page));
  const body = await renderCustomerCard(deps, viewer, customer, { timeline, form });
  sendPage(res, customer.name, html`${renderDone(viewer, customer.id, req.query)}${body}`);
}

export const customers: Page = {
  path: '/customers',
  title: 'menu.customers',
  access: 'customers:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const text = typeof req.query.q === 'string' ? req.query.q.slice(0, 200) : '';
      const asked = { text, page: pageParam(req.query.page), actor: userOf(res).email };
      sendPage(res, viewer.t('menu.customers'), await renderCustomers(deps, viewer, asked));
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
      await sendCard(deps, req, res, customer);
    });
    router.post('/:id/interests', allow('customers:work'), (req: Request<{ id: string }>, res, next) =>
      declare(deps, req, res, next, async (id, form) => {
        const customer = await getCustomer(deps.db, id);
        if (!customer) return next();
        res.status(400);
        await sendCard(deps, req, res, customer, form);
      }),
    );
    for (const [path, what] of [
      ['remove', 'removed'],
      ['restore', 'restored'],
    ] as const)
      router.post(
        `/:id/interests/${path}`,
        allow('customers:work'),
        (req: Request<{ id: string }>, res, next) => setRemoved(deps, req, res, next, what),
      );
    addLinkRoutes(router, deps);
    addPrivacyRoutes(router, deps);
    return router;
  },
};
