import { html, type Markup } from '../../src/lib/html.ts';
import { wordChanges } from '../../src/lib/word-changes.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { Viewer } from '../auth/session.ts';
import { shownText } from '../views/private.ts';

/** A record with the text that it holds. */
export interface TextAt {
  record: EvidenceRecord;
  text: string;
}

const MOST_PARTS = 500;

/** Inserted is underlined and in brackets with its word, cut is struck through: not by colour alone, on paper and for screen readers, too. */
function renderWords(viewer: Viewer, before: string, after: string): Markup {
  const { t } = viewer;
  const parts = wordChanges(shownText(viewer, before), shownText(viewer, after));
  if (parts.every(({ kind }) => kind === 'same'))
    return html`<p class="muted">${t('evidence.then.same')}</p><p class="text">${shownText(viewer, after)}</p>`;
  const shown = parts.slice(0, MOST_PARTS).map(({ kind, text }) => {
    if (kind === 'same') return html`${text}`;
    const word = html`<span class="said">${t(kind === 'added' ? 'story.added' : 'story.cut')}: </span>`;
    return kind === 'added' ? html`<ins>[${word}${text}]</ins>` : html`<del>[${word}${text}]</del>`;
  });
  return html`<p class="text changes">${shown}${parts.length > MOST_PARTS ? ' …' : ''}</p>`;
}

/** Each text of a document against the one before it. */
export function renderTextChanges(viewer: Viewer, texts: readonly TextAt[]): Markup {
  const { t } = viewer;
  const pairs = texts.slice(1).map((after, at) => ({ after, before: texts[at] }));
  const changes = pairs.flatMap(({ before, after }) =>
    before
      ? html`<section class="then"><h3>${t('evidence.then.of', { before: before.record.seq, after: after.record.seq })}</h3>
          ${renderWords(viewer, before.text, after.text)}</section>`
      : [],
  );
  if (changes.length === 0) return html`<p class="muted">${t('evidence.then.none')}</p>`;
  return html`${changes}`;
}
