import { html, type Markup } from '../../src/lib/html.ts';
import type { MissAnswer } from '../../src/query/draft.ts';
import type { Viewer } from '../auth/session.ts';
import { excerpt, marked } from '../views/format.ts';
import { shownText } from '../views/private.ts';
import { renderReasons } from '../views/query.ts';
import type { LabForm } from './lab-form.ts';

const EXCERPT = 1_000;

/** Why a pasted text, or the document at a pasted address, is not found. */
export function renderMissed(viewer: Viewer, form: LabForm, answer: MissAnswer): Markup {
  const { t } = viewer;
  const trace = answer.address === null ? '' : renderTrace(viewer, form, answer.address);
  if (answer.found === 'nothing') return html`<p role="status">${t('lab.missed.nothing')}</p>${trace}`;
  const { title, text, spans, matched, savedMatches, reasons, id } = answer;
  const inField = (field: string) => spans.filter((span) => span.field === field);
  const words = html`${title ? html`<strong>${marked(shownText(viewer, title), inField('title'))}</strong> ` : ''}${excerpt(viewer, text, inField('text'), EXCERPT)}`;
  const saved =
    savedMatches === null || savedMatches === matched
      ? ''
      : html`<p>${t(savedMatches ? 'lab.missed.saved.yes' : 'lab.missed.saved.no')}</p>`;
  return html`<div role="status"><strong>${t(matched ? 'language.matches' : 'language.matchesnot')}</strong>${matched ? '' : renderReasons(viewer, form.query, reasons)}${saved}</div>
    ${id === null ? '' : html`<p>${t('lab.missed.stored')} <a href="/mentions/${id}">№ ${id}</a></p>`}
    <p class="text">${words}</p>${trace}`;
}

function renderTrace({ t }: Viewer, { topic }: LabForm, address: string): Markup {
  const query = new URLSearchParams({ url: address, ...(topic ? { topic: topic.key } : {}) });
  return html`<p><a href="/recall?${query.toString()}">${t('lab.missed.trace')}</a></p>`;
}
