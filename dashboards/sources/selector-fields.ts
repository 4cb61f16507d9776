import { html, type Markup } from '../../src/lib/html.ts';
import type { PlaceReport, SelectorPlace, SelectorPreview } from '../../src/model/selectors.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { type SelectorForm, selectorAt } from './selector-form.ts';

/** In the order in which people fill them in. */
const FIRST: readonly SelectorPlace[] = [
  'item',
  'link',
  'text',
  'title',
  'author',
  'date',
  'permalink',
  'next',
];
const MORE: readonly SelectorPlace[] = ['rating', 'profile', 'id'];

const EXAMPLES: Record<SelectorPlace, string> = {
  item: '.review',
  link: 'h3 a',
  text: '.review-text',
  title: 'h3',
  author: '.author',
  date: 'time',
  permalink: 'h3 a@href',
  next: 'a[rel="next"]',
  rating: '[itemprop="ratingValue"]@content',
  profile: '.author a@href',
  id: '@data-id',
};

/** The selector with a mark under the place that is wrong. */
function caret(selector: string, at: number): string {
  const from = Math.max(0, at - 30);
  return `${selector.slice(from, from + 60)}\n${' '.repeat(Math.max(0, at - 1 - from))}^`;
}

function renderMistake({ language, t }: Viewer, selector: string, report: PlaceReport | undefined): Markup {
  const mistake = report?.mistake;
  if (!mistake) return html``;
  const words = t('selectors.mistake', { at: mistake.at, message: mistake.message[language] });
  return html`<pre class="caret" aria-hidden="true">${caret(selector, mistake.at)}</pre><span class="error">${words}</span>`;
}

function renderFirst({ t }: Viewer, report: PlaceReport | undefined): Markup {
  if (!report) return html``;
  const { example, problem, filled, of } = report;
  const example_ = example === undefined ? '' : html`<span class="example">${example}</span>`;
  return html`${example_}${problem ? html` <span class="late">${t(`selectors.at.${problem}`, { n: of - filled })}</span>` : ''}`;
}

function renderRow(
  viewer: Viewer,
  form: SelectorForm,
  place: SelectorPlace,
  preview: SelectorPreview | null,
): Markup {
  const { t } = viewer;
  const selector = selectorAt(form.draft, place);
  const report = preview?.places.find((one) => one.place === place);
  const isCounted = report !== undefined && report.mistake === undefined;
  const part = (name: string, label: string, content: Markup | string): Markup =>
    html`<td role="cell" data-label="${label}" id="${name}-${place}" data-live-part>${content}</td>`;
  return html`<tr role="row" class="at-${place}">
    <th scope="row" role="rowheader"><label for="at-${place}">${t(`selectors.place.${place}`)}</label></th>
    <td role="cell" data-label=""><input id="at-${place}" name="${place}" value="${selector}" maxlength="1000" placeholder="${EXAMPLES[place]}" autocapitalize="none" autocomplete="off" spellcheck="false" aria-describedby="mistake-${place} first-${place}"${report?.mistake ? html` aria-invalid="true"` : ''}>
      <div id="mistake-${place}" data-live-part>${renderMistake(viewer, selector, report)}</div></td>
    ${part('matches', t('selectors.matches'), isCounted ? number(viewer, report.matches) : '')}
    ${part('filled', t('selectors.filled'), isCounted && place !== 'item' ? t('selectors.filled.of', { filled: report.filled, of: report.of }) : '')}
    ${part('first', t('selectors.first'), renderFirst(viewer, report))}</tr>`;
}

function renderFields(
  viewer: Viewer,
  form: SelectorForm,
  places: readonly SelectorPlace[],
  preview: SelectorPreview | null,
): Markup {
  const { t } = viewer;
  const head = (['place', 'selector', 'matches', 'filled', 'first'] as const).map((name) =>
    t(`selectors.${name}`),
  );
  return html`<table role="table" class="selectors"><thead role="rowgroup"><tr role="row">${head.map((word) => html`<th scope="col" role="columnheader">${word}</th>`)}</tr></thead>
    <tbody role="rowgroup">${places.map((place) => renderRow(viewer, form, place, preview))}</tbody></table>`;
}

/** Selectors that every site needs; each with what it found. */
export function renderFirstFields(
  viewer: Viewer,
  form: SelectorForm,
  preview: SelectorPreview | null,
): Markup {
  return renderFields(viewer, form, FIRST, preview);
}

/** Those that few need. */
export function renderMoreFields(
  viewer: Viewer,
  form: SelectorForm,
  preview: SelectorPreview | null,
): Markup {
  return renderFields(viewer, form, MORE, preview);
}

export function usesMore({ draft, kind }: SelectorForm): boolean {
  return kind !== 'post' || draft.zone !== 180 || MORE.some((place) => selectorAt(draft, place) !== '');
}
