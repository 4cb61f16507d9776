import { html, type Markup } from '../../src/lib/html.ts';
import type { Case } from '../../src/model/case.ts';
import type { Viewer } from '../auth/session.ts';
import { time } from './format.ts';
import { renderTable } from './table.ts';

function isOverdue(c: Case, now: Date): boolean {
  return (c.status === 'open' || c.status === 'in_work') && c.dueAt < now;
}

/** When an answer is due, and whether it is late. */
export function renderDue(viewer: Viewer, c: Case, now: Date): Markup {
  return html`${time(viewer, c.dueAt)}${isOverdue(c, now) ? html` <strong class="late">${viewer.t('case.overdue')}</strong>` : ''}`;
}

export function renderCaseTable(viewer: Viewer, cases: readonly Case[], now: Date, empty: string): Markup {
  const { t } = viewer;
  return renderTable(
    ['№', t('mention.status'), t('case.severity'), t('case.reason'), t('case.opened'), t('case.due')],
    cases.map((c) => [
      html`<a href="/cases/${c.id}">${t('case.title', { id: c.id })}</a>`,
      t(`case.status.${c.status}`),
      html`<span class="severity s${c.severity}">${t(`severity.${c.severity}`)}</span>`,
      t(`reason.${c.reason}`),
      time(viewer, c.openedAt),
      renderDue(viewer, c, now),
    ]),
    empty,
  );
}
