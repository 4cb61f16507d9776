import { html, type Markup } from '../../src/lib/html.ts';
import { listStories, type StorySummary } from '../../src/store/story-pages.ts';
import { listTopics } from '../../src/store/topics.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { pageParam } from '../params.ts';
import { renderPages } from '../views/table.ts';
import { headingOf, renderCounts, renderOrigin } from './summary.ts';

const DAYS = [1, 7, 30] as const;
const DAY_MS = 86_400_000;
const PER_PAGE = 30;

interface Asked {
  days: (typeof DAYS)[number];
  topic: string;
  page: number;
}

function askedOf(query: Record<string, unknown>): Asked {
  return {
    days: DAYS.find((days) => String(days) === query.days) ?? 7,
    topic: typeof query.topic === 'string' && query.topic !== '' ? query.topic : 'any',
    page: pageParam(query.page),
  };
}

function renderForm(
  viewer: Viewer,
  { days, topic }: Asked,
  topics: readonly { key: string; name: string }[],
): Markup {
  const { t } = viewer;
  const option = (value: string, word: string, chosen: string): Markup =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${word}</option>`;
  return html`<form class="row" action="/stories">
    <label>${t('stories.days')} <select name="days">${DAYS.map((one) => option(String(one), t(`stories.days.${one}`), String(days)))}</select></label>
    <label>${t('stories.topic')} <select name="topic">${option('any', t('stories.topic.any'), topic)}${topics.map(({ key, name }) => option(key, name, topic))}${option('all', t('stories.topic.all'), topic)}</select></label>
    <button>${t('stories.show')}</button></form>`;
}

/** One story in a list. */
export function renderStory(viewer: Viewer, story: StorySummary): Markup {
  return html`<article class="mention"><header><span class="muted">${renderOrigin(viewer, story)}</span></header>
    <h3><a href="/stories/${story.id}">${headingOf(viewer, story)}</a></h3>
    <p>${renderCounts(viewer, story)}</p>
    <footer>${story.topics.map((name) => html`<span class="topic">${name}</span> `)}</footer></article>`;
}

function renderEmpty({ t }: Viewer, { days, topic }: Asked): Markup {
  const isWidest = days === 30 && topic === 'all';
  return html`<div class="empty"><p>${t('stories.empty')}</p>${isWidest ? '' : html`<p><a href="/stories?days=30&amp;topic=all">${t('stories.wider')}</a></p>`}</div>`;
}

export async function renderStories(
  deps: DashboardDeps,
  viewer: Viewer,
  query: Record<string, unknown>,
): Promise<Markup> {
  const { t } = viewer;
  const asked = askedOf(query);
  const since = new Date(viewer.now.getTime() - asked.days * DAY_MS);
  const wish = { since, topic: asked.topic };
  const stories = await listStories(deps.db, wish, PER_PAGE, (asked.page - 1) * PER_PAGE);
  const path = `/stories?${new URLSearchParams({ days: String(asked.days), topic: asked.topic })}&`;
  const words = { previous: t('stories.previous'), next: t('stories.next') };
  return html`<h1>${t('stories.title')}</h1><p class="muted">${t('stories.lead')}</p>
    ${renderForm(viewer, asked, await listTopics(deps.db))}
    ${stories.length === 0 ? renderEmpty(viewer, asked) : stories.map((story) => renderStory(viewer, story))}
    ${renderPages(path, asked.page, stories.length === PER_PAGE, words)}`;
}
