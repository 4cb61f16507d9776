import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { UserId } from '../../src/model/ids.ts';
import { ROLES } from '../../src/model/rights.ts';
import { LANGUAGES } from '../../src/model/user.ts';
import { addAudit } from '../../src/store/audit.ts';
import { invite, listInvitations, takeBackInvitation } from '../../src/store/invitations.ts';
import { makePasswordPath } from '../../src/store/password-links.ts';
import { listFactorUsers } from '../../src/store/second-factors.ts';
import { listTeams } from '../../src/store/teams.ts';
import { changeRole } from '../../src/store/user-roles.ts';
import { addUser, listUsers } from '../../src/store/users.ts';
import { hashPassword, NOBODY, newPasswordSchema } from '../auth/password.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { inviteSchema, renderInvitations, renderInvite, renderInvited } from '../people/invitations.ts';
import { letIn } from '../people/let-in.ts';
import { renderFactor, takeOffFactor } from '../people/user-factor.ts';
import { endUserSessions, forgetUserLogins, showUserSessions } from '../people/user-sessions.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';
import {
  renderAccess,
  renderLink,
  renderLinkButton,
  renderNewUser,
  renderRole,
  type Typed,
} from '../views/users.ts';

const formSchema = z.object({
  email: z.email(),
  name: z.string().trim().min(1).max(200),
  password: newPasswordSchema,
  role: z.enum(ROLES),
  language: z.enum(LANGUAGES),
});

interface Shown {
  notice?: Markup;
  mistakes?: readonly TextKey[];
  typed?: Typed;
}

async function sendUsers(deps: DashboardDeps, res: Response, shown: Shown = {}): Promise<void> {
  const { notice = html``, mistakes = [], typed = { name: '', email: '' } } = shown;
  const viewer = viewerOf(res);
  const { t } = viewer;
  const [factors, invitations, teams] = await Promise.all([
    listFactorUsers(deps.db),
    listInvitations(deps.db, deps.clock.now()),
    listTeams(deps.db),
  ]);
  const rows = (await listUsers(deps.db)).map((user) => [
    user.name,
    user.email,
    renderRole(viewer, user),
    renderAccess(viewer, user),
    renderFactor(viewer, user, factors.has(user.id)),
    html`<a href="/users/${user.id}/sessions">${t('user.sessions')}</a>`,
    renderLinkButton(viewer, user),
  ]);
  const head = [
    t('setup.name'),
    t('user.email'),
    t('user.role'),
    t('user.access'),
    t('factor.title'),
    t('user.sessions'),
    t('login.password'),
  ];
  sendPage(
    res,
    t('menu.users'),
    html`<h1>${t('menu.users')}</h1><p><a href="/roles">${t('roles.title')}</a></p>${notice}${renderTable(head, rows, '')}${renderInvitations(viewer, invitations)}${renderInvite(viewer, teams)}${renderNewUser(viewer, mistakes, typed)}`,
  );
}

async function create(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const form = formSchema.safeParse(req.body);
  const body = (req.body ?? {}) as Record<string, unknown>;
  const typed = { name: String(body.name ?? ''), email: String(body.email ?? '') };
  if (!form.success) {
    const keys = form.error.issues
      .map((issue) => `setup.mistake.${String(issue.path[0])}`)
      .filter((key): key is TextKey => key in TEXTS);
    res.status(400);
    return sendUsers(deps, res, { mistakes: keys.length > 0 ? keys : ['error.400'], typed });
  }
  const { password, ...rest } = form.data;
  const now = deps.clock.now();
  const user = await addUser(
    deps.db,
    { ...rest, zone: userOf(res).zone, passwordHash: await hashPassword(password) },
    now,
  );
  if (!user) {
    res.status(409);
    return sendUsers(deps, res, { mistakes: ['user.taken'], typed });
  }
  await addAudit(deps.db, {
    at: now,
    actor: userOf(res).email,
    action: 'user.created',
    subject: `user:${user.id}`,
    detail: { role: user.role },
  });
  res.redirect(303, '/users');
}

