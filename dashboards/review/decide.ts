import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import type { LinkState } from '../../src/model/customer.ts';
import type { AuthorId, CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { Db } from '../../src/store/db.ts';
import { documentsOfAuthors } from '../../src/store/documents.ts';
import { listLinksOfAuthors } from '../../src/store/links.ts';
import { lockDocuments } from '../../src/store/progress.ts';
import { removeChecks, saveCheck } from '../../src/store/reviews.ts';
import { userOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
/** Authors who were passed over, so that they do not come again at once. */
export const skippedSchema = z
  .string()
  .regex(/^[\d,]*$/)
  .max(2000)
  .catch('')
  .transform((list) => list.split(',').filter(Boolean).map(Number) as AuthorId[]);
const decisionSchema = z.object({
  author: id,
  say: z.string().regex(/^(?:nobody|skip|(?:confirmed|on_behalf) \d{1,15})$/),
  check: z.enum(['0', '1']).default('0'),
  skipped: skippedSchema,
});

const MOST_SKIPPED = 200;
/** Of links that are still to be decided, or checked. */
const OPEN: readonly LinkState[] = ['proposed', 'linked'];

function back(res: Response, skipped: readonly AuthorId[], rest = ''): void {
  const passed = skipped.slice(-MOST_SKIPPED).join(',');
  res.redirect(303, `/review?${passed === '' ? '' : `skipped=${passed}&`}${rest}`);
}

/** Of a link that was made without a person it is noted whether it was right. */
async function noteCheck(
  tx: Db,
  author: AuthorId,
  chosen: CustomerId | null,
  by: { actor: string; at: Date },
) {
  for (const link of await listLinksOfAuthors(tx, [author]))
    if (link.state === 'linked')
      await saveCheck(tx, { author, customer: link.customerId, isRight: link.customerId === chosen, ...by });
}

/** `POST /review`: what a person says of an author. */
export async function decideReview(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { say, skipped, check, ...form } = decisionSchema.parse(req.body);
  const author = form.author as AuthorId;
  if (say === 'skip') return back(res, [...skipped, author]);
  const actor = userOf(res).email;
  const at = deps.clock.now();
  const [decision, number] = say.split(' ');
  const customer = number === undefined ? null : (Number(number) as CustomerId);
  const act = await deps.db.transaction(async (tx) => {
    // Of two who answer at once the second hears that it is settled.
    await lockDocuments(tx, await documentsOfAuthors(tx, [author]));
    const known = (await listLinksOfAuthors(tx, [author])).filter(({ state }) => OPEN.includes(state));
    const isOpen = known.some((one) => customer === null || one.customerId === customer);
    if (!isOpen) return null;
    if (check === '1') await noteCheck(tx, author, decision === 'confirmed' ? customer : null, { actor, at });
    const detail = { author, check: check === '1' };
    const action = `link.${decision === 'nobody' ? 'rejected' : decision}`;
    await addAudit(tx, {
      at,
      actor,
      action,
      subject: customer === null ? `author:${author}` : `customer:${customer}`,
      detail,
    });
    return customer === null
      ? deps.links.refuseAll(tx, { author, actor })
      : deps.links.decide(tx, { author, customer, decision: decision as 'confirmed' | 'on_behalf', actor });
  });
  back(res, skipped, act === null ? 'done=1&what=gone' : `done=1&act=${act}&of=${author}`);
}

const undoSchema = z.object({
  act: id,
  of: id.optional(),
  back: z
    .string()
    .regex(/^\/customers\/\d{1,15}$/)
    .optional(),
});

/** `POST /review/undo`: takes an act back. */
export async function undoReview(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const { act, of, back: to } = undoSchema.parse(req.body);
  const actor = userOf(res).email;
  const outcome = await deps.db.transaction(async (tx) => {
    const done = await deps.links.undo(tx, { act, actor });
    if (done !== 'done') return done;
    if (of !== undefined) await removeChecks(tx, of as AuthorId);
    await addAudit(tx, { at: deps.clock.now(), actor, action: 'link.undone', subject: `act:${act}` });
    return done;
  });
  if (outcome === 'unknown') return next();
  const what = outcome === 'done' ? 'undone' : 'overtaken';
  if (to !== undefined) return res.redirect(303, `${to}?done=1&what=${what}`);
  res.redirect(303, `/review?done=1&what=${what}${of === undefined ? '' : `&author=${of}`}`);
}
