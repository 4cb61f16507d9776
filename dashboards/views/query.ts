import { html, type Markup } from '../../src/lib/html.ts';
import type { Morphology } from '../../src/model/ports.ts';
import type { Query } from '../../src/query/ast.ts';
import { type Explained, explainQuery } from '../../src/query/explain.ts';
import { formatQuery } from '../../src/query/format.ts';
import { lintQuery } from '../../src/query/lint.ts';
import type { Reason } from '../../src/query/why-not.ts';
import type { Viewer } from '../auth/session.ts';
import { marked } from './format.ts';

const ROWS_AT_MOST = 12;

interface QueryField {
  /** What stands in it. */
  query: string;
  /** Key of the topic whose query it is, which it cannot name itself; '' when it is none yet. */
  self?: string;
  rows: number;
  required?: boolean;
}

/** The box in which a query is written. `assets/query-editor.js` colours and completes it where scripts run. */
export function renderQueryField({ t }: Viewer, { query, self = '', rows, required }: QueryField): Markup {
  const height = Math.min(ROWS_AT_MOST, Math.max(rows, query.split('\n').length));
  return html`<label>${t('topic.query')}<textarea name="query" rows="${height}" spellcheck="false" autocapitalize="none" maxlength="50000" data-query="topic" data-query-self="${self}" placeholder="${t('topic.example')}"${required ? html` required` : ''}>${query}</textarea></label>`;
}

/** How a query was read: in canonical spelling, with advice. */
export function renderReading({ t, language }: Viewer, query: Query, morphology: Morphology): Markup {
  const advice = lintQuery(query, morphology).map((issue) => html`<li>${issue.message[language]}</li>`);
  return html`<h2>${t('language.read')}</h2><p><code>${formatQuery(query)}</code></p>
    ${advice.length === 0 ? '' : html`<h2>${t('language.advice')}</h2><ul>${advice}</ul>`}`;
}

/** The query part by part, with the forms of its words. */
export function renderParts(viewer: Viewer, query: Query, morphology: Morphology): Markup {
  return html`<ul>${renderTree(viewer, explainQuery(query, morphology))}</ul>`;
}

function renderTree(viewer: Viewer, part: Explained): Markup {
  const { t, language } = viewer;
  const words = part.words.map(
    ({ word, forms, isKnown }) =>
      html`<br><small class="muted">${word}: ${isKnown ? t('language.forms', { forms: forms.join(', ') }) : t('language.unknown')}</small>`,
  );
  const inner =
    part.parts.length === 0 ? '' : html`<ul>${part.parts.map((one) => renderTree(viewer, one))}</ul>`;
  return html`<li><code>${part.text}</code> <span class="muted">${part[language]}</span>${words}${inner}</li>`;
}

/** Why a text is not found, with the parts of the query that failed marked in it. */
export function renderReasons({ language }: Viewer, query: string, reasons: readonly Reason[]): Markup {
  const places = reasons.flatMap(({ at }) => at ?? []);
  const rows = reasons.map(({ message }) => html`<li>${message[language]}</li>`);
  return html`<ul>${rows}</ul>${places.length === 0 ? '' : html`<p class="text"><code>${marked(query, places)}</code></p>`}`;
}
