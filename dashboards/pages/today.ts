import { Router } from 'express';
import { describeSourceError } from '../../src/act/source-words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { unmatchedComplaintCards } from '../../src/store/cards.ts';
import { listCases } from '../../src/store/cases.ts';
import { type TopicFact, topicFacts } from '../../src/store/digest-facts.ts';
import { listSources } from '../../src/store/sources.ts';
import { type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { renderCard } from '../views/card.ts';
import { renderCaseTable } from '../views/case.ts';
import { number } from '../views/format.ts';
import { sendPage } from '../views/shell.ts';

const DAY_MS = 86_400_000;
const MAX_ROWS = 20;
const TONES = ['negative', 'unsure', 'neutral', 'positive'] as const;
const BAR = 240;

/** Share of each tone as a bar; the numbers stand beside it in words for those who do not see it. */
function renderToneBar(viewer: Viewer, fact: TopicFact): Markup {
  if (fact.total === 0) return html``;
  let x = 0;
  const parts = TONES.map((label) => {
    const width = (fact[label] / fact.total) * BAR;
    const part = html`<rect class="${label}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"/>`;
    x += width;
    return part;
  });
  const words = TONES.filter((label) => fact[label] > 0).map(
    (label) => `${viewer.t(`tone.${label}`)} ${fact[label]}`,
  );
  return html`<svg class="bar" viewBox="0 0 ${BAR} 10" preserveAspectRatio="none" role="img" aria-label="${words.join(', ')}">${parts}</svg> <small>${words.join(', ')}</small>`;
}

function renderTopics(viewer: Viewer, facts: readonly TopicFact[]): Markup {
  const { t } = viewer;
  const items = facts.map(
    (fact) =>
      html`<li><a href="/mentions?topic=${fact.key}">${fact.name}</a>: ${t.count('mentions', fact.total)} <span class="muted">(${t('today.before', { n: number(viewer, fact.previous) })})</span> ${renderToneBar(viewer, fact)}</li>`,
  );
  return html`<ul class="topics">${items}</ul>`;
}

async function renderToday(deps: DashboardDeps, viewer: Viewer): Promise<Markup> {
  const { db } = deps;
  const now = deps.clock.now();
  const since = new Date(now.getTime() - DAY_MS);
  const [cases, complaints, facts, sources] = await Promise.all([
    listCases(db, MAX_ROWS, 0),
    unmatchedComplaintCards(db, since, MAX_ROWS),
    topicFacts(db, null, since, now),
    listSources(db),
  ]);
  const duties = cases.filter((c) => c.status === 'open' || c.status === 'in_work');
  const broken = sources.filter((source) => source.enabled && source.lastError);
  const { t } = viewer;
  return html`<h1>${t('menu.today')}</h1>
    <h2>${t('today.duties')}</h2>${renderCaseTable(viewer, duties, now, t('today.nothing'))}
    ${complaints.length === 0 ? '' : html`<h2>${t('today.unmatched')}</h2>${complaints.map((card) => renderCard(viewer, card))}`}
    <h2>${t('today.topics')}</h2>${facts.length === 0 ? html`<p class="empty">${t('topic.none')}</p>` : renderTopics(viewer, facts)}
    ${broken.length === 0 ? '' : html`<h2>${t('today.sources')}</h2><ul>${broken.map((s) => html`<li>${s.name}: ${s.lastError ? describeSourceError(s.lastError, viewer.language) : ''}</li>`)}</ul>`}`;
}

export const today: Page = {
  path: '/today',
  title: 'menu.today',
  access: 'viewer',
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
