import { html, type Markup } from '../../src/lib/html.ts';
import type { Rule, RuleVersion } from '../../src/model/rule.ts';
import { listRuns } from '../../src/store/rule-runs.ts';
import { listRuleVersions } from '../../src/store/rules.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';
import { draftOf, type RuleDraft } from './draft.ts';
import { listNameable, renderRuleForm } from './form.ts';
import { renderButton } from './list.ts';
import { renderPastForm, renderRuns } from './runs.ts';
import { allActionWords, renderTrouble } from './words.ts';

const RUNS = 20;

function renderHistory(viewer: Viewer, versions: readonly RuleVersion[]): Markup {
  const { t } = viewer;
  const rows = versions.map((version) => [
    `${version.version}${version.enabled ? '' : ` (${t('rules.off')})`}`,
    html`${time(viewer, version.savedAt)}<br><small class="muted">${version.savedBy}</small>`,
    html`<code>${version.condition}</code>`,
    allActionWords(viewer, version.actions).join(', '),
  ]);
  const head = [t('rules.history.version'), t('rules.run.when'), t('rules.condition'), t('rules.does')];
  return html`<details><summary>${t('rules.history')} (${versions.length})</summary>${renderTable(head, rows, '')}</details>`;
}

function renderSwitches(viewer: Viewer, { key, name, enabled }: Rule): Markup {
  const { t } = viewer;
  const word = t(enabled ? 'rules.switch.off' : 'rules.switch.on');
  return html`<div class="actions">${renderButton(viewer, `/rules/${key}/switch`, word, { enabled: enabled ? '0' : '1' })}
    <details class="ask"><summary>${t('rules.remove')}</summary><p>${t('rules.remove.ask', { name })}</p>${renderButton(viewer, `/rules/${key}/remove`, t('rules.remove'))}</details></div>`;
}

/** What the form shows when it is not just the saved rule. */
export interface FormState {
  draft: RuleDraft;
  mistakes: readonly string[];
  /** The answer to trying it. */
  tried: Markup;
}

/** All about one rule. */
export async function renderRule(
  deps: DashboardDeps,
  viewer: Viewer,
  rule: Rule,
  form: FormState | null = null,
): Promise<Markup> {
  const { t } = viewer;
  const mayEdit = hasRight(viewer.user, 'rules:edit');
  const [versions, runs] = await Promise.all([
    listRuleVersions(deps.db, rule.id),
    listRuns(deps.db, rule.id, RUNS),
  ]);
  const { draft = draftOf(rule), mistakes = [], tried = html`` } = form ?? {};
  return html`<p><a href="/rules">← ${t('rules.back')}</a></p><h1>${rule.name}</h1>
    ${renderTrouble(viewer, rule.trouble)}
    ${mayEdit ? renderSwitches(viewer, rule) : ''}
    ${
      mayEdit
        ? renderRuleForm(viewer, draft, await listNameable(deps), { isKnown: true, mistakes })
        : html`<p><code>${rule.condition}</code></p><ul>${allActionWords(viewer, rule.actions).map((words) => html`<li>${words}</li>`)}</ul>`
    }
    ${tried}
    ${mayEdit ? renderPastForm(viewer, rule) : ''}
    ${renderRuns(viewer, rule, runs)}
    ${renderHistory(viewer, versions)}`;
}
