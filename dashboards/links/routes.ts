import type { NextFunction, Request, Response, Router } from 'express';
import { z } from 'zod';
import { InputError } from '../../src/lib/errors.ts';
import type { AuthorId, CustomerId } from '../../src/model/ids.ts';
import { getAuthors } from '../../src/store/authors.ts';
import { getCustomer } from '../../src/store/customers.ts';
import { findCustomerByExternalId } from '../../src/store/merges.ts';
import { allow } from '../access.ts';
import { userOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { decideLink } from './decisions.ts';
import { joinEntries, partEntry } from './join.ts';

type CustomerRequest = Request<{ id: string }>;

const decisionSchema = z.object({
  author: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  decision: z.enum(['confirmed', 'rejected', 'on_behalf', 'proposed']),
});

/** A customer of the address, and who did it. */
async function about(deps: DashboardDeps, req: CustomerRequest, res: Response) {
  const asked = numberParam<CustomerId>(req.params.id);
  const customer = asked === null ? null : await getCustomer(deps.db, asked);
  if (!customer) return null;
  // The card may have been open while its entry was joined to another.
  return { customer: customer.mergedInto ?? customer.id, actor: userOf(res).email };
}

async function decide(
  deps: DashboardDeps,
  req: CustomerRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const form = decisionSchema.parse(req.body);
  const found = await about(deps, req, res);
  if (!found) return next();
  const author = form.author as AuthorId;
  const { decision } = form;
  const { customer, actor } = found;
  if ((await getAuthors(deps.db, [author])).length === 0) return next();
  await decideLink(deps, { author, customer, decision, actor });
  res.redirect(303, `/customers/${customer}?done=1`);
}

const entrySchema = z.object({ entry: z.string().trim().min(1).max(500) });

/** Says back on the card what kept two entries from being joined or parted. */
async function tryOut(res: Response, customer: CustomerId, work: () => Promise<CustomerId>): Promise<void> {
  try {
    res.redirect(303, `/customers/${await work()}?done=1`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    res.redirect(303, `/customers/${customer}?done=1&what=same`);
  }
}

async function merge(
  deps: DashboardDeps,
  req: CustomerRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const form = entrySchema.parse(req.body);
  const found = await about(deps, req, res);
  if (!found) return next();
  const { customer, actor } = found;
  const merged = await findCustomerByExternalId(deps.db, form.entry);
  if (merged === null) return res.redirect(303, `/customers/${customer}?done=1&what=unknown`);
  await tryOut(res, customer, async () => {
    await joinEntries(deps, { into: customer, merged, actor });
    return customer;
  });
}

async function split(
  deps: DashboardDeps,
  req: CustomerRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const form = entrySchema.parse(req.body);
  const found = await about(deps, req, res);
  const entry = numberParam<CustomerId>(form.entry);
  if (entry === null || !found) return next();
  const { customer, actor } = found;
  await tryOut(res, customer, () => partEntry(deps, { entry, actor }));
}

/** What is changed about who a customer is, beneath `/customers`. */
export function addLinkRoutes(router: Router, deps: DashboardDeps): void {
  router.post('/:id/link', allow('customers:work'), (req: CustomerRequest, res, next) =>
    decide(deps, req, res, next),
  );
  router.post('/:id/merge', allow('customers:work'), (req: CustomerRequest, res, next) =>
    merge(deps, req, res, next),
  );
  router.post('/:id/split', allow('customers:work'), (req: CustomerRequest, res, next) =>
    split(deps, req, res, next),
  );
}
