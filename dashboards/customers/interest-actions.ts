import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import type { CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { declareInterest, removeInterest, restoreInterest } from '../../src/store/customer-interests.ts';
import { getCustomer } from '../../src/store/customers.ts';
import type { Db } from '../../src/store/db.ts';
import { isSensitive } from '../../src/value/sensitive-words.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';

const MOST = 80;
const bodySchema = z.object({ interest: z.string().max(500) });

type Asked = Request<{ id: string }>;

function interestIn(body: unknown): string {
  return bodySchema.parse(body).interest.replaceAll('\0', '').toWellFormed().replace(/\s+/g, ' ').trim();
}

function mistakeIn(interest: string): 'interests.mistake.empty' | 'interests.mistake.sensitive' | null {
  if (interest === '' || interest.length > MOST) return 'interests.mistake.empty';
  return isSensitive(interest) ? 'interests.mistake.sensitive' : null;
}

/** The change and its audit together. False: there was nothing to change. */
async function change(
  deps: DashboardDeps,
  res: Response,
  id: CustomerId,
  action: string,
  work: (tx: Db, at: Date) => Promise<boolean>,
): Promise<boolean> {
  const at = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    if (!(await work(tx, at))) return false;
    await addAudit(tx, { at, actor: userOf(res).email, action, subject: `customer:${id}` });
    return true;
  });
}

/** Notes what the customer says he likes. What is wrong with it is shown by `refuse`. */
export async function declare(
  deps: DashboardDeps,
  req: Asked,
  res: Response,
  next: NextFunction,
  refuse: (id: CustomerId, form: { value: string; mistake: string }) => Promise<void>,
): Promise<void> {
  const id = numberParam<CustomerId>(req.params.id);
  if (id === null || !(await getCustomer(deps.db, id))) return next();
  const interest = interestIn(req.body);
  const mistake = mistakeIn(interest);
  if (mistake) return refuse(id, { value: interest, mistake: viewerOf(res).t(mistake) });
  await change(deps, res, id, 'interest.declared', async (tx, at) => {
    await declareInterest(tx, id, { interest, by: userOf(res).email, at });
    return true;
  });
  res.redirect(303, `/customers/${id}?done=1#interests`);
}

export async function remove(
  deps: DashboardDeps,
  req: Asked,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const id = numberParam<CustomerId>(req.params.id);
  if (id === null) return next();
  const interest = interestIn(req.body);
  const isThere = await change(deps, res, id, 'interest.removed', (tx, at) =>
    removeInterest(tx, id, interest, at),
  );
  if (!isThere) return next();
  res.redirect(303, `/customers/${id}?done=1&what=removed&interest=${encodeURIComponent(interest)}`);
}

/** Takes the removal back. */
export async function restore(
  deps: DashboardDeps,
  req: Asked,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const id = numberParam<CustomerId>(req.params.id);
  if (id === null) return next();
  const interest = interestIn(req.body);
  const isThere = await change(deps, res, id, 'interest.restored', (tx) => restoreInterest(tx, id, interest));
  if (!isThere) return next();
  res.redirect(303, `/customers/${id}?done=1#interests`);
}
