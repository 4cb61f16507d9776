import { Router } from 'express';
import { describeSourceError } from '../../src/act/source-words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Source } from '../../src/model/source.ts';
import { type Card, unmatchedComplaintCards } from '../../src/store/cards.ts';
import { countOpenCases, listCases } from '../../src/store/cases.ts';
import { type TopicFact, topicFacts } from '../../src/store/digest-facts.ts';
import { listSources } from '../../src/store/sources.ts';
import { hasRight, type Viewer, viewerOf } from '../auth/session.ts';
import { type CaseRow, caseRows } from '../case-rows.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { renderFalls } from '../scorecard/falls.ts';
import { renderCard } from '../views/card.ts';
import { isWaiting, renderCaseTable } from '../views/case.ts';
import { number } from '../views/format.ts';
import { renderMaybeComplaints } from '../views/maybe-complaints.ts';
import { sendPage } from '../views/shell.ts';
import { renderToneBar } from '../views/tone-bar.ts';

const DAY_MS = 86_400_000;
const MAX_ROWS = 20;

function renderTopics(viewer: Viewer, facts: readonly TopicFact[]): Markup {
  const { t } = viewer;
  const items = facts.map(
    (fact) =>
      html`<li><a href="/mentions?topic=${fact.key}"><strong>${fact.name}</strong></a> ${t.count('mentions', fact.total)} <span class="muted">(${t('today.before', { n: number(viewer, fact.previous) })})</span> ${renderToneBar(viewer, fact, (label) => `/mentions?topic=${encodeURIComponent(fact.key)}&tone=${label}`)}</li>`,
  );
  return html`<ul class="topics">${items}</ul>`;
}

/** The first ones, and where the rest is. */
function renderDuties(viewer: Viewer, rows: readonly CaseRow[], total: number): Markup {
  const { t } = viewer;
  const rest =
    total > rows.length ? html`<p><a href="/cases">${t('today.allcases', { n: total })}</a></p>` : '';
  return html`${renderCaseTable(viewer, rows, t('today.nothing'))}${rest}`;
}

function renderComplaints(viewer: Viewer, cards: readonly Card[]): Markup {
  if (cards.length === 0) return html``;
  const { t } = viewer;
  // None of their authors is a customer: there are no names to look up.
  return html`<h2>${t('today.unmatched')}</h2><p class="muted">${t('today.unmatched.hint')} <a href="/mentions?complaints=1">${t('today.allcomplaints')}</a></p>${cards.map((card) => renderCard(viewer, card, { names: null }))}`;
}

function renderBroken(viewer: Viewer, sources: readonly Source[]): Markup {
  const broken = sources.filter((source) => source.enabled && source.lastError);
  if (broken.length === 0) return html``;
  const items = broken.map(
    (s) =>
      html`<li><strong>${s.name}</strong>. ${s.lastError ? describeSourceError(s.lastError, viewer.language) : ''}</li>`,
  );
  return html`<h2><a href="/sources">${viewer.t('today.sources')}</a></h2><ul>${items}</ul>`;
}

async function renderToday(deps: DashboardDeps, viewer: Viewer): Promise<Markup> {
  const { db } = deps;
  const { t, now } = viewer;
  const since = new Date(now.getTime() - DAY_MS);
  const [cases, waiting, complaints, facts, sources, falls, maybe] = await Promise.all([
    listCases(db, { status: 'waiting' }, now, MAX_ROWS, 0),
    countOpenCases(db),
    unmatchedComplaintCards(db, since, MAX_ROWS),
    topicFacts(db, null, since, now),
    listSources(db),
    hasRight(viewer.user, 'mentions:work') ? deps.scorecard.falls() : [],
    renderMaybeComplaints(deps, viewer),
  ]);
  const duties = await caseRows(db, cases.filter(isWaiting));
  return html`<h1>${t('menu.today')}</h1>
    <h2>${t('today.duties')}</h2>${renderDuties(viewer, duties, waiting)}
    ${maybe}
    ${renderBroken(viewer, sources)}
    ${renderFalls(viewer, falls, { href: '/scorecard', words: t('scorecard.fall.page') })}
    <h2>${t('today.topics')}</h2>${facts.length === 0 ? html`<p class="empty">${t('topic.none')}</p>` : renderTopics(viewer, facts)}
    ${renderComplaints(viewer, complaints)}`;
}

export const today: Page = {
  path: '/today',
  title: 'menu.today',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (_req, res) => {
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('menu.today'), await renderToday(deps, viewer));
    });
    return router;
  },
};
