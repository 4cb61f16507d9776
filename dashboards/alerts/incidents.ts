import { titleOf } from '../../src/act/alerts/words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Incident } from '../../src/model/alert.ts';
import { namesOf, postsOf } from '../../src/store/alert-incidents.ts';
import { type AlertMessage, messagesOf } from '../../src/store/alert-messages.ts';
import { getCards } from '../../src/store/cards.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderButton } from '../rules/list.ts';
import { renderCard } from '../views/card.ts';
import { number, time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';
import { kindWord } from './form.ts';

const EXAMPLES = 10;

async function titled(deps: DashboardDeps, { language }: Viewer, incident: Incident): Promise<string> {
  return titleOf({ incident, names: await namesOf(deps.db, incident) }, language);
}

function renderState(viewer: Viewer, { id, acknowledgedBy, escalatedAt, endedAt }: Incident): Markup {
  const { t } = viewer;
  if (acknowledgedBy) return html`${t('alerts.taken', { who: acknowledgedBy })}`;
  const passed = escalatedAt ? html`<br><small class="muted">${t('alerts.escalated')}</small>` : '';
  const take =
    hasRight(viewer.user, 'mentions:work') && !endedAt
      ? renderButton(viewer, `/alerts/incidents/${id}/take`, t('alerts.take'))
      : '';
  return html`${take || t('alerts.untaken')}${passed}`;
}

/** Incidents, each a line. */
export async function renderIncidents(
  deps: DashboardDeps,
  viewer: Viewer,
  incidents: readonly Incident[],
  empty: string,
): Promise<Markup> {
  const { t } = viewer;
  const rows = [];
  for (const one of incidents)
    rows.push([
      html`<a href="/alerts/incidents/${one.id}"><strong>${await titled(deps, viewer, one)}</strong></a><br><small class="muted">${t(kindWord(one.kind))}</small>`,
      time(viewer, one.openedAt),
      number(viewer, one.count),
      renderState(viewer, one),
    ]);
  const head = [t('alerts.incident'), t('alerts.since'), t('alerts.posts'), t('alerts.state')];
  return renderTable(head, rows, empty);
}

function renderMessages(viewer: Viewer, messages: readonly AlertMessage[]): Markup {
  const { t } = viewer;
  const rows = messages.map(({ way, recipient, state, dueAt, sentAt, tellings, deliveryId }) => {
    const mayOpen = deliveryId !== null && hasRight(viewer.user, 'deliveries:work');
    const words = html`${t(`alerts.message.${state}`)} ${state === 'dropped' ? '' : time(viewer, state === 'held' ? dueAt : sentAt)}`;
    return [
      recipient,
      t(`alerts.way.${way}`),
      html`${mayOpen ? html`<a href="/deliveries/${deliveryId}">${words}</a>` : words}${tellings > 1 ? html`<br><small class="muted">${t('alerts.told.times', { n: number(viewer, tellings - 1) })}</small>` : ''}`,
    ];
  });
  return html`<h2>${t('alerts.messages')}</h2>${renderTable([t('alerts.told'), '', t('alerts.rehearsed.when')], rows, '—')}`;
}

/** All about one incident. */
export async function renderIncident(
  deps: DashboardDeps,
  viewer: Viewer,
  incident: Incident,
): Promise<Markup> {
  const { t } = viewer;
  const cards = await getCards(deps.db, await postsOf(deps.db, incident.id, EXAMPLES));
  const story =
    incident.storyId === null ? '' : html` <a href="/stories/${incident.storyId}">${t('menu.stories')}</a>`;
  return html`<p><a href="/alerts">← ${t('alerts.back')}</a></p><h1>${await titled(deps, viewer, incident)}</h1>
    <p>${renderState(viewer, incident)}${story}</p>
    <dl class="facts"><dt>${t('alerts.since')}</dt><dd>${time(viewer, incident.openedAt)}</dd><dt>${t('alerts.seen')}</dt><dd>${time(viewer, incident.lastSeenAt)}</dd>
    ${incident.endedAt ? html`<dt>${t('alerts.ended')}</dt><dd>${time(viewer, incident.endedAt)}</dd>` : ''}<dt>${t('alerts.posts')}</dt><dd>${number(viewer, incident.count)}</dd></dl>
    ${renderMessages(viewer, await messagesOf(deps.db, incident.id))}
    ${cards.length > 0 ? html`<h2>${t('alerts.examples')}</h2>${cards.map((card) => renderCard(viewer, card, { names: null }))}` : ''}`;
}
