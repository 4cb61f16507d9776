import { html, type Markup } from '../../src/lib/html.ts';
import type { Mistake } from '../../src/model/scorecard.ts';
import type { Viewer } from '../auth/session.ts';
import { excerpt, time } from '../views/format.ts';

const EXCERPT = 200;

function differences({ t }: Viewer, { label, machine }: Mistake): string[] {
  const complaint = (is: boolean): string => t(is ? 'correct.complaint.yes' : 'correct.complaint.no');
  const pairs = [
    [t('scorecard.measure.tone'), t(`tone.${machine.tone}`), t(`tone.${label.tone}`)],
    [t('correct.complaint'), complaint(machine.complaint), complaint(label.complaint)],
  ] as const;
  return pairs
    .filter(([, said, truth]) => said !== truth)
    .map(([what, said, truth]) => t('scorecard.mistake', { what, machine: said, person: truth }));
}

function renderMistake(viewer: Viewer, mistake: Mistake): Markup {
  const { documentId, text, spans, topicName, at } = mistake;
  const ranges = spans.filter(({ field }) => field === 'text');
  return html`<li><a href="/mentions/${documentId}">${excerpt(viewer, text, ranges, EXCERPT)}</a>
    <span class="muted">${topicName} · ${differences(viewer, mistake).join('; ')} · ${time(viewer, at)}</span></li>`;
}

/** Labels that contradict the taggers: what to look at when quality falls. */
export function renderMistakes(viewer: Viewer, mistakes: readonly Mistake[]): Markup {
  const { t } = viewer;
  const list =
    mistakes.length === 0
      ? html`<p class="empty">${t('scorecard.mistakes.none')}</p>`
      : html`<ul class="examples">${mistakes.map((one) => renderMistake(viewer, one))}</ul>`;
  return html`<section id="mistakes"><h2>${t('scorecard.mistakes')}</h2>${list}</section>`;
}
