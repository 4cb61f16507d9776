import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { User } from '../src/model/user.ts';
import { addAudit } from '../src/store/audit.ts';
import type { Db } from '../src/store/db.ts';
import { readSetUp } from '../src/store/first-run.ts';
import { isOneTimeLinkValid, makeOneTimeLink, useOneTimeLink } from '../src/store/one-time-links.ts';
import { addUser, hasAdministrator, lockUsers } from '../src/store/users.ts';
import { hashPassword, newPasswordSchema } from './auth/password.ts';
import { refuseOtherSites, startSession, type Viewer, viewerOf } from './auth/session.ts';
import type { DashboardDeps } from './deps.ts';
import { START_PATH } from './start/steps.ts';
import { renderSetup, type SetupView } from './views/setup.ts';

const PURPOSE = 'first-administrator';

/** The path with which the first administrator sets a password, once, within a day. null when there is one already. */
export async function createSetupPath(db: Db, now: Date): Promise<string | null> {
  if (await hasAdministrator(db)) return null;
  return `/setup/${await makeOneTimeLink(db, PURPOSE, now)}`;
}

const formSchema = z.object({
  email: z.email(),
  name: z.string().trim().min(1).max(200),
  password: newPasswordSchema,
});
type SetupForm = z.infer<typeof formSchema>;

function sendSetup(res: Response, status: number, view: Partial<SetupView>): void {
  const blank = { valid: status !== 410, mistakes: [], email: '', name: '' };
  res.status(status).send(renderSetup(viewerOf(res), { ...blank, ...view }).toString());
}

/** Every start without an administrator prints another link; once there is one, the others are void too. */
async function isValid(db: Db, token: string, now: Date): Promise<boolean> {
  return (await isOneTimeLinkValid(db, token, PURPOSE, now)) && !(await hasAdministrator(db));
}

/** Undoes the transaction, so that the link is not used up. */
class AddressTaken extends Error {}

/** The link is used up and the user made together; of two who click at once, one wins. null for the other. */
async function createAdministrator(
  deps: DashboardDeps,
  token: string,
  { password, ...person }: SetupForm,
  { language, zone }: Viewer,
): Promise<User | null> {
  const passwordHash = await hashPassword(password);
  const now = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    // Two links of two starts, used at once: each must see what the other has done.
    await lockUsers(tx);
    if (await hasAdministrator(tx)) return null;
    if (!(await useOneTimeLink(tx, token, PURPOSE, now))) return null;
    const user = await addUser(tx, { ...person, role: 'admin', language, zone, passwordHash }, now);
    if (!user) throw new AddressTaken();
    await addAudit(tx, {
      at: now,
      actor: user.email,
      action: 'user.created',
      subject: `user:${user.id}`,
      detail: { role: 'admin' },
    });
    return user;
  });
}

async function submit(deps: DashboardDeps, req: Request<{ token: string }>, res: Response): Promise<void> {
  const { token } = req.params;
  // Before the password is hashed: a stranger must not make us work.
  if (!(await isValid(deps.db, token, deps.clock.now()))) return sendSetup(res, 410, {});
  const form = formSchema.safeParse(req.body);
  const body = (req.body ?? {}) as Record<string, unknown>;
  const typed = { email: String(body.email ?? ''), name: String(body.name ?? '') };
  if (!form.success) {
    const mistakes = form.error.issues.map((issue) => String(issue.path[0]));
    return sendSetup(res, 400, { ...typed, mistakes });
  }
  try {
    const user = await createAdministrator(deps, token, form.data, viewerOf(res));
    if (!user) return sendSetup(res, 410, {});
    await startSession(deps, req, res, user);
    const { topics } = await readSetUp(deps.db);
    res.redirect(303, topics ? '/today' : START_PATH);
  } catch (error) {
    if (!(error instanceof AddressTaken)) throw error;
    sendSetup(res, 409, { ...typed, mistakes: ['taken'] });
  }
}

export function setupRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.get('/setup/:token', async (req, res) => {
    const valid = await isValid(deps.db, req.params.token, deps.clock.now());
    sendSetup(res, valid ? 200 : 410, {});
  });
  router.post('/setup/:token', refuseOtherSites, (req: Request<{ token: string }>, res) =>
    submit(deps, req, res),
  );
  return router;
}