/** Answers with the page itself: after a redirect the link would have to stand in an address. */
async function inviteUser(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const form = inviteSchema.safeParse(req.body);
  if (!form.success) {
    res.status(400);
    return sendUsers(deps, res, { mistakes: ['invite.mistake'] });
  }
  const { teams, ...person } = form.data;
  const user = { ...person, zone: userOf(res).zone, passwordHash: NOBODY };
  const path = await invite(deps.db, user, teams, userOf(res).email, deps.clock.now());
  if (!path) {
    res.status(409);
    return sendUsers(deps, res, { mistakes: ['user.taken'] });
  }
  await sendUsers(deps, res, {
    notice: renderInvited(viewerOf(res), person.email, `${deps.publicUrl}${path}`),
  });
}

type UserRequest = Request<{ id: string }>;

async function uninvite(deps: DashboardDeps, req: UserRequest, res: Response): Promise<void> {
  const id = anotherUser(req, res);
  if (id !== null) await takeBackInvitation(deps.db, id, userOf(res).email, deps.clock.now());
  res.redirect(303, '/users');
}

/** The user in the address; null for none, and for oneself: nobody can lock himself out or lower himself. */
function anotherUser(req: UserRequest, res: Response): UserId | null {
  const id = numberParam<UserId>(req.params.id);
  return id === userOf(res).id ? null : id;
}

async function setAccess(deps: DashboardDeps, req: UserRequest, res: Response): Promise<void> {
  const id = anotherUser(req, res);
  // Nothing is guessed: a form without the word neither lets in nor locks out.
  const isOpen = z.object({ open: z.enum(['0', '1']) }).parse(req.body).open === '1';
  if (id !== null) await letIn(deps, { id, isOpen, actor: userOf(res).email });
  res.redirect(303, '/users');
}

async function setRole(deps: DashboardDeps, req: UserRequest, res: Response): Promise<void> {
  const id = anotherUser(req, res);
  const { role } = z.object({ role: z.enum(ROLES) }).parse(req.body);
  if (id !== null) await changeRole(deps.db, id, role, userOf(res).email, deps.clock.now());
  res.redirect(303, '/users');
}

/** Answers with the page itself: after a redirect the link would have to stand in an address. */
async function makeLink(deps: DashboardDeps, req: UserRequest, res: Response): Promise<void> {
  const id = anotherUser(req, res);
  const path = id && (await makePasswordPath(deps.db, id, userOf(res).email, deps.clock.now()));
  if (!path) {
    res.status(404);
    throw new Error('nobody to make a link for');
  }
  const { email = '' } = (await listUsers(deps.db)).find((user) => user.id === id) ?? {};
  await sendUsers(deps, res, { notice: renderLink(viewerOf(res), email, `${deps.publicUrl}${path}`) });
}

export const users: Page = {
  path: '/users',
  title: 'menu.users',
  access: 'users:edit',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (_req, res) => sendUsers(deps, res));
    router.post('/', (req, res) => create(deps, req, res));
    router.post('/invite', (req, res) => inviteUser(deps, req, res));
    router.post('/:id/uninvite', (req: UserRequest, res) => uninvite(deps, req, res));
    router.post('/:id/access', (req: UserRequest, res) => setAccess(deps, req, res));
    router.post('/:id/role', (req: UserRequest, res) => setRole(deps, req, res));
    router.post('/:id/second-factor', (req: UserRequest, res) => takeOffFactor(deps, req, res));
    router.get('/:id/sessions', (req: UserRequest, res) => showUserSessions(deps, req, res));
    router.post('/:id/sessions', (req: UserRequest, res) => endUserSessions(deps, req, res));
    router.post('/:id/logins/forget', (req: UserRequest, res) => forgetUserLogins(deps, req, res));
    router.post('/:id/link', (req: UserRequest, res) => makeLink(deps, req, res));
    return router;
  },
};
