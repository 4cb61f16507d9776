import { html, type Markup } from '../../src/lib/html.ts';
import { addDays, dateKey, type LocalDate, localTime, midnight, weekdayOf } from '../../src/lib/zone.ts';
import { casesDueWithin } from '../../src/store/cases.ts';
import type { Viewer } from '../auth/session.ts';
import { type CaseRow, caseRows } from '../case-rows.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderSeverity, renderWho } from '../views/case.ts';
import { time } from '../views/format.ts';
import { renderWays } from './ways.ts';

const WEEKS = 2;
const AT_MOST = 500;

/** Monday of the week that the address names (`2026-11-23`), or of the present one. */
export function weekOf(text: unknown, { now, zone }: Pick<Viewer, 'now' | 'zone'>): LocalDate {
  const match = typeof text === 'string' ? /^(20\d\d)-(\d\d)-(\d\d)$/.exec(text) : null;
  const [year = 0, month = 0, day = 0] = match ? match.slice(1).map(Number) : [];
  const asked: LocalDate = match ? addDays({ year, month, day }, 0) : localTime(now, zone);
  return addDays(asked, 1 - weekdayOf(asked));
}

function renderDay(viewer: Viewer, date: LocalDate, rows: readonly CaseRow[]): Markup {
  const { language, now, zone } = viewer;
  const key = dateKey(date);
  const isToday = key === dateKey(localTime(now, zone));
  const words = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${key}T00:00:00Z`));
  const items = rows.map((row) => {
    const isLate = row.case.dueAt < now;
    const late = isLate ? html` <strong class="late">${viewer.t('case.overdue')}</strong>` : '';
    return html`<li>${time(viewer, row.case.dueAt)}${late}<br>${renderWho(viewer, row)} ${renderSeverity(viewer, row.case)}</li>`;
  });
  return html`<section class="day"${isToday ? html` aria-current="date"` : ''} aria-labelledby="day-${key}"><h2 id="day-${key}">${words}</h2>${rows.length > 0 ? html`<ul class="plain">${items}</ul>` : ''}</section>`;
}

/** When answers are due: two weeks of the viewer's days, with what is late already before them. */
export async function renderCalendar(deps: DashboardDeps, viewer: Viewer, asked: unknown): Promise<Markup> {
  const { t, zone, now } = viewer;
  const monday = weekOf(asked, viewer);
  const from = midnight(monday, zone);
  const to = midnight(addDays(monday, 7 * WEEKS), zone);
  const late = now < from ? [] : await casesDueWithin(deps.db, new Date(0), from, AT_MOST);
  const due = await casesDueWithin(deps.db, from, to, AT_MOST);
  const rows = await caseRows(deps.db, due);
  const days = Array.from({ length: 7 * WEEKS }, (_, n) => addDays(monday, n));
  const ofDay = (date: LocalDate): CaseRow[] =>
    rows.filter((row) => dateKey(localTime(row.case.dueAt, zone)) === dateKey(date));
  const link = (weeks: number, words: string) =>
    html`<a href="/cases/calendar?from=${dateKey(addDays(monday, 7 * weeks))}">${words}</a>`;
  const before =
    late.length > 0
      ? html`<p class="note bad">${t('calendar.late', { cases: t.count('cases', late.length) })} <a href="/cases?late=1">${t('case.show')}</a></p>`
      : '';
  return html`<h1>${t('menu.cases')}</h1>${renderWays(viewer, '/cases/calendar')}${before}
    <nav class="pager" aria-label="${t('calendar.weeks')}">${link(-WEEKS, `← ${t('calendar.before')}`)} <a href="/cases/calendar">${t('calendar.now')}</a> ${link(WEEKS, `${t('calendar.after')} →`)}</nav>
    <div class="calendar">${days.map((date) => renderDay(viewer, date, ofDay(date)))}</div>
    ${due.length === 0 ? html`<p class="empty">${t('calendar.empty')}</p>` : ''}
    <p class="muted"><a href="/feeds">${t('calendar.subscribe')}</a></p>`;
}
