import { html, type Markup } from '../../src/lib/html.ts';
import { PRIORITIES } from '../../src/model/rule.ts';
import { listRecipients } from '../../src/store/digests.ts';
import { listUsers } from '../../src/store/users.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderKey } from '../views/key.ts';
import { csrfField } from '../views/layout.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { PERIODS, type RuleDraft } from './draft.ts';

/** What the box of the condition works with. */
export const RULE_SCRIPT = '/assets/query-editor.js';

/** Whom a rule can name. */
export interface Nameable {
  users: readonly { email: string; name: string }[];
  /** Addresses. */
  recipients: readonly string[];
  webhooks: readonly string[];
}

export async function listNameable(deps: DashboardDeps): Promise<Nameable> {
  const [users, recipients] = await Promise.all([listUsers(deps.db), listRecipients(deps.db)]);
  const active = users.filter(({ disabledAt }) => disabledAt === null);
  const known = new Set(active.map(({ email }) => email));
  const others = recipients.map(({ email }) => email.toLowerCase()).filter((email) => !known.has(email));
  return { users: active, recipients: [...known, ...new Set(others)], webhooks: deps.rules.webhooks };
}

type Option = readonly [value: string, words: string];

export function renderSelect(name: string, options: readonly Option[], chosen: string): Markup {
  return html`<select name="${name}">${options.map(([value, words]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`)}</select>`;
}

/** What was chosen once stays to be seen, though it is gone. */
function renderChecks(name: string, values: readonly string[], chosen: readonly string[]): Markup {
  const all = [...values, ...chosen.filter((value) => !values.includes(value))];
  return html`${all.map((value) => html`<label class="check"><input type="checkbox" name="${name}" value="${value}"${chosen.includes(value) ? html` checked` : ''}> ${value}</label>`)}`;
}

export function renderPeriod({ t }: Viewer, days: string): Markup {
  const options = PERIODS.map(
    (count): Option => [count, count === '' ? t('rules.days.all') : t.count('days', Number(count))],
  );
  return html`<label class="check">${t('rules.days')} ${renderSelect('days', options, days)}</label>`;
}

function renderActions(viewer: Viewer, draft: RuleDraft, { users, recipients, webhooks }: Nameable): Markup {
  const { t } = viewer;
  const leave: Option = ['', t('rules.leave')];
  const tones = (['negative', 'neutral', 'positive', 'unsure'] as const).map(
    (tone): Option => [tone, t(`tone.${tone}`)],
  );
  const priorities = PRIORITIES.map((priority): Option => [priority, t(`priority.${priority}`)]);
  const people = users.map(({ email, name }): Option => [email, `${name} (${email})`]);
  const gone = draft.assign !== '' && !users.some(({ email }) => email === draft.assign.toLowerCase());
  const isAlerting = draft.mail.length + draft.webhooks.length > 0;
  return html`<fieldset><legend>${t('rules.actions')}</legend><div class="stack">
    <label>${t('rules.tags')}<input name="tags" value="${draft.tags}" maxlength="1100"></label>
    <label>${t('rules.tone')}${renderSelect('tone', [leave, ...tones], draft.tone)}</label>
    <label>${t('rules.priority')}${renderSelect('priority', [leave, ...priorities], draft.priority)}</label>
    <label>${t('rules.assign')}${renderSelect('assign', [leave, ...people, ...(gone ? [[draft.assign, draft.assign] as const] : [])], gone ? draft.assign : draft.assign.toLowerCase())}</label>
    <label class="check"><input type="checkbox" name="basket" value="1"${draft.basket ? html` checked` : ''}> ${t('rules.basket')}</label>
    <details${isAlerting ? html` open` : ''}><summary>${t('rules.alert')}</summary><div class="stack">
      <div><strong>${t('rules.alert.mail')}</strong>${renderChecks('mail', recipients, draft.mail)}</div>
      ${webhooks.length + draft.webhooks.length > 0 ? html`<div><strong>${t('rules.alert.webhooks')}</strong>${renderChecks('webhooks', webhooks, draft.webhooks)}</div>` : ''}
      <label>${t('rules.alert.perhour')}<input type="number" name="perHour" min="1" max="1000" value="${draft.perHour}"></label>
    </div></details></div></fieldset>`;
}

/** Lines of the box: a condition of a few clauses is read whole. */
function heightOf(condition: string): number {
  return Math.min(16, Math.max(4, condition.split('\n').length * 2));
}

/** The form of a rule; `isKnown`: it is saved already, and its key cannot change. */
export function renderRuleForm(
  viewer: Viewer,
  draft: RuleDraft,
  nameable: Nameable,
  { isKnown, mistakes }: { isKnown: boolean; mistakes: readonly string[] },
): Markup {
  const { t } = viewer;
  return html`<section class="card" id="form"><h2>${t(isKnown ? 'rules.rule' : 'rules.new')}</h2>
    ${renderMistakes(mistakes)}
    <form method="post" action="/rules" class="stack">${csrfField(viewer)}${isKnown ? html`<input type="hidden" name="known" value="1">` : ''}
      <label>${t('rules.name')}<input name="name" value="${draft.name}" required maxlength="200"></label>
      ${renderKey(viewer, draft.key, isKnown)}
      <label>${t('rules.condition')}<textarea name="condition" rows="${heightOf(draft.condition)}" required spellcheck="false" data-query="rule">${draft.condition}</textarea><small class="muted">${t('rules.condition.hint')} <a href="/topics/language">${t('language.link')}</a></small></label>
      ${renderActions(viewer, draft, nameable)}
      <label class="check"><input type="checkbox" name="enabled" value="1"${draft.enabled ? html` checked` : ''}> ${t('rules.enabled')}</label>
      <div class="row"><button class="primary" name="what" value="save">${t('rules.save')}</button></div>
      <div class="row">${renderPeriod(viewer, draft.days)}<button name="what" value="try" formaction="/rules#tried">${t('rules.try')}</button></div>
    </form></section>`;
}
