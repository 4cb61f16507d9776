import { html, type Markup } from '../../src/lib/html.ts';
import { wilsonInterval } from '../../src/lib/wilson.ts';
import type { RatingConflict, RatingReport, RatingTally } from '../../src/model/back-test.ts';
import type { TopicExample } from '../../src/model/topic.ts';
import type { JudgedExample } from '../../src/query/why-not.ts';
import type { Viewer } from '../auth/session.ts';
import { excerpt, outside, siteOf } from '../views/format.ts';
import { shownText } from '../views/private.ts';
import { renderReasons } from '../views/query.ts';
import { renderTable } from '../views/table.ts';

/** Below that an interval is wider than anybody can use. */
const ENOUGH = 20;
const EXCERPT = 200;

/** How often the draft and the saved version are right, by what people said. */
export function renderPrecision(viewer: Viewer, { draft, saved, conflicts }: RatingReport): Markup {
  const { t } = viewer;
  const judged = (tally: RatingTally | null): number => (tally ? tally.ours + tally.notOurs : 0);
  if (judged(draft) + judged(saved) + conflicts.length === 0)
    return html`<p class="muted">${t('lab.precision.none')}</p>`;
  const versions: [string, RatingTally][] = [
    [t('lab.precision.draft'), draft],
    ...(saved ? [[t('lab.precision.saved'), saved] satisfies [string, RatingTally]] : []),
  ];
  const rows = versions.map(([name, tally]) => [
    name,
    renderShare(viewer, tally),
    t('lab.precision.of', { ours: tally.ours, of: judged(tally) }),
  ]);
  return html`${renderTable([t('lab.precision.version'), t('lab.precision'), t('lab.precision.judged')], rows, '')}
    ${judged(draft) < ENOUGH ? html`<p class="note">${t('lab.precision.few', { n: ENOUGH })}</p>` : ''}
    ${renderConflicts(viewer, conflicts)}`;
}

function renderShare({ t }: Viewer, { ours, notOurs }: RatingTally): string {
  const of = ours + notOurs;
  if (of === 0) return '—';
  const percent = (share: number): number => Math.round(share * 100);
  const { low, high } = wilsonInterval(ours, of);
  return t('lab.precision.share', { share: percent(ours / of), low: percent(low), high: percent(high) });
}

function renderConflicts(viewer: Viewer, conflicts: readonly RatingConflict[]): Markup | '' {
  if (conflicts.length === 0) return '';
  const { t } = viewer;
  const rows = conflicts.map(
    ({ id, title, text, verdict, ratedBy }) =>
      html`<li><strong>${t(`lab.conflict.${verdict}`)}</strong>: <a href="/mentions/${id}">${shownText(viewer, title ?? '')} ${excerpt(viewer, text, [], EXCERPT)}</a> <small class="muted">${t('lab.conflict.by', { who: ratedBy })}</small></li>`,
  );
  return html`<div class="note bad" role="status"><p>${t('lab.conflicts')}</p><ul>${rows}</ul></div>`;
}

/** The examples of a topic, each with how the draft does on it. */
export function renderExamples(
  viewer: Viewer,
  query: string,
  examples: readonly JudgedExample<TopicExample>[],
): Markup {
  const { t } = viewer;
  if (examples.length === 0) return html`<p class="muted">${t('lab.examples.none')}</p>`;
  const pass = examples.filter(({ passes }) => passes).length;
  const inOrder = [...examples].sort((one, two) => Number(one.passes) - Number(two.passes));
  return html`<p role="status">${t('lab.examples.counts', { pass, of: examples.length })}</p>
    <ul class="examples">${inOrder.map((one) => renderExample(viewer, query, one))}</ul>`;
}

function renderExample(viewer: Viewer, query: string, judged: JudgedExample<TopicExample>): Markup {
  const { t } = viewer;
  const { example, passes, reasons } = judged;
  const { id, mustMatch, url, title, text, note } = example;
  return html`<li><span class="verdict ${passes ? 'ok' : 'broken'}">${passes ? '✓' : '✗'} ${t(passes ? 'lab.example.passes' : 'lab.example.fails')}</span>
    <strong>${t(mustMatch ? 'lab.example.must' : 'lab.example.mustnot')}</strong>
    <button class="link" name="do" value="unexample ${id}" id="unexample-${id}" data-live-button>${t('lab.example.remove')}</button>
    <p>${title ? html`<strong>${shownText(viewer, title)}</strong> ` : ''}${excerpt(viewer, text, [], EXCERPT)} ${url ? outside(url, siteOf(url)) : ''}</p>
    ${note === '' ? '' : html`<p class="muted">${note}</p>`}${passes ? '' : renderReasons(viewer, query, reasons)}</li>`;
}
