import { Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import { createHighlighter } from '../../src/query/highlight.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { SearchAnswer } from '../../src/search/search.ts';
import { type Card, getCards } from '../../src/store/cards.ts';
import { countDocuments } from '../../src/store/documents.ts';
import { listSources } from '../../src/store/sources.ts';
import { listTopics } from '../../src/store/topics.ts';
import { type Viewer, viewerOf } from '../auth/session.ts';
import { customerNames } from '../customer-names.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { PAGE_SIZE, readSearchForm, type SearchForm, searchHref, toRequest } from '../search-form.ts';
import { type Highlights, renderCard } from '../views/card.ts';
import { number } from '../views/format.ts';
import { renderSearchForm } from '../views/search-form.ts';
import { sendPage } from '../views/shell.ts';
import { documentRoutes } from './document.ts';

/** Marks in the text what the words of the search box found. A box that is no query marks nothing. */
function highlightsOf(deps: DashboardDeps, text: string): Highlights {
  const parsed = text.trim() === '' ? null : parseQuery(text, 'search');
  if (!parsed || !('query' in parsed)) return () => [];
  return createHighlighter(parsed.query, deps.morphology);
}

function renderPager(viewer: Viewer, form: SearchForm, total: number): Markup {
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  if (pages === 1 && form.page === 1) return html``;
  const { t } = viewer;
  // An address can name a page behind the last one: back leads to where there is something.
  const before = Math.min(form.page - 1, pages);
  return html`<nav class="pager" aria-label="${t('page.of', { page: form.page, pages })}">
    ${form.page > 1 ? html`<a rel="prev" href="${searchHref(form, { page: before })}">← ${t('page.previous')}</a>` : ''}
    <span>${t('page.of', { page: number(viewer, form.page), pages: number(viewer, pages) })}</span>
    ${form.page < pages ? html`<a rel="next" href="${searchHref(form, { page: form.page + 1 })}">${t('page.next')} →</a>` : ''}
  </nav>`;
}

async function renderList(
  deps: DashboardDeps,
  viewer: Viewer,
  cards: readonly Card[],
  highlights: Highlights,
): Promise<Markup> {
  if (cards.length > 0) {
    const names = await customerNames(deps.db, cards);
    return html`${cards.map((card) => renderCard(viewer, card, { names, highlights }))}`;
  }
  const isFirstDay = (await countDocuments(deps.db)) === 0;
  return html`<p class="empty">${viewer.t(isFirstDay ? 'search.empty' : 'search.none')}</p>`;
}

function renderEngineNote({ t }: Viewer, answer: SearchAnswer): Markup {
  return answer.engine === 'meilisearch'
    ? html``
    : html`<details class="note"><summary>${t('search.store')}</summary>${answer.reason}</details>`;
}

async function choices(
  deps: DashboardDeps,
): Promise<{ topics: [string, string][]; sources: [string, string][] }> {
  const [topics, sources] = await Promise.all([listTopics(deps.db), listSources(deps.db)]);
  return { topics: topics.map((t) => [t.key, t.name]), sources: sources.map((s) => [s.key, s.name]) };
}

export const mentions: Page = {
  path: '/mentions',
  title: 'menu.mentions',
  access: 'viewer',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const form = readSearchForm(req.query);
      const [answer, lists] = await Promise.all([
        deps.search.search(toRequest(form, viewer.zone)),
        choices(deps),
      ]);
      const cards = await getCards(deps.db, answer.ids);
      const list = await renderList(deps, viewer, cards, highlightsOf(deps, form.q));
      const { t } = viewer;
      sendPage(
        res,
        t('menu.mentions'),
        html`<h1>${t('menu.mentions')}</h1>
        ${renderSearchForm(viewer, form, answer.facets, lists)}
        ${renderEngineNote(viewer, answer)}
        <p class="found" role="status">${t('search.found', { count: t.count('mentions', answer.total) })}</p>
        ${list}
        ${renderPager(viewer, form, answer.total)}`,
      );
    });
    router.use(documentRoutes(deps));
    return router;
  },
};
