import { html, type Markup } from '../../src/lib/html.ts';
import type { SavedView } from '../../src/model/saved-view.ts';
import type { PublicLink } from '../../src/store/public-links.ts';
import type { ListedReport } from '../../src/store/reports.ts';
import type { Viewer } from '../auth/session.ts';
import { day, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';

/** For how many days a report can be shared. */
export const REPORT_DAYS = [7, 30, 90, 365] as const;

/** A form with nothing but a button, and perhaps what it is about. */
function renderButton(viewer: Viewer, action: string, words: string, about?: [string, number]): Markup {
  const field = about ? html`<input type="hidden" name="${about[0]}" value="${about[1]}">` : '';
  return html`<form method="post" action="/feeds/${action}">${csrfField(viewer)}${field}<button>${words}</button></form>`;
}

export function renderSearches(viewer: Viewer, views: readonly SavedView[]): Markup {
  const { t } = viewer;
  const rows = views.map(({ id, name, address, ownerName }) => [
    html`<a href="${address}">${name}</a>`,
    ownerName,
    renderButton(viewer, 'feed', t('feeds.make'), ['view', id]),
  ]);
  return html`<section class="card"><h2>${t('feeds.searches')}</h2><p>${t('feeds.searches.what')}</p>
    ${renderTable([t('feeds.search'), t('feeds.owner'), ''], rows, t('feeds.searches.none'))}</section>`;
}

export function renderCalendar(viewer: Viewer): Markup {
  const { t } = viewer;
  return html`<section class="card"><h2>${t('feeds.calendar')}</h2><p>${t('feeds.calendar.what')}</p>${renderButton(viewer, 'calendar', t('feeds.calendar.make'))}</section>`;
}

function spanOf(viewer: Viewer, { from, to }: ListedReport): string {
  const days = new Intl.DateTimeFormat(viewer.language, { dateStyle: 'medium', timeZone: viewer.zone });
  return days.formatRange(from, new Date(to.getTime() - 1));
}

/** Makes the address under which a report is read without a login. `which`: the field `report`. */
export function renderShareForm(viewer: Viewer, which: Markup): Markup {
  const { t } = viewer;
  const days = REPORT_DAYS.map(
    (n) => html`<option value="${n}"${n === 30 ? html` selected` : ''}>${t.count('days', n)}</option>`,
  );
  return html`<form method="post" action="/feeds/report" class="row">${csrfField(viewer)}${which}
    <label>${t('feeds.report.good')} <select name="days">${days}</select></label> <button>${t('feeds.report.make')}</button></form>`;
}

export function renderReports(viewer: Viewer, reports: readonly ListedReport[]): Markup {
  const { t } = viewer;
  const choices = reports.map(
    (one) => html`<option value="${one.id}">${spanOf(viewer, one)}, ${t(`report.kind.${one.kind}`)}</option>`,
  );
  const which = html`<label>${t('feeds.report')} <select name="report">${choices}</select></label>`;
  return html`<section class="card"><h2>${t('feeds.reports')}</h2><p>${t('feeds.reports.what')}</p>
    ${reports.length === 0 ? html`<p class="empty">${t('feeds.reports.none')}</p>` : renderShareForm(viewer, which)}</section>`;
}

function whatOf({ t }: Viewer, { kind, viewName, reportId }: PublicLink): Markup {
  const name = viewName ?? (reportId === null ? '' : `№ ${reportId}`);
  return html`${t(`feeds.kind.${kind}`)}${name === '' ? '' : html`: ${kind === 'report' ? html`<a href="/reports/${reportId}">${name}</a>` : name}`}`;
}

const isGood = ({ now }: Viewer, { revokedAt, expiresAt }: PublicLink): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > now);

function untilOf(viewer: Viewer, link: PublicLink): Markup | string {
  const { t } = viewer;
  if (link.revokedAt) return html`${t('feeds.revoked')}, ${time(viewer, link.revokedAt)}`;
  if (link.expiresAt === null) return t('feeds.until.revoked');
  return isGood(viewer, link) ? day(viewer, link.expiresAt) : t('feeds.expired');
}

/** `all`: of everybody, and so with whose each is. */
export function renderLinks(viewer: Viewer, links: readonly PublicLink[], all: boolean): Markup {
  const { t } = viewer;
  const rows = links.map((link) => [
    whatOf(viewer, link),
    ...(all ? [link.ownerName] : []),
    time(viewer, link.createdAt),
    link.lastReadAt ? time(viewer, link.lastReadAt) : t('feeds.read.never'),
    untilOf(viewer, link),
    isGood(viewer, link) ? renderButton(viewer, 'revoke', t('feeds.revoke'), ['link', link.id]) : '',
  ]);
  const head = [
    t('feeds.what'),
    ...(all ? [t('feeds.owner')] : []),
    t('feeds.created'),
    t('feeds.read'),
    t('feeds.until'),
    '',
  ];
  return html`<h2>${t('feeds.links')}</h2>${renderTable(head, rows, t('feeds.links.none'))}`;
}

/** The only time that addresses are shown: the store has no more than hashes. */
export function renderMade({ t }: Viewer, addresses: readonly string[]): Markup {
  return html`<div class="note done" role="status"><p>${t('feeds.made')}</p><ul class="plain">${addresses.map((one) => html`<li><code>${one}</code></li>`)}</ul></div>`;
}
