import { html, type Markup } from '../../src/lib/html.ts';
import type { Topic } from '../../src/model/topic.ts';
import { LANGUAGES } from '../../src/model/user.ts';
import type { DigestRecipient } from '../../src/store/digests.ts';
import type { Viewer } from '../auth/session.ts';
import type { TextKey } from '../texts.ts';
import { csrfField } from '../views/layout.ts';
import { renderMistakes } from '../views/mistakes.ts';

export type DigestForm = Pick<
  DigestRecipient,
  'email' | 'language' | 'zone' | 'sendAt' | 'whenQuiet' | 'enabled' | 'weeklyOn' | 'monthlyOn'
> & { weekdays: number[]; topics: string[] };

const ZONES = Intl.supportedValuesOf('timeZone');
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const DAYS = Array.from({ length: 28 }, (_, at) => at + 1);

/** The list of zones has one name of each; the others that people write are known all the same. */
export function isZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** Monday … Sunday in the viewer's language. The first of January 2024 was a Monday. */
export function weekdayName({ language }: Viewer, day: number, weekday: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, day)),
  );
}

export function formOf(recipient: DigestRecipient): DigestForm {
  return { ...recipient, weekdays: recipient.weekdays ?? [], topics: recipient.topics ?? [] };
}

/** For somebody who has none yet. */
export function emptyForm({ language, zone }: Viewer, email: string): DigestForm {
  const reports = { weeklyOn: null, monthlyOn: null };
  return {
    email,
    language,
    zone,
    sendAt: '09:00',
    weekdays: [],
    topics: [],
    whenQuiet: true,
    enabled: true,
    ...reports,
  };
}

function check(name: string, value: string, words: string, isChecked: boolean): Markup {
  return html`<label class="check"><input type="checkbox" name="${name}" value="${value}"${isChecked ? html` checked` : ''}> ${words}</label>`;
}

function select(name: string, choices: readonly (readonly [string, string])[], chosen: string): Markup {
  return html`<select name="${name}">${choices.map(([value, words]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`)}</select>`;
}

function renderReports(viewer: Viewer, form: DigestForm): Markup {
  const { t } = viewer;
  const none = ['', t('digest.report.none')] as const;
  const weekly = [none, ...WEEKDAYS.map((day) => [String(day), weekdayName(viewer, day, 'long')] as const)];
  const monthly = [none, ...DAYS.map((day) => [String(day), String(day)] as const)];
  return html`<fieldset><legend>${t('digest.reports')}</legend><div class="stack">
    <label>${t('digest.weekly')}${select('weekly', weekly, String(form.weeklyOn ?? ''))}</label>
    <label>${t('digest.monthly')}${select('monthly', monthly, String(form.monthlyOn ?? ''))}</label></div></fieldset>`;
}

/** `isNew`: the address can still be written. */
export function renderDigestForm(
  viewer: Viewer,
  form: DigestForm,
  { topics, mistakes, isNew }: { topics: readonly Topic[]; mistakes: readonly TextKey[]; isNew: boolean },
): Markup {
  const { t, language } = viewer;
  const languages = LANGUAGES.map((code) => [code, t(`language.${code}`)] as const);
  const zones = ZONES.map((name) => html`<option value="${name}"></option>`);
  const address = isNew
    ? html`<label>${t('digest.recipient')}<input type="email" name="email" value="${form.email}" required maxlength="254"></label>`
    : html`<input type="hidden" name="email" value="${form.email}">`;
  return html`${renderMistakes(mistakes.map((mistake) => t(mistake)))}
    <form method="post" action="/digests/save" class="stack narrow">${csrfField(viewer)}${address}
      ${check('enabled', '1', t('digest.enabled'), form.enabled)}
      <label>${t('settings.language')}${select('language', languages, form.language ?? language)}</label>
      <label>${t('digest.at')}<input type="time" name="at" value="${form.sendAt}" required></label>
      <label>${t('settings.zone')}<input name="zone" value="${form.zone}" list="zones" required maxlength="64"></label><datalist id="zones">${zones}</datalist>
      <fieldset><legend>${t('digest.weekdays')}</legend>${WEEKDAYS.map((day) => check('weekdays', String(day), weekdayName(viewer, day, 'short'), form.weekdays.includes(day)))}<small class="muted">${t('digest.weekdays.hint')}</small></fieldset>
      <fieldset><legend>${t('digest.topics')}</legend>${topics.map(({ key, name }) => check('topics', key, name, form.topics.includes(key)))}<small class="muted">${t('digest.topics.hint')}</small></fieldset>
      ${check('quiet', '1', t('digest.quiet'), form.whenQuiet)}
      ${renderReports(viewer, form)}
      <button class="primary">${t('mention.save')}</button></form>`;
}
