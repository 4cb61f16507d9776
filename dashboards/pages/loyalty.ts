import { type Request, type Response, Router } from 'express';
import { CSV_MARK, csvLines } from '../../src/lib/csv.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { addAudit } from '../../src/store/audit.ts';
import { countLoyalty, type LoyaltyCause, type LoyaltyRow, listLoyalty } from '../../src/store/loyalty.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { daysParam, renderDays, since } from '../ledgers/span.ts';
import type { Page } from '../page.ts';
import { pageParam } from '../params.ts';
import { money, reasonName, tierBadge, time } from '../views/format.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 50;
/** More than a spreadsheet takes with ease. */
const MOST_ROWS = 100_000;

function renderCauses(viewer: Viewer, causes: readonly LoyaltyCause[]): Markup {
  const { t } = viewer;
  const of = (n: number, all: number): string => (all === 0 ? '—' : t('loyalty.of', { n, all }));
  const rows = causes.map((one) => [
    reasonName(viewer, one.cause),
    t.count('cases', one.cases),
    Object.entries(one.tiers)
      .map(([tier, n]) => `${tier === 'none' ? t('case.notier') : tier}: ${n}`)
      .join(', '),
    one.promises === 0
      ? t('loyalty.nopromise')
      : t('loyalty.promised', { n: one.promises, kept: one.kept, broken: one.broken }),
    of(one.answered, one.cases),
    of(one.bought, one.answered),
    of(one.negative, one.answered),
  ]);
  const head = [
    t('case.cause'),
    t('menu.cases'),
    t('loyalty.tiers'),
    t('loyalty.promises'),
    t('loyalty.answered'),
    t('loyalty.bought'),
    t('loyalty.negative'),
  ];
  return renderTable(head, rows, t('loyalty.none'));
}

/** What the customer did once we were done. */
function afterWords(viewer: Viewer, row: LoyaltyRow): string {
  const { t } = viewer;
  if (!row.since) return t('loyalty.after.waiting');
  const spent = Object.entries(row.spent).map(([currency, amount]) => money(viewer, amount, currency));
  const parts = [
    row.purchases > 0 ? `${t.count('purchases', row.purchases)}: ${spent.join(', ')}` : '',
    row.negative > 0 ? t('case.after.negative', { n: row.negative }) : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join('; ') : t('loyalty.after.nothing');
}

const keptWord = ({ t }: Viewer, kept: boolean | null): string =>
  t(kept === null ? 'case.kept.open' : kept ? 'case.kept.yes' : 'case.kept.no');

function renderEach(viewer: Viewer, rows: readonly LoyaltyRow[]): Markup {
  const { t } = viewer;
  return renderTable(
    [
      t('case.number'),
      t('mention.customer'),
      t('case.cause'),
      t('case.promise'),
      t('case.outcome'),
      t('loyalty.after'),
    ],
    rows.map((row) => [
      html`<a href="/cases/${row.id}">№ ${row.id}</a><br><small class="muted">${time(viewer, row.openedAt)}</small>`,
      html`<a href="/customers/${row.customerId}">${row.customerName}</a> ${tierBadge(viewer, row.tier)}`,
      reasonName(viewer, row.cause),
      row.promise === null
        ? '—'
        : html`${row.promise}<br><small class="muted">${keptWord(viewer, row.promiseKept)}</small>`,
      row.outcome === null ? t('case.outcome.none') : t(`case.outcome.${row.outcome}`),
      afterWords(viewer, row),
    ]),
    t('loyalty.none'),
  );
}

async function sendLedger(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const days = daysParam(req.query.days);
  const span = { from: since(viewer, days), to: viewer.now };
  const page = pageParam(req.query.page);
  const [causes, rows] = await Promise.all([
    countLoyalty(deps.db, span),
    listLoyalty(deps.db, span, PAGE_SIZE, (page - 1) * PAGE_SIZE),
  ]);
  const words = { previous: t('page.previous'), next: t('page.next') };
  const each =
    rows.length > 0
      ? html`<h2>${t('loyalty.each')}</h2>${renderEach(viewer, rows)}${renderPages(`/loyalty?days=${days}&`, page, rows.length === PAGE_SIZE, words)}
        ${hasRight(viewer.user, 'reports:make') ? html`<p><a href="/loyalty/cases.csv?days=${days}">${t('loyalty.csv')}</a></p>` : ''}`
      : '';
  sendPage(
    res,
    t('loyalty.title'),
    html`<p><a href="/cases">← ${t('menu.cases')}</a></p><h1>${t('loyalty.title')}</h1><p>${t('loyalty.intro')}</p>${renderDays(viewer, '/loyalty', days)}
      <h2>${t('loyalty.bycause')}</h2>${renderCauses(viewer, causes)}${each}`,
  );
}

function csvRow(row: LoyaltyRow): string[] {
  return [
    String(row.id),
    row.openedAt.toISOString(),
    row.externalId,
    row.tier ?? '',
    row.cause,
    row.promise ?? '',
    row.promiseKept === null ? '' : row.promiseKept ? 'yes' : 'no',
    row.outcome ?? '',
    row.since?.toISOString() ?? '',
    String(row.purchases),
    Object.entries(row.spent)
      .map(([currency, amount]) => `${amount} ${currency}`)
      .join(', '),
    String(row.posts),
    String(row.negative),
    String(row.contacts),
  ];
}

const CSV_HEAD = [
  'case',
  'opened_at',
  'customer',
  'tier',
  'cause',
  'promise',
  'kept',
  'outcome',
  'answered_at',
  'purchases_after',
  'spent_after',
  'posts_after',
  'negative_after',
  'contacts_after',
];

/** Each case of a time, what was promised, and what the customer did then; who took it is noted. */
async function sendCsv(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const days = daysParam(req.query.days);
  const rows = await listLoyalty(deps.db, { from: since(viewer, days), to: viewer.now }, MOST_ROWS, 0);
  await addAudit(deps.db, {
    at: deps.clock.now(),
    actor: userOf(res).email,
    action: 'loyalty.exported',
    subject: 'cases',
    detail: { days, cases: rows.length },
  });
  res.attachment(`molva-loyalty-${viewer.now.toISOString().slice(0, 10)}.csv`);
  res.type('text/csv; charset=utf-8').send(`${CSV_MARK}${csvLines([CSV_HEAD, ...rows.map(csvRow)])}`);
}

/** Complaints of customers, and whether they stayed. */
export const loyalty: Page = {
  path: '/loyalty',
  title: 'loyalty.title',
  access: 'cases:read',
  menu: false,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => sendLedger(deps, req, res));
    router.get('/cases.csv', allow('reports:make'), (req, res) => sendCsv(deps, req, res));
    return router;
  },
};
