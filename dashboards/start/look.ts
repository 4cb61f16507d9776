import { html, type Markup } from '../../src/lib/html.ts';
import type { Source } from '../../src/model/source.ts';
import { type Card, getCards } from '../../src/store/cards.ts';
import { COUNTED_AT_MOST, readFound } from '../../src/store/first-run.ts';
import { listSources } from '../../src/store/sources.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { healthWords, presentHealth, stateBadge } from '../sources/words.ts';
import { renderCard } from '../views/card.ts';
import { number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';

const SHOWN = 5;
const SOURCES_SHOWN = 12;
const AGAIN_MS = 3_000;

interface LookView {
  sources: readonly Source[];
  documents: number;
  mentions: number;
  cards: readonly Card[];
  hasTopics: boolean;
}

const isRead = ({ lastSuccessAt, lastError }: Source): boolean =>
  lastSuccessAt !== null || lastError !== null;

/** `10,000` or more than that. */
function upTo(viewer: Viewer, count: number): string {
  return `${number(viewer, count)}${count >= COUNTED_AT_MOST ? '+' : ''}`;
}

/** Where the first visits stand, in a sentence. */
function progressWords(viewer: Viewer, { sources, documents, mentions }: LookView): string {
  const { t } = viewer;
  if (sources.length === 0) return t('start.look.nosources');
  const read = sources.filter(isRead).length;
  const counts = { read: number(viewer, read), of: number(viewer, sources.length) };
  const visits = t(read < sources.length ? 'start.look.underway' : 'start.look.read', counts);
  const found = { documents: upTo(viewer, documents), mentions: upTo(viewer, mentions) };
  return `${visits} ${t('start.look.found', found)}`;
}

function renderSourceList(viewer: Viewer, sources: readonly Source[]): Markup | '' {
  if (sources.length === 0) return '';
  const rows = sources.slice(0, SOURCES_SHOWN).map((source) => {
    const health = presentHealth(source, undefined);
    const why = source.lastError ? html`<br><small>${healthWords(viewer, source, health)}</small>` : '';
    return html`<li><a href="/sources/${source.key}">${source.name}</a> ${stateBadge(viewer, health.state)}${why}</li>`;
  });
  return html`<details id="look-sources"><summary>${viewer.t('menu.sources')} (${number(viewer, sources.length)})</summary><ul class="lines">${rows}</ul></details>`;
}

function renderNothing(viewer: Viewer, { sources, hasTopics, documents }: LookView): Markup {
  const { t } = viewer;
  if (!hasTopics)
    return html`<p class="empty">${t('start.look.notopics')} <a href="/start/brand">${t('start.step.brand')}</a></p>`;
  if (sources.length === 0)
    return html`<p class="empty"><a href="/start/sources">${t('start.step.sources')}</a></p>`;
  return html`<p class="empty">${t(documents > 0 ? 'start.look.quiet' : 'start.look.wait')}</p>`;
}

/** The part that comes anew by itself while visits are under way. */
function renderNews(viewer: Viewer, view: LookView): Markup {
  const { t } = viewer;
  const { cards, sources } = view;
  const isUnderWay = sources.length > 0 && (cards.length === 0 || sources.some((source) => !isRead(source)));
  const again = isUnderWay ? html` data-again="${AGAIN_MS}"` : '';
  const found =
    cards.length > 0
      ? cards.map((card) => renderCard(viewer, card, { names: null }))
      : renderNothing(viewer, view);
  return html`<section class="card"><h2>${t('start.look.now')}</h2><p id="look-words" role="status">${progressWords(viewer, view)}</p>
    <div id="look-list"${again}>${renderSourceList(viewer, sources)}</div>${isUnderWay ? html`<p><a href="/start/look">${t('start.look.again')}</a></p>` : ''}</section>
    <h2>${t('start.look.first')}</h2><div id="look-cards" data-count="${String(cards.length)}">${found}</div>`;
}

/** Those of the places that this person may see. */
function renderWhereNext(viewer: Viewer): Markup {
  const { t, user } = viewer;
  const places = [
    ['/mentions', 'mentions', 'mentions:read'],
    ['/alerts', 'alerts', 'mentions:read'],
    ['/topics', 'topics', 'mentions:read'],
    ['/rules', 'rules', 'mentions:read'],
    ['/users', 'users', 'users:edit'],
  ] as const;
  const rows = places
    .filter(([, , right]) => hasRight(user, right))
    .map(
      ([href, key]) =>
        html`<li><a href="${href}">${t(`start.next.${key}`)}</a><br><small class="muted">${t(`start.next.${key}.why`)}</small></li>`,
    );
  return html`<section><h2>${t('start.next.title')}</h2><ul class="lines">${rows}</ul>
    <form method="post" action="/start/hide">${csrfField(viewer)}<button class="primary">${t('start.finish')}</button></form><p class="muted">${t('start.finish.hint')}</p></section>`;
}

/** What was found so far, and where to go on. */
export async function renderLook({ db }: DashboardDeps, viewer: Viewer, hasTopics: boolean): Promise<Markup> {
  const [sources, { ids, ...counts }] = [await listSources(db), await readFound(db, SHOWN)];
  const cards = await getCards(db, ids);
  const view = { sources: sources.filter(({ enabled }) => enabled), cards, hasTopics, ...counts };
  return html`${renderNews(viewer, view)}${renderWhereNext(viewer)}`;
}
