import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { User } from '../src/model/user.ts';
import { addAudit } from '../src/store/audit.ts';
import { endHalfLogin, findHalfLogin } from '../src/store/half-logins.ts';
import { findCredentials } from '../src/store/users.ts';
import { limitGuesses } from './auth/guesses.ts';
import { letIn, letInOrAsk, localPath, noteFailure } from './auth/log-in.ts';
import { MAX_PASSWORD, NOBODY, verifyPassword } from './auth/password.ts';
import { useSecondFactor } from './auth/second-factor.ts';
import { endSession, refuseOtherSites, requireCsrf, viewerOf } from './auth/session.ts';
import type { DashboardDeps } from './deps.ts';
import { type LoginView, renderLogin } from './views/login.ts';
import { renderLoginCode } from './views/login-code.ts';

const formSchema = z.object({
  email: z.string().max(320),
  password: z.string().max(MAX_PASSWORD),
  next: z.string().optional(),
});

const codeSchema = z.object({
  token: z.string().max(100),
  code: z.string().max(40),
  next: z.string().optional(),
});

function accountOf(req: Request): string {
  return String((req.body as { email?: unknown })?.email ?? '').toLowerCase();
}

function loginView(deps: DashboardDeps, next: unknown): LoginView {
  return { next: localPath(next), failed: null, openId: deps.openId?.name ?? null };
}

async function logIn(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const form = formSchema.safeParse(req.body);
  const email = form.data?.email ?? '';
  const found = form.success ? await findCredentials(deps.db, email) : null;
  const right = form.success && (await verifyPassword(form.data.password, found?.passwordHash ?? NOBODY));
  if (found && right && (await letInOrAsk(deps, req, res, found, form.data.next))) return;
  await noteFailure(deps, req, { action: 'login.failed', subject: 'login' });
  res
    .status(401)
    .send(
      renderLogin(viewerOf(res), { ...loginView(deps, form.data?.next), failed: 'login.failed' }).toString(),
    );
}

/** Who is half logged in: wrong codes are counted by person, however often the password is sent again. */
function findHalf(deps: DashboardDeps) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const token = (req.body as { token?: unknown } | undefined)?.token;
    res.locals.half =
      typeof token === 'string' ? await findHalfLogin(deps.db, token, deps.clock.now()) : null;
    next();
  };
}

type Half = (User & { passwordHash: string }) | null;

async function takeCode(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const user = res.locals.half as Half;
  const form = codeSchema.safeParse(req.body);
  const next = localPath(form.data?.next);
  const send = (token: string | null): void =>
    void res.status(401).send(renderLoginCode(viewerOf(res), { token, next, failed: true }).toString());
  if (!user || !form.success) return send(null);
  const by = await useSecondFactor(deps, user.id, form.data.code);
  if (by === null) {
    await noteFailure(deps, req, { action: 'factor.failed', subject: `user:${user.id}` });
    return send(form.data.token);
  }
  const at = deps.clock.now();
  if (by === 'recovery')
    await addAudit(deps.db, { at, actor: user.email, action: 'factor.recovery', subject: `user:${user.id}` });
  const isFirst = await endHalfLogin(deps.db, form.data.token, user, at);
  if (!isFirst || !(await letIn(deps, req, res, user, next))) send(null);
}

export function loginRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.get(
    '/login',
    (req, res) => void res.send(renderLogin(viewerOf(res), loginView(deps, req.query.next)).toString()),
  );
  router.post('/login', refuseOtherSites, ...limitGuesses(accountOf), (req, res) => logIn(deps, req, res));
  const byPerson = limitGuesses((_req, res) => String((res.locals.half as Half)?.id ?? 'nobody'));
  router.post('/login/code', refuseOtherSites, findHalf(deps), ...byPerson, (req, res) =>
    takeCode(deps, req, res),
  );
  router.post('/logout', requireCsrf, async (req, res) => {
    await endSession(deps, req, res);
    res.redirect(303, '/login');
  });
  return router;
}
