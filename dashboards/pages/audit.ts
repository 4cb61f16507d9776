import { Router } from 'express';
import { html } from '../../src/lib/html.ts';
import { listAudit } from '../../src/store/audit.ts';
import { viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { pageParam } from '../params.ts';
import { time } from '../views/format.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 100;

export const audit: Page = {
  path: '/audit',
  title: 'menu.audit',
  access: 'admin',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const { t } = viewer;
      const page = pageParam(req.query.page);
      const entries = await listAudit(deps.db, PAGE_SIZE, (page - 1) * PAGE_SIZE);
      const rows = entries.map((e) => [
        time(viewer, e.at),
        e.actor,
        e.action,
        html`${e.subject} <small class="muted">${Object.keys(e.detail).length > 0 ? JSON.stringify(e.detail) : ''}</small>`,
      ]);
      const pager = renderPages('/audit?', page, entries.length === PAGE_SIZE, {
        previous: t('page.previous'),
        next: t('page.next'),
      });
      sendPage(
        res,
        t('menu.audit'),
        html`<h1>${t('menu.audit')}</h1>${renderTable([t('audit.when'), t('audit.who'), t('audit.what'), t('audit.subject')], rows, '')}${pager}`,
      );
    });
    return router;
  },
};
