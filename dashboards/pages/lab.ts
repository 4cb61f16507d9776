import { type NextFunction, type Request, type Response, Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { DraftReport } from '../../src/query/draft.ts';
import { readTopicQuery } from '../../src/query/saved.ts';
import { listRematchRuns } from '../../src/store/rematch-runs.ts';
import { verdictsOf } from '../../src/store/topic-ratings.ts';
import { listTopics } from '../../src/store/topics.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { actInLab, type LabNote } from '../topics/lab-actions.ts';
import { DAYS, draftOf, type LabForm, MISSED_AT_MOST, readLabForm } from '../topics/lab-form.ts';
import { renderExamples, renderPrecision } from '../topics/lab-judged.ts';
import { renderMissed } from '../topics/lab-missed.ts';
import { renderSample, renderTrial, sampledDocuments, type TrialView } from '../topics/lab-trial.ts';
import { renderRefusal } from '../topics/refusal.ts';
import { type Refusal, saveTopicForm } from '../topics/save-topic.ts';
import { number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderParts, renderQueryField, renderReading } from '../views/query.ts';
import { renderQueryIssues } from '../views/query-issues.ts';
import { sendPage } from '../views/shell.ts';

const PATH = '/topics/lab';
const SCRIPTS = ['/assets/live-form.js', '/assets/query-editor.js'];
/** Longer ones do not pass every proxy. */
const ADDRESS_AT_MOST = 6_000;
const REMATCH_POLL_MS = 2_000;

interface Said {
  note: LabNote | null;
  refusal: Refusal | null;
  isSaved: boolean;
}

const NOTHING_SAID: Said = { note: null, refusal: null, isSaved: false };

/** A part of the page that is brought up to date while one types. */
function part(id: string, inside: Markup | ''): Markup {
  return html`<div id="${id}" data-live-part>${inside}</div>`;
}

function titleOf({ t }: Viewer, { topic }: LabForm): string {
  return topic ? t('lab.title.of', { name: topic.name }) : t('lab.title');
}

/** What came of the pressed button. */
function renderSaid(viewer: Viewer, { note, refusal, isSaved }: Said): Markup | '' {
  const { t } = viewer;
  if (refusal) return renderRefusal(viewer, refusal);
  if (isSaved) return html`<p class="note done" role="status">${t('lab.saved')}</p>`;
  if (!note) return '';
  return note.isMistake
    ? html`<p class="error" role="alert">${t(note.text)}</p>`
    : html`<p class="note done" role="status">${t(note.text)}</p>`;
}

function renderIdentity(viewer: Viewer, { topic, key, name }: LabForm): Markup {
  const { t } = viewer;
  if (topic)
    return html`<input type="hidden" name="topic" value="${topic.key}"><input type="hidden" name="key" value="${topic.key}"><input type="hidden" name="name" value="${topic.name}">`;
  return html`<p class="muted">${t('lab.save.new')}</p>
    <label>${t('topic.key')}<input name="key" value="${key}" maxlength="64" autocomplete="off"><small class="muted">${t('topic.key.hint')}</small></label>
    <label>${t('topic.name')}<input name="name" value="${name}" maxlength="200" autocomplete="off"></label>`;
}

function renderDays({ t }: Viewer, chosen: string): Markup {
  const option = (value: string, words: string): Markup =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`;
  return html`<label class="check">${t('lab.days')} <select name="days" data-still>${option('', t('lab.days.all'))}${DAYS.map((n) => option(n, t('lab.days.n', { n })))}</select></label>`;
}

async function renderDraft(deps: DashboardDeps, viewer: Viewer, form: LabForm): Promise<Markup> {
  const { t } = viewer;
  const { query, topic } = form;
  if (query.trim() === '') return html`<p class="muted">${t('lab.empty')}</p>`;
  const read = readTopicQuery(query, await listTopics(deps.db), topic?.key);
  if ('issues' in read) return renderQueryIssues(viewer, query, read.issues);
  const address = `${PATH}?${new URLSearchParams({ ...(topic ? { topic: topic.key } : {}), query })}`;
  return html`${renderReading(viewer, read.query, deps.morphology)}
    <details id="parts"><summary>${t('lab.parts')}</summary>${renderParts(viewer, read.query, deps.morphology)}</details>
    ${address.length > ADDRESS_AT_MOST ? '' : html`<p><a href="${address}">${t('lab.address')}</a></p>`}`;
}

async function renderRematch(deps: DashboardDeps, viewer: Viewer, { isSaved }: Said): Promise<Markup | ''> {
  const [run] = await listRematchRuns(deps.db);
  if (run)
    return html`<p class="note" role="status" data-live-again="${REMATCH_POLL_MS}">${viewer.t('lab.rematch', { done: number(viewer, run.done), total: viewer.t.count('documents', run.total) })}</p>`;
  return isSaved ? html`<p class="muted">${viewer.t('lab.rematch.idle')}</p>` : '';
}

async function trialOf(deps: DashboardDeps, viewer: Viewer, form: LabForm): Promise<TrialView> {
  const newest = viewer.user ? deps.actions.lab.look(viewer.user.id) : null;
  const run = newest?.ask.topic === (form.topic?.key ?? null) ? newest : null;
  const verdicts = form.topic
    ? await verdictsOf(deps.db, form.topic.id, sampledDocuments(run))
    : new Map<never, never>();
  return { form, run, verdicts };
}

function renderPrecisionCard(
  viewer: Viewer,
  form: LabForm,
  view: TrialView,
  report: DraftReport | null,
): Markup {
  const { t } = viewer;
  const precision = report ? renderPrecision(viewer, report.ratings) : renderUnread(viewer, form);
  return html`<section class="card"><h2>${t('lab.precision')}</h2>${part('precision', precision)}${part('sample', renderSample(viewer, view))}</section>`;
}

/** Judgements and examples are kept with a topic: a draft of none has neither. */
function renderUnread({ t }: Viewer, { topic }: LabForm): Markup {
  return html`<p class="muted">${t(topic ? 'lab.examples.unread' : 'lab.sample.unsaved')}</p>`;
}

function renderExamplesCard(viewer: Viewer, form: LabForm, report: DraftReport | null): Markup | '' {
  if (!form.topic) return '';
  const { t } = viewer;
  const examples = report ? renderExamples(viewer, form.query, report.examples) : renderUnread(viewer, form);
  return html`<section class="card"><h2>${t('lab.examples')}</h2><p class="muted">${t('lab.examples.lead')}</p>
      ${part('examples', examples)}
      <label class="wide">${t('lab.example.text')}<textarea name="example" rows="2" maxlength="100000" data-still>${form.example}</textarea></label>
      <div class="row"><button name="do" value="paste must">${t('lab.example.add.must')}</button><button name="do" value="paste mustnot">${t('lab.example.add.mustnot')}</button></div></section>`;
}

async function renderMissedPart(deps: DashboardDeps, viewer: Viewer, form: LabForm): Promise<Markup | ''> {
  if (form.missed.trim() === '') return '';
  const answer = await deps.actions.lab.explainMiss(draftOf(form), form.missed);
  return answer
    ? renderMissed(viewer, form, answer)
    : html`<p class="muted">${viewer.t('lab.unreadable')}</p>`;
}

async function render(deps: DashboardDeps, viewer: Viewer, form: LabForm, said: Said): Promise<Markup> {
  const { t } = viewer;
  const report = await deps.actions.lab.judge(draftOf(form));
  const trial = await trialOf(deps, viewer, form);
  return html`<h1>${titleOf(viewer, form)}</h1><p class="muted">${t('lab.lead')} <a href="/topics">${t('lab.back')}</a> · <a href="/topics/language">${t('language.title')}</a></p>
    <form method="post" action="${PATH}" class="lab" data-live data-live-needs="query">${csrfField(viewer)}
      <section class="card stack">${renderIdentity(viewer, form)}
        ${renderQueryField(viewer, { query: form.query, self: form.topic?.key ?? '', rows: 4 })}
        <div class="row"><button name="do" value="check" data-live-button data-live-hides>${t('lab.check')}</button>${renderDays(viewer, form.days)}<button class="primary" name="do" value="run" data-live-button id="run">${t('lab.run')}</button><button name="do" value="save">${t('lab.save')}</button></div>
        <div id="said" data-live-part data-live-keeps>${renderSaid(viewer, said)}</div>
        <p class="error" id="live-failed" role="alert" hidden>${t('lab.failed')}</p>
        ${part('rematch', await renderRematch(deps, viewer, said))}
        ${part('reading', await renderDraft(deps, viewer, form))}</section>
      <section class="card"><h2>${t('lab.trial')}</h2>${part('trial', renderTrial(viewer, trial))}</section>
      ${renderPrecisionCard(viewer, form, trial, report)}
      ${renderExamplesCard(viewer, form, report)}
      <section class="card"><h2>${t('lab.missed')}</h2>
        <label class="wide">${t('lab.missed.text')}<textarea name="missed" rows="3" maxlength="${MISSED_AT_MOST}">${form.missed}</textarea></label>
        <button name="do" value="check" data-live-button data-live-hides>${t('lab.missed.ask')}</button>
        ${part('missed-answer', await renderMissedPart(deps, viewer, form))}</section>
    </form>`;
}

async function show(deps: DashboardDeps, res: Response, form: LabForm, said: Said): Promise<void> {
  const viewer = viewerOf(res);
  sendPage(res, titleOf(viewer, form), await render(deps, viewer, form, said), ...SCRIPTS);
}

/** Does what the pressed button says and shows the lab again, with the draft as it stands in the form. */
async function act(deps: DashboardDeps, req: Request, res: Response, form: LabForm): Promise<void> {
  const viewer = { ...viewerOf(res), user: userOf(res) };
  if (form.do !== 'save') {
    const note = await actInLab(deps, viewer.user, viewer.zone, form);
    return show(deps, res, form, { ...NOTHING_SAID, note });
  }
  const refusal = await saveTopicForm(deps, viewer, (req.body ?? {}) as Record<string, unknown>);
  if (refusal === null) return res.redirect(303, `${PATH}?topic=${form.key}&done=1`);
  res.status(400);
  return show(deps, res, form, { ...NOTHING_SAID, refusal });
}

function missing(res: Response, next: NextFunction): void {
  res.status(404);
  next(new Error('there is no such topic'));
}

export const lab: Page = {
  path: PATH,
  title: 'lab.title',
  access: 'pr',
  menu: false,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res, next) => {
      const form = readLabForm({ ...req.query, do: '' }, await listTopics(deps.db));
      if (!form) return missing(res, next);
      await show(deps, res, form, { ...NOTHING_SAID, isSaved: req.query.done === '1' });
    });
    router.post('/', async (req, res, next) => {
      const form = readLabForm(req.body, await listTopics(deps.db));
      if (!form) return missing(res, next);
      await act(deps, req, res, form);
    });
    return router;
  },
};
