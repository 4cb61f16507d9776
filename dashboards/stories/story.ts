import { html, type Markup } from '../../src/lib/html.ts';
import type { StoryId } from '../../src/model/ids.ts';
import { getDocument } from '../../src/store/documents.ts';
import {
  countSpread,
  getStory,
  listCarriers,
  type StoryCarrier,
  type StorySummary,
} from '../../src/store/story-pages.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { number, outside, siteOf, time } from '../views/format.ts';
import { shownText } from '../views/private.ts';
import { renderPages } from '../views/table.ts';
import { renderChanges } from './changes.ts';
import { renderSpread, spreadStep } from './spread-chart.ts';
import { headingOf, renderCounts, renderOrigin } from './summary.ts';

const PER_PAGE = 50;

function renderFirst(viewer: Viewer, story: StorySummary, text: string): Markup {
  const { t } = viewer;
  const { first } = story;
  return html`<section class="card"><h2>${t('story.first')}</h2>
    <p class="muted">${renderOrigin(viewer, story)}</p>
    ${first.title === null ? '' : html`<h3>${shownText(viewer, first.title)}</h3>`}<p class="text">${text}</p>
    <p><a href="/mentions/${first.id}">${t('mention.document')}</a> · ${outside(first.url, t('mention.original'))}</p></section>`;
}

function renderCarrier(viewer: Viewer, carrier: StoryCarrier, story: StorySummary, first: string): Markup {
  const { t } = viewer;
  const { id, sourceName, url, author, saidAt, relation, followers, deletedAt } = carrier;
  const isFirst = id === story.first.id;
  const reach = followers === null ? '' : html` · ${t('story.reach')}: ${number(viewer, followers)}`;
  return html`<li><p><a href="/mentions/${id}">${author ?? t('author.unknown')} · ${sourceName} · ${siteOf(url)}</a>
    <span class="muted">${time(viewer, saidAt)}${reach}</span>
    <span class="topic">${isFirst ? t('story.earliest') : t(`story.relation.${relation}`)}</span>
    ${deletedAt ? html`<span class="badge">${t('story.deleted')}</span>` : ''}</p>
    ${isFirst ? '' : renderChanges(viewer, first, shownText(viewer, carrier.text))}</li>`;
}

/** null when there is no such story. */
export async function renderStoryPage(
  deps: DashboardDeps,
  viewer: Viewer,
  id: StoryId,
  page: number,
): Promise<{ title: string; body: Markup } | null> {
  const { t } = viewer;
  const story = await getStory(deps.db, id);
  const first = story && (await getDocument(deps.db, story.first.id));
  if (!story || !first) return null;
  const stepMs = spreadStep(story.from, story.to);
  const spread = await countSpread(deps.db, id, story.from, stepMs);
  const carriers = await listCarriers(deps.db, id, PER_PAGE, (page - 1) * PER_PAGE);
  const title = t('story.title', { id });
  const words = { previous: t('stories.previous'), next: t('stories.next') };
  const body = html`<p><a href="/stories">← ${t('stories.title')}</a></p><h1>${headingOf(viewer, story)}</h1>
    <p class="muted">${title} · ${renderCounts(viewer, story)}</p>
    ${renderFirst(viewer, story, shownText(viewer, first.text.slice(0, MOST_SHOWN)).toWellFormed())}
    ${story.documents === 1 ? html`<p class="empty">${t('story.alone')}</p>` : renderSpread(viewer, story.from, stepMs, spread)}
    <h2>${t('story.carriers')} (${number(viewer, story.documents)})</h2>
    <ol class="carriers" start="${(page - 1) * PER_PAGE + 1}">${carriers.map((one) => renderCarrier(viewer, one, story, shownText(viewer, first.text)))}</ol>
    ${renderPages(`/stories/${id}?`, page, carriers.length === PER_PAGE, words)}`;
  return { title, body };
}

const MOST_SHOWN = 20_000;
