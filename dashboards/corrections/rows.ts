import { html, type Markup } from '../../src/lib/html.ts';
import { agrees } from '../../src/model/correction.ts';
import type { Document } from '../../src/model/document.ts';
import {
  type Complaint,
  type KindTag,
  type LanguageTag,
  levelOf,
  type Sentiment,
} from '../../src/model/tag.ts';
import type { InForce } from '../../src/store/corrections.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { time, toneMark } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import {
  type Choice,
  complaintChoices,
  kindChoices,
  languageChoices,
  RIGHT_KEYS,
  reasonChoices,
  severityChoices,
  toneChoices,
  UNDO_KEY,
} from './choices.ts';
import { beforeWords, kindWords } from './words.ts';

/** What is said of one target of a document: a topic's key, or '' for the whole. */
export interface Corrected {
  document: Document;
  target: string;
  inForce: readonly InForce[];
  /** How it stands. Absent: the taggers have not told it. */
  sentiment?: Sentiment | undefined;
  complaint?: Complaint | undefined;
  kind?: KindTag | undefined;
  language?: LanguageTag | undefined;
}

type ShownKey = NonNullable<Choice['key']>;

export function keyAttributes({ language }: Viewer, key: ShownKey | undefined): Markup | '' {
  return key ? html` data-key="${key.code}" aria-keyshortcuts="${key[language]}"` : '';
}

/** Shown only where the script listens to it. */
export function renderKeyName({ language }: Viewer, key: ShownKey | undefined): Markup | '' {
  return key ? html` <kbd aria-hidden="true">${key[language]}</kbd>` : '';
}

function renderChoice(viewer: Viewer, { word, text, isChosen, key }: Choice): Markup {
  const [field = '', value = ''] = word.split('=');
  return html`<button name="word" value="${word}" aria-pressed="${String(isChosen)}"${keyAttributes(viewer, key)}>${field === 'label' ? html`${toneMark(value)} ` : ''}${text}${renderKeyName(viewer, key)}</button>`;
}

function renderHidden(viewer: Viewer, { document, target }: Corrected, kind: string): Markup {
  return html`${csrfField(viewer)}<input type="hidden" name="document" value="${document.id}"><input type="hidden" name="revision" value="${document.revision}"><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="target" value="${target}">`;
}

function renderUndo(viewer: Viewer, { id, kind }: InForce): Markup {
  const { t } = viewer;
  return html`<form method="post" action="/mentions/correct/undo" class="inline">${csrfField(viewer)}<input type="hidden" name="correction" value="${id}"><button class="link" data-undo="${id}"${keyAttributes(viewer, UNDO_KEY)} aria-label="${t('correct.undo')}: ${kindWords(viewer, kind)}">${t('correct.undo')}${renderKeyName(viewer, UNDO_KEY)}</button></form>`;
}

/** Whose word counts, and what the tagger said. */
function renderWhose(viewer: Viewer, correction: InForce): Markup {
  const { t } = viewer;
  const { by, at, before, after } = correction;
  const words = agrees(before, after)
    ? t('correct.confirmed', { who: by })
    : t('correct.corrected', { who: by, before: beforeWords(viewer, correction) });
  return html`<span class="muted">${words}, ${time(viewer, at)}</span>`;
}

function renderState(viewer: Viewer, corrected: Corrected, kind: string): Markup {
  const { t } = viewer;
  const mayCorrect = hasRight(viewer.user, 'mentions:work');
  const word = corrected.inForce.find((one) => one.kind === kind && one.target === corrected.target);
  if (word)
    return html`<p class="whose">${renderWhose(viewer, word)}${mayCorrect ? html` ${renderUndo(viewer, word)}` : ''}</p>`;
  if (!mayCorrect) return html``;
  const key = RIGHT_KEYS[kind];
  return html`<form method="post" action="/mentions/correct" class="whose">${renderHidden(viewer, corrected, kind)}<button class="link" name="word" value="right"${keyAttributes(viewer, key)} aria-label="${t('correct.right')}: ${kindWords(viewer, kind)}">${t('correct.right')}${renderKeyName(viewer, key)}</button></form>`;
}

