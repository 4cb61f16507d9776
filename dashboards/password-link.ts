import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { findPasswordLink, setPasswordByLink } from '../src/store/password-links.ts';
import { letInOrAsk } from './auth/log-in.ts';
import { hashPassword, newPasswordSchema } from './auth/password.ts';
import { refuseOtherSites, viewerOf } from './auth/session.ts';
import type { DashboardDeps } from './deps.ts';
import { renderPasswordLink } from './views/password-link.ts';

const formSchema = z.object({ password: newPasswordSchema });

/** `email`: null for a link that does not work any more. */
function sendForm(res: Response, status: number, email: string | null): void {
  const view = { email, refused: status === 400 };
  res.status(status).send(renderPasswordLink(viewerOf(res), view).toString());
}

async function submit(deps: DashboardDeps, req: Request<{ token: string }>, res: Response): Promise<void> {
  const { token } = req.params;
  // Before the password is hashed: a stranger must not make us work.
  const owner = await findPasswordLink(deps.db, token, deps.clock.now());
  if (!owner) return sendForm(res, 410, null);
  const form = formSchema.safeParse(req.body);
  if (!form.success) return sendForm(res, 400, owner.email);
  const hash = await hashPassword(form.data.password);
  const user = await setPasswordByLink(deps.db, token, hash, deps.clock.now());
  if (!user) return sendForm(res, 410, null);
  // A second factor is asked for here too: a link is as good as a password, and no better.
  if (!(await letInOrAsk(deps, req, res, { ...user, passwordHash: hash }, '/today')))
    sendForm(res, 410, null);
}

/** Without login: who has forgotten the password cannot log in. The token in the address is the guard. */
export function passwordLinkRoutes(deps: DashboardDeps): Router {
  const router = Router();
  // Looking does not use the link up: mail and chat programs look at addresses before people do.
  router.get('/password/:token', async (req, res) => {
    const owner = await findPasswordLink(deps.db, req.params.token, deps.clock.now());
    sendForm(res, owner ? 200 : 410, owner?.email ?? null);
  });
  router.post('/password/:token', refuseOtherSites, (req: Request<{ token: string }>, res) =>
    submit(deps, req, res),
  );
  return router;
}
