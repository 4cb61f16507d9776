import { html, type Markup } from '../../src/lib/html.ts';
import { type Case, isWaiting } from '../../src/model/case.ts';
import type { Viewer } from '../auth/session.ts';
import type { CaseRow } from '../case-rows.ts';
import { distance, excerpt, reasonName, tierBadge, time } from './format.ts';
import { renderTable } from './table.ts';

const EXCERPT = 110;

/** When an answer is due: how long that is, and whether it is late. Answered and closed cases are not late. */
export function renderDue(viewer: Viewer, c: Case): Markup {
  if (!isWaiting(c)) return time(viewer, c.dueAt);
  const left = distance(viewer, c.dueAt);
  const isOverdue = c.dueAt < viewer.now;
  return html`${time(viewer, c.dueAt)}<br>${
    isOverdue
      ? html`<strong class="late">${viewer.t('case.overdue')}, ${left}</strong>`
      : html`<small class="muted">${left}</small>`
  }`;
}

export function renderSeverity({ t }: Viewer, c: Case): Markup {
  return html`<span class="severity s${c.severity}">${t(`severity.${c.severity}`)}</span>`;
}

/** Whose it is, with the way to the case. */
export function renderWho(viewer: Viewer, { case: c, customer }: CaseRow): Markup {
  return html`<a href="/cases/${c.id}"><strong>${customer?.name ?? viewer.t('case.title', { id: c.id })}</strong></a> ${tierBadge(viewer, customer?.tier ?? null)}<br><small class="muted">${viewer.t('case.title', { id: c.id })}</small>`;
}

function renderNumber({ t }: Viewer, { case: c }: CaseRow): Markup {
  return html`<a href="/cases/${c.id}" aria-label="${t('case.title', { id: c.id })}">№ ${c.id}</a>`;
}

/** The first words of the complaint, its topic and its reason. */
export function renderWhat(viewer: Viewer, { case: c, card }: CaseRow): Markup {
  const mention = card?.mentions.find((m) => m.id === c.mentionId);
  const spans = mention?.spans.filter((span) => span.field === 'text') ?? [];
  return html`${card ? excerpt(viewer, card.text, spans, EXCERPT) : ''}<br><small class="muted">${[mention?.topicName, reasonName(viewer, c.reason)].filter(Boolean).join(' · ')}</small>`;
}

/** Cases in the order given. `empty` stands there when there are none; on a customer's own page the name is not repeated. */
export function renderCaseTable(
  viewer: Viewer,
  rows: readonly CaseRow[],
  empty: Markup | string,
  isOneCustomer = false,
): Markup {
  const { t } = viewer;
  return renderTable(
    [
      t(isOneCustomer ? 'case.number' : 'mention.customer'),
      t('case.what'),
      t('case.severity'),
      t('mention.status'),
      t('case.due'),
    ],
    rows.map((row) => [
      isOneCustomer ? renderNumber(viewer, row) : renderWho(viewer, row),
      renderWhat(viewer, row),
      renderSeverity(viewer, row.case),
      html`<span class="nowrap">${t(`case.status.${row.case.status}`)}</span>`,
      renderDue(viewer, row.case),
    ]),
    empty,
  );
}
