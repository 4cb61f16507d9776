import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { LANGUAGES } from '../../src/model/user.ts';
import { setUserPreferences } from '../../src/store/users.ts';
import { limitGuesses } from '../auth/guesses.ts';
import { changeOwnPassword } from '../auth/own-password.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const formSchema = z.object({ language: z.enum(LANGUAGES), zone: z.string().refine(isZone) });

function isZone(name: string): boolean {
  return name === 'UTC' || ZONES.includes(name);
}

function renderPasswordForm(viewer: Viewer): Markup {
  const { t } = viewer;
  return html`<h2>${t('password.own')}</h2>
    <form method="post" action="/settings/password" class="stack narrow">${csrfField(viewer)}
      <input type="email" autocomplete="username" value="${viewer.user?.email}" hidden>
      <label>${t('password.present')}<input type="password" name="present" autocomplete="current-password" maxlength="256" required></label>
      <label>${t('password.new')}<input type="password" name="password" autocomplete="new-password" minlength="12" maxlength="256" required></label>
      <button>${t('password.change')}</button></form>`;
}

function sendSettings(res: Response, notice: Markup): void {
  const viewer = viewerOf(res);
  const { t, language, zone } = viewer;
  const languages = LANGUAGES.map(
    (code) =>
      html`<option value="${code}"${code === language ? html` selected` : ''}>${t(`language.${code}`)}</option>`,
  );
  const zones = ZONES.map((name) => html`<option value="${name}"></option>`);
  sendPage(
    res,
    t('menu.settings'),
    html`<h1>${t('menu.settings')}</h1>${notice}<p>${t('roles.yours', { role: t(`role.${userOf(res).role}`) })} <a href="/roles">${t('roles.title')}</a></p><p><a href="/sessions">${t('sessions.title')}</a> · <a href="/second-factor">${t('factor.title')}</a></p>
    <form method="post" action="/settings" class="stack narrow">${csrfField(viewer)}
      <label>${t('settings.language')}<select name="language">${languages}</select></label>
      <label>${t('settings.zone')}<input name="zone" value="${zone}" list="zones" required></label><datalist id="zones">${zones}</datalist>
      <button class="primary">${t('settings.save')}</button></form>${renderPasswordForm(viewer)}`,
  );
}

function refuse(res: Response, words: string): void {
  res.status(400);
  sendSettings(res, html`<p class="error" role="alert">${words}</p>`);
}

async function changePassword(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const mistake = await changeOwnPassword(deps, req, res);
  if (mistake) return refuse(res, viewerOf(res).t(mistake));
  res.redirect(303, '/settings?done=1&what=password');
}

export const settings: Page = {
  path: '/settings',
  title: 'menu.settings',
  access: 'account:own',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => {
      const key = req.query.what === 'password' ? 'password.changed' : 'settings.saved';
      sendSettings(res, renderNotice(req.query, viewerOf(res).t(key)));
    });
    router.post('/', async (req, res) => {
      const form = formSchema.safeParse(req.body);
      if (!form.success) return refuse(res, viewerOf(res).t('settings.badzone'));
      await setUserPreferences(deps.db, userOf(res).id, form.data.language, form.data.zone);
      res.redirect(303, '/settings?done=1');
    });
    const limits = limitGuesses((_req, res) => String(userOf(res).id));
    router.post('/password', ...limits, (req, res) => changePassword(deps, req, res));
    return router;
  },
};
