import { alertKinds } from '../../src/act/alerts/kinds/registry.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Alert } from '../../src/model/alert.ts';
import { listTopics } from '../../src/store/topics.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { listNameable, type Nameable, renderSelect } from '../rules/form.ts';
import type { TextKey } from '../texts.ts';
import { renderKey } from '../views/key.ts';
import { csrfField } from '../views/layout.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { type AlertForm, many, one, SETTING_FIELDS, type SettingField } from './fields.ts';

export const ALERT_SCRIPTS = ['/assets/query-editor.js', '/assets/alerts.js'];

export const kindWord = (kind: string): TextKey => `alerts.kind.${kind}` as TextKey;

type Choice = readonly [value: string, words: string];

function checks(name: string, choices: readonly Choice[], chosen: readonly string[]): Markup {
  return html`${choices.map(([value, words]) => html`<label class="check"><input type="checkbox" name="${name}" value="${value}"${chosen.includes(value) ? html` checked` : ''}> ${words}</label>`)}`;
}

function tick(name: string, words: string, form: AlertForm): Markup {
  return html`<label class="check"><input type="checkbox" name="${name}" value="1"${one(form, name) === '1' ? html` checked` : ''}> ${words}</label>`;
}

function renderSetting({ t }: Viewer, field: SettingField, form: AlertForm): Markup {
  const value = one(form, `s.${field.name}`);
  if (field.type === 'select') {
    const options = (field.options ?? []).map(([option, word]): Choice => [option, t(word)]);
    return html`<label>${t(field.word)}${renderSelect(`s.${field.name}`, options, value)}</label>`;
  }
  const isPercent = field.type === 'percent';
  return html`<label>${t(field.word)}<input type="number" name="s.${field.name}" value="${value}" min="${isPercent ? 0 : (field.min ?? 0)}" max="${isPercent ? 100 : (field.max ?? 100_000)}" step="${field.step ?? '1'}"></label>`;
}

function renderWho({ t }: Viewer, form: AlertForm, nameable: Nameable, deps: DashboardDeps): Markup {
  const people = nameable.recipients.map((email): Choice => [email, email]);
  const ways: Choice[] = [
    ['mail', t('alerts.by.mail')],
    ['browser', t('alerts.by.browser')],
  ];
  const keys = (all: readonly string[]): Choice[] => all.map((key) => [key, key]);
  const { chats, webhooks } = deps.alerts;
  return html`<fieldset><legend>${t('alerts.told')}</legend><div class="stack">
    <div><strong>${t('alerts.people')}</strong>${checks('people', people, many(form, 'people'))}</div>
    <div>${checks('by', ways, many(form, 'by'))}</div>
    ${chats.length > 0 ? html`<div><strong>${t('alerts.chats')}</strong>${checks('chats', keys(chats), many(form, 'chats'))}</div>` : ''}
    ${webhooks.length > 0 ? html`<div><strong>${t('alerts.webhooks')}</strong>${checks('webhooks', keys(webhooks), many(form, 'webhooks'))}</div>` : ''}
  </div></fieldset>`;
}

function renderPolicy({ t }: Viewer, form: AlertForm, { recipients }: Nameable): Markup {
  const field = (name: string, word: TextKey, type: 'number' | 'time', min = 0, max = 10_080): Markup =>
    type === 'time'
      ? html`<label>${t(word)}<input type="time" name="${name}" value="${one(form, name)}"></label>`
      : html`<label>${t(word)}<input type="number" name="${name}" value="${one(form, name)}" min="${min}" max="${max}"></label>`;
  return html`<details><summary>${t('alerts.policy')}</summary><div class="stack">
    ${field('quietFrom', 'alerts.quiet.from', 'time')}${field('quietTo', 'alerts.quiet.to', 'time')}
    ${tick('urgent', t('alerts.urgent'), form)}
    ${field('perHour', 'alerts.perhour', 'number', 1, 100)}
    ${field('cooldown', 'alerts.cooldown', 'number', 5)}
    ${field('escalateAfter', 'alerts.escalate.after', 'number', 1, 1440)}
    <div><strong>${t('alerts.escalate.to')}</strong>${checks(
      'escalateTo',
      recipients.map((email): Choice => [email, email]),
      many(form, 'escalateTo'),
    )}</div>
    ${tick('end', t('alerts.end'), form)}</div></details>`;
}

function renderCondition({ t }: Viewer, kind: string, form: AlertForm): Markup {
  if (!['query', 'complaint'].includes(kind)) return html``;
  return html`<label>${t('alerts.condition')}<textarea name="condition" rows="3" spellcheck="false" data-query="rule">${one(form, 'condition')}</textarea><small class="muted">${t('rules.condition.hint')} <a href="/topics/language">${t('language.link')}</a></small></label>`;
}

/** What can wake somebody: each begins a form of its own. */
export function renderKinds({ t }: Viewer): Markup {
  return html`<section class="card" id="new"><h2>${t('alerts.new')}</h2><ul class="kinds">${alertKinds.map(
    ({ kind }) =>
      html`<li><a href="/alerts?kind=${kind}#form"><strong>${t(kindWord(kind))}</strong></a><br><small class="muted">${t(`alerts.hint.${kind}` as TextKey)}</small></li>`,
  )}</ul></section>`;
}

/** The form of an alert; `known`: it is saved already, and its key and kind cannot change. */
export async function renderAlertForm(
  deps: DashboardDeps,
  viewer: Viewer,
  form: AlertForm,
  { known, mistakes }: { known: Alert | null; mistakes: readonly string[] },
): Promise<Markup> {
  const { t } = viewer;
  const kind = one(form, 'kind');
  const nameable = await listNameable(deps);
  const topics = (await listTopics(deps.db)).filter(({ enabled }) => enabled);
  return html`<section class="card" id="form"><h2>${t(kindWord(kind))}</h2><p class="muted">${t(`alerts.hint.${kind}` as TextKey)}</p>
    ${renderMistakes(mistakes)}
    <form method="post" action="/alerts" class="stack">${csrfField(viewer)}<input type="hidden" name="kind" value="${kind}">${known ? html`<input type="hidden" name="known" value="1">` : ''}
      <label>${t('alerts.name')}<input name="name" value="${one(form, 'name')}" required maxlength="200"></label>
      ${renderKey(viewer, one(form, 'key'), known !== null)}
      ${
        kind === 'source-silence'
          ? ''
          : html`<fieldset><legend>${t('alerts.topics')}</legend>${checks(
              'topics',
              topics.map(({ key, name }): Choice => [key, name]),
              many(form, 'topics'),
            )}</fieldset>`
      }
      ${renderCondition(viewer, kind, form)}
      ${(SETTING_FIELDS[kind] ?? []).length > 0 ? html`<fieldset><legend>${t('alerts.when')}</legend><div class="stack">${(SETTING_FIELDS[kind] ?? []).map((field) => renderSetting(viewer, field, form))}</div></fieldset>` : ''}
      ${renderWho(viewer, form, nameable, deps)}
      ${renderPolicy(viewer, form, nameable)}
      ${tick('enabled', t('alerts.enabled'), form)}
      <div class="row"><button name="what" value="rehearse" formaction="/alerts#rehearsed">${t('alerts.rehearse')}</button><button class="primary" name="what" value="save">${t('alerts.save')}</button></div>
    </form></section>`;
}
