import { type Response, Router } from 'express';
import { z } from 'zod';
import { html } from '../../src/lib/html.ts';
import { LANGUAGES } from '../../src/model/user.ts';
import { setUserPreferences } from '../../src/store/users.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { csrfField } from '../views/layout.ts';
import { sendPage } from '../views/shell.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const formSchema = z.object({ language: z.enum(LANGUAGES), zone: z.string().refine(isZone) });

function isZone(name: string): boolean {
  return name === 'UTC' || ZONES.includes(name);
}

function sendSettings(res: Response, isWrong: boolean): void {
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
    html`<h1>${t('menu.settings')}</h1>${isWrong ? html`<p class="error" role="alert">${t('settings.badzone')}</p>` : ''}
    <form method="post" class="stack narrow">${csrfField(viewer)}
      <label>${t('settings.language')}<select name="language">${languages}</select></label>
      <label>${t('settings.zone')}<input name="zone" value="${zone}" list="zones" required></label><datalist id="zones">${zones}</datalist>
      <button class="primary">${t('settings.save')}</button></form>`,
  );
}

export const settings: Page = {
  path: '/settings',
  title: 'menu.settings',
  access: 'viewer',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (_req, res) => sendSettings(res, false));
    router.post('/', async (req, res) => {
      const form = formSchema.safeParse(req.body);
      if (!form.success) {
        res.status(400);
        return sendSettings(res, true);
      }
      await setUserPreferences(deps.db, userOf(res).id, form.data.language, form.data.zone);
      res.redirect(303, '/settings');
    });
    return router;
  },
};
