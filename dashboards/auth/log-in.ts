import type { Request, Response } from 'express';
import type { User } from '../../src/model/user.ts';
import { addAudit } from '../../src/store/audit.ts';
import { beginHalfLogin } from '../../src/store/half-logins.ts';
import { findFactor } from '../../src/store/second-factors.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderLoginCode } from '../views/login-code.ts';
import { startSession, viewerOf } from './session.ts';

/** Only paths of our own: `//elsewhere` and `/\elsewhere` are other sites to a browser. */
export function localPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[\x20-\x7e]*$/.test(next) ? next : '/today';
}

/** Nobody is known to stand behind it. */
export async function noteFailure(
  { db, clock }: Pick<DashboardDeps, 'db' | 'clock'>,
  req: Request,
  { action, subject, detail = {} }: { action: string; subject: string; detail?: Record<string, unknown> },
): Promise<void> {
  await addAudit(db, {
    at: clock.now(),
    actor: 'anonymous',
    action,
    subject,
    detail: { ip: req.ip, ...detail },
  });
}

/** The last step of every login. False when `passwordHash`, against which it was checked, was replaced since. */
export async function letIn(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  user: User & { passwordHash: string },
  next: unknown,
  { hasFactorElsewhere = false } = {},
): Promise<boolean> {
  if (!(await startSession(deps, req, res, user, user.passwordHash, hasFactorElsewhere))) return false;
  const at = deps.clock.now();
  await addAudit(deps.db, { at, actor: user.email, action: 'login', subject: `user:${user.id}` });
  res.redirect(303, localPath(next));
  return true;
}

/**
 * The password was right, or set by a link, or the login server knows him: whoever has a second factor is asked for it, all others are let in.
 * False as of `letIn`.
 */
export async function letInOrAsk(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  user: User & { passwordHash: string },
  next: unknown,
): Promise<boolean> {
  const factor = await findFactor(deps.db, user.id);
  if (!factor?.confirmedAt) return letIn(deps, req, res, user, next);
  const token = await beginHalfLogin(deps.db, user, deps.clock.now());
  res.send(renderLoginCode(viewerOf(res), { token, next: localPath(next), failed: false }).toString());
  return true;
}
