import { html, type Markup } from '../../src/lib/html.ts';
import { lineChanges } from '../../src/lib/line-changes.ts';
import type { TopicVersion } from '../../src/model/topic.ts';
import type { Viewer } from '../auth/session.ts';
import { time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';
import type { LabForm } from './lab-form.ts';

/** What a version made different; of the first one, all of it. */
function changesOf({ t }: Viewer, version: TopicVersion, before: TopicVersion | undefined): string[] {
  if (!before) return lineChanges('', version.query).slice(1);
  const onOff = (is: boolean): string => t(is ? 'lab.history.on' : 'lab.history.off');
  return [
    ...(before.name === version.name ? [] : [`${t('topic.name')}: ${before.name} → ${version.name}`]),
    ...(before.enabled === version.enabled ? [] : [`${t('lab.history.topic')}: ${onOff(version.enabled)}`]),
    ...(before.contextCheck === version.contextCheck
      ? []
      : [`${t('lab.context')}: ${onOff(version.contextCheck)}`]),
    ...(before.about === version.about ? [] : [`${t('lab.context.about')}: ${version.about}`]),
    ...lineChanges(before.query, version.query),
  ];
}

/** Every version of a topic, the newest first: who saved it, when, what changed; older ones can be brought back. */
export function renderHistory(
  viewer: Viewer,
  { topic }: LabForm,
  versions: readonly TopicVersion[],
): Markup | '' {
  if (!topic) return '';
  const { t } = viewer;
  const mayRestore = topic.origin === 'user';
  const rows = versions.map((version, at) => [
    `${version.version}`,
    html`${time(viewer, version.savedAt)}<br><small class="muted">${version.savedBy}${version.restored === null ? '' : html`<br>${t('lab.history.restored', { n: version.restored })}`}</small>`,
    html`<pre class="changes">${changesOf(viewer, version, versions[at + 1]).join('\n')}</pre>`,
    at === 0 || !mayRestore
      ? ''
      : html`<button name="do" value="restore ${version.version}">${t('lab.history.restore')}</button>`,
  ]);
  const head = [t('lab.precision.version'), t('lab.chart.when'), t('lab.history.changes'), ''];
  return html`<section class="card"><h2>${t('lab.history')}</h2><p class="muted">${t('lab.history.lead')}</p>${renderTable(head, rows, t('lab.history.none'))}</section>`;
}
