import type { Rehearsal } from '../../src/act/alerts/rehearsal.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { number, time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

/** How often it would have woken somebody, with the list. */
export function renderRehearsed(viewer: Viewer, { incidents, messages, ended }: Rehearsal): Markup {
  const { t } = viewer;
  const times = t.count('times', incidents.length);
  const lead =
    incidents.length === 0
      ? t('alerts.rehearsed.never')
      : t('alerts.rehearsed.count', { times, messages: number(viewer, messages) });
  const rows = incidents.map(({ openedAt, toldAt, title, example, document }) => [
    html`${time(viewer, openedAt)}${toldAt > openedAt ? html`<br><small class="muted">${t('alerts.rehearsed.held')} ${time(viewer, toldAt)}</small>` : ''}`,
    title,
    document === null ? '' : html`<a href="/mentions/${document}">${example || '…'}</a>`,
  ]);
  const head = [t('alerts.rehearsed.when'), t('alerts.rehearsed.what'), t('alerts.rehearsed.example')];
  return html`<section class="card" id="rehearsed"><h2>${t('alerts.rehearsed')}</h2>
    <p role="status"><strong>${lead}</strong> ${ended === 'all' ? '' : t('alerts.rehearsed.time')}</p>
    ${rows.length > 0 ? renderTable(head, rows, '') : ''}</section>`;
}
