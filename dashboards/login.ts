import { type Request, Router } from 'express';
import { z } from 'zod';
import { addAudit } from '../src/store/audit.ts';
import { findCredentials } from '../src/store/users.ts';
import { limitGuesses } from './auth/guesses.ts';
import { MAX_PASSWORD, NOBODY, verifyPassword } from './auth/password.ts';
import { endSession, refuseOtherSites, requireCsrf, startSession, viewerOf } from './auth/session.ts';
import type { DashboardDeps } from './deps.ts';
import { renderLogin } from './views/login.ts';

const formSchema = z.object({
  email: z.string().max(320),
  password: z.string().max(MAX_PASSWORD),
  next: z.string().optional(),
});

/** Only paths of our own: `//elsewhere` and `/\elsewhere` are other sites to a browser. */
export function localPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[\x20-\x7e]*$/.test(next) ? next : '/today';
}

function accountOf(req: Request): string {
  return String((req.body as { email?: unknown })?.email ?? '').toLowerCase();
}

export function loginRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.get(
    '/login',
    (req, res) =>
      void res.send(
        renderLogin(viewerOf(res), { next: localPath(req.query.next), failed: false }).toString(),
      ),
  );
  router.post('/login', refuseOtherSites, ...limitGuesses(accountOf), async (req, res) => {
    const form = formSchema.safeParse(req.body);
    const email = form.data?.email ?? '';
    const found = form.success ? await findCredentials(deps.db, email) : null;
    const right = form.success && (await verifyPassword(form.data.password, found?.passwordHash ?? NOBODY));
    const at = deps.clock.now();
    if (!found || !right || !(await startSession(deps, req, res, found, found.passwordHash))) {
      await addAudit(deps.db, {
        at,
        actor: 'anonymous',
        action: 'login.failed',
        subject: 'login',
        detail: { ip: req.ip },
      });
      return void res
        .status(401)
        .send(renderLogin(viewerOf(res), { next: localPath(form.data?.next), failed: true }).toString());
    }
    await addAudit(deps.db, { at, actor: found.email, action: 'login', subject: `user:${found.id}` });
    res.redirect(303, localPath(form.data?.next));
  });
  router.post('/logout', requireCsrf, async (req, res) => {
    await endSession(deps, req, res);
    res.redirect(303, '/login');
  });
  return router;
}
