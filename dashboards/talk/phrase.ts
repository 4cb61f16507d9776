import { html, type Markup } from '../../src/lib/html.ts';
import type { Morphology } from '../../src/model/ports.ts';
import type { TalkPhrase, TalkSize } from '../../src/model/talk.ts';
import { createHighlighter } from '../../src/query/highlight.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { Card } from '../../src/store/cards.ts';
import type { Viewer } from '../auth/session.ts';
import { type SearchForm, shortHref } from '../search-form.ts';
import { excerpt, number, percent, siteOf, time } from '../views/format.ts';
import { renderToneBar } from '../views/tone-bar.ts';

const EXCERPT = 90;

export interface PhraseContext {
  /** The search of all mentions of the topic in the period. */
  search: SearchForm;
  period: TalkSize;
  before: TalkSize;
  cards: ReadonlyMap<number, Card>;
  morphology: Morphology;
}

function renderExample(viewer: Viewer, card: Card, find: ReturnType<typeof createHighlighter>): Markup {
  return html`<li><a href="/mentions/${card.id}">${excerpt(viewer, card.text, find(card.text), EXCERPT)}</a>
    <span class="muted">${card.author ?? viewer.t('author.unknown')} · ${siteOf(card.url)} · ${time(viewer, card.time)}</span></li>`;
}

function renderExamples(viewer: Viewer, phrase: TalkPhrase, context: PhraseContext, isOpen: boolean): Markup {
  const read = parseQuery(phrase.query, 'search');
  const find = 'query' in read ? createHighlighter(read.query, context.morphology) : () => [];
  const items = phrase.examples.flatMap((id) => {
    const card = context.cards.get(id);
    return card ? [renderExample(viewer, card, find)] : [];
  });
  return html`<details${isOpen ? html` open` : ''}><summary>${viewer.t('talk.examples')}</summary><ul class="examples">${items}</ul></details>`;
}

/** `40`, or `≈ 400` where a part of the mentions was read. */
function renderCount(viewer: Viewer, mentions: number, { mentions: all, read }: TalkSize): string {
  if (read >= all) return viewer.t.count('mentions', mentions);
  return `≈ ${viewer.t.count('mentions', Math.round((mentions * all) / Math.max(1, read)))}`;
}

/** Where nothing at all is known of the time before, nothing is said of it. */
function renderChange(
  viewer: Viewer,
  { share, shareBefore, mentionsBefore }: TalkPhrase,
  before: TalkSize,
): Markup {
  const { t } = viewer;
  const now = percent(viewer, share);
  if (before.voices === 0) return html`${now}`;
  const words =
    mentionsBefore === 0
      ? `${now}, ${t('talk.never')}`
      : t('talk.share', { now, before: percent(viewer, shareBefore) });
  return html`<span title="${t('talk.share.how')}">${words}</span>`;
}

/** One phrase with its numbers, its tone and some of its mentions; it leads to all of them. */
export function renderPhrase(
  viewer: Viewer,
  phrase: TalkPhrase,
  context: PhraseContext,
  isOpen: boolean,
): Markup {
  const { t } = viewer;
  const q = { q: phrase.query };
  const longer =
    phrase.longer.length === 0
      ? ''
      : html`<p class="muted">${t('talk.longer', { phrases: phrase.longer.join(', ') })}</p>`;
  return html`<li><h3><a href="${shortHref(context.search, q)}">${phrase.phrase}</a></h3>
    <p>${renderCount(viewer, phrase.mentions, context.period)} · ${renderChange(viewer, phrase, context.before)} <span class="muted">· ${t('talk.voices', { n: number(viewer, phrase.voices) })}</span></p>
    ${renderToneBar(viewer, phrase.tones, (label) => shortHref(context.search, { ...q, tone: [label] }))}
    ${longer}${renderExamples(viewer, phrase, context, isOpen)}</li>`;
}
