import { html, type Markup } from '../../src/lib/html.ts';
import { isWaiting } from '../../src/model/case.ts';
import type { Viewer } from '../auth/session.ts';
import { distance, excerpt, reasonName, time, tone } from '../views/format.ts';
import type { CardFacts } from './facts.ts';
import { channelName, churnReason, percent, riskLevel } from './words.ts';

const EXCERPT = 110;
const MOST = 3;

function renderCases(viewer: Viewer, { cases }: CardFacts): Markup {
  const open = cases.filter(isWaiting);
  if (open.length === 0) return html``;
  const { t, now } = viewer;
  const items = open.map(({ id, reason, dueAt }) => {
    const when = distance(viewer, dueAt);
    const due =
      dueAt < now
        ? html`<strong class="late">${t('trouble.overdue', { when })}</strong>`
        : t('trouble.due', { when });
    return html`<li><a href="/cases/${id}">№ ${id}</a> ${reasonName(viewer, reason)}, ${due}</li>`;
  });
  return html`<h3>${t('trouble.cases')}</h3><ul class="plain">${items}</ul>`;
}

function renderPosts(viewer: Viewer, { negative, negativePosts }: CardFacts): Markup {
  if (negativePosts === 0) return html``;
  const { t } = viewer;
  const items = negative.map(
    (card) =>
      html`<li>${card.mentions.map((m) => tone(viewer, m.sentiment))} <a href="/mentions/${card.id}">${excerpt(viewer, card.text || card.title || '…', [], EXCERPT)}</a> <span class="muted">${time(viewer, card.time)}</span></li>`,
  );
  const rest = negativePosts - negative.length;
  return html`<h3>${t('trouble.posts')}</h3><ul class="plain">${items}</ul>${rest > 0 ? html`<p><a href="?kind=mention#timeline">${t('trouble.more', { n: rest })}</a></p>` : ''}`;
}

function renderContacts(viewer: Viewer, { unanswered }: CardFacts): Markup {
  if (unanswered.length === 0) return html``;
  const { t } = viewer;
  const items = unanswered
    .slice(0, MOST)
    .map(
      ({ at, kind, channel, subject }) =>
        html`<li>${t(`contact.${kind}`)}, ${channelName(viewer, channel)}${subject ? html`: ${subject}` : ''} <span class="muted">${time(viewer, at)}</span></li>`,
    );
  const rest = unanswered.length - items.length;
  return html`<h3>${t('trouble.contacts')}</h3><ul class="plain">${items}</ul>${rest > 0 ? html`<p>${t('trouble.more', { n: rest })}</p>` : ''}`;
}

function renderRisk(viewer: Viewer, { value }: CardFacts): Markup {
  const { t } = viewer;
  if (!value.churn) return html``;
  const { risk, reasons } = value.churn;
  const level = riskLevel(risk);
  return html`<h3>${t('churn.risk')}: <span class="risk ${level}">${t(`churn.level.${level}`)}</span> <small class="muted">≈ ${percent(risk)}</small></h3>
    ${reasons.length > 0 ? html`<ul class="reasons">${reasons.map((one) => html`<li>${churnReason(viewer, one)}</li>`)}</ul>` : ''}
    <p class="muted"><small>${t('churn.note')}</small></p>`;
}

/** What waits for us: open cases, what was said against us, who was left without an answer, and whether he may leave. */
export function renderTrouble(viewer: Viewer, facts: CardFacts): Markup {
  const parts = [renderCases(viewer, facts), renderPosts(viewer, facts), renderContacts(viewer, facts)];
  const isQuiet = parts.every(({ value }) => value === '');
  return html`<section class="card"><h2>${viewer.t('card.trouble')}</h2>${isQuiet ? html`<p class="muted">${viewer.t('trouble.none')}</p>` : parts}${renderRisk(viewer, facts)}</section>`;
}
