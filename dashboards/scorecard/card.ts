import { html, type Markup } from '../../src/lib/html.ts';
import { TONES } from '../../src/model/correction.ts';
import type { ScorecardCard } from '../../src/model/scorecard.ts';
import type { Span } from '../../src/model/tag.ts';
import type { Viewer } from '../auth/session.ts';
import { BACK_KEY, COMPLAINT_KEYS, NEXT_KEY, SKIP_KEY, TONE_KEYS } from '../corrections/choices.ts';
import { keyAttributes, renderKeyName } from '../corrections/rows.ts';
import { excerpt, marked, time, toneMark } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { shownText } from '../views/private.ts';

export const LABEL_PATH = '/scorecard/label';
const EXCERPT = 700;

/** Where a card stands in its sample. */
export interface CardPlace {
  /** From 1. */
  at: number;
  total: number;
  /** The card before it; null at the first. */
  previous: number | null;
  /** There is another one without a label. */
  hasMore: boolean;
}

type Answer = { value: string; words: Markup | string; isChosen: boolean };

function renderAnswers(
  viewer: Viewer,
  name: string,
  legend: string,
  answers: readonly Answer[],
  keys: typeof TONE_KEYS,
): Markup {
  const choices = answers.map(
    ({ value, words, isChosen }, at) =>
      html`<label class="check"><input type="radio" name="${name}" value="${value}" required${isChosen ? html` checked` : ''}${keyAttributes(viewer, keys[at])}> ${words}${renderKeyName(viewer, keys[at])}</label>`,
  );
  return html`<fieldset><legend>${legend}</legend>${choices}</fieldset>`;
}

function renderQuestions(viewer: Viewer, { topicName, label }: ScorecardCard): Markup {
  const { t } = viewer;
  const tones = TONES.map((tone) => ({
    value: tone,
    words: html`${toneMark(tone)} ${t(tone === 'unsure' ? 'scorecard.tone.unsure' : `tone.${tone}`)}`,
    isChosen: label?.tone === tone,
  }));
  const complaints = (['yes', 'no'] as const).map((value) => ({
    value,
    words: t(`correct.complaint.${value}`),
    isChosen: label !== null && label.complaint === (value === 'yes'),
  }));
  return html`${renderAnswers(viewer, 'tone', t('scorecard.tone', { topic: topicName }), tones, TONE_KEYS)}
    ${renderAnswers(viewer, 'complaint', t('scorecard.complaint'), complaints, COMPLAINT_KEYS)}`;
}

function renderActions(viewer: Viewer, { label }: ScorecardCard, { previous, hasMore }: CardPlace): Markup {
  const { t } = viewer;
  const skip =
    label === null
      ? html`<button name="do" value="skip" formnovalidate${keyAttributes(viewer, SKIP_KEY)}>${t('scorecard.skip')}${renderKeyName(viewer, SKIP_KEY)}</button>`
      : '';
  const next =
    label !== null && hasMore
      ? html`<a href="${LABEL_PATH}"${keyAttributes(viewer, NEXT_KEY)}>${t('scorecard.next')}${renderKeyName(viewer, NEXT_KEY)}</a>`
      : '';
  const back =
    previous === null
      ? ''
      : html`<a href="${LABEL_PATH}?item=${previous}"${keyAttributes(viewer, BACK_KEY)}>← ${t('scorecard.back')}${renderKeyName(viewer, BACK_KEY)}</a>`;
  return html`<div class="row"><button class="primary" name="do" value="save">${t('scorecard.save')}</button>${skip}${next}${back}</div>`;
}

const inField = (spans: readonly Span[], field: Span['field']): Span[] =>
  spans.filter((span) => span.field === field);

function renderText(viewer: Viewer, { title, text, spans, threadTitle }: ScorecardCard): Markup {
  const { t } = viewer;
  const inText = inField(spans, 'text');
  const heading =
    title === null ? '' : html`<h2>${marked(shownText(viewer, title), inField(spans, 'title'))}</h2>`;
  const thread =
    threadTitle === null || threadTitle === title
      ? ''
      : html`<p class="muted">${t('mention.thread')}: ${shownText(viewer, threadTitle)}</p>`;
  const whole =
    text.length > EXCERPT
      ? html`<details><summary>${t('scorecard.whole')}</summary><p class="text">${marked(shownText(viewer, text), inText)}</p></details>`
      : '';
  return html`${thread}${heading}<p class="text">${excerpt(viewer, text, inText, EXCERPT)}</p>${whole}`;
}

/** One mention to label, without what the taggers say. */
export function renderLabelCard(
  viewer: Viewer,
  card: ScorecardCard,
  place: CardPlace,
  mistakes: readonly string[],
): Markup {
  const { t } = viewer;
  const { at, total } = place;
  const words = t('scorecard.at', { at, total });
  return html`<p><a href="/scorecard">← ${t('scorecard.title')}</a></p>
    <h1>${words}</h1><progress max="${total}" value="${at - 1}" aria-label="${words}"></progress>
    ${renderMistakes(mistakes)}
    <article class="reader labelled"><p class="muted">${card.sourceName} · ${time(viewer, card.publishedAt)}</p>${renderText(viewer, card)}</article>
    <form method="post" action="${LABEL_PATH}" class="card label-form" data-label>${csrfField(viewer)}<input type="hidden" name="item" value="${card.id}"><input type="hidden" name="revision" value="${card.revision}"><input type="hidden" name="again" value="${card.label ? '1' : '0'}">
    ${renderQuestions(viewer, card)}${renderActions(viewer, card, place)}</form>
    <p class="muted keys">${t('scorecard.keys')}</p><p class="muted">${t('scorecard.blind')}</p>`;
}
