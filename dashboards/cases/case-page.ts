import { html, type Markup } from '../../src/lib/html.ts';
import { type Case, isWaiting } from '../../src/model/case.ts';
import type { User } from '../../src/model/user.ts';
import { type Card, getCards } from '../../src/store/cards.ts';
import { type Aftermath, aftermathOf } from '../../src/store/case-aftermath.ts';
import { listCaseEvents } from '../../src/store/case-events.ts';
import { type CaseRecord, listCaseRecords } from '../../src/store/case-records.ts';
import { type CasePost, casesMergedInto, listCasePosts, listCasesOfCustomer } from '../../src/store/cases.ts';
import { deliveriesOfEvent } from '../../src/store/deliveries.ts';
import { listIncidents } from '../../src/store/incidents.ts';
import { listUsers } from '../../src/store/users.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { CaseRow } from '../case-rows.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderCard } from '../views/card.ts';
import { renderDue, renderSeverity } from '../views/case.ts';
import { renderDeliveryTable } from '../views/delivery.ts';
import { money, outside, reasonName, tierBadge, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderNote, renderPromise, renderWork } from './forms.ts';
import { renderHistory } from './history.ts';

const MAX_INCIDENTS = 50;

function renderFacts(viewer: Viewer, { case: c, customer }: CaseRow, users: readonly User[]): Markup {
  const { t } = viewer;
  const owner = users.find(({ id }) => id === c.ownerId);
  const incident = c.incidentId
    ? html`<dt>${t('incident.one')}</dt><dd><a href="/cases/incidents/${c.incidentId}">${t('incident.title', { id: c.incidentId })}</a></dd>`
    : '';
  return html`<dl class="facts"><dt>${t('mention.customer')}</dt><dd><a href="/customers/${c.customerId}">${customer?.name ?? `№ ${c.customerId}`}</a> ${tierBadge(viewer, customer?.tier ?? null)}</dd>
    <dt>${t('mention.status')}</dt><dd>${t(`case.status.${c.status}`)}</dd>
    <dt>${t('case.owner')}</dt><dd>${owner?.name ?? t('case.nobody')}</dd>
    <dt>${t('case.severity')}</dt><dd>${renderSeverity(viewer, c)}</dd>
    <dt>${t('case.cause')}</dt><dd>${reasonName(viewer, c.cause ?? c.reason)}</dd>
    <dt>${t('case.opened')}</dt><dd>${time(viewer, c.openedAt)}</dd><dt>${t('case.due')}</dt><dd>${renderDue(viewer, c)}</dd>${incident}</dl>`;
}

/** The posts of a case; of several, some may be parted from it. */
function renderPosts(viewer: Viewer, c: Case, posts: readonly CasePost[], cards: readonly Card[]): Markup {
  const { t } = viewer;
  const byId = new Map(cards.map((card) => [card.id, card]));
  const maySplit = posts.length > 1 && hasRight(viewer.user, 'cases:work') && c.status !== 'withdrawn';
  const items = posts.map(({ mentionId, documentId }) => {
    const card = byId.get(documentId);
    if (!card) return '';
    const choice = maySplit
      ? html`<label class="check"><input type="checkbox" name="mention" value="${mentionId}"> ${t('case.split.choose')}</label>`
      : '';
    return html`${renderCard(viewer, card, { names: null })}<p>${outside(card.url, t('mention.original'))} ${choice}</p>`;
  });
  if (!maySplit) return html`${items}`;
  return html`<form method="post" action="/cases/${c.id}/split">${csrfField(viewer)}${items}<p><button>${t('case.split')}</button> <span class="muted">${t('case.split.hint')}</span></p></form>`;
}

function renderAfter(viewer: Viewer, after: Aftermath | null): Markup {
  const { t } = viewer;
  if (!after?.since) return html`<p class="muted">${t('case.after.open')}</p>`;
  const spent = Object.entries(after.spent).map(([currency, amount]) => money(viewer, amount, currency));
  return html`<ul><li>${t.count('purchases', after.purchases)}${spent.length > 0 ? `: ${spent.join(', ')}` : ''}</li>
    <li>${t.count('posts', after.posts)}${after.posts > 0 ? `, ${t('case.after.negative', { n: after.negative })}` : ''}</li>
    <li>${t('case.after.contacts', { n: after.contacts })}</li></ul><p class="muted">${t('case.after.since')} ${time(viewer, after.since)}</p>`;
}

/** What the case is in each CRM that said so. */
function renderRecords(viewer: Viewer, records: readonly CaseRecord[]): Markup {
  const { t } = viewer;
  if (records.length === 0) return html``;
  const items = records.map(({ endpoint, externalId, url, status, detail }) => {
    const number = url ? outside(url, externalId) : externalId;
    return html`<li>${endpoint}: ${number}${status ? html`, ${t(`case.status.${status}`)}${detail ? html` <span class="muted">(${detail})</span>` : ''}` : ''}</li>`;
  });
  return html`<p>${t('case.records')}</p><ul>${items}</ul>`;
}

