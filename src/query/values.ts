import type { Value } from './ast.ts';
import { exampleOf, FIELDS, nearest } from './fields.ts';
import { kindNamed, nearestKind } from './kind-names.ts';
import type { MessageCode } from './messages.ts';
import { quote } from './quote.ts';
import { readDateRange, readNumberRange, writeDateRange, writeNumberRange } from './ranges.ts';

const SITE = /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+$/u;
const LANGUAGE = /^[a-z]{2,3}$/;

/** What stands after a field's colon; null when the field does not take it. */
export function readValue(fieldName: string, text: string, towards: string | null): Value | null {
  const field = FIELDS.get(fieldName);
  if (!field) return null;
  if (field.takes === 'number') {
    const range = readNumberRange(text);
    return range && { kind: 'number', range };
  }
  if (field.takes === 'date') {
    const range = readDateRange(text);
    return range && { kind: 'date', range };
  }
  const lower = text.trim().toLowerCase();
  const named = fieldName === 'intent' ? kindNamed(lower) : undefined;
  const choice = named ?? field.choices?.find((one) => one.toLowerCase() === lower);
  if (field.takes === 'choice') return choice === undefined ? null : { kind: 'name', name: choice, towards };
  if (fieldName === 'site' && !SITE.test(lower)) return null;
  if (fieldName === 'lang' && !LANGUAGE.test(lower)) return null;
  if (lower === '') return null;
  const isFolded = fieldName === 'site' || fieldName === 'lang';
  return { kind: 'name', name: isFolded ? lower : text.trim(), towards };
}

/** Why `readValue` gave null. */
export function valueMistake(fieldName: string, text: string): { code: MessageCode; values: string[] } {
  const field = FIELDS.get(fieldName);
  if (field?.choices) {
    const lower = text.toLowerCase();
    const meant = (fieldName === 'intent' ? nearestKind(lower) : null) ?? nearest(field.choices, lower);
    return {
      code: 'field-choice-wrong',
      values: [fieldName, meant === null ? '' : `→ ${meant}`, field.choices.join(', ')],
    };
  }
  return { code: 'field-value-wrong', values: [fieldName, field ? exampleOf(field) : ''] };
}

export function writeValue(value: Value): string {
  if (value.kind === 'number') return writeNumberRange(value.range);
  if (value.kind === 'date') return writeDateRange(value.range);
  return /[\s()"|“”„«»]/.test(value.name) ? quote(value.name) : value.name;
}
