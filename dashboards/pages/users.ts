import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { UserId } from '../../src/model/ids.ts';
import { LANGUAGES, ROLES, type User } from '../../src/model/user.ts';
import { addAudit } from '../../src/store/audit.ts';
import { addUser, listUsers, setUserDisabled } from '../../src/store/users.ts';
import { hashPassword, MAX_PASSWORD, MIN_PASSWORD } from '../auth/password.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { csrfField } from '../views/layout.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

const formSchema = z.object({
  email: z.email(),
  name: z.string().trim().min(1).max(200),
  password: z.string().min(MIN_PASSWORD).max(MAX_PASSWORD),
  role: z.enum(ROLES),
  language: z.enum(LANGUAGES),
});

/** What stood in the form when it was refused: nobody types it twice, save the password. */
interface Typed {
  name: string;
  email: string;
}

function renderForm(viewer: Viewer, mistakes: readonly TextKey[], typed: Typed): Markup {
  const { t } = viewer;
  return html`<section class="card"><h2>${t('user.add')}</h2>
    ${mistakes.length === 0 ? '' : html`<ul class="error" role="alert">${mistakes.map((key) => html`<li>${t(key)}</li>`)}</ul>`}
    <form method="post" class="stack">${csrfField(viewer)}
      <label>${t('setup.name')}<input name="name" required maxlength="200" value="${typed.name}"></label>
      <label>${t('login.email')}<input type="email" name="email" autocomplete="off" required value="${typed.email}"></label>
      <label>${t('setup.password')}<input type="password" name="password" autocomplete="new-password" minlength="12" maxlength="256" required></label>
      <label>${t('user.role')}<select name="role">${ROLES.map((role) => html`<option value="${role}">${t(`role.${role}`)}</option>`)}</select></label>
      <label>${t('settings.language')}<select name="language">${LANGUAGES.map((code) => html`<option value="${code}">${t(`language.${code}`)}</option>`)}</select></label>
      <button class="primary">${t('user.add')}</button></form></section>`;
}

function renderAccess(viewer: Viewer, user: User & { disabledAt: Date | null }): Markup {
  const { t } = viewer;
  // Nobody can lock himself out: then nobody could let him in again.
  if (user.id === viewer.user?.id) return html`<span class="muted">${t('user.you')}</span>`;
  const word = t(user.disabledAt ? 'user.enable' : 'user.disable');
  return html`<form method="post" action="/users/${user.id}/access">${csrfField(viewer)}<button name="open" value="${user.disabledAt ? '1' : '0'}">${word}</button></form>`;
}

async function sendUsers(
  deps: DashboardDeps,
  res: Response,
  mistakes: readonly TextKey[],
  typed: Typed = { name: '', email: '' },
): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const users = await listUsers(deps.db);
  const rows = users.map((u) => [
    u.name,
    u.email,
    `${t(`role.${u.role}`)}${u.disabledAt ? `, ${t('user.disabled')}` : ''}`,
    renderAccess(viewer, u),
  ]);
  sendPage(
    res,
    t('menu.users'),
    html`<h1>${t('menu.users')}</h1>${renderTable([t('setup.name'), t('user.email'), t('user.role'), t('user.access')], rows, '')}${renderForm(viewer, mistakes, typed)}`,
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
    return sendUsers(deps, res, keys.length > 0 ? keys : ['error.400'], typed);
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
    return sendUsers(deps, res, ['user.taken'], typed);
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

export const users: Page = {
  path: '/users',
  title: 'menu.users',
  access: 'admin',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (_req, res) => sendUsers(deps, res, []));
    router.post('/', (req, res) => create(deps, req, res));
    router.post('/:id/access', async (req: Request<{ id: string }>, res) => {
      const id = numberParam<UserId>(req.params.id);
      // Nothing is guessed: a form without the word neither lets in nor locks out.
      const open = z.object({ open: z.enum(['0', '1']) }).parse(req.body).open === '1';
      if (id !== null && id !== userOf(res).id) {
        await setUserDisabled(deps.db, id, open ? null : deps.clock.now());
        await addAudit(deps.db, {
          at: deps.clock.now(),
          actor: userOf(res).email,
          action: open ? 'user.enabled' : 'user.disabled',
          subject: `user:${id}`,
        });
      }
      res.redirect(303, '/users');
    });
    return router;
  },
};
