import { html, type Markup } from '../../src/lib/html.ts';
import type { AuditFilter } from '../../src/store/audit.ts';
import type { Viewer } from '../auth/session.ts';
import { dayStart } from '../params.ts';

/** As it stands in the address; '' asks nothing. `from`, `to`: local days, both counted in. */
export interface AuditForm {
  who: string;
  what: string;
  about: string;
  from: string;
  to: string;
}

const MAX = 200;
const FIELDS = ['who', 'what', 'about', 'from', 'to'] as const;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, MAX) : '');

/** What is no day asks nothing. */
function readDay(value: unknown): string {
  const text = textOf(value);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
}

export function readAuditForm(query: Record<string, unknown>): AuditForm {
  const { who, what, about } = query;
  return {
    who: textOf(who),
    what: textOf(what),
    about: textOf(about),
    from: readDay(query.from),
    to: readDay(query.to),
  };
}

export function auditFilter({ who, what, about, from, to }: AuditForm, zone: string): AuditFilter {
  return {
    who,
    what,
    about,
    from: from === '' ? null : dayStart(from, 0, zone),
    to: to === '' ? null : dayStart(to, 1, zone),
  };
}

/** `who=anna&what=user.role&`, for addresses that go on; '' when nothing is asked. */
export function auditAddress(form: AuditForm): string {
  return FIELDS.filter((field) => form[field] !== '')
    .map((field) => `${field}=${encodeURIComponent(form[field])}&`)
    .join('');
}

export function renderAuditForm(
  { t }: Viewer,
  form: AuditForm,
  choices: readonly { action: string; words: string }[],
): Markup {
  const options = choices.map(
    ({ action, words }) =>
      html`<option value="${action}"${action === form.what ? html` selected` : ''}>${words || action}</option>`,
  );
  return html`<form method="get" action="/audit" class="filters" role="search">
    <label>${t('audit.who')}<input name="who" value="${form.who}" maxlength="${MAX}"></label>
    <label>${t('audit.what')}<select name="what"><option value="">${t('audit.any')}</option>${options}</select></label>
    <label>${t('audit.subject')}<input name="about" value="${form.about}" maxlength="${MAX}" placeholder="user:12"></label>
    <label>${t('audit.from')}<input type="date" name="from" value="${form.from}"></label>
    <label>${t('audit.to')}<input type="date" name="to" value="${form.to}"></label>
    <button>${t('audit.filter')}</button>${auditAddress(form) === '' ? '' : html` <a href="/audit">${t('audit.all')}</a>`}</form>`;
}
