import { type Request, type Response, Router } from 'express';
import { PermanentError } from '../../src/lib/errors.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Report } from '../../src/model/report.ts';
import { getReport, type ListedReport, listReports } from '../../src/store/reports.ts';
import { allow } from '../access.ts';
import { hasRight, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { sendMailPart } from '../digests/mail-frame.ts';
import { emptyReportForm, makeByHand, type ReportForm, renderReportForm } from '../digests/make-report.ts';
import { renderShareForm } from '../feeds/list.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import type { TextKey } from '../texts.ts';
import { day, time } from '../views/format.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 50;

/** Its last day is over at `to`. */
function span(viewer: Viewer, { from, to }: Pick<Report, 'from' | 'to'>): Markup {
  return html`${day(viewer, from)} – ${day(viewer, new Date(to.getTime() - 1))}`;
}

function rowOf(viewer: Viewer, report: ListedReport) {
  const { t } = viewer;
  return [
    html`<a href="/reports/${report.id}">${span(viewer, report)}</a>`,
    t(`report.kind.${report.kind}`),
    report.recipient ?? t('report.all'),
    time(viewer, report.madeAt),
  ];
}

async function sendList(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  refused: { form: ReportForm; mistakes: TextKey[] } | null,
): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const page = pageParam(req.query.page);
  const reports = await listReports(deps.db, PAGE_SIZE, (page - 1) * PAGE_SIZE);
  const mayMake = hasRight(viewer.user, 'reports:make');
  const form = mayMake
    ? await renderReportForm(deps, viewer, refused?.form ?? emptyReportForm(viewer), refused?.mistakes ?? [])
    : html``;
  const head = [t('report.span'), t('report.kind'), t('report.for'), t('report.made')];
  const table = renderTable(
    head,
    reports.map((report) => rowOf(viewer, report)),
    t(mayMake ? 'report.none' : 'report.none.reader'),
  );
  const words = { previous: t('page.previous'), next: t('page.next') };
  sendPage(
    res,
    t('menu.reports'),
    html`<h1>${t('menu.reports')}</h1><p>${t('report.lead')}</p>${table}${renderPages('/reports?', page, reports.length === PAGE_SIZE, words)}${form}`,
  );
}

function sendReport(res: Response, report: Report, notice: Markup | ''): void {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const title = t('report.title', { id: report.id });
  const path = `/reports/${report.id}`;
  const mayShare = hasRight(viewer.user, 'reports:make');
  const removed = report.html === '' ? html`<p class="note">${t('report.removed')}</p>` : '';
  sendPage(
    res,
    title,
    html`<p><a href="/reports">← ${t('menu.reports')}</a></p>${notice}<h1>${title}</h1>
      <p>${span(viewer, report)} · ${t('report.made')}: ${time(viewer, report.madeAt)}</p>${removed}
      <p class="row"><a class="button" href="${path}/pdf">${t('report.pdf')}</a> <a href="${path}/page" target="_blank">${t('report.print')}</a></p>
      ${mayShare ? html`<details class="share"><summary>${t('feeds.reports')}</summary><p>${t('feeds.reports.what')}</p>${renderShareForm(viewer, html`<input type="hidden" name="report" value="${report.id}">`)}</details>` : ''}
      <iframe class="mail" src="${path}/page" title="${title}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
      ${report.text === '' ? '' : html`<details><summary>${t('digest.text')}</summary><pre class="mail-text">${report.text.replace(/\/unsubscribe\/[\w.-]+/g, '/unsubscribe/shown')}</pre></details>`}`,
  );
}

async function sendPdf(deps: DashboardDeps, res: Response, report: Report): Promise<void> {
  try {
    const pdf = await deps.reports.pdf(report.id);
    const name = `molva-${report.kind}-${report.periodKey}.pdf`;
    res
      .set('content-disposition', `attachment; filename="${name}"`)
      .type('pdf')
      .send(Buffer.from(pdf ?? []));
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    res.status(503);
    sendReport(res, report, html`<p class="error" role="alert">${viewerOf(res).t('report.nopdf')}</p>`);
  }
}

export const reports: Page = {
  path: '/reports',
  title: 'menu.reports',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    const read = async (req: Request<{ id: string }>): Promise<Report | null> => {
      const id = numberParam<number>(req.params.id);
      return id === null ? null : getReport(deps.db, id);
    };
    router.get('/', (req, res) => sendList(deps, req, res, null));
    router.post('/', allow('reports:make'), async (req, res) => {
      const refused = await makeByHand(deps, req, res);
      if (!refused) return;
      res.status(400);
      await sendList(deps, req, res, refused);
    });
    router.get('/:id', async (req, res, next) => {
      const report = await read(req);
      return report ? sendReport(res, report, '') : next();
    });
    router.get('/:id/page', async (req, res, next) => {
      const report = await read(req);
      return report ? sendMailPart(res, deps.reports.page(report)) : next();
    });
    router.get('/:id/pdf', async (req, res, next) => {
      const report = await read(req);
      return report ? sendPdf(deps, res, report) : next();
    });
    return router;
  },
};
