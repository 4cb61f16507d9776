import type { Request, Response } from 'express';
import { z } from 'zod';
import type { User } from '../../src/model/user.ts';
import { addAudit } from '../../src/store/audit.ts';
import { findCredentials, lockUser, setPassword } from '../../src/store/users.ts';
import type { DashboardDeps } from '../deps.ts';
import type { TextKey } from '../texts.ts';
import { hashPassword, MAX_PASSWORD, newPasswordSchema, verifyPassword } from './password.ts';
import { sessionHash, userOf } from './session.ts';

const presentSchema = z.object({ present: z.string().max(MAX_PASSWORD) });
const newSchema = z.object({ password: newPasswordSchema });

/** False when the password is no longer the one that was checked: it was set by a link in the meantime. */
async function replacePassword(
  deps: DashboardDeps,
  user: User & { passwordHash: string },
  password: string,
  keep: string | null,
): Promise<boolean> {
  const hash = await hashPassword(password);
  return deps.db.transaction(async (tx) => {
    if (!(await lockUser(tx, user.id))) return false;
    if ((await findCredentials(tx, user.email))?.passwordHash !== user.passwordHash) return false;
    await setPassword(tx, user.id, hash, keep);
    const subject = `user:${user.id}`;
    await addAudit(tx, { at: deps.clock.now(), actor: user.email, action: 'password.changed', subject });
    return true;
  });
}

/** The user, when the password in the field `present` is right; null and an entry in the audit when it is not. */
async function checkPresent(
  deps: DashboardDeps,
  req: Request,
  res: Response,
): Promise<(User & { passwordHash: string }) | null> {
  const { email, id } = userOf(res);
  const form = presentSchema.safeParse(req.body);
  const user = await findCredentials(deps.db, email);
  if (user && form.success && (await verifyPassword(form.data.present, user.passwordHash))) return user;
  const at = deps.clock.now();
  await addAudit(deps.db, { at, actor: email, action: 'password.failed', subject: `user:${id}` });
  return null;
}

/** Whoever asks knows the password, which stands in the field `present`. */
export async function isOwnPassword(deps: DashboardDeps, req: Request, res: Response): Promise<boolean> {
  return (await checkPresent(deps, req, res)) !== null;
}

/** Ends the user's other sessions, not this one. What was wrong in the form, or null when it is done. */
export async function changeOwnPassword(
  deps: DashboardDeps,
  req: Request,
  res: Response,
): Promise<TextKey | null> {
  const wanted = newSchema.safeParse(req.body);
  if (!wanted.success) return 'setup.mistake.password';
  const user = await checkPresent(deps, req, res);
  if (user && (await replacePassword(deps, user, wanted.data.password, sessionHash(deps, req)))) return null;
  return 'password.wrong';
}
