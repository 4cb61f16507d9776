import { Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Query } from '../../src/query/ast.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { type Explained, explainQuery } from '../../src/query/explain.ts';
import { exampleOf, FIELDS } from '../../src/query/fields.ts';
import { formatQuery } from '../../src/query/format.ts';
import { lintQuery } from '../../src/query/lint.ts';
import { OPERATORS, TERM_FORMS } from '../../src/query/operators.ts';
import { readTopicQuery } from '../../src/query/saved.ts';
import { whyNot } from '../../src/query/why-not.ts';
import { listTopics } from '../../src/store/topics.ts';
import { type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { marked } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderQueryIssues } from '../views/query-issues.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

const PATH = '/topics/language';
const SCRIPT = '/assets/live-form.js';
const TEXT_AT_MOST = 20_000;

interface Trial {
  query: string;
  text: string;
}

function trialOf(source: unknown): Trial {
  const { query, text } = (source ?? {}) as Record<string, unknown>;
  return {
    query: typeof query === 'string' ? query : '',
    text: typeof text === 'string' ? text.slice(0, TEXT_AT_MOST) : '',
  };
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

function renderVerdict(deps: DashboardDeps, viewer: Viewer, query: Query, text: string): Markup {
  const { t, language } = viewer;
  const verdict = evaluate(query, { text }, deps.morphology);
  if (verdict.matched)
    return html`<p role="status"><strong>${t('language.matches')}</strong></p><p class="text">${marked(text, verdict.spans)}</p>`;
  const reasons = whyNot(query, { text }, deps.morphology).map(
    ({ message }) => html`<li>${message[language]}</li>`,
  );
  return html`<div role="status"><strong>${t('language.matchesnot')}</strong><ul>${reasons}</ul></div>`;
}

async function renderAnswer(deps: DashboardDeps, viewer: Viewer, { query, text }: Trial): Promise<Markup> {
  if (query.trim() === '') return html``;
  const { t, language } = viewer;
  const read = readTopicQuery(query, await listTopics(deps.db));
  if ('issues' in read) return renderQueryIssues(viewer, query, read.issues);
  const advice = lintQuery(read.query, deps.morphology).map(
    (issue) => html`<li>${issue.message[language]}</li>`,
  );
  return html`${text === '' ? '' : renderVerdict(deps, viewer, read.query, text)}
    <h2>${t('language.read')}</h2><p><code>${formatQuery(read.query)}</code></p>
    ${advice.length === 0 ? '' : html`<h2>${t('language.advice')}</h2><ul>${advice}</ul>`}
    <h2>${t('language.tree')}</h2><ul>${renderTree(viewer, explainQuery(read.query, deps.morphology))}</ul>`;
}

function renderTables({ t, language }: Viewer): Markup {
  const head = [t('language.write'), t('language.means')];
  const code = (text: string): Markup => html`<code>${text}</code> `;
  const operators = Object.values(OPERATORS).reverse();
  return html`<h2>${t('language.words')}</h2>
    ${renderTable(
      head,
      TERM_FORMS.map((form) => [html`${form.examples.map(code)}`, form[language]]),
      '',
    )}
    <h2>${t('language.operators')}</h2>
    ${renderTable(
      head,
      operators.map((one) => [code(one.example), one[language]]),
      '',
    )}
    <h2>${t('language.fields')}</h2>
    ${renderTable(
      head,
      [...FIELDS.values()].map((field) => [
        code(exampleOf(field)),
        html`${field[language]}${field.choices ? html`<br><small class="muted">${field.choices.join(', ')}</small>` : ''}${field.known === 'later' ? html`<br><small class="muted">${t('language.later')}</small>` : ''}`,
      ]),
      '',
    )}`;
}

async function render(deps: DashboardDeps, viewer: Viewer, trial: Trial): Promise<Markup> {
  const { t } = viewer;
  return html`<h1>${t('language.title')}</h1>
    <section class="card"><h2>${t('language.try')}</h2>
      <form method="post" action="${PATH}" class="stack" data-live data-live-needs="query">${csrfField(viewer)}
        <label>${t('topic.query')}<textarea name="query" rows="3" spellcheck="false" maxlength="50000" placeholder="${t('topic.example')}">${trial.query}</textarea></label>
        <label>${t('language.text')}<textarea name="text" rows="4" maxlength="${TEXT_AT_MOST}">${trial.text}</textarea></label>
        <button class="primary">${t('language.check')}</button></form>
      <p class="error" id="live-failed" role="alert" hidden>${t('language.failed')}</p>
      <div id="answer" data-live-part>${await renderAnswer(deps, viewer, trial)}</div></section>
    ${renderTables(viewer)}`;
}

export const language: Page = {
  path: PATH,
  title: 'language.title',
  access: 'viewer',
  menu: false,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('language.title'), await render(deps, viewer, trialOf(req.query)), SCRIPT);
    });
    router.post('/', async (req, res) => {
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('language.title'), await render(deps, viewer, trialOf(req.body)), SCRIPT);
    });
    return router;
  },
};
