import type { NextFunction, Request, Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Customer } from '../../src/model/customer.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import { getCustomer } from '../../src/store/customers.ts';
import { countPerson, type PersonCounts } from '../../src/store/erasing.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { sendPage } from '../views/shell.ts';

type CustomerRequest = Request<{ id: string }>;

/** On the card, for those who may. */
export function renderPrivacy(viewer: Viewer, { id }: Customer): Markup {
  const { t } = viewer;
  if (!hasRight(viewer.user, 'customers:erase')) return html``;
  return html`<h2>${t('privacy.title')}</h2><ul class="plain"><li><a href="/customers/${id}/export">${t('privacy.export')}</a></li><li><a href="/customers/${id}/erase">${t('privacy.erase')}</a></li></ul>`;
}

async function customerOf(deps: DashboardDeps, req: CustomerRequest): Promise<Customer | null> {
  const id = numberParam<CustomerId>(req.params.id);
  const customer = id === null ? null : await getCustomer(deps.db, id);
  return customer?.mergedInto === null ? customer : null;
}

const COUNTED = ['entries', 'accounts', 'documents', 'cases'] as const;

function renderAsk(
  viewer: Viewer,
  customer: Customer,
  counts: PersonCounts,
  mistakes: readonly string[],
): Markup {
  const { t } = viewer;
  const rows = COUNTED.map((key) => html`<li>${t(`erase.${key}`)}: ${number(viewer, counts[key])}</li>`);
  return html`<p><a href="/customers/${customer.id}">← ${customer.name}</a></p><h1>${t('erase.title', { name: customer.name })}</h1>
    ${renderMistakes(mistakes)}<p>${t('erase.lead')}</p><ul>${rows}</ul>${counts.held > 0 ? html`<p class="note">${t('erase.held', { count: t.count('cases', counts.held) })}</p>` : ''}<p class="muted">${t('erase.after')}</p>
    <form method="post" action="/customers/${customer.id}/erase" class="card">${csrfField(viewer)}
    <p><label class="check"><input type="checkbox" name="keep" value="1"> ${t('erase.keep')}</label></p>
    <p><label>${t('erase.confirm', { number: customer.externalId })}<br><input name="number" required autocomplete="off" maxlength="500"></label></p>
    <p><button class="danger">${t('erase.submit')}</button></p></form>`;
}

async function ask(
  deps: DashboardDeps,
  req: CustomerRequest,
  res: Response,
  next: NextFunction,
  mistakes: readonly string[] = [],
): Promise<void> {
  const customer = await customerOf(deps, req);
  if (!customer) return next();
  const viewer = viewerOf(res);
  const counts = await countPerson(deps.db, customer.id);
  sendPage(
    res,
    viewer.t('erase.title', { name: customer.name }),
    renderAsk(viewer, customer, counts, mistakes),
  );
}

const formSchema = z.object({ number: z.string().trim(), keep: z.literal('1').optional() });

async function erase(
  deps: DashboardDeps,
  req: CustomerRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const customer = await customerOf(deps, req);
  if (!customer) return next();
  const { t } = viewerOf(res);
  const form = formSchema.safeParse(req.body);
  if (!form.success || form.data.number !== customer.externalId) {
    res.status(422);
    return ask(deps, req, res, next, [t('erase.mismatch')]);
  }
  const keepAccounts = form.data.keep === '1';
  const done = await deps.people.erase({ customer: customer.id, actor: userOf(res).email, keepAccounts });
  if (!done) return next();
  const { kept, ...counts } = done;
  const body = html`<h1>${t('menu.customers')}</h1><p class="note done" role="status">${t('erase.done', counts)}</p>${kept.cases > 0 ? html`<p class="note">${t('erase.kept', { count: t.count('cases', kept.cases) })}</p>` : ''}<p><a href="/customers">← ${t('menu.customers')}</a></p>`;
  sendPage(res, t('menu.customers'), body);
}

async function download(
  deps: DashboardDeps,
  req: CustomerRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const customer = await customerOf(deps, req);
  if (!customer) return next();
  const data = await deps.people.export({ customer: customer.id, actor: userOf(res).email });
  if (!data) return next();
  res.setHeader('content-disposition', `attachment; filename="customer-${customer.id}.json"`);
  res.setHeader('cache-control', 'no-store');
  res.type('json').send(JSON.stringify(data, null, 2));
}

/** What a customer may ask for, beneath `/customers`; for administrators. */
export function addPrivacyRoutes(router: Router, deps: DashboardDeps): void {
  router.get('/:id/export', allow('customers:erase'), (req: CustomerRequest, res, next) =>
    download(deps, req, res, next),
  );
  router.get('/:id/erase', allow('customers:erase'), (req: CustomerRequest, res, next) =>
    ask(deps, req, res, next),
  );
  router.post('/:id/erase', allow('customers:erase'), (req: CustomerRequest, res, next) =>
    erase(deps, req, res, next),
  );
}
