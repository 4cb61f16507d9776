import { html, type Markup } from '../../src/lib/html.ts';
import { withoutPrivate } from '../../src/lib/private/mask.ts';
import type { Change, ChangedField } from '../../src/match/import/changes.ts';
import type { Field } from '../../src/match/import/fields.ts';
import { type Mistake, mistakeText } from '../../src/match/import/mistakes.ts';
import type { Viewer } from '../auth/session.ts';
import type { TextKey } from '../texts.ts';

const SAMPLE = 60;

export const fieldWords = ({ t }: Viewer, field: Field): string => t(`import.field.${field}`);

const CHANGED: Readonly<Partial<Record<ChangedField, Field>>> = { birthYear: 'birth_year' };

const changedWords = (viewer: Viewer, field: ChangedField): string =>
  fieldWords(viewer, CHANGED[field] ?? (field as Field));

/** A value of a file as a sample: cut, and e-mails, phones and numbers dotted out. Phones without a plus are found as what they are alone. */
export function sampleWords(value: unknown, field: Field | null): string {
  const text =
    value instanceof Date
      ? value.toISOString().slice(0, 16).replace('T', ' ')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  const cut = text.length > SAMPLE ? `${text.slice(0, SAMPLE).toWellFormed()}…` : text;
  const masked = withoutPrivate(cut);
  const isHidden =
    (field === 'phones' || field === 'addresses' || field === 'address_part') && masked === cut;
  return isHidden ? masked.replace(/(?<=.{2})[\p{L}\p{Nd}](?=.{2})/gu, '•') : masked;
}

function renderFacts({ t }: Viewer, after: string): string {
  const count = (sign: RegExp): string => sign.exec(after)?.[1] ?? '0';
  return t('import.facts', { added: count(/\+(\d+)/), corrected: count(/~(\d+)/) });
}

/** `почта: a…@b.ru → c…@b.ru` */
export function renderChange(viewer: Viewer, { field, before, after }: Change): Markup {
  const name = changedWords(viewer, field);
  if (field === 'purchases' || field === 'contacts' || field === 'consents')
    return html`<li>${name.replace(/ \(JSON\)$/, '')}: ${renderFacts(viewer, after)}</li>`;
  const then = after === '' ? html`<em>${viewer.t('import.cleared')}</em>` : html`<ins>${after}</ins>`;
  return html`<li>${name}: ${before === '' ? '' : html`<del>${before}</del> → `}${then}</li>`;
}

/** What is wrong, in the viewer's words; fields by the name they have on this page. */
export function mistakeWords(viewer: Viewer, mistake: Pick<Mistake, 'code' | 'values'>): string {
  const { values = {} } = mistake;
  const field = values.field
    ? { ...values, field: viewer.t(`import.field.${values.field}` as TextKey) }
    : values;
  return mistakeText({ code: mistake.code, values: field }, viewer.language);
}
