import { html, type Markup } from '../../src/lib/html.ts';
import type { Rule } from '../../src/model/rule.ts';
import { countEffects, type EffectCount } from '../../src/store/rule-effects.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';
import { allActionWords, countWords } from './words.ts';

const WEEK_MS = 7 * 86_400_000;
const CONDITION = 160;

/** A form of one button. */
export function renderButton(
  viewer: Viewer,
  action: string,
  word: string,
  fields: Record<string, string> = {},
): Markup {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${action}" class="inline">${csrfField(viewer)}${hidden}<button>${word}</button></form>`;
}

function renderName(viewer: Viewer, { key, name, condition, enabled, trouble }: Rule): Markup {
  const { t, language } = viewer;
  const cut = condition.length > CONDITION ? `${condition.slice(0, CONDITION).toWellFormed()}…` : condition;
  const remark = enabled ? '' : html` <small class="muted">${t('rules.off')}</small>`;
  return html`<a href="/rules/${key}"><strong>${name}</strong></a>${remark}<br><code>${cut}</code>
    ${trouble ? html`<br><small class="late">${t('rules.trouble')}: ${trouble.messages[0]?.[language] ?? ''}</small>` : ''}`;
}

function renderMoves(viewer: Viewer, { key, name }: Rule, isFirst: boolean, isLast: boolean): Markup {
  const move = (by: 'up' | 'down', mark: string): Markup =>
    html`<form method="post" action="/rules/${key}/move" class="inline">${csrfField(viewer)}<input type="hidden" name="by" value="${by}"><button title="${viewer.t(`rules.${by}`)}" aria-label="${viewer.t(`rules.${by}`)}: ${name}">${mark}</button></form>`;
  return html`${isFirst ? '' : move('up', '↑')} ${isLast ? '' : move('down', '↓')}`;
}

function renderWeek(viewer: Viewer, rule: Rule, effects: readonly EffectCount[]): Markup {
  const own = effects.filter(({ ruleId }) => ruleId === rule.id);
  return html`<span class="plain">${countWords(viewer, own) || viewer.t('rules.week.none')}</span>`;
}

/** The rules in their order, with what they did lately. */
export async function renderRuleList(
  deps: DashboardDeps,
  viewer: Viewer,
  rules: readonly Rule[],
): Promise<Markup> {
  const { t } = viewer;
  const effects = await countEffects(deps.db, new Date(viewer.now.getTime() - WEEK_MS));
  const mayEdit = hasRight(viewer.user, 'rules:edit');
  const rows = rules.map((rule, at) => [
    `${at + 1}`,
    renderName(viewer, rule),
    html`<ul class="plain">${allActionWords(viewer, rule.actions).map((words) => html`<li>${words}</li>`)}</ul>`,
    renderWeek(viewer, rule, effects),
    ...(mayEdit ? [renderMoves(viewer, rule, at === 0, at === rules.length - 1)] : []),
  ]);
  const head = ['№', t('rules.rule'), t('rules.does'), t('rules.week'), ...(mayEdit ? [''] : [])];
  return html`<p>${t('rules.lead')}</p><p class="muted">${t('rules.order')}</p>${renderTable(head, rows, t('rules.none'))}`;
}