/** Other cases of the same customer, of which one may be made one with this. */
function renderMerge(viewer: Viewer, c: Case, others: readonly Case[]): Markup {
  const { t } = viewer;
  const mergeable = others.filter(
    ({ id, status }) => id !== c.id && status !== 'withdrawn' && status !== 'merged',
  );
  if (mergeable.length === 0) return html``;
  const options = mergeable.map(
    ({ id, status }) =>
      html`<option value="${id}">${t('case.title', { id })}, ${t(`case.status.${status}`)}</option>`,
  );
  return html`<details class="ask"><summary>${t('case.merge')}…</summary><p>${t('case.merge.hint')}</p>
    <form method="post" action="/cases/${c.id}/merge" class="inline">${csrfField(viewer)}<label>${t('case.merge.other')} <select name="other">${options}</select></label> <button class="primary">${t('case.merge')}</button></form></details>`;
}

async function renderJoin({ db }: DashboardDeps, viewer: Viewer, c: Case): Promise<Markup> {
  const { t } = viewer;
  const known = (await listIncidents(db, MAX_INCIDENTS)).filter(
    ({ closedAt, id }) => !closedAt && id !== c.incidentId,
  );
  const options = known.map(({ id, name }) => html`<option value="${id}">${name}</option>`);
  return html`<details class="ask"><summary>${t('incident.join')}…</summary><p>${t('incident.hint')}</p>
    <form method="post" action="/cases/${c.id}/incident" class="stack">${csrfField(viewer)}
    ${known.length > 0 ? html`<label>${t('incident.known')} <select name="incident"><option value="">${t('incident.new')}</option>${options}</select></label>` : ''}
    <label>${t('incident.name')} <input name="name" maxlength="200"></label> <button class="primary">${t('incident.join')}</button></form></details>`;
}

/** One case: who waits for what, what was said, what we do, what came of it. */
export async function renderCase(deps: DashboardDeps, viewer: Viewer, row: CaseRow): Promise<Markup> {
  const { t } = viewer;
  const { db } = deps;
  const { case: c, customer, card } = row;
  const posts = await listCasePosts(db, c.id);
  const [cards, events, listed, deliveries, after, others, records] = await Promise.all([
    getCards(
      db,
      posts.map(({ documentId }) => documentId),
    ),
    listCaseEvents(db, c.id),
    listUsers(db),
    deliveriesOfEvent(db, `case:${c.id}`),
    aftermathOf(db, c.id),
    listCasesOfCustomer(db, c.customerId),
    listCaseRecords(db, c.id),
  ]);
  const evidence = [c.id, ...(await casesMergedInto(db, c.id))].map(
    (id) =>
      html`<a href="/cases/${id}/evidence">${t('evidence.open')}${id === c.id ? '' : html` (${t('case.title', { id })})`}</a> `,
  );
  const users = listed.filter(({ disabledAt }) => !disabledAt);
  const mention = card?.mentions.find(({ id }) => id === c.mentionId);
  const isDoubted = mention && !mention.complaint.isComplaint && isWaiting(c);
  const mayWork = hasRight(viewer.user, 'cases:work') && c.status !== 'withdrawn';
  const work = mayWork
    ? html`<div class="side"><section class="card"><h2>${t('case.work')}</h2>${renderWork(viewer, c, users)}</section>
      <div><section class="card"><h2>${t('case.promised')}</h2>${renderPromise(viewer, c)}</section><section class="card">${renderNote(viewer, c)}</section></div></div>
      ${renderMerge(viewer, c, others)}${await renderJoin(deps, viewer, c)}`
    : '';
  return html`<p><a href="/cases">← ${t('menu.cases')}</a></p><h1>${t('case.title', { id: c.id })}: ${customer?.name ?? ''}</h1>
    ${renderFacts(viewer, row, users)}${hasRight(viewer.user, 'cases:work') ? html`<p>${evidence}</p>` : ''}
    ${isDoubted ? html`<p class="note">${t('correct.case')}</p>` : ''}
    <h2>${t('case.what')}</h2>${renderPosts(viewer, c, posts, cards)}
    ${work}
    <h2>${t('case.after')}</h2>${renderAfter(viewer, after)}
    <h2>${t('case.history')}</h2>${renderHistory(viewer, events, listed)}
    <h2>${t('case.deliveries')}</h2>${renderRecords(viewer, records)}${renderDeliveryTable(viewer, deliveries)}`;
}
