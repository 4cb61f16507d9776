import type { Request, Response } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { SessionId, UserId } from '../../src/model/ids.ts';
import { endSessions, listSessions } from '../../src/store/sessions.ts';
import { forgetLogins, listLogins } from '../../src/store/user-logins.ts';
import { getUser, type ListedUser } from '../../src/store/users.ts';
import { sessionOf, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderSessions, whichSchema } from './session-list.ts';

type UserRequest = Request<{ id: string }>;

async function userIn(deps: DashboardDeps, req: UserRequest, res: Response): Promise<ListedUser> {
  const id = numberParam<UserId>(req.params.id);
  const user = id === null ? null : await getUser(deps.db, id);
  if (user) return user;
  res.status(404);
  throw new Error('no such user');
}

async function renderLogins(deps: DashboardDeps, viewer: Viewer, user: ListedUser): Promise<Markup> {
  const { t } = viewer;
  const logins = await listLogins(deps.db, user.id);
  if (logins.length === 0) return html``;
  const items = logins.map(
    ({ issuer, linkedAt }) => html`<li>${issuer} <small class="muted">${time(viewer, linkedAt)}</small></li>`,
  );
  return html`<h2>${t('logins.title')}</h2><ul>${items}</ul>
    <form method="post" action="/users/${user.id}/logins/forget">${csrfField(viewer)}<button>${t('logins.forget')}</button></form>`;
}

/** For administrators. */
export async function showUserSessions(deps: DashboardDeps, req: UserRequest, res: Response): Promise<void> {
  const user = await userIn(deps, req, res);
  const viewer = viewerOf(res);
  const { t } = viewer;
  const list = await listSessions(deps.db, user.id, deps.clock.now());
  const title = t('sessions.of', { email: user.email });
  const action = `/users/${user.id}/sessions`;
  const all = html`<form method="post" action="${action}">${csrfField(viewer)}<button name="session" value="others">${t('sessions.others.user')}</button></form>`;
  sendPage(
    res,
    title,
    html`<p><a href="/users">← ${t('menu.users')}</a></p><h1>${title}</h1>${renderNotice(req.query, t('sessions.done'))}
      ${renderSessions(viewer, list, { action, own: sessionOf(res) })}${list.length > 0 ? all : ''}
      ${await renderLogins(deps, viewer, user)}`,
  );
}

/** One's own present session stays: to leave there is the button of the menu. */
export async function endUserSessions(deps: DashboardDeps, req: UserRequest, res: Response): Promise<void> {
  const user = await userIn(deps, req, res);
  const { session } = whichSchema.parse(req.body);
  const which = typeof session === 'number' ? { only: session as SessionId } : { keep: sessionOf(res) };
  await endSessions(deps.db, user.id, which, userOf(res).email, deps.clock.now());
  res.redirect(303, `/users/${user.id}/sessions?done=1`);
}

/** He is somebody else's person of the login server now, or nobody's. */
export async function forgetUserLogins(deps: DashboardDeps, req: UserRequest, res: Response): Promise<void> {
  const user = await userIn(deps, req, res);
  await forgetLogins(deps.db, user.id, userOf(res).email, deps.clock.now());
  res.redirect(303, `/users/${user.id}/sessions`);
}
