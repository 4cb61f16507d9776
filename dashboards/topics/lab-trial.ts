import { html, type Markup } from '../../src/lib/html.ts';
import type { BackTestMatch, BackTestResult, BackTestRun } from '../../src/model/back-test.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import { RATING_VERDICTS, type RatingVerdict } from '../../src/model/topic.ts';
import type { Viewer } from '../auth/session.ts';
import { renderDayChart } from '../views/day-chart.ts';
import { excerpt, marked, number, time } from '../views/format.ts';
import { shownText } from '../views/private.ts';
import { draftOf, isSameDraft, type LabForm } from './lab-form.ts';

const EXCERPT = 320;
const POLL_MS = 700;
/** Longer lists are opened by whoever wants to read them. */
const OPEN_AT_MOST = 5;

export interface TrialView {
  form: LabForm;
  /** The person's newest one, of this topic. */
  run: BackTestRun | null;
  verdicts: ReadonlyMap<DocumentId, RatingVerdict>;
}

/** Documents whose verdicts the view shows. */
export function sampledDocuments(run: BackTestRun | null): DocumentId[] {
  return (run?.result?.sample ?? []).map(({ id }) => id);
}

/** How a back-test goes, or what came of it. */
export function renderTrial(viewer: Viewer, view: TrialView): Markup {
  const { t } = viewer;
  const { run, form } = view;
  if (!run) return html`<p class="muted">${t('lab.trial.none')}</p>`;
  const older = isSameDraft(run.ask, draftOf(form)) ? '' : html`<p class="note">${t('lab.trial.older')}</p>`;
  if (run.state === 'running') return html`${older}${renderProgress(viewer, run)}`;
  if (!run.result) return html`<p class="error" role="alert">${t('lab.trial.failed')}</p>`;
  return html`${older}${renderResult(viewer, run, run.result)}${renderAgainst(viewer, view, run.result)}`;
}

function renderProgress(viewer: Viewer, { looked, total }: BackTestRun): Markup {
  const { t } = viewer;
  const words =
    total === 0
      ? t('lab.starting')
      : t('lab.running', { looked: number(viewer, looked), total: t.count('documents', total) });
  const width = total === 0 ? 0 : Math.round((looked / total) * 100);
  return html`<div data-live-again="${POLL_MS}"><p role="status">${words}</p>
    <svg class="bar" role="img" aria-label="${width} %" viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="rest" width="100" height="10"></rect><rect class="done" width="${width}" height="10"></rect></svg></div>
    <div class="row"><button name="do" value="stop" data-live-button id="stop">${t('lab.stop')}</button><button name="do" value="check" data-live-hides>${t('lab.again')}</button></div>`;
}

function renderResult(viewer: Viewer, run: BackTestRun, result: BackTestResult): Markup {
  const { t } = viewer;
  const { matched, looked, total, ended, tookMs, perDay } = result;
  const seconds = new Intl.NumberFormat(viewer.language, { maximumFractionDigits: 1 }).format(tookMs / 1000);
  return html`<p role="status"><strong>${t('lab.matched', { matched: number(viewer, matched), looked: t.count('documents', looked) })}</strong>
    ${t(`lab.ended.${ended}`, { total: t.count('documents', total) })} <span class="muted">${t('lab.took', { seconds })}</span></p>
    ${matched === 0 ? '' : renderDayChart(viewer, perDay, run.seenPerDay)}`;
}

function renderAgainst(viewer: Viewer, view: TrialView, { against }: BackTestResult): Markup | '' {
  if (!against) return '';
  const { t } = viewer;
  const { matched, gained, lost, gainedSample, lostSample } = against;
  if (gained + lost === 0) return html`<h2>${t('lab.against')}</h2><p>${t('lab.against.same')}</p>`;
  const counts = {
    saved: number(viewer, matched),
    gained: number(viewer, gained),
    lost: number(viewer, lost),
  };
  return html`<h2>${t('lab.against')}</h2><p>${t('lab.against.counts', counts)}</p>
    ${renderChanged(viewer, view, 'gained', gained, gainedSample)}${renderChanged(viewer, view, 'lost', lost, lostSample)}`;
}

function renderChanged(
  viewer: Viewer,
  { form }: TrialView,
  name: 'gained' | 'lost',
  count: number,
  matches: readonly BackTestMatch[],
): Markup | '' {
  if (count === 0) return '';
  const { t } = viewer;
  const some =
    matches.length < count ? html`<p class="muted">${t('lab.some', { n: matches.length })}</p>` : '';
  const rows = matches.map((match) =>
    renderMatch(viewer, match, form.topic ? renderExampleButtons(viewer, match.id, name) : ''),
  );
  const isOpen = count <= OPEN_AT_MOST ? html` open` : '';
  return html`<details id="${name}"${isOpen}><summary>${t(`lab.${name}`, { n: number(viewer, count) })}</summary>${some}${rows}</details>`;
}

/** Some of what was found, to be judged; nothing while there is nothing. */
export function renderSample(viewer: Viewer, { form, run, verdicts }: TrialView): Markup | '' {
  if (!run?.result || run.result.sample.length === 0) return '';
  const { t } = viewer;
  const { sample, matched } = run.result;
  const buttons = (id: DocumentId): Markup | '' =>
    form.topic
      ? html`${renderRating(viewer, id, verdicts.get(id))}${renderExampleButtons(viewer, id, 'sample')}`
      : '';
  const another =
    sample.length < matched
      ? html`<button name="do" value="another ${run.ask.seed}" data-live-button id="another">${t('lab.another')}</button>`
      : '';
  return html`<h3>${t('lab.sample')}</h3><p class="muted">${t(form.topic ? 'lab.sample.lead' : 'lab.sample.unsaved')}</p>
    ${sample.map((match) => renderMatch(viewer, match, buttons(match.id)))}${another}`;
}

function renderMatch(
  viewer: Viewer,
  { id, title, text, at, spans }: BackTestMatch,
  buttons: Markup | '',
): Markup {
  const inField = (field: string) => spans.filter((span) => span.field === field);
  return html`<article class="found-text"><h4><a href="/mentions/${id}">${title ? marked(shownText(viewer, title), inField('title')) : viewer.t('mention.document')}</a> <span class="muted">${time(viewer, at)}</span></h4>
    <p>${excerpt(viewer, text, inField('text'), EXCERPT)}</p>${buttons === '' ? '' : html`<footer>${buttons}</footer>`}</article>`;
}

function renderRating({ t }: Viewer, id: DocumentId, verdict: RatingVerdict | undefined): Markup {
  const buttons = RATING_VERDICTS.map(
    (one) =>
      html`<button name="do" value="rate ${id} ${one}" id="rate-${id}-${one}" aria-pressed="${String(verdict === one)}" data-live-button>${t(`lab.rate.${one}`)}</button>`,
  );
  return html`<div class="rating" role="group" aria-label="${t('lab.rate.label')}">${buttons}</div>`;
}

function renderExampleButtons({ t }: Viewer, id: DocumentId, list: string): Markup {
  const button = (must: 'must' | 'mustnot', word: string): Markup =>
    html`<button class="link" name="do" value="example ${id} ${must}" id="${list}-${id}-${must}" data-live-button>${word}</button>`;
  return html`${button('must', t('lab.mustcatch'))}${button('mustnot', t('lab.mustnot'))}`;
}
