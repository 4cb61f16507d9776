import { type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { LANGUAGES } from '../../src/model/user.ts';
import { setUserPreferences } from '../../src/store/users.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const formSchema = z.object({ language: z.enum(LANGUAGES), zone: z.string().refine(isZone) });

function isZone(name: string): boolean {
  return name === 'UTC' || ZONES.includes(name);
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
    html`<h1>${t('menu.settings')}</h1>${notice}
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
    router.get('/', (req, res) =>
      sendSettings(res, renderNotice(req.query, viewerOf(res).t('settings.saved'))),
    );
    router.post('/', async (req, res) => {
      const form = formSchema.safeParse(req.body);
      if (!form.success) {
        res.status(400);
        return sendSettings(
          res,
          html`<p class="error" role="alert">${viewerOf(res).t('settings.badzone')}</p>`,
        );
      }
      await setUserPreferences(deps.db, userOf(res).id, form.data.language, form.data.zone);
      res.redirect(303, '/settings?done=1');
    });
    return router;
  },
};
