import { describeSourceError } from '../../src/act/source-words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Candidate, Discovery, DiscoveryNote, Preview } from '../../src/model/discovery.ts';
import type { Viewer } from '../auth/session.ts';
import { backField, renderWayBack, type WayBack } from '../start/way-back.ts';
import { number, outside, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderFindForm } from './list.ts';
import { SELECTORS_PATH } from './selector-page.ts';
import { kindName } from './words.ts';

/** `back`: the step from which somebody came. */
type Chosen = Pick<Candidate, 'kind' | 'url' | 'name'> & { back?: WayBack | null };

export function hiddenFields(viewer: Viewer, { kind, url, name, back = null }: Chosen): Markup {
  return html`${csrfField(viewer)}${backField(back)}<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="url" value="${url}"><input type="hidden" name="name" value="${name}">`;
}

function renderChoice(viewer: Viewer, chosen: Chosen, isAdvised: boolean): Markup {
  const { t } = viewer;
  return html`<form method="post" action="/sources/preview">${hiddenFields(viewer, chosen)}<button>${t('source.preview')}</button></form>
    <form method="post" action="/sources/add">${hiddenFields(viewer, chosen)}<button${isAdvised ? html` class="primary"` : ''}>${t('source.watch')}</button></form>`;
}

function renderCandidate(viewer: Viewer, candidate: Candidate & Chosen, isAdvised: boolean): Markup {
  const { t } = viewer;
  return html`<li class="card"><h3>${candidate.name}</h3>
    <p class="muted">${kindName(viewer, candidate.kind)}: ${t(`source.why.${candidate.why}`)}<br>${outside(candidate.url, candidate.url)}</p>
    <div class="actions">${renderChoice(viewer, candidate, isAdvised)}</div></li>`;
}

function renderNotes(viewer: Viewer, notes: readonly DiscoveryNote[]): Markup {
  if (notes.length === 0) return html``;
  const words = ({ code, message }: DiscoveryNote): string =>
    describeSourceError({ code, message, at: viewer.now }, viewer.language);
  return html`<details><summary>${viewer.t('source.notes')} (${number(viewer, notes.length)})</summary>
    <ul>${notes.map((note) => html`<li>${note.url}: ${words(note)}</li>`)}</ul></details>`;
}

/** What a first visit would bring. */
export function renderPreview(viewer: Viewer, chosen: Chosen, preview: Preview): Markup {
  const { t } = viewer;
  const documents = preview.documents.map(
    ({
      title,
      author,
      publishedAt,
      text,
      url,
    }) => html`<article class="mention"><header><span class="who">${author ?? t('author.unknown')}</span>
      <span class="muted">${publishedAt ? time(viewer, publishedAt) : t('time.unknown')}</span></header>
      <h3>${outside(url, title ?? (text.slice(0, 80) || t('source.notitle')))}</h3><p>${text}</p></article>`,
  );
  const counts = { read: number(viewer, preview.pages.length), waiting: number(viewer, preview.waiting) };
  return html`<section id="preview"><h2>${t('source.preview.title', { name: chosen.name })}</h2>
    <p class="muted">${t('source.preview.pages', counts)}</p>
    ${renderNotes(viewer, preview.notes)}
    ${documents.length > 0 ? documents : html`<p class="empty">${t('source.preview.none')}</p>`}</section>`;
}

/** For sites that nothing else reads as the person wants. */
function renderOffer(viewer: Viewer, address: string, isAdvised: boolean): Markup {
  const { t } = viewer;
  return html`<form method="post" action="${SELECTORS_PATH}" class="card">${csrfField(viewer)}<input type="hidden" name="address" value="${address}">
    <p>${t('selectors.offer')}</p><button${isAdvised ? html` class="primary"` : ''}>${t('selectors.title')}</button></form>`;
}

/** What was found at an address, with what the best of it would bring. */
export function renderFound(
  viewer: Viewer,
  pasted: string,
  found: Discovery,
  preview: Preview | null,
  back: WayBack | null = null,
): Markup {
  const { t } = viewer;
  const [best] = found.candidates;
  const isEmpty = preview === null || preview.documents.length === 0;
  return html`${renderWayBack(viewer, back)}<h1>${t('source.found')}</h1>${renderFindForm(viewer, pasted, best ? '' : t('source.found.none'), { back })}
    ${renderNotes(viewer, found.notes)}
    <ul class="candidates">${found.candidates.map((candidate, at) => renderCandidate(viewer, { ...candidate, back }, at === 0 && !isEmpty))}</ul>
    ${renderOffer(viewer, found.address, isEmpty)}
    ${best && preview ? renderPreview(viewer, best, preview) : ''}`;
}

/** One way of watching, tried out. */
export function renderTried(viewer: Viewer, chosen: Chosen, preview: Preview): Markup {
  const { t } = viewer;
  return html`${renderWayBack(viewer, chosen.back ?? null)}<h1>${t('source.found')}</h1>${renderFindForm(viewer, chosen.url, '', { back: chosen.back ?? null })}
    <section class="card"><h2>${chosen.name}</h2><p class="muted">${kindName(viewer, chosen.kind)} · ${outside(chosen.url, chosen.url)}</p>
    <form method="post" action="/sources/add">${hiddenFields(viewer, chosen)}<button class="primary">${t('source.watch')}</button></form></section>
    ${renderOffer(viewer, chosen.url, preview.documents.length === 0)}
    ${renderPreview(viewer, chosen, preview)}`;
}
