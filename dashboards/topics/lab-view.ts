import { html, type Markup } from '../../src/lib/html.ts';
import type { DraftReport } from '../../src/query/draft.ts';
import { readTopicQuery } from '../../src/query/saved.ts';
import { listRematchRuns, type RematchRun } from '../../src/store/rematch-runs.ts';
import { listVersions } from '../../src/store/topic-history.ts';
import { verdictsOf } from '../../src/store/topic-ratings.ts';
import { listTopics } from '../../src/store/topics.ts';
import type { Viewer } from '../auth/session.ts';
import { kindWords } from '../corrections/words.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import { number } from '../views/format.ts';
import { renderKey } from '../views/key.ts';
import { csrfField } from '../views/layout.ts';
import { renderParts, renderQueryField, renderReading } from '../views/query.ts';
import { renderQueryIssues } from '../views/query-issues.ts';
import type { LabNote } from './lab-actions.ts';
import { renderContextPrecision, renderContextSwitch } from './lab-context.ts';
import { DAYS, draftOf, type LabForm, MISSED_AT_MOST } from './lab-form.ts';
import { renderHistory } from './lab-history.ts';
import { renderExamples, renderPrecision } from './lab-judged.ts';
import { renderMissed } from './lab-missed.ts';
import { renderSample, renderTrial, sampledDocuments, type TrialView } from './lab-trial.ts';
import { renderRefusal } from './refusal.ts';
import type { Refusal } from './save-topic.ts';

export const LAB_PATH = '/topics/lab';
/** Longer ones do not pass every proxy. */
const ADDRESS_AT_MOST = 6_000;
const REMATCH_POLL_MS = 2_000;

/** What came of the pressed button. */
export interface Said {
  note: LabNote | null;
  refusal: Refusal | null;
  isSaved: boolean;
}

export const NOTHING_SAID: Said = { note: null, refusal: null, isSaved: false };

/** A part of the page that is brought up to date while one types. */
function part(id: string, inside: Markup | ''): Markup {
  return html`<div id="${id}" data-live-part>${inside}</div>`;
}

export function titleOf({ t }: Viewer, { topic }: LabForm): string {
  return topic ? t('lab.title.of', { name: topic.name }) : t('lab.title');
}

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
    <label>${t('topic.name')}<input name="name" value="${name}" maxlength="200" autocomplete="off"></label>
    ${renderKey(viewer, key, false)}`;
}

function renderDays({ t }: Viewer, chosen: string): Markup {
  const option = (value: string, words: string): Markup =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`;
  return html`<label class="check">${t('lab.days')} <select name="days" data-still>${option('', t('lab.days.all'))}${DAYS.map((n) => option(n, t('lab.days.n', { days: t.count('days', Number(n)) })))}</select></label>`;
}

/** Under which the same draft is shown. */
function addressOf({ topic, query, contextCheck, about }: LabForm): string {
  const checked = contextCheck ? { context: 'shown', contextCheck: 'yes', about } : {};
  return `${LAB_PATH}?${new URLSearchParams({ ...(topic ? { topic: topic.key } : {}), query, ...checked })}`;
}

async function renderDraft(deps: DashboardDeps, viewer: Viewer, form: LabForm): Promise<Markup> {
  const { t } = viewer;
  const { query, topic } = form;
  if (query.trim() === '') return html`<p class="muted">${t('lab.empty')}</p>`;
  const read = readTopicQuery(query, await listTopics(deps.db), topic?.key);
  if ('issues' in read) return renderQueryIssues(viewer, query, read.issues);
  const address = addressOf(form);
  return html`${renderReading(viewer, read.query, deps.morphology)}
    <details id="parts"><summary>${t('lab.parts')}</summary>${renderParts(viewer, read.query, deps.morphology)}</details>
    ${address.length > ADDRESS_AT_MOST ? '' : html`<p><a href="${address}">${t('lab.address')}</a></p>`}`;
}

function renderRun(viewer: Viewer, { versions, done, total }: RematchRun): Markup {
  const { t } = viewer;
  const how = { done: number(viewer, done), total: t.count('documents', total) };
  const words = versions
    ? t('retag.progress', {
        ...how,
        kinds: Object.keys(versions)
          .map((kind) => kindWords(viewer, kind).toLowerCase())
          .join(', '),
      })
    : t('lab.rematch', how);
  return html`<p class="note" role="status" data-live-again="${REMATCH_POLL_MS}">${words}</p>`;
}

