import { html, type Markup } from '../../src/lib/html.ts';
import type { Source } from '../../src/model/source.ts';
import type { CanaryDocument } from '../../src/store/canary-documents.ts';
import type { KnownPageCheck } from '../../src/store/source-health.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { lengthOf } from '../sources/words.ts';
import { outside, siteOf, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';

export interface CanaryForm {
  source: string;
  address: string;
  words: string;
  hours: string;
  mistake: string;
}

export const EMPTY_CANARY: CanaryForm = { source: '', address: '', words: '', hours: '24', mistake: '' };

function renderResult(viewer: Viewer, canary: CanaryDocument): Markup {
  const { t } = viewer;
  const { foundAt, plantedAt, missedAt, missId, withinMs, documentId } = canary;
  const why = missId === null ? '' : html` (<a href="/recall/${missId}">${t('recall.canary.miss')}</a>)`;
  if (foundAt) {
    const tookMs = foundAt.getTime() - plantedAt.getTime();
    const words =
      tookMs <= 0
        ? t('recall.canary.there')
        : t(missedAt ? 'recall.canary.late' : 'recall.canary.found', { time: lengthOf(viewer, tookMs) });
    return html`${documentId === null ? words : html`<a href="/mentions/${documentId}">${words}</a>`}${why}`;
  }
  if (missedAt) return html`<span class="late">${t('recall.canary.missed')}</span>${why}`;
  return html`${t('recall.canary.waiting')} ${time(viewer, new Date(plantedAt.getTime() + withinMs))}`;
}

function renderRemove(viewer: Viewer, { id }: CanaryDocument): Markup {
  if (!hasRight(viewer.user, 'mentions:work')) return html``;
  return html`<form method="post" action="/recall/canaries/${id}/remove">${csrfField(viewer)}<button>${viewer.t('recall.canary.remove')}</button></form>`;
}

function renderPlanted(viewer: Viewer, canaries: readonly CanaryDocument[]): Markup {
  const { t } = viewer;
  const rows = canaries.map((canary) => [
    html`<a href="/sources/${canary.sourceKey}">${canary.sourceName}</a>`,
    canary.address === '' ? html`«${canary.words.slice(0, 80)}»` : outside(canary.address, canary.address),
    time(viewer, canary.plantedAt),
    Math.round(canary.withinMs / 3_600_000),
    renderResult(viewer, canary),
    renderRemove(viewer, canary),
  ]);
  const head = [
    t('recall.canary.source'),
    t('recall.what'),
    t('recall.canary.planted'),
    t('recall.canary.within'),
    t('recall.canary.result'),
    '',
  ];
  return renderTable(head, rows, t('recall.canaries.none'));
}

function renderForm(viewer: Viewer, form: CanaryForm, sources: readonly Source[]): Markup {
  const { t } = viewer;
  const options = sources.map(
    ({ key, name }) =>
      html`<option value="${key}"${key === form.source ? html` selected` : ''}>${name}</option>`,
  );
  return html`<details${form.mistake ? html` open` : ''}><summary>${t('recall.canary.plant')}</summary>
    ${form.mistake ? html`<p class="error" role="alert">${form.mistake}</p>` : ''}
    <form method="post" action="/recall/canaries" class="stack">${csrfField(viewer)}
      <label>${t('recall.canary.source')}<select name="source">${options}</select></label>
      <label>${t('recall.canary.address')}<input name="address" value="${form.address}" maxlength="2100" inputmode="url" autocapitalize="none" spellcheck="false"></label>
      <label>${t('recall.canary.words')}<input name="words" value="${form.words}" maxlength="500"></label>
      <label>${t('recall.canary.within')}<input type="number" name="hours" min="1" max="2160" required value="${form.hours}"></label>
      <button>${t('recall.canary.plant')}</button></form></details>`;
}

function renderKnown(viewer: Viewer, checks: readonly KnownPageCheck[]): Markup {
  const { t } = viewer;
  if (checks.length === 0) return html``;
  const words = ({ result }: KnownPageCheck): Markup => {
    if (!result) return html`${t('recall.known.waiting')}`;
    const [key, style] = result.error
      ? (['recall.known.bad', 'late'] as const)
      : (['recall.known.ok', ''] as const);
    return html`<span class="${style}">${t(key)}</span>, ${time(viewer, new Date(result.at))}`;
  };
  const rows = checks.map((check) => [
    html`<a href="/sources/${check.key}">${check.name}</a>`,
    outside(check.canary.url, siteOf(check.canary.url) || check.canary.url),
    words(check),
  ]);
  const head = [t('recall.canary.source'), t('recall.known.page'), t('recall.canary.result')];
  return html`<h3>${t('recall.known')}</h3>${renderTable(head, rows, '')}`;
}

/** Per source: was what must come collected, and how soon? */
export function renderCanaries(
  viewer: Viewer,
  {
    canaries,
    checks,
    sources,
    form,
  }: {
    canaries: readonly CanaryDocument[];
    checks: readonly KnownPageCheck[];
    sources: readonly Source[];
    form: CanaryForm;
  },
): Markup {
  const { t } = viewer;
  const mayPlant = hasRight(viewer.user, 'mentions:work') && sources.length > 0;
  return html`<section id="canaries"><h2>${t('recall.canaries')}</h2><p class="muted">${t('recall.canaries.lead')}</p>
    ${renderPlanted(viewer, canaries)}${mayPlant ? renderForm(viewer, form, sources) : ''}${renderKnown(viewer, checks)}</section>`;
}
