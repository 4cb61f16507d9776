import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import type { AuthorId, CustomerId } from '../../src/model/ids.ts';
import { userOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { answerReview, undoAct } from '../links/decisions.ts';

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
function back(res: Response, skipped: readonly AuthorId[], rest = ''): void {
  const passed = skipped.slice(-MOST_SKIPPED).join(',');
  res.redirect(303, `/review?${passed === '' ? '' : `skipped=${passed}&`}${rest}`);
}

/** `POST /review`: what a person says of an author. */
export async function decideReview(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { say, skipped, check, ...form } = decisionSchema.parse(req.body);
  const author = form.author as AuthorId;
  if (say === 'skip') return back(res, [...skipped, author]);
  const actor = userOf(res).email;
  const [decision, number] = say.split(' ');
  const customer = number === undefined ? null : (Number(number) as CustomerId);
  const act = await answerReview(deps, {
    author,
    customer,
    decision: decision === 'on_behalf' ? 'on_behalf' : 'confirmed',
    isCheck: check === '1',
    actor,
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
  const outcome = await undoAct(deps, { act, of: (of ?? null) as AuthorId | null, actor });
  if (outcome === 'unknown') return next();
  const what = outcome === 'done' ? 'undone' : 'overtaken';
  if (to !== undefined) return res.redirect(303, `${to}?done=1&what=${what}`);
  res.redirect(303, `/review?done=1&what=${what}${of === undefined ? '' : `&author=${of}`}`);
}
