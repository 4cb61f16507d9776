import type { CustomerRecord } from '../../model/customer.ts';
import { type Field, fieldsOf } from './fields.ts';
import { toCells } from './jsonl.ts';
import type { Mapping } from './mapping.ts';
import { type Mistake, mistakeText } from './mistakes.ts';
import { layoutOf, readRecord } from './record.ts';

/** What is wrong with JSON that another program sent. */
export interface ObjectMistake {
  /** RFC 6901, with `#` before it: `#/3/purchases/0/amount`. */
  pointer: string;
  detail: string;
}

/** Every field under its own name. */
const MAPPING: Mapping = {
  kind: 'customers',
  columns: Object.fromEntries(fieldsOf('customers').map((field): [string, Field] => [field, field])),
  dates: 'dmy',
};

const escapePart = (part: string | number): string =>
  String(part).replaceAll('~', '~0').replaceAll('/', '~1');

export const pointerTo = (parts: readonly (string | number)[]): string =>
  `#${parts.map((part) => `/${escapePart(part)}`).join('')}`;

function toMistake(at: readonly (string | number)[], { column, path = [], ...what }: Mistake): ObjectMistake {
  const place = column === null ? at : [...at, column, ...path];
  return { pointer: pointerTo(place), detail: mistakeText(what, 'en') };
}

function unknownNames(object: object, at: readonly (string | number)[]): ObjectMistake[] {
  return Object.keys(object)
    .filter((name) => !Object.hasOwn(MAPPING.columns, name))
    .slice(0, 20)
    .map((name) => ({
      pointer: pointerTo([...at, name.slice(0, 100)]),
      detail: `is none of ${fieldsOf('customers').join(', ')}`,
    }));
}

/** One customer as JSON states them; `at` is where it stands. Whatever is wrong is a mistake: another program can be told to mend it. */
export function readObject(
  value: unknown,
  at: readonly (string | number)[],
): { record: CustomerRecord | null; mistakes: ObjectMistake[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { record: null, mistakes: [{ pointer: pointerTo(at), detail: 'is not a JSON object' }] };
  const columns: string[] = [];
  const cells = toCells(value as Record<string, unknown>, columns) ?? [];
  const read = readRecord({ line: 0, cells }, layoutOf(MAPPING, columns), MAPPING);
  return {
    record: read.record,
    mistakes: [...unknownNames(value, at), ...read.mistakes.map((one) => toMistake(at, one))],
  };
}
