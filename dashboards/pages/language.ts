import { Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { Language } from '../../src/model/user.ts';
import type { Query } from '../../src/query/ast.ts';
import { meaningOf } from '../../src/query/choices.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { exampleOf, FIELDS } from '../../src/query/fields.ts';
import { OPERATORS, TERM_FORMS } from '../../src/query/operators.ts';
import type { QueryUse } from '../../src/query/parse.ts';
import { readRuleQuery, readSearchQuery, readTopicQuery } from '../../src/query/saved.ts';
import { whyNot } from '../../src/query/why-not.ts';
import { listTopics } from '../../src/store/topics.ts';
import { hasRight, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { queryWords } from '../query-words.ts';
import { marked } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderParts, renderQueryField, renderReading, renderReasons } from '../views/query.ts';
import { renderQueryIssues } from '../views/query-issues.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

const PATH = '/topics/language';
const SCRIPTS = ['/assets/live-form.js', '/assets/query-editor.js'];
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

function renderVerdict(deps: DashboardDeps, viewer: Viewer, query: Query, text: string): Markup {
  const { t } = viewer;
  const verdict = evaluate(query, { text }, deps.morphology);
  if (verdict.matched)
    return html`<p role="status"><strong>${t('language.matches')}</strong></p><p class="text">${marked(text, verdict.spans)}</p>`;
  const reasons = whyNot(query, { text }, deps.morphology);
  return html`<div role="status"><strong>${t('language.matchesnot')}</strong>${renderReasons(viewer, query.text, reasons)}</div>`;
}

async function renderAnswer(deps: DashboardDeps, viewer: Viewer, { query, text }: Trial): Promise<Markup> {
  if (query.trim() === '') return html``;
  const read = readTopicQuery(query, await listTopics(deps.db));
  if ('issues' in read) return renderQueryIssues(viewer, query, read.issues);
  return html`${text === '' ? '' : renderVerdict(deps, viewer, read.query, text)}
    ${renderReading(viewer, read.query, deps.morphology)}
    <h2>${viewer.t('language.tree')}</h2>${renderParts(viewer, read.query, deps.morphology)}`;
}

function renderChoices(choices: readonly string[], language: Language): Markup | '' {
  if (choices.length === 0) return '';
  const items = choices.map((one) => html`<li><code>${one}</code> ${meaningOf(one, language)}</li>`);
  return html`<ul class="choices">${items}</ul>`;
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
        html`${field[language]}${field.known === 'later' ? html`<br><small class="muted">${t('language.later')}</small>` : ''}${renderChoices(field.choices ?? [], language)}`,
      ]),
      '',
    )}`;
}

async function render(deps: DashboardDeps, viewer: Viewer, trial: Trial): Promise<Markup> {
  const { t } = viewer;
  return html`<h1>${t('language.title')}</h1>
    <section class="card"><h2>${t('language.try')}</h2>
      <form method="post" action="${PATH}" class="stack" data-live data-live-needs="query">${csrfField(viewer)}
        ${renderQueryField(viewer, { query: trial.query, rows: 3 })}
        <label>${t('language.text')}<textarea name="text" rows="4" maxlength="${TEXT_AT_MOST}">${trial.text}</textarea></label>
        <div class="row"><button class="primary">${t('language.check')}</button>${hasRight(viewer.user, 'topics:edit') ? html`<button formaction="/topics/lab">${t('lab.totry')}</button>` : ''}</div></form>
      <p class="error" id="live-failed" role="alert" hidden>${t('language.failed')}</p>
      <div id="answer" data-live-part>${await renderAnswer(deps, viewer, trial)}</div></section>
    ${renderTables(viewer)}`;
}

function useOf(given: unknown): QueryUse {
  return given === 'search' || given === 'rule' ? given : 'topic';
}

interface EditorIssue {
  start: number;
  end: number;
  line: number;
  column: number;
  message: string;
}

function readFor(use: QueryUse, text: string, topics: readonly Topic[], self: string) {
  if (use === 'search') return readSearchQuery(text, topics);
  return use === 'rule' ? readRuleQuery(text, topics) : readTopicQuery(text, topics, self);
}

/** What is wrong with a query that is being written, for the box to underline. */
async function findIssues(deps: DashboardDeps, viewer: Viewer, body: unknown): Promise<EditorIssue[]> {
  const { query, use, self } = (body ?? {}) as Record<string, unknown>;
  const text = typeof query === 'string' ? query : '';
  const key = typeof self === 'string' ? self : '';
  const read = readFor(useOf(use), text, await listTopics(deps.db), key);
  if ('query' in read) return [];
  return read.issues.map(({ offset, length, line, column, message }) => ({
    start: offset,
    end: offset + length,
    line,
    column,
    message: message[viewer.language],
  }));
}

export const language: Page = {
  path: PATH,
  title: 'language.title',
  access: 'mentions:read',
  menu: false,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('language.title'), await render(deps, viewer, trialOf(req.query)), ...SCRIPTS);
    });
    router.post('/', async (req, res) => {
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('language.title'), await render(deps, viewer, trialOf(req.body)), ...SCRIPTS);
    });
    router.get('/words', async (req, res) => {
      const { language: code } = viewerOf(res);
      res.json(queryWords(code, useOf(req.query.use), await listTopics(deps.db)));
    });
    router.post('/read', async (req, res) => {
      res.json({ issues: await findIssues(deps, viewerOf(res), req.body) });
    });
    return router;
  },
};
