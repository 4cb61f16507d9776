import { html, type Markup } from '../../src/lib/html.ts';
import { agrees, type Correction } from '../../src/model/correction.ts';
import type { Viewer } from '../auth/session.ts';
import { time } from '../views/format.ts';
import { afterWords, beforeWords, kindWords } from './words.ts';

function lineWords(viewer: Viewer, correction: Correction): string {
  const { t } = viewer;
  const { kind, target, before, after } = correction;
  const about = target === '' ? kindWords(viewer, kind) : `${kindWords(viewer, kind)} (${target})`;
  if (after === null) return t('correct.history.undo', { kind: about });
  const words = {
    kind: about,
    before: beforeWords(viewer, correction),
    after: afterWords(viewer, correction),
  };
  return t(agrees(before, after) ? 'correct.history.right' : 'correct.history.line', words);
}

/** Who has said what, the newest first; what was undone, and what was said of earlier texts, among it. */
export function renderCorrectionHistory(viewer: Viewer, corrections: readonly Correction[]): Markup {
  if (corrections.length === 0) return html``;
  const items = corrections.map(
    (one) => html`<li>${lineWords(viewer, one)} · ${one.by}, ${time(viewer, one.at)}</li>`,
  );
  return html`<details><summary>${viewer.t('correct.history')} (${corrections.length})</summary><ul>${items}</ul></details>`;
}
