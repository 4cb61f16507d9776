import { html, type Markup } from '../../src/lib/html.ts';
import type { StorySummary } from '../../src/store/story-pages.ts';
import type { Viewer } from '../auth/session.ts';
import { number, siteOf, time } from '../views/format.ts';
import { shownText } from '../views/private.ts';

const MAX_HEADING = 90;

/** Its first document's title, else that one's first words. */
export function headingOf(viewer: Viewer, { first }: Pick<StorySummary, 'first'>): string {
  const words = shownText(viewer, first.title ?? first.text)
    .slice(0, first.title === null ? MAX_HEADING : undefined)
    .toWellFormed();
  return words.trim() === '' ? '…' : words;
}

export function renderCounts(viewer: Viewer, story: StorySummary): Markup {
  const { t } = viewer;
  const counts = t('stories.counts', {
    documents: number(viewer, story.documents),
    sources: number(viewer, story.sources),
    authors: number(viewer, story.authors),
  });
  const reach =
    story.reach === null
      ? t('stories.noreach')
      : t('stories.reach', { n: number(viewer, story.reach), known: number(viewer, story.reachOf) });
  return html`${counts} · <span title="${t('stories.reach.how')}">${reach}</span>`;
}

/** Where the first document stands, whose it is, and when. */
export function renderOrigin(viewer: Viewer, { first, from }: StorySummary): Markup {
  return html`${first.author ?? viewer.t('author.unknown')} · ${first.sourceName} · ${siteOf(first.url)} · ${time(viewer, from)}`;
}
