import { html, type Markup } from '../../src/lib/html.ts';
import { TRADES } from '../../src/model/starter-source.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { BrandProposal } from '../../src/query/suggest/proposal.ts';
import { REASONS, type Suggestion } from '../../src/query/suggest/reasons.ts';
import type { Viewer } from '../auth/session.ts';
import { renderRefusal } from '../topics/refusal.ts';
import type { Refusal } from '../topics/save-topic.ts';
import { number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { shownText } from '../views/private.ts';
import type { BrandForm } from './brand-form.ts';

export interface BrandView {
  form: BrandForm;
  topics: readonly Topic[];
  /** null: no name was given yet. */
  proposal: BrandProposal | null;
  /** Why it was not saved. */
  refusal: Refusal | null;
}

/** The name alone may stand for something else. */
export function isAmbiguous({ suggestions }: BrandProposal): boolean {
  return suggestions.some(({ kind, risk }) => (kind === 'name' || kind === 'given') && risk === 'ambiguous');
}

function renderKnown({ t }: Viewer, topics: readonly Topic[]): Markup | '' {
  if (topics.length === 0) return '';
  const names = topics
    .slice(0, 10)
    .map(({ key, name }) => html`<li><a href="/mentions?topic=${key}">${name}</a></li>`);
  return html`<section><h2>${t('start.brand.known')}</h2><ul>${names}</ul></section>`;
}

function renderNameForm({ t }: Viewer, { name, aliasText, about }: BrandForm, isFirst: boolean): Markup {
  const trades = TRADES.map((trade) => html`<option value="${t(`start.trade.word.${trade}`)}"></option>`);
  return html`<form method="get" action="/start/brand#proposal" class="card stack">
    <label>${t('start.brand.name')}<input name="name" value="${name}" required minlength="2" maxlength="200" autocomplete="organization"></label>
    <label>${t('start.brand.about')}<input name="about" value="${about}" maxlength="500" list="trades"></label><datalist id="trades">${trades}</datalist>
    <label>${t('start.brand.aliases')}<input name="aliases" value="${aliasText}" maxlength="2000" aria-describedby="aliases-hint"></label>
    <small class="muted" id="aliases-hint">${t('start.brand.aliases.hint')}</small>
    <button${isFirst ? html` class="primary"` : ''}>${t('start.brand.propose')}</button></form>`;
}

function renderSuggestion(
  viewer: Viewer,
  { kind, risk, terms }: Suggestion,
  at: number,
  count: number,
  isTaken: boolean,
): Markup {
  const { t, language } = viewer;
  const isOwn = kind === 'name' || kind === 'given';
  const advice =
    risk === 'safe'
      ? ''
      : html` <span class="unsure">◇ ${t(`start.brand.risk.${isOwn ? 'own' : risk}`)}</span>`;
  const found =
    count === 0
      ? ''
      : html` <span class="muted">${t('start.brand.intexts', { n: number(viewer, count) })}</span>`;
  return html`<li><label class="check"><input type="checkbox" name="take" value="${at}"${isTaken ? html` checked` : ''}> <span><code>${terms.join(' · ')}</code>${found}<br><small class="muted">${REASONS[kind][language]}${advice}</small></span></label></li>`;
}

function renderTrial(viewer: Viewer, { texts, found, sample, seen, query }: BrandProposal): Markup {
  const { t } = viewer;
  if (texts === 0) return html`<p class="muted">${t('start.brand.notexts')}</p>`;
  if (query === '') return html`<p class="muted">${t('start.brand.nothing')}</p>`;
  const posts = sample.map(
    ({ id, title, text }) =>
      html`<li><a href="/mentions/${id}">${shownText(viewer, title ?? text.slice(0, 80)) || '…'}</a><br><small>${shownText(viewer, text).slice(0, 200)}</small></li>`,
  );
  const near = seen
    .slice(0, 8)
    .map(
      ({ spelling, count }) =>
        html`<li><code>${spelling}</code> <span class="muted">${number(viewer, count)}</span></li>`,
    );
  return html`<p role="status">${t('start.brand.found', { found: number(viewer, found), texts: t.count('documents', texts) })}</p>
    ${posts.length > 0 ? html`<ul class="lines">${posts}</ul>` : ''}
    ${near.length > 0 ? html`<h3>${t('start.brand.seen')}</h3><p class="muted">${t('start.brand.seen.hint')}</p><ul class="near">${near}</ul>` : ''}`;
}

/** What else may be called so, and the check that tells it apart. */
function renderContext({ t }: Viewer, { name, contextCheck }: BrandForm, proposal: BrandProposal): Markup {
  const isOn = contextCheck ?? isAmbiguous(proposal);
  const words = isAmbiguous(proposal) ? 'start.brand.context.ambiguous' : 'start.brand.context.plain';
  return html`<h3>${t('start.brand.context')}</h3><p>${t(words, { name })}</p>
    <label class="check"><input type="checkbox" name="contextCheck" value="yes"${isOn ? html` checked` : ''}> ${t('start.brand.context.switch')}</label>`;
}

function renderProposal(viewer: Viewer, { form, proposal, refusal }: BrandView): Markup | '' {
  const { t } = viewer;
  if (!proposal) return '';
  if (proposal.suggestions.length === 0)
    return html`<p class="error" role="alert" id="proposal">${t('start.brand.noword', { name: form.name })}</p>`;
  const { suggestions, counts, query } = proposal;
  const isTaken = (at: number): boolean => form.take === null || form.take.includes(at);
  const choices = suggestions.map((one, at) =>
    renderSuggestion(viewer, one, at, counts[at] ?? 0, isTaken(at)),
  );
  const address = `/topics/lab?${new URLSearchParams({ name: form.name, query })}`;
  const lab = address.length < 6000 ? html` <a href="${address}">${t('start.brand.lab')}</a>` : '';
  return html`<form method="post" action="/start/brand" class="card stack" id="proposal">${csrfField(viewer)}
    <input type="hidden" name="name" value="${form.name}"><input type="hidden" name="about" value="${form.about}"><input type="hidden" name="aliases" value="${form.aliasText}"><input type="hidden" name="chosen" value="1">
    <h2>${t('start.brand.proposal', { name: form.name })}</h2>${refusal ? renderRefusal(viewer, refusal) : ''}
    <fieldset><legend>${t('start.brand.spellings')}</legend><ul class="picks">${choices}</ul></fieldset>
    ${renderContext(viewer, form, proposal)}
    <h3>${t('start.brand.trial')}</h3>${renderTrial(viewer, proposal)}
    <details><summary>${t('start.brand.query')}</summary><p><code>${query}</code></p><p>${lab}</p></details>
    <div class="row"><button class="primary" name="do" value="save">${t('start.brand.save', { name: form.name })}</button><button name="do" value="recount" formaction="/start/brand#proposal">${t('start.brand.recount')}</button></div></form>`;
}

/** The brand's name in, a topic proposed. */
export function renderBrand(viewer: Viewer, view: BrandView): Markup {
  return html`${renderNameForm(viewer, view.form, view.proposal === null)}${renderProposal(viewer, view)}${renderKnown(viewer, view.topics)}`;
}
