import { type Request, type Response, Router } from 'express';
import { html } from '../../src/lib/html.ts';
import type { SessionId } from '../../src/model/ids.ts';
import { endSessions, listSessions } from '../../src/store/sessions.ts';
import { endSession, sessionOf, userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { renderSessions, whichSchema } from '../people/session-list.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

async function show(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const list = await listSessions(deps.db, userOf(res).id, deps.clock.now());
  const title = t('sessions.title');
  const buttons = html`<form method="post" action="/sessions" class="row">${csrfField(viewer)}<button name="session" value="others">${t('sessions.others')}</button> <button name="session" value="all">${t('sessions.all')}</button></form>`;
  sendPage(
    res,
    title,
    html`<p><a href="/settings">← ${t('menu.settings')}</a></p><h1>${title}</h1>${renderNotice(req.query, t('sessions.done'))}<p>${t('sessions.lead')}</p>
      ${renderSessions(viewer, list, { action: '/sessions', own: sessionOf(res) })}${buttons}`,
  );
}

async function end(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { session } = whichSchema.parse(req.body);
  const { id, email } = userOf(res);
  const only = typeof session === 'number' ? { only: session as SessionId } : {};
  const which = session === 'others' ? { keep: sessionOf(res) } : only;
  await endSessions(deps.db, id, which, email, deps.clock.now());
  if (session !== 'all') return res.redirect(303, '/sessions?done=1');
  await endSession(deps, req, res);
  res.redirect(303, '/login');
}

/** One's own; those of others stand under /users. */
export const sessions: Page = {
  path: '/sessions',
  title: 'sessions.title',
  access: 'account:own',
  menu: false,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => show(deps, req, res));
    router.post('/', (req, res) => end(deps, req, res));
    return router;
  },
};