async function renderRematch(deps: DashboardDeps, viewer: Viewer, { isSaved }: Said): Promise<Markup | ''> {
  const runs = await listRematchRuns(deps.db);
  if (runs.length > 0) return html`${runs.map((run) => renderRun(viewer, run))}`;
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
  const precision = report
    ? renderPrecision(viewer, report.ratings)
    : renderUnread(viewer, form, 'lab.precision.unread');
  return html`<section class="card"><h2>${t('lab.precision')}</h2>${part('precision', precision)}${part('sample', renderSample(viewer, view))}</section>`;
}

/** Judgements and examples are kept with a topic: a draft of none has neither. */
function renderUnread(
  { t }: Viewer,
  { topic }: LabForm,
  unread: 'lab.precision.unread' | 'lab.examples.unread',
): Markup {
  return html`<p class="muted">${t(topic ? unread : 'lab.sample.unsaved')}</p>`;
}

function renderContextCard(viewer: Viewer, form: LabForm, report: DraftReport | null): Markup {
  const measured = report ? renderContextPrecision(viewer, report.context) : '';
  return html`<section class="card"><h2>${viewer.t('lab.context')}</h2><div class="stack switch">${renderContextSwitch(viewer, form)}</div>${part('context', measured)}</section>`;
}

function renderExamplesCard(viewer: Viewer, form: LabForm, report: DraftReport | null): Markup | '' {
  if (!form.topic) return '';
  const { t } = viewer;
  const examples = report
    ? renderExamples(viewer, form.query, report.examples)
    : renderUnread(viewer, form, 'lab.examples.unread');
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

/** The whole lab; its parts are brought up to date while one works in it. */
export async function renderLab(
  deps: DashboardDeps,
  viewer: Viewer,
  form: LabForm,
  said: Said,
): Promise<Markup> {
  const { t } = viewer;
  const report = await deps.actions.lab.judge(draftOf(form));
  const trial = await trialOf(deps, viewer, form);
  const isFixed = form.topic?.origin === 'config';
  return html`<h1>${titleOf(viewer, form)}</h1>${renderHelp(viewer, 'lab', html`<a href="/topics/language">${t('language.link')}</a>`)}<p class="muted">${t('lab.lead')} <a href="/topics">${t('lab.back')}</a> · <a href="/topics/language">${t('language.title')}</a></p>
    <form method="post" action="${LAB_PATH}" class="lab" data-live data-live-needs="query">${csrfField(viewer)}
      <section class="card stack">${renderIdentity(viewer, form)}
        ${renderQueryField(viewer, { query: form.query, self: form.topic?.key ?? '', rows: 4 })}
        <div class="row"><button name="do" value="check" data-live-button data-live-hides>${t('lab.check')}</button>${renderDays(viewer, form.days)}<button class="primary" name="do" value="run" data-live-button id="run">${t('lab.run')}</button>${isFixed ? '' : html`<button name="do" value="save">${t('lab.save')}</button>`}</div>
        ${isFixed ? html`<p class="muted">${t('topic.fromconfig')}</p>` : ''}
        <div id="said" data-live-part data-live-keeps>${renderSaid(viewer, said)}</div>
        <p class="error" id="live-failed" role="alert" hidden>${t('lab.failed')}</p>
        ${part('rematch', await renderRematch(deps, viewer, said))}
        ${part('reading', await renderDraft(deps, viewer, form))}</section>
      <section class="card"><h2>${t('lab.trial')}</h2>${part('trial', renderTrial(viewer, trial))}</section>
      ${renderPrecisionCard(viewer, form, trial, report)}
      ${renderContextCard(viewer, form, report)}
      ${renderExamplesCard(viewer, form, report)}
      <section class="card"><h2>${t('lab.missed')}</h2>
        <label class="wide">${t('lab.missed.text')}<textarea name="missed" rows="3" maxlength="${MISSED_AT_MOST}">${form.missed}</textarea></label>
        <div class="row"><button name="do" value="check" data-live-button>${t('lab.missed.ask')}</button></div>
        ${part('missed-answer', await renderMissedPart(deps, viewer, form))}</section>
      ${renderHistory(viewer, form, form.topic ? await listVersions(deps.db, form.topic.id) : [])}
    </form>`;
}
