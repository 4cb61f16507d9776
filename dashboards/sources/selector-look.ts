import { describeSourceError } from '../../src/act/source-words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { SelectedItem, SelectorLook, SelectorPreview } from '../../src/model/selectors.ts';
import type { Viewer } from '../auth/session.ts';
import { number, outside, time } from '../views/format.ts';
import type { SelectorForm } from './selector-form.ts';

type Seen = Extract<SelectorLook, { preview: unknown }>;

/** As many are looked at; the rest of a very long page is only counted. */
const SAMPLED = 500;

function troubleWords(
  { t, language, now }: Viewer,
  { code, message }: { code: string; message: string },
): string {
  if (code === 'too-slow-to-read') return t('selectors.trouble.too-slow-to-read');
  return describeSourceError({ code, message, at: now }, language);
}

function summaryWords(viewer: Viewer, { draft }: SelectorForm, preview: SelectorPreview): string {
  const { t } = viewer;
  const [found, collected] = [number(viewer, preview.found), number(viewer, preview.collected)];
  if (draft.on === 'page') return t('selectors.summary.page', { found });
  if (draft.list.item === undefined) return t('selectors.summary.reviews', { found });
  if (preview.found > SAMPLED)
    return t('selectors.summary.sampled', { found, collected, sampled: number(viewer, SAMPLED) });
  return t('selectors.summary.list', { found, collected });
}

function renderHint({ t }: Viewer, look: Seen, wasAsked: boolean): Markup {
  if (look.isSuggested) return html`<p class="note">${t('selectors.suggested')}</p>`;
  return wasAsked ? html`<p class="note">${t('selectors.nosuggestion')}</p>` : html``;
}

/** Told aloud when it changes: how much there is, and what is the matter. */
export function renderSummary(
  viewer: Viewer,
  form: SelectorForm,
  look: SelectorLook | null,
  wasAsked: boolean,
): Markup {
  const { t } = viewer;
  if (!look) return html``;
  if (!('preview' in look))
    return html`<p class="error">${troubleWords(viewer, look.trouble)}</p><details><summary>${t('source.detail')}</summary><small>${look.trouble.message}</small></details>`;
  const { preview, trouble } = look;
  const hasMistake = preview.places.some(({ mistake }) => mistake !== undefined);
  const told = [...(hasMistake ? (['mistake'] as const) : []), ...preview.problems];
  const problems = told.map((problem) => html`<p class="late">${t(`selectors.problem.${problem}`)}</p>`);
  return html`${renderHint(viewer, look, wasAsked)}<p><strong>${summaryWords(viewer, form, preview)}</strong></p>
    ${problems}${trouble ? html`<p class="late">${t('selectors.trouble.sample')} ${troubleWords(viewer, trouble)}</p>` : ''}
    ${preview.next ? html`<p>${t('selectors.summary.next')} ${outside(preview.next, preview.next)}</p>` : ''}`;
}

/** When the page was read, and that the site is not asked more often. */
export function renderReadAt(viewer: Viewer, look: SelectorLook | null): Markup {
  if (!look || !('readAt' in look)) return html``;
  const { t } = viewer;
  return html`<p class="muted">${t('selectors.readAt')} ${time(viewer, look.readAt)}. ${t('selectors.readOnce')}
    <button class="link" name="do" value="again">${t('selectors.again')}</button></p>`;
}

function renderItem(viewer: Viewer, { title, text, author, publishedAt, url, rating }: SelectedItem): Markup {
  const { t } = viewer;
  const heading = title ?? '';
  return html`<article class="mention"><header><span class="who">${author ?? t('author.unknown')}</span>
    <span class="muted">${time(viewer, publishedAt ?? null)}</span>${rating ? html`<span>★ ${rating.value}/${rating.best}</span>` : ''}</header>
    ${heading || url ? html`<h3>${url ? outside(url, heading || url) : heading}</h3>` : ''}<p class="words">${text}</p></article>`;
}

/** What would be collected, and the markup to write selectors by. */
export function renderItems(viewer: Viewer, look: SelectorLook | null): Markup {
  if (!look || !('preview' in look)) return html``;
  const { t } = viewer;
  const { items, found, links, markup } = look.preview;
  const isCut = links.length === 0 && found > items.length && items.length > 0;
  const list = links.map((link) => html`<li>${outside(link, link)}</li>`);
  return html`${links.length > 0 ? html`<details><summary>${t('selectors.links')} (${number(viewer, found)})</summary><ul class="plain">${list}</ul></details>` : ''}
    ${markup ? html`<details><summary>${t('selectors.markup')}</summary><pre class="kept" tabindex="0">${markup}</pre></details>` : ''}
    ${items.length > 0 ? html`<h2>${t('selectors.items')}</h2>${isCut ? html`<p class="muted">${t('selectors.items.first', { n: number(viewer, items.length) })}</p>` : ''}` : ''}
    ${items.map((item) => renderItem(viewer, item))}`;
}