function renderChoices(
  viewer: Viewer,
  corrected: Corrected,
  kind: string,
  legend: string | Markup,
  choices: readonly Choice[],
  isMore = false,
): Markup {
  return html`<form method="post" action="/mentions/correct" class="${isMore ? 'more' : 'first'}">${renderHidden(viewer, corrected, kind)}<fieldset><legend>${legend}</legend><div class="row">${choices.map((one) => renderChoice(viewer, one))}</div></fieldset></form>`;
}

/** What is corrected, and how sure the taggers are of it. People and rules say 1 or 0, so that nothing stands there. */
function renderLegend(
  viewer: Viewer,
  kind: string,
  share: number,
  words: (percent: number) => string,
): Markup {
  const percent = Math.round(share * 100);
  const sure = share > 0 && share < 1 ? html` <small class="muted">${words(percent)}</small>` : '';
  return html`${kindWords(viewer, kind)}${sure}`;
}

function renderTone(viewer: Viewer, corrected: Corrected, sentiment: Sentiment): Markup {
  const { t } = viewer;
  const { label, best, confidence } = sentiment;
  const legend = renderLegend(viewer, 'sentiment', confidence, (percent) =>
    label === 'unsure' && best
      ? t('correct.rather', { tone: t(`tone.${best}`), percent })
      : t('kind.sure', { percent }),
  );
  return html`<div class="correct">${renderChoices(viewer, corrected, 'sentiment', legend, toneChoices(viewer, sentiment))}${renderState(viewer, corrected, 'sentiment')}</div>`;
}

/** Why and how grave is asked only of what is a complaint; where the taggers only ask, they are not said to be right. */
function renderComplaint(viewer: Viewer, corrected: Corrected, complaint: Complaint): Markup {
  const { t } = viewer;
  const level = levelOf(complaint);
  const legend = renderLegend(viewer, 'complaint', complaint.probability, (percent) =>
    t('complaint.probability', { percent }),
  );
  const details =
    level === 'alert'
      ? html`${renderChoices(viewer, corrected, 'complaint', t('case.reason'), reasonChoices(viewer, complaint), true)}
      ${renderChoices(viewer, corrected, 'complaint', t('case.severity'), severityChoices(viewer, complaint), true)}`
      : '';
  return html`<div class="correct">${renderChoices(viewer, corrected, 'complaint', legend, complaintChoices(viewer, complaint))}${level === 'review' ? '' : renderState(viewer, corrected, 'complaint')}${details}</div>`;
}

/** It is of the post, whichever of its cards the reader is at: so are its keys. */
function renderKind(viewer: Viewer, corrected: Corrected, kind: KindTag): Markup {
  const legend = renderLegend(viewer, 'kind', kind.confidence, (percent) =>
    viewer.t('kind.sure', { percent }),
  );
  return html`<div class="correct" data-everywhere>${renderChoices(viewer, corrected, 'kind', legend, kindChoices(viewer, kind))}${renderState(viewer, corrected, 'kind')}</div>`;
}

/** A language without a button is typed. */
function renderLanguage(viewer: Viewer, corrected: Corrected, { code }: LanguageTag): Markup {
  const { t } = viewer;
  const words = kindWords(viewer, 'language');
  const other = html`<form method="post" action="/mentions/correct" class="whose">${renderHidden(viewer, corrected, 'language')}<input type="hidden" name="field" value="code"><label>${t('correct.language.other')} <input name="value" size="4" maxlength="3" pattern="[a-z]{2,3}" required autocomplete="off"></label> <button>${t('mention.save')}</button></form>`;
  return html`<div class="correct">${renderChoices(viewer, corrected, 'language', words, languageChoices(viewer, code))}${renderState(viewer, corrected, 'language')}${other}</div>`;
}

/** All that can be corrected about one target; who may not sees whose word counts. */
export function renderCorrections(viewer: Viewer, corrected: Corrected): Markup {
  const { sentiment, complaint, kind, language } = corrected;
  if (!hasRight(viewer.user, 'mentions:work')) {
    const kinds = ['sentiment', 'complaint', 'kind', 'language'];
    return html`${kinds.map((kind) => renderState(viewer, corrected, kind))}`;
  }
  return html`${sentiment ? renderTone(viewer, corrected, sentiment) : ''}${complaint ? renderComplaint(viewer, corrected, complaint) : ''}${kind ? renderKind(viewer, corrected, kind) : ''}${language ? renderLanguage(viewer, corrected, language) : ''}`;
}
