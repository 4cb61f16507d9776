import { html, type Markup } from '../../src/lib/html.ts';
import { REASONS } from '../../src/model/correction.ts';
import type { PortfolioAsk, PortfolioList, PortfolioRow } from '../../src/store/portfolio.ts';
import type { Viewer } from '../auth/session.ts';
import {
  aboutMoney,
  churnReason,
  percent,
  riskLevel,
  roundMoney,
  tierName,
  tierReason,
} from '../customers/words.ts';
import { day, number, tierBadge } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

/** What customers complained of, or that nothing is known. */
export function causeName({ t }: Viewer, cause: string): string {
  if (cause === 'none') return t('portfolio.cause.none');
  const known = REASONS.find((one) => one === cause);
  return known ? t(`reason.${known}`) : cause;
}

export function listTitle(viewer: Viewer, { list, part }: PortfolioAsk): string {
  const { t } = viewer;
  if (list === 'tier')
    return t('portfolio.tier.list', { tier: part === 'none' ? tierName(viewer, null) : part });
  if (list === 'quiet') return t('portfolio.quiet.list', { cause: causeName(viewer, part) });
  return t(`portfolio.${list}`);
}

/** A list's own address. */
export function listPath({ list, part }: PortfolioAsk): string {
  return `/portfolio/${list}${part === 'all' ? '' : `?part=${encodeURIComponent(part)}`}`;
}

function who(viewer: Viewer, row: PortfolioRow): Markup {
  const differs =
    row.stated !== null && row.computed !== null && row.stated !== row.computed
      ? html`<br><small class="muted">${viewer.t('portfolio.differs', { tier: row.computed })}</small>`
      : '';
  return html`<a href="/customers/${row.id}">${row.name}</a> ${tierBadge(viewer, row.stated ?? row.computed)}${differs}`;
}

function reasonsOf(viewer: Viewer, list: PortfolioList, row: PortfolioRow): string[] {
  return list === 'at-risk' || list === 'quiet'
    ? row.churnReasons.map((one) => churnReason(viewer, one))
    : row.tierReasons.map((one) => tierReason(viewer, one));
}

function why(viewer: Viewer, list: PortfolioList, row: PortfolioRow): Markup {
  if (list === 'moves' && row.to === null) return html`${viewer.t('value.tier.none')}`;
  const reasons = reasonsOf(viewer, list, row);
  if (reasons.length === 0) return html`—`;
  return html`<ul class="reasons">${reasons.map((one) => html`<li>${one}</li>`)}</ul>`;
}

function sum(viewer: Viewer, amount: number | null, { currency }: PortfolioRow): string {
  return amount === null || currency === null ? '—' : roundMoney(viewer, amount, currency);
}

/** `≈ 3,200 ₽`, with the bounds on a line below. */
function expected(viewer: Viewer, row: PortfolioRow): Markup {
  if (row.expected === null) return html`—`;
  const { currency } = row;
  const about = (amount: number | null): string =>
    amount === null || currency === null ? '—' : aboutMoney(viewer, amount, currency);
  return html`≈ ${about(row.expected)}<br><small class="muted">${about(row.expectedLow)} – ${about(row.expectedHigh)}</small>`;
}

function risk(viewer: Viewer, { churn }: PortfolioRow): Markup {
  if (churn === null) return html`—`;
  const level = riskLevel(churn);
  return html`<span class="risk ${level}">${viewer.t(`churn.level.${level}`)}</span><br><small class="muted">≈ ${percent(churn)}</small>`;
}

function move(viewer: Viewer, { from, to, movedAt }: PortfolioRow): Markup {
  return html`${tierName(viewer, from)} → ${tierName(viewer, to)}<br><small class="muted">${movedAt ? day(viewer, movedAt) : ''}</small>`;
}

type Column = { head: string; cell(row: PortfolioRow): Markup | string };

function columnsOf(viewer: Viewer, list: PortfolioList): Column[] {
  const { t } = viewer;
  const name: Column = { head: t('customer.name'), cell: (row) => who(viewer, row) };
  const reasons: Column = { head: t('portfolio.why'), cell: (row) => why(viewer, list, row) };
  const brought: Column = { head: t('portfolio.realised'), cell: (row) => sum(viewer, row.realised, row) };
  const will: Column = { head: t('portfolio.expected'), cell: (row) => expected(viewer, row) };
  const silent: Column = {
    head: t('portfolio.silent'),
    cell: (row) => (row.silentDays === null ? '—' : number(viewer, Math.round(row.silentDays))),
  };
  if (list === 'moves')
    return [name, { head: t('portfolio.moved'), cell: (row) => move(viewer, row) }, reasons, brought];
  if (list === 'at-risk')
    return [name, { head: t('portfolio.risk'), cell: (row) => risk(viewer, row) }, reasons, brought];
  return list === 'quiet' ? [name, silent, brought, reasons] : [name, will, brought, reasons];
}

export function renderRows(
  viewer: Viewer,
  list: PortfolioList,
  rows: readonly PortfolioRow[],
  empty: string,
): Markup {
  const columns = columnsOf(viewer, list);
  return renderTable(
    columns.map(({ head }) => head),
    rows.map((row) => columns.map(({ cell }) => cell(row))),
    empty,
  );
}

/** Cells of a CSV file, the heading first. Numbers are plain, so that programs read them. */
export function csvRows(viewer: Viewer, list: PortfolioList, rows: readonly PortfolioRow[]): string[][] {
  const { t } = viewer;
  const head = [
    t('customer.number'),
    t('customer.name'),
    t('value.tier.stated'),
    t('value.tier.computed'),
    t('portfolio.stage'),
    t('portfolio.silent'),
    t('portfolio.risk'),
    t('portfolio.realised'),
    t('portfolio.expected'),
    t('portfolio.low'),
    t('portfolio.high'),
    t('portfolio.currency'),
    t('portfolio.moved'),
    t('portfolio.when'),
    t('portfolio.why'),
  ];
  const figure = (value: number | null, digits: number): string =>
    value === null ? '' : String(Number(value.toFixed(digits)));
  const lines = rows.map((row) => [
    row.number,
    row.name,
    row.stated ?? '',
    row.computed ?? '',
    t(`stage.${row.stage}`),
    figure(row.silentDays, 0),
    figure(row.churn, 2),
    figure(row.realised, 2),
    figure(row.expected, 2),
    figure(row.expectedLow, 2),
    figure(row.expectedHigh, 2),
    row.currency ?? '',
    row.movedAt ? `${tierName(viewer, row.from)} → ${tierName(viewer, row.to)}` : '',
    row.movedAt?.toISOString().slice(0, 10) ?? '',
    reasonsOf(viewer, list, row).join('; '),
  ]);
  return [head, ...lines];
}
