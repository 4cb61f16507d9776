import { html, type Markup } from '../../src/lib/html.ts';
import type { SelectorLook } from '../../src/model/selectors.ts';
import type { Viewer } from '../auth/session.ts';
import { csrfField } from '../views/layout.ts';
import { renderFirstFields, renderMoreFields, usesMore } from './selector-fields.ts';
import { isBlank, KINDS, type SelectorForm } from './selector-form.ts';
import { renderItems, renderReadAt, renderSummary } from './selector-look.ts';

export const SELECTORS_PATH = '/sources/new/selectors';

/** What is shown: the form, what its selectors find, and what was wrong. */
export interface SelectorView {
  form: SelectorForm;
  look: SelectorLook | null;
  /** A suggestion was asked for. */
  wasAsked: boolean;
  mistake?: string;
}

function option(value: string | number, words: string, isChosen: boolean): Markup {
  return html`<option value="${value}"${isChosen ? html` selected` : ''}>${words}</option>`;
}

function renderHelp({ t }: Viewer): Markup {
  const lines = (['inspect', 'attribute', 'xpath', 'reviews'] as const).map(
    (name) => html`<p>${t(`selectors.help.${name}`)}</p>`,
  );
  return html`<details><summary>${t('selectors.help')}</summary>${lines}</details>`;
}

/** A page was read, or selectors were written: before that nothing but its address is asked for. */
function hasBegun({ form, look }: SelectorView): boolean {
  return (look !== null && 'preview' in look) || !isBlank(form.draft);
}

function renderAddress(viewer: Viewer, view: SelectorView): Markup {
  const { t } = viewer;
  const { form, look, mistake } = view;
  const first = hasBegun(view) ? '' : html` class="primary"`;
  return html`<section class="card">${mistake ? html`<p class="error" role="alert">${mistake}</p>` : ''}
    <label for="address">${t('selectors.address')}</label>
    <div class="row"><input id="address" name="address" value="${form.address}" required maxlength="2000" inputmode="url" autocapitalize="none" spellcheck="false" data-still${form.source ? html` readonly` : ''}><button${first}>${t('selectors.read')}</button></div>
    <div id="read-at" data-live-part>${renderReadAt(viewer, look)}</div></section>`;
}

function renderOn({ t }: Viewer, { draft: { on } }: SelectorForm): Markup {
  const choice = (value: 'list' | 'page'): Markup =>
    html`<label><input type="radio" name="on" value="${value}"${on === value ? html` checked` : ''}> ${t(`selectors.on.${value}`)}</label>`;
  return html`<fieldset><legend>${t('selectors.on')}</legend>${choice('list')}${choice('page')}</fieldset>`;
}

const ZONES = Array.from({ length: 27 }, (_, at) => (at - 12) * 60);

function renderZone({ t }: Viewer, { draft: { zone } }: SelectorForm): Markup {
  const name = (minutes: number): string => {
    const sign = minutes < 0 ? '−' : '+';
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    return `UTC${sign}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
  };
  const all = ZONES.includes(zone) ? ZONES : [...ZONES, zone];
  return html`<label>${t('selectors.zone')}<select name="zone">${all.map((minutes) => option(minutes, name(minutes), minutes === zone))}</select></label>`;
}

function renderMore(viewer: Viewer, { form, look }: SelectorView): Markup {
  const { t } = viewer;
  const preview = look && 'preview' in look ? look.preview : null;
  const kinds = KINDS.map((kind) => option(kind, t(`selectors.kind.${kind}`), kind === form.kind));
  return html`<details${usesMore(form) ? html` open` : ''}><summary>${t('selectors.more')}</summary>
    ${renderMoreFields(viewer, form, preview)}
    <div class="filters"><label>${t('selectors.kind')}<select name="kind">${kinds}</select></label>${renderZone(viewer, form)}</div></details>`;
}

function renderSave(viewer: Viewer, { form }: SelectorView): Markup {
  const { t } = viewer;
  const name = form.source
    ? html`<input type="hidden" name="name" value="${form.name}">`
    : html`<label>${t('selectors.name')}<input name="name" value="${form.name}" maxlength="200" data-still></label>`;
  return html`<div class="stack">${name}<div class="actions"><button class="primary" formaction="${SELECTORS_PATH}/save">${t(form.source ? 'selectors.save' : 'selectors.watch')}</button>
    <button data-live-hides>${t('selectors.show')}</button><button name="do" value="suggest">${t('selectors.suggest')}</button></div></div>`;
}

function renderSelectorFields(viewer: Viewer, view: SelectorView): Markup {
  const { t } = viewer;
  const { form, look, wasAsked } = view;
  const preview = look && 'preview' in look ? look.preview : null;
  const summary = html`<div id="summary" role="status" data-live-part>${renderSummary(viewer, form, look, wasAsked)}</div>`;
  if (!hasBegun(view)) return summary;
  return html`${renderHelp(viewer)}${renderOn(viewer, form)}
    ${renderFirstFields(viewer, form, preview)}${renderMore(viewer, view)}
    <p class="error" id="live-failed" role="alert" hidden>${t('selectors.failed')}</p>
    ${summary}${renderSave(viewer, view)}`;
}

/**
 * The page on which a source is told by selectors. It works without its script, which sends the form while it is being filled
 * in and shows the parts marked `data-live-part` of the answer.
 */
export function renderSelectors(viewer: Viewer, view: SelectorView): Markup {
  const { t } = viewer;
  const { form, look } = view;
  const title = form.source ? t('selectors.title.of', { name: form.name }) : t('selectors.title');
  // One that is watched is shown as it is without a press, where there is a script.
  const live = form.source && !look ? 'now' : '';
  return html`<h1>${title}</h1>${form.source ? '' : html`<p class="muted">${t('selectors.lead')}</p>`}
    <form method="post" action="${SELECTORS_PATH}" class="desk" data-live="${live}" data-live-needs="address">${csrfField(viewer)}<input type="hidden" name="source" value="${form.source}">
    ${renderAddress(viewer, view)}${renderSelectorFields(viewer, view)}</form>
    <section id="items" data-live-part>${renderItems(viewer, look)}</section>`;
}
