import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { sha256 } from '../src/lib/hash.ts';
import { addAudit } from '../src/store/audit.ts';
import type { Db } from '../src/store/db.ts';
import {
  addOneTimeLink,
  addUser,
  hasAdministrator,
  isOneTimeLinkValid,
  useOneTimeLink,
} from '../src/store/users.ts';
import { hashPassword, MAX_PASSWORD, MIN_PASSWORD } from './auth/password.ts';
import { startSession, viewerOf } from './auth/session.ts';
import type { DashboardDeps } from './deps.ts';
import { renderSetup } from './views/setup.ts';

const PURPOSE = 'first-administrator';
const LIFETIME_MS = 24 * 3_600_000;

/** The path with which the first administrator sets a password, once, within a day. null when there is one already. */
export async function createSetupPath(db: Db, now: Date): Promise<string | null> {
  if (await hasAdministrator(db)) return null;
  const token = randomBytes(32).toString('base64url');
  await addOneTimeLink(db, sha256(token), PURPOSE, new Date(now.getTime() + LIFETIME_MS));
  return `/setup/${token}`;
}

const formSchema = z.object({
  email: z.email(),
  name: z.string().trim().min(1).max(200),
  password: z.string().min(MIN_PASSWORD).max(MAX_PASSWORD),
});

export function setupRoutes(deps: DashboardDeps): Router {
  const router = Router();
  router.get('/setup/:token', async (req, res) => {
    const valid = await isOneTimeLinkValid(deps.db, sha256(req.params.token), PURPOSE, deps.clock.now());
    res
      .status(valid ? 200 : 410)
      .send(renderSetup(viewerOf(res), { valid, mistakes: [], email: '', name: '' }).toString());
  });
  router.post('/setup/:token', async (req, res) => {
    const viewer = viewerOf(res);
    const form = formSchema.safeParse(req.body);
    const body = (req.body ?? {}) as Record<string, unknown>;
    if (!form.success) {
      const mistakes = form.error.issues.map((issue) => String(issue.path[0]));
      return void res.status(400).send(
        renderSetup(viewer, {
          valid: true,
          mistakes,
          email: String(body.email ?? ''),
          name: String(body.name ?? ''),
        }).toString(),
      );
    }
    const passwordHash = await hashPassword(form.data.password);
    const now = deps.clock.now();
    const user = await deps.db.transaction(async (tx) => {
      // The link is used up and the user made together; of two who click at once, one wins.
      if (!(await useOneTimeLink(tx, sha256(req.params.token), PURPOSE, now))) return null;
      return addUser(
        tx,
        {
          email: form.data.email,
          name: form.data.name,
          role: 'admin',
          language: viewer.language,
          zone: viewer.zone,
          passwordHash,
        },
        now,
      );
    });
    if (!user)
      return void res
        .status(410)
        .send(renderSetup(viewer, { valid: false, mistakes: [], email: '', name: '' }).toString());
    await addAudit(deps.db, {
      at: now,
      actor: user.email,
      action: 'user.created',
      subject: `user:${user.id}`,
      detail: { role: 'admin' },
    });
    await startSession(deps, res, user);
    res.redirect(303, '/today');
  });
  return router;
}
