import { html, type Markup } from '../../src/lib/html.ts';
import {
  type ClassScore,
  type GroupFigures,
  MEASURES,
  type Measure,
  type Scorecard,
} from '../../src/model/scorecard.ts';
import type { SentimentLabel } from '../../src/model/tag.ts';
import type { Viewer } from '../auth/session.ts';
import { kindName } from '../sources/words.ts';
import { number, toneMark } from '../views/format.ts';
import { renderTable } from '../views/table.ts';
import { daysOf, estimate, languageOf, percent } from './words.ts';

function groupWords(viewer: Viewer, { language, sourceKind }: GroupFigures): string {
  const name = languageOf(viewer, language);
  return sourceKind === null ? name : `${name}, ${kindName(viewer, sourceKind)}`;
}

function className(viewer: Viewer, measure: Measure, name: string): Markup | string {
  if (measure === 'complaint') return viewer.t('scorecard.class.complaint');
  return html`${toneMark(name)} ${viewer.t(`tone.${name as SentimentLabel}`)}`;
}

/** A share, and of how many labels. */
function counted(viewer: Viewer, value: ClassScore['precision'], n: number): Markup | string {
  if (!value) return '—';
  return html`${estimate(viewer, value)} <small class="muted">${viewer.t('scorecard.of', { n: number(viewer, n) })}</small>`;
}

function rowsOf(viewer: Viewer, group: GroupFigures) {
  const { measure, classes, f1, labels } = group;
  const where = groupWords(viewer, group);
  const mean =
    measure === 'tone'
      ? [
          [
            html`<strong>${where}</strong>`,
            html`<strong>${viewer.t('scorecard.class.macro')}</strong>`,
            '',
            '',
            html`<strong>${estimate(viewer, f1)}</strong>`,
            number(viewer, labels),
          ],
        ]
      : [];
  return [
    ...mean,
    ...classes.map((one) => [
      measure === 'complaint' ? html`<strong>${where}</strong>` : where,
      className(viewer, measure, one.name),
      counted(viewer, one.precision, one.said),
      counted(viewer, one.recall, one.truths),
      estimate(viewer, one.f1),
      measure === 'complaint' ? number(viewer, labels) : '',
    ]),
  ];
}

function renderGroups(viewer: Viewer, groups: readonly GroupFigures[]): Markup {
  const { t } = viewer;
  const head = [
    t('scorecard.group'),
    t('scorecard.class'),
    t('scorecard.precision'),
    t('scorecard.recall'),
    t('scorecard.f1'),
    t('scorecard.labels'),
  ];
  return renderTable(
    head,
    groups.flatMap((group) => rowsOf(viewer, group)),
    '',
  );
}

/** What figures of one version are of; groups of a version share its time. */
function versionWords(viewer: Viewer, groups: readonly GroupFigures[]): string {
  const { t } = viewer;
  const [first] = groups;
  if (!first) return '';
  const from = new Date(Math.min(...groups.map((group) => group.from.getTime())));
  const to = new Date(Math.max(...groups.map((group) => group.to.getTime())));
  const version = first.version === '' ? t('scorecard.version.unknown') : first.version;
  const key = first.isNewest ? 'scorecard.version' : 'scorecard.version.old';
  return t(key, { version, ...daysOf(viewer, { from, to }) });
}

/** With fewer labels of the newest models, those of the ones before are worth a look. */
const FEW = 30;

/** Groups without a label of it have nothing to tell. */
function renderMeasure(viewer: Viewer, measure: Measure, groups: readonly GroupFigures[]): Markup {
  const own = groups.filter((group) => group.measure === measure && group.labels > 0);
  if (own.length === 0) return html``;
  const versions = [...new Set(own.map(({ version }) => version))];
  const isThin = (own.find(({ isNewest }) => isNewest)?.labels ?? 0) < FEW;
  const parts = versions.map((version, at) => {
    const of = own.filter((group) => group.version === version);
    const words = versionWords(viewer, of);
    return of[0]?.isNewest
      ? html`<p class="muted">${words}</p>${renderGroups(viewer, of)}`
      : html`<details${isThin && at === 1 ? html` open` : ''}><summary>${words}</summary>${renderGroups(viewer, of)}</details>`;
  });
  return html`<section class="score"><h3>${viewer.t(`scorecard.measure.${measure}`)}</h3>${parts}</section>`;
}

/** Precision, recall and F1 with intervals, the newest models first and never mixed with others. */
export function renderFigures(viewer: Viewer, { groups, covered }: Scorecard): Markup {
  const { t } = viewer;
  const how = [1, 2, 3, 4, 5] as const;
  const explained = html`<details><summary>${t('scorecard.how')}</summary><ul>${how.map((at) => html`<li>${t(`scorecard.how.${at}`)}</li>`)}</ul></details>`;
  const head = html`<h2>${t('scorecard.figures')}</h2>`;
  if (groups.length === 0)
    return html`${head}<p class="empty">${t('scorecard.figures.none')}</p>${explained}`;
  const part =
    covered !== null && covered < 1
      ? html`<p class="muted">${t('scorecard.covered', { share: percent(viewer, covered) })}</p>`
      : '';
  return html`${head}${MEASURES.map((measure) => renderMeasure(viewer, measure, groups))}${part}${explained}`;
}
