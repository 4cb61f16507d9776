import { Router } from 'express';
import { describeSourceError } from '../../src/act/source-words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { isWaiting } from '../../src/model/case.ts';
import type { Source } from '../../src/model/source.ts';
import { type Card, unmatchedComplaintCards } from '../../src/store/cards.ts';
import { countOpenCases, listCases } from '../../src/store/cases.ts';
import { type TopicFact, topicFacts } from '../../src/store/digest-facts.ts';
import { remembered } from '../../src/store/remembered.ts';
import { listSources } from '../../src/store/sources.ts';
import { listStories, type StorySummary } from '../../src/store/story-pages.ts';
import { hasRight, type Viewer, viewerOf } from '../auth/session.ts';
import { type CaseRow, caseRows } from '../case-rows.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { renderFalls } from '../scorecard/falls.ts';
import { renderReminder } from '../start/reminder.ts';
import { renderStory } from '../stories/list.ts';
import { renderDutyStrip } from '../today/duties.ts';
import { renderUnusual } from '../today/unusual.ts';
import { renderCard } from '../views/card.ts';
import { renderCaseTable } from '../views/case.ts';
import { emptyWords } from '../views/empty.ts';
import { number } from '../views/format.ts';
import { renderMaybeComplaints } from '../views/maybe-complaints.ts';
import type { MenuGroup } from '../views/menu.ts';
import { sendPage } from '../views/shell.ts';
import { renderToneBar } from '../views/tone-bar.ts';

const DAY_MS = 86_400_000;
/** What a day brought, counted anew once a minute where there is much. */
const factsOf = remembered(60_000, topicFacts);

const MAX_ROWS = 20;
const MAX_COMPLAINTS = 5;
const MAX_STORIES = 5;

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

function renderStories(viewer: Viewer, stories: readonly StorySummary[]): Markup {
  if (stories.length === 0) return html``;
  const { t } = viewer;
  return html`<h2>${t('today.stories')}</h2>${stories.map((story) => renderStory(viewer, story))}<p><a href="/stories?days=1">${t('today.allstories')}</a></p>`;
}

async function renderToday(deps: DashboardDeps, viewer: Viewer, menu: readonly MenuGroup[]): Promise<Markup> {
  const { db } = deps;
  const { t, now } = viewer;
  const since = new Date(now.getTime() - DAY_MS);
  const [cases, waiting, complaints, facts, sources, falls, maybe, stories] = await Promise.all([
    listCases(db, { status: 'waiting' }, now, MAX_ROWS, 0),
    countOpenCases(db),
    unmatchedComplaintCards(db, since, MAX_COMPLAINTS),
    factsOf(db, null, since, now),
    listSources(db),
    hasRight(viewer.user, 'mentions:work') ? deps.scorecard.falls() : [],
    renderMaybeComplaints(deps, viewer),
    listStories(db, { since, topic: 'any' }, MAX_STORIES, 0),
  ]);
  const reminder = await renderReminder(deps, viewer);
  const duties = await caseRows(db, cases.filter(isWaiting));
  return html`<h1>${t('menu.today')}</h1>${reminder}${renderDutyStrip(viewer, menu)}
    <h2>${t('today.duties')}</h2>${renderDuties(viewer, duties, waiting)}
    ${maybe}${renderComplaints(viewer, complaints)}
    ${renderBroken(viewer, sources)}
    ${renderFalls(viewer, falls, { href: '/scorecard', words: t('scorecard.fall.page') })}
    ${await renderUnusual(deps, viewer, facts, { from: since, to: now })}
    ${renderStories(viewer, stories)}
    <h2>${t('today.topics')}</h2>${facts.length === 0 ? html`<p class="empty">${emptyWords(viewer, t('topic.none'), { href: '/start/brand', words: t('empty.brand'), right: 'topics:edit' })}</p>` : renderTopics(viewer, facts)}`;
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
      sendPage(res, viewer.t('menu.today'), await renderToday(deps, viewer, res.locals.menu));
    });
    return router;
  },
};
