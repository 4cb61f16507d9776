import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import type { CustomerId } from '../../src/model/ids.ts';
import { getCustomer } from '../../src/store/customers.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { changeInterest, MOST_WRITTEN, mistakeInInterest, tidyInterest } from './change-interest.ts';

const bodySchema = z.object({ interest: z.string().max(MOST_WRITTEN) });

type Asked = Request<{ id: string }>;

const interestIn = (body: unknown): string => tidyInterest(bodySchema.parse(body).interest);

/** Notes what the customer says he likes. What is wrong with it is shown by `refuse`. */
export async function declare(
  deps: DashboardDeps,
  req: Asked,
  res: Response,
  next: NextFunction,
  refuse: (id: CustomerId, form: { value: string; mistake: string }) => Promise<void>,
): Promise<void> {
  const customer = numberParam<CustomerId>(req.params.id);
  if (customer === null || !(await getCustomer(deps.db, customer))) return next();
  const interest = interestIn(req.body);
  const mistake = mistakeInInterest(interest);
  if (mistake) return refuse(customer, { value: interest, mistake: viewerOf(res).t(mistake) });
  await changeInterest(deps, { customer, interest, what: 'declared', actor: userOf(res).email });
  res.redirect(303, `/customers/${customer}?done=1#interests`);
}

/** Takes one away, or takes that back. */
export async function setRemoved(
  deps: DashboardDeps,
  req: Asked,
  res: Response,
  next: NextFunction,
  what: 'removed' | 'restored',
): Promise<void> {
  const customer = numberParam<CustomerId>(req.params.id);
  if (customer === null) return next();
  const interest = interestIn(req.body);
  const actor = userOf(res).email;
  if (!(await changeInterest(deps, { customer, interest, what, actor }))) return next();
  const said = what === 'removed' ? `&what=removed&interest=${encodeURIComponent(interest)}` : '#interests';
  res.redirect(303, `/customers/${customer}?done=1${said}`);
}
