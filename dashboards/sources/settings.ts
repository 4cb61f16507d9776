import { html, type Markup } from '../../src/lib/html.ts';
import type { Source } from '../../src/model/source.ts';
import { readCanary } from '../../src/store/source-health.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';

const KINDS = ['adaptive', 'fixed', 'cron'] as const;

/** One from the configuration would be put back at the next start. */
function renderSchedule(viewer: Viewer, source: Source): Markup {
  const { t } = viewer;
  const { schedule } = source;
  const choices = KINDS.map(
    (kind) =>
      html`<option value="${kind}"${schedule.kind === kind ? html` selected` : ''}>${t(`source.schedule.${kind}`)}</option>`,
  );
  if (source.origin === 'config' || !hasRight(viewer.user, 'sources:edit'))
    return html`<p>${t(`source.schedule.${schedule.kind}`)}${schedule.kind === 'cron' ? html` <code>${schedule.expression}</code>` : ''}. ${t('source.schedule.every')}: ${Math.round(source.everyMs / 60_000)}</p>`;
  return html`<form method="post" action="/sources/${source.key}/schedule" class="stack">${csrfField(viewer)}
    <label>${t('source.schedule.how')}<select name="kind">${choices}</select></label>
    <label>${t('source.schedule.every')}<input type="number" name="every" min="1" max="10080" required value="${Math.max(1, Math.round(source.everyMs / 60_000))}"></label>
    <label>${t('source.schedule.expression')}<input name="cron" maxlength="100" spellcheck="false" placeholder="*/15 8-20 * * 1-5" value="${schedule.kind === 'cron' ? schedule.expression : ''}"></label>
    <button>${t('source.schedule.save')}</button></form>`;
}

async function renderCanary(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  const { t } = viewer;
  const { canary, result } = await readCanary(deps.db, source.id);
  const outcome = result
    ? html`<p class="${result.error ? 'late' : ''}">${t(result.error ? 'source.canary.bad' : 'source.canary.ok')} ${time(viewer, new Date(result.at))}</p>`
    : '';
  if (!hasRight(viewer.user, 'sources:edit')) return html`${outcome}`;
  return html`${outcome}<p class="muted">${t('source.canary.hint')}</p>
    <form method="post" action="/sources/${source.key}/canary" class="stack">${csrfField(viewer)}
    <label>${t('source.canary.url')}<input name="url" maxlength="2000" inputmode="url" value="${canary?.url ?? ''}"></label>
    <label>${t('source.canary.text')}<input name="text" maxlength="500" value="${canary?.text ?? ''}"></label>
    <button>${t('source.canary.save')}</button></form>`;
}

/** When it is visited, and the page by which it is checked. */
export async function renderSettings(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  const { t } = viewer;
  return html`<section class="card"><h2>${t('source.schedule')}</h2>${renderSchedule(viewer, source)}</section>
    <section class="card"><h2>${t('source.canary')}</h2>${await renderCanary(deps, viewer, source)}</section>`;
}
