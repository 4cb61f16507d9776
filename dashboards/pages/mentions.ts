import { Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { DocumentId, UserId } from '../../src/model/ids.ts';
import type { Query } from '../../src/query/ast.ts';
import { createHighlighter } from '../../src/query/highlight.ts';
import { readSearchQuery } from '../../src/query/saved.ts';
import type { SearchAnswer } from '../../src/search/search.ts';
import { type Card, getCards } from '../../src/store/cards.ts';
import { listSavedViews } from '../../src/store/saved-views.ts';
import { listSources } from '../../src/store/sources.ts';
import { listTopics } from '../../src/store/topics.ts';
import { hasRight, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import { customerNames } from '../customer-names.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import { bulkRoutes, renderBulk, renderBulkNotice } from '../mentions/bulk.ts';
import { startOfFresh, streamFresh } from '../mentions/live.ts';
import { readDocument } from '../mentions/reader.ts';
import { renderSaved, renderSavedNotice, savedRoutes } from '../mentions/saved.ts';
import { renderTimeline } from '../mentions/timeline.ts';
import type { Page } from '../page.ts';
import {
  addressWith,
  PAGE_SIZE,
  readSearchForm,
  type SearchForm,
  searchHref,
  shortHref,
  toFilters,
} from '../search-form.ts';
import { type Highlights, renderCard } from '../views/card.ts';
import { number } from '../views/format.ts';
import { renderQueryIssues } from '../views/query-issues.ts';
import { renderSearchForm } from '../views/search-form.ts';
import { sendPage } from '../views/shell.ts';
import { renderListKeys } from '../views/shortcuts.ts';
import { documentRoutes } from './document.ts';

/** Counting goes on so long once there is a page to show: a list comes at once, how many there are in all may come later. */
const QUICK_MS = 30;
const EXACT_MS = 4000;

/** Marks in the text what the query found. */
function highlightsOf(deps: DashboardDeps, query: Query | null): Highlights {
  return query ? createHighlighter(query, deps.morphology) : () => [];
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
  form: SearchForm,
  { cards, newest }: { cards: readonly Card[]; newest: DocumentId | 0 },
  highlights: Highlights,
): Promise<Markup> {
  if (cards.length > 0) {
    const names = await customerNames(deps.db, cards);
    const picksFor = hasRight(viewer.user, 'mentions:work') ? { picksFor: 'bulk' } : {};
    return html`${cards.map((card) =>
      renderCard(viewer, card, {
        names,
        highlights,
        href: shortHref(form, { open: card.id }),
        isOpen: card.id === form.open,
        ...picksFor,
      }),
    )}`;
  }
  const { t } = viewer;
  if (newest === 0) return html`<p class="empty">${t('search.empty')}</p>`;
  const wider = searchHref(form, { all: '1', page: 1 });
  return html`<p class="empty">${t('search.none')}${form.all ? '' : html` <a href="${wider}">${t('search.none.all')}</a>`}</p>`;
}

/** The post that is read, beside the list. */
async function renderPane(deps: DashboardDeps, viewer: Viewer, form: SearchForm): Promise<Markup> {
  const { t } = viewer;
  const found = form.open ? await readDocument(deps, viewer, form.open as DocumentId) : null;
  const back = searchHref(form, { open: undefined });
  const alone = found ? `/mentions/${form.open}` : back;
  return html`<section class="pane" id="pane" tabindex="-1" aria-label="${t('desk.pane')}" data-failed="${t('desk.failed')}">
    <p class="closes"${found ? '' : html` hidden`}><a href="${back}" data-close>← ${t('desk.back')}</a> <a href="${alone}" data-alone>${t('desk.alone')}</a></p>
    <div data-reader>${found ? found.body : html`<p class="empty">${t('desk.empty')}</p>${renderListKeys(viewer)}`}</div></section>`;
}

function renderEngineNote({ t }: Viewer, answer: SearchAnswer): Markup {
  return answer.engine === 'meilisearch'
    ? html``
    : html`<details class="note"><summary>${t('search.store')}</summary>${answer.reason}</details>`;
}

/** How many were found; when they were not counted to the end, how far one got. */
function renderTotal(viewer: Viewer, form: SearchForm, answer: SearchAnswer): Markup {
  const { t } = viewer;
  const { total, isEstimate, looked, engine } = answer;
  const count = t.count('mentions', total);
  if (!isEstimate || looked === null)
    return html`<p class="found" role="status">${t('search.found', { count })}</p>`;
  const bounds = { looked: number(viewer, looked.documents), of: number(viewer, looked.of) };
  const isQuick = engine === 'meilisearch' && !form.exact;
  const more = isQuick
    ? html`<a href="${searchHref(form, { exact: '1' })}" data-exact>${t('search.exact')}</a>`
    : html`<small class="muted">${t('search.looked', bounds)}</small>`;
  return html`<p class="found" role="status">${t('search.about', { count })} ${more}</p>`;
}

/** What the page is asked for: a search, and what is to be said of what was just done. */
interface Asked {
  form: SearchForm;
  query: Query | null;
  said: Markup;
  /** Who asks. */
  user: UserId;
}

async function renderAnswer(
  deps: DashboardDeps,
  viewer: Viewer,
  { form, query, said, user }: Asked,
  lists: Lists,
): Promise<Markup> {
  const { newest, after, seen } = await startOfFresh(deps, viewer, form, query);
  const [answer, views] = await Promise.all([
    deps.search.search({
      query,
      filters: toFilters(form, viewer.zone),
      zone: viewer.zone,
      limit: PAGE_SIZE,
      offset: (form.page - 1) * PAGE_SIZE,
      countMs: form.exact ? EXACT_MS : QUICK_MS,
    }),
    listSavedViews(deps.db, user),
  ]);
  const cards = await getCards(deps.db, answer.ids);
  const { t } = viewer;
  const here = searchHref(form, { open: undefined, page: 1 });
  const stream = addressWith(`/mentions/live${here.slice('/mentions'.length)}`, 'after', String(after));
  const live = addressWith(stream, 'seen', String(seen));
  return html`${said}${renderSearchForm(viewer, form, answer.facets, lists)}${renderSaved(viewer, views, here)}
    ${renderEngineNote(viewer, answer)}${renderTotal(viewer, form, answer)}<div data-times${answer.facets ? '' : html` class="waits"`}>${renderTimeline(viewer, form, answer.facets)}</div>
    <div class="desk${form.open ? ' has-open' : ''}"><section class="rows" aria-labelledby="results"><h2 class="unseen" id="results">${t('search.results')}</h2>
    <p class="fresh" role="status" data-live="${live}" hidden><a href="${here}"></a></p>
    ${cards.length > 0 ? renderBulk(viewer, searchHref(form, {})) : ''}<div data-rows>${await renderList(deps, viewer, form, { cards, newest }, highlightsOf(deps, query))}</div>
    ${renderPager(viewer, form, answer.total)}</section>${await renderPane(deps, viewer, form)}</div>`;
}

interface Lists {
  topics: [string, string][];
  sources: [string, string][];
}

const SCRIPTS = ['/assets/query-editor.js', '/assets/mentions.js', '/assets/corrections.js'];

export const mentions: Page = {
  path: '/mentions',
  title: 'menu.mentions',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const form = readSearchForm(req.query);
      const [topics, sources] = await Promise.all([listTopics(deps.db), listSources(deps.db)]);
      const read = readSearchQuery(form.q, topics);
      const lists: Lists = {
        topics: topics.map(({ key, name }) => [key, name]),
        sources: sources.map(({ key, name }) => [key, name]),
      };
      const said = html`${renderBulkNotice(viewer, req.query, searchHref(form, {}))}${renderSavedNotice(viewer, req.query)}`;
      const body =
        'issues' in read
          ? html`${renderSearchForm(viewer, form, null, lists)}${renderQueryIssues(viewer, form.q, read.issues)}<p><a href="/topics/language">${viewer.t('language.link')}</a></p>`
          : await renderAnswer(deps, viewer, { form, query: read.query, said, user: userOf(res).id }, lists);
      if ('issues' in read) res.status(400);
      const title = viewer.t('menu.mentions');
      const help = renderHelp(
        viewer,
        'mentions',
        html`<a href="/topics/language">${viewer.t('language.link')}</a>`,
      );
      sendPage(res, title, html`<h1>${title}</h1>${help}${body}`, ...SCRIPTS);
    });
    router.get('/live', (req, res) => streamFresh(deps, req, res));
    bulkRoutes(deps, router);
    savedRoutes(deps, router);
    router.use(documentRoutes(deps));
    return router;
  },
};
