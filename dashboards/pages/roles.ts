import { Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import { RIGHTS, ROLES, roleHas } from '../../src/model/rights.ts';
import { listFactorRoles } from '../../src/store/second-factors.ts';
import { allow } from '../access.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { renderFactorRoles, saveFactorRoles } from '../people/factor-roles.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

function renderAbout({ t }: Viewer): Markup {
  const items = ROLES.map(
    (role) => html`<li><strong>${t(`role.${role}`)}</strong>: ${t(`role.about.${role}`)}</li>\n`,
  );
  return html`<ul>${items}</ul>`;
}

/** Words, no marks: neither colour nor a glyph says who may what. */
function renderRights({ t }: Viewer): Markup {
  const rows = RIGHTS.map((right) => [
    t(`right.${right}`),
    ...ROLES.map((role) =>
      roleHas(role, right)
        ? html`<strong class="plain">${t('roles.may')}</strong>`
        : html`<span class="plain">${t('roles.maynot')}</span>`,
    ),
  ]);
  return renderTable([t('roles.right'), ...ROLES.map((role) => t(`role.${role}`))], rows, '');
}

/** Open to all: whoever misses a button finds here why. */
export const roles: Page = {
  path: '/roles',
  title: 'roles.title',
  access: 'account:own',
  menu: false,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const { t } = viewer;
      const title = t('roles.title');
      const notice = renderNotice(req.query, t('factor.roles.saved'));
      const yours = t('roles.yours', { role: t(`role.${userOf(res).role}`) });
      sendPage(
        res,
        title,
        html`<h1>${title}</h1><p>${t('roles.lead')} ${yours}</p>${renderAbout(viewer)}<h2>${t('roles.table')}</h2>${renderRights(viewer)}${notice}${renderFactorRoles(viewer, await listFactorRoles(deps.db))}`,
      );
    });
    router.post('/second-factor', allow('users:edit'), (req, res) => saveFactorRoles(deps, req, res));
    return router;
  },
};
