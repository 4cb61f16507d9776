import { type Request, type Response, Router } from 'express';
import { html } from '../../src/lib/html.ts';
import { listAudit, listAuditActions } from '../../src/store/audit.ts';
import { type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { pageParam } from '../params.ts';
import { auditAddress, auditFilter, readAuditForm, renderAuditForm } from '../people/audit-form.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { time } from '../views/format.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 100;

/** In words; the name for machines stands under it. */
function actionName({ t }: Viewer, action: string): string {
  const key = `action.${action}`;
  return key in TEXTS ? t(key as TextKey) : '';
}

/** `role: admin, after: ромашка`: what JSON says, without its brackets. */
function renderDetail(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

async function show(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const page = pageParam(req.query.page);
  const form = readAuditForm(req.query);
  const [entries, actions] = await Promise.all([
    listAudit(deps.db, PAGE_SIZE, (page - 1) * PAGE_SIZE, auditFilter(form, viewer.zone)),
    listAuditActions(deps.db),
  ]);
  const rows = entries.map((e) => [
    time(viewer, e.at),
    html`<span class="plain">${e.actor}</span>`,
    html`<span class="plain">${actionName(viewer, e.action)}</span><br><small class="muted plain">${e.action}</small>`,
    html`<a href="/audit?about=${encodeURIComponent(e.subject)}">${e.subject}</a> <small class="muted">${renderDetail(e.detail)}</small>`,
  ]);
  const pager = renderPages(`/audit?${auditAddress(form)}`, page, entries.length === PAGE_SIZE, {
    previous: t('page.previous'),
    next: t('page.next'),
  });
  const head = [t('audit.when'), t('audit.who'), t('audit.what'), t('audit.subject')];
  const empty = t(auditAddress(form) === '' ? 'audit.none' : 'audit.nothing');
  const choices = actions.map((action) => ({ action, words: actionName(viewer, action) }));
  sendPage(
    res,
    t('menu.audit'),
    html`<h1>${t('menu.audit')}</h1>${renderAuditForm(viewer, form, choices)}${renderTable(head, rows, empty)}${pager}`,
  );
}

export const audit: Page = {
  path: '/audit',
  title: 'menu.audit',
  access: 'audit:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => show(deps, req, res));
    return router;
  },
};
