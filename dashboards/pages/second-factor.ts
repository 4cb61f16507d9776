import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { matchingStep, newTotpSecret } from '../../src/lib/totp.ts';
import type { UserId } from '../../src/model/ids.ts';
import type { User } from '../../src/model/user.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { Db } from '../../src/store/db.ts';
import {
  beginFactor,
  confirmFactor,
  findFactor,
  listFactorRoles,
  replaceRecoveryCodes,
} from '../../src/store/second-factors.ts';
import { endSessions } from '../../src/store/sessions.ts';
import { takeOff } from '../../src/store/take-off-factor.ts';
import { limitGuesses } from '../auth/guesses.ts';
import { isOwnPassword } from '../auth/own-password.ts';
import { newRecoveryCodes, recoveryHash, sealSecret, secretOf } from '../auth/second-factor.ts';
import { sessionOf, userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { renderBegun, renderCodes, renderOff, renderOn } from '../people/factor-view.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

function send(res: Response, body: Markup): void {
  const { t } = viewerOf(res);
  const title = t('factor.title');
  const back = html`<p><a href="/settings">← ${t('menu.settings')}</a></p>`;
  sendPage(res, title, html`${back}<h1>${title}</h1>${body}`);
}

/** How things stand, under `notice`. */
async function show(deps: DashboardDeps, res: Response, notice: Markup): Promise<void> {
  const viewer = viewerOf(res);
  const user = userOf(res);
  const factor = await findFactor(deps.db, user.id);
  const isRequired = (await listFactorRoles(deps.db)).includes(user.role);
  const body = factor?.confirmedAt ? renderOn(viewer, factor, isRequired) : renderOff(viewer, isRequired);
  send(res, html`${notice}${body}`);
}

async function refuse(deps: DashboardDeps, res: Response, words: string): Promise<void> {
  res.status(400);
  await show(deps, res, html`<p class="error" role="alert">${words}</p>`);
}

function note(deps: DashboardDeps, tx: Db, user: User, action: string): Promise<void> {
  return addAudit(tx, { at: deps.clock.now(), actor: user.email, action, subject: `user:${user.id}` });
}

async function begin(deps: DashboardDeps, res: Response): Promise<void> {
  const secret = newTotpSecret();
  const user = userOf(res);
  if (!(await beginFactor(deps.db, user.id, sealSecret(deps.vault, secret), deps.clock.now())))
    return refuse(deps, res, viewerOf(res).t('factor.already'));
  send(res, renderBegun(viewerOf(res), secret, false));
}

function keepCodes(deps: DashboardDeps, tx: Db, user: UserId, codes: readonly string[]): Promise<void> {
  const hashes = codes.map((one) => recoveryHash(deps.vault, user, one));
  return replaceRecoveryCodes(tx, user, hashes);
}

async function confirm(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const user = userOf(res);
  const now = deps.clock.now();
  const code =
    z
      .object({ code: z.string().max(40) })
      .safeParse(req.body)
      .data?.code.replace(/\s/g, '') ?? '';
  const factor = await findFactor(deps.db, user.id);
  if (!factor || factor.confirmedAt) return refuse(deps, res, viewerOf(res).t('factor.notbegun'));
  const secret = secretOf(deps.vault, factor.sealed);
  const step = matchingStep(secret, code, now);
  if (step === null) {
    res.status(400);
    return send(res, renderBegun(viewerOf(res), secret, true));
  }
  const codes = newRecoveryCodes();
  const isDone = await deps.db.transaction(async (tx) => {
    if (!(await confirmFactor(tx, user.id, { sealed: factor.sealed, step }, now))) return false;
    await keepCodes(deps, tx, user.id, codes);
    await note(deps, tx, user, 'factor.added');
    return true;
  });
  if (!isDone) return refuse(deps, res, viewerOf(res).t('factor.already'));
  // Who has got in elsewhere by the password alone is out.
  await endSessions(deps.db, user.id, { keep: sessionOf(res) }, user.email, now);
  await show(deps, res, renderCodes(viewerOf(res), codes));
}

async function renewCodes(deps: DashboardDeps, res: Response): Promise<void> {
  const user = userOf(res);
  const codes = newRecoveryCodes();
  const isDone = await deps.db.transaction(async (tx) => {
    if (!(await findFactor(tx, user.id))?.confirmedAt) return false;
    await keepCodes(deps, tx, user.id, codes);
    await note(deps, tx, user, 'factor.codes');
    return true;
  });
  if (!isDone) return refuse(deps, res, viewerOf(res).t('factor.notbegun'));
  await show(deps, res, renderCodes(viewerOf(res), codes));
}

async function turnOff(deps: DashboardDeps, res: Response): Promise<void> {
  const user = userOf(res);
  if ((await listFactorRoles(deps.db)).includes(user.role))
    return refuse(deps, res, viewerOf(res).t('factor.required'));
  await takeOff(deps.db, user.id, user.email, deps.clock.now());
  res.redirect(303, '/second-factor?done=1');
}

/** One's own; administrators take off those of others under /users. */
export const secondFactor: Page = {
  path: '/second-factor',
  title: 'factor.title',
  access: 'account:own',
  menu: false,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) =>
      show(deps, res, renderNotice(req.query, viewerOf(res).t('factor.removed'))),
    );
    const limits = limitGuesses((_req, res) => String(userOf(res).id));
    /** A browser that was left open must not be enough to change how one logs in. */
    const withPassword = (run: (deps: DashboardDeps, res: Response) => Promise<void>) => {
      return async (req: Request, res: Response): Promise<void> =>
        (await isOwnPassword(deps, req, res))
          ? run(deps, res)
          : refuse(deps, res, viewerOf(res).t('password.wrong'));
    };
    router.post('/begin', ...limits, withPassword(begin));
    router.post('/codes', ...limits, withPassword(renewCodes));
    router.post('/off', ...limits, withPassword(turnOff));
    router.post('/confirm', ...limits, (req, res) => confirm(deps, req, res));
    return router;
  },
};
