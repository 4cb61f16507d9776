import { html, type Markup } from '../../src/lib/html.ts';
import type { Source } from '../../src/model/source.ts';
import { type StarterSource, TRADES, type Trade } from '../../src/model/starter-source.ts';
import { LANGUAGES, type Language } from '../../src/model/user.ts';
import type { Viewer } from '../auth/session.ts';
import { hiddenFields } from '../sources/found.ts';
import { renderFindForm } from '../sources/list.ts';
import { renderOpml } from '../sources/opml.ts';
import { presentHealth, stateBadge } from '../sources/words.ts';
import { number, outside } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';

const SHOWN = 12;
const PICK = 'pick';

/** What is proposed for. */
export interface SourceWish {
  language: Language;
  /** null: any. */
  trade: Trade | null;
}

/** Those of the language, the trade's own first. */
export function proposeSources(
  all: readonly StarterSource[],
  { language, trade }: SourceWish,
): StarterSource[] {
  const ofLanguage = all.filter((one) => one.language === language);
  const own = ofLanguage.filter(({ trades }) => trade !== null && trades.includes(trade));
  return [...own, ...ofLanguage.filter(({ trades }) => trades.length === 0)];
}

function renderWatched(viewer: Viewer, sources: readonly Source[]): Markup {
  const { t } = viewer;
  if (sources.length === 0) return html`<p class="empty">${t('start.sources.none')}</p>`;
  const rows = sources
    .slice(0, SHOWN)
    .map(
      (source) =>
        html`<li><a href="/sources/${source.key}">${source.name}</a> ${stateBadge(viewer, presentHealth(source, undefined).state)}</li>`,
    );
  const rest = sources.length - SHOWN;
  const more =
    rest > 0
      ? html`<li><a href="/sources">${t('source.opml.more', { n: number(viewer, rest) })}</a></li>`
      : '';
  return html`<h2>${t('start.sources.watched', { n: number(viewer, sources.length) })}</h2><ul class="lines">${rows}${more}</ul>`;
}

function renderWish({ t, language: own }: Viewer, { language, trade }: SourceWish): Markup {
  const option = (value: string, words: string, isChosen: boolean): Markup =>
    html`<option value="${value}"${isChosen ? html` selected` : ''}>${words}</option>`;
  const languages = LANGUAGES.map((code) => option(code, t(`language.${code}`), code === (language ?? own)));
  const trades = TRADES.map((one) => option(one, t(`start.trade.${one}`), one === trade));
  return html`<form method="get" action="/start/sources" class="row"><label>${t('start.sources.language')} <select name="language">${languages}</select></label>
    <label>${t('start.sources.trade')} <select name="trade">${option('', t('start.trade.any'), trade === null)}${trades}</select></label><button>${t('start.sources.show')}</button></form>`;
}

/** The box belongs to the form below the list: each row has a form of its own for the look. */
function renderProposed(viewer: Viewer, source: StarterSource, isWatched: boolean, isOwn: boolean): Markup {
  const { t } = viewer;
  const box = isWatched
    ? html`<span>${source.name} <span class="muted">✓ ${t('start.sources.already')}</span></span>`
    : html`<label class="check"><input type="checkbox" form="${PICK}" name="starter" value="${source.key}"${isOwn ? html` checked` : ''}> ${source.name}</label>`;
  const look = html`<form method="post" action="/sources/preview">${hiddenFields(viewer, { ...source, back: 'sources' })}<button class="link">${t('start.sources.look')}<span class="unseen">: ${source.name}</span></button></form>`;
  return html`<li>${box}<small class="muted">${outside(source.url, new URL(source.url).host)}</small>${isWatched ? '' : look}</li>`;
}

function renderProposals(
  viewer: Viewer,
  proposed: readonly StarterSource[],
  wish: SourceWish,
  watched: readonly Source[],
): Markup {
  const { t } = viewer;
  const known = new Set(watched.map(({ url }) => url));
  const isNoneWatched = watched.length === 0;
  const rows = proposed.map((one) => {
    const isOwn = wish.trade === null ? isNoneWatched : one.trades.includes(wish.trade);
    return renderProposed(viewer, one, known.has(new URL(one.url).href), isOwn);
  });
  const isOver = proposed.every(({ url }) => known.has(new URL(url).href));
  const add = isOver
    ? html`<p class="muted">${t('start.sources.all')}</p>`
    : html`<form method="post" action="/start/sources" id="${PICK}">${csrfField(viewer)}<button class="primary">${t('start.sources.add')}</button></form>`;
  return html`<section class="card" id="proposed"><h2>${t('start.sources.proposed')}</h2><p class="muted">${t('start.sources.proposed.hint')}</p>
    ${renderWish(viewer, wish)}<ul class="picks">${rows}</ul>${add}</section>`;
}

/** What is watched already, what is proposed, and the two ways of adding one's own. */
export function renderSources(
  viewer: Viewer,
  all: readonly StarterSource[],
  wish: SourceWish,
  watched: readonly Source[],
): Markup {
  const { t } = viewer;
  return html`${renderProposals(viewer, proposeSources(all, wish), wish, watched)}
    <h2>${t('start.sources.own')}</h2>${renderFindForm(viewer, '', '', { back: 'sources' })}
    ${renderOpml(viewer, '', 'sources')}${renderWatched(viewer, watched)}`;
}
