import { z } from 'zod';
import { sha256 } from '../../lib/hash.ts';
import { normaliseEmail, normalisePhone } from '../../lib/private/contacts.ts';
import { FILE_KINDS, type Field, type FileKind, fieldsOf, isField, NEEDED } from './fields.ts';
import { fieldOfHeader, foldHeader } from './headers.ts';
import type { Mistake } from './mistakes.ts';

/** How a file is read. */
export interface Mapping {
  kind: FileKind;
  /** Column → what it holds; null: it is left alone. */
  columns: Readonly<Record<string, Field | null>>;
  /** Of 03/04/2026 which is the month: of dates with slashes, that say it neither. */
  dates: 'dmy' | 'mdy';
}

/** A column with some of its values. */
export interface Sample {
  column: string;
  values: readonly unknown[];
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
/** So many of the values that are there must look like it. */
const MOST = 0.8;
const MAX_JUDGED = 200;

function looksLike(values: readonly unknown[], test: (value: string) => boolean): boolean {
  const there = values.map(text).filter((value) => value.trim() !== '');
  return there.length > 0 && there.filter(test).length >= there.length * MOST;
}

const isEmail = (value: string): boolean => value.length < MAX_JUDGED && normaliseEmail(value) !== null;
const isPhone = (value: string): boolean =>
  value.length < 40 && /^[+(\d][\d\s().-]{9,}$/.test(value.trim()) && normalisePhone(value) !== null;

/** By its values, when the header does not tell. A column of plain digits may be anything: a phone has its plus, blanks or eleven of them. */
function fieldOfValues({ values }: Sample): Field | null {
  if (looksLike(values, isEmail)) return 'emails';
  const formatted = (value: string) => isPhone(value) && /^(?:\+|[78]\d{10}$)|[\s()-]/.test(value.trim());
  return looksLike(values, formatted) ? 'phones' : null;
}

function fieldOf(sample: Sample, kind: FileKind): Field | null {
  const told = fieldOfHeader(sample.column, kind);
  if (told !== undefined) return told;
  return kind === 'customers' ? fieldOfValues(sample) : null;
}

/** What the rows are about, by how many of the needed fields each kind of file finds. */
export function guessKind(samples: readonly Sample[]): FileKind {
  const headers = samples.map(({ column }) => column);
  const has = (kind: FileKind): ((field: Field) => boolean) => {
    const found = new Set(headers.map((header) => fieldOfHeader(header, kind)));
    return (field) => found.has(field);
  };
  const customer = has('customers');
  const isOfPeople = ['name', 'last_name', 'first_name', 'emails', 'phones'].some((field) =>
    customer(field as Field),
  );
  if (isOfPeople && !NEEDED.purchases.every(has('purchases'))) return 'customers';
  return (
    (['consents', 'purchases', 'contacts'] as const).find((kind) => NEEDED[kind].every(has(kind))) ??
    'customers'
  );
}

/** Two columns cannot both be the number; the one that says so best keeps it: earlier in the header's table of names. */
function keepOneId(entries: [string, Field | null][]): [string, Field | null][] {
  const ids = entries.filter(([, field]) => field === 'external_id').map(([column]) => column);
  const best = ids.find((column) => /(?:^| )external id$|^внешний/.test(foldHeader(column))) ?? ids[0];
  return entries.map(([column, field]) => [
    column,
    field === 'external_id' && column !== best ? null : field,
  ]);
}

/** 13 or more where the month would be: the other one is. */
function datesOf(samples: readonly Sample[]): Mapping['dates'] {
  const dates = samples.flatMap(({ values }) =>
    values.flatMap((value) => {
      const found = /^\s*(\d{1,2})\/(\d{1,2})\/\d{2,4}/.exec(text(value).slice(0, 40));
      return found ? [[Number(found[1]), Number(found[2])] as const] : [];
    }),
  );
  return dates.some(([, second]) => second > 12) && !dates.some(([first]) => first > 12) ? 'mdy' : 'dmy';
}

/** What each column holds, by its header and, where that does not tell, by its values. */
export function proposeMapping(samples: readonly Sample[], kind: FileKind = guessKind(samples)): Mapping {
  const entries = samples.map((sample): [string, Field | null] => [sample.column, fieldOf(sample, kind)]);
  return { kind, columns: Object.fromEntries(keepOneId(entries)), dates: datesOf(samples) };
}

/** What keeps a file from being imported in this way (not `isTaken`), and what to know. */
export function mappingMistakes({ kind, columns }: Mapping): Mistake[] {
  const fields = Object.values(columns).filter((field) => field !== null);
  const whole = (code: Mistake['code'], values = {}): Mistake => ({ line: 0, column: null, code, values });
  const found = fields.filter((field) => field === 'external_id').length;
  const mistakes: Mistake[] = [];
  if (found === 0) mistakes.push(whole('no-id'));
  if (found > 1) mistakes.push(whole('twice-id'));
  for (const field of NEEDED[kind])
    if (field !== 'external_id' && !fields.includes(field)) mistakes.push(whole('no-column', { field }));
  if (kind === 'customers' && found > 0 && fields.length === 1) mistakes.push(whole('no-facts'));
  const hasName = ['name', 'last_name', 'first_name'].some((field) => fields.includes(field as Field));
  if (kind === 'customers' && !hasName && fields.length > 1)
    mistakes.push({ ...whole('no-names'), isTaken: true });
  if (kind === 'purchases' && !fields.includes('currency'))
    mistakes.push({ ...whole('roubles'), isTaken: true });
  return mistakes;
}

/** Under which a mapping is remembered: the same headers in the same order. */
export const headersHash = (columns: readonly string[]): string => sha256(JSON.stringify(columns));

const mappingSchema = z.object({
  kind: z.enum(FILE_KINDS).default('customers'),
  columns: z.record(z.string().max(300), z.string().nullable()),
  dates: z.enum(['dmy', 'mdy']).default('dmy'),
});

/** As people and the store write it. @throws ZodError, and Error when a field is none of the kind's */
export function parseMapping(value: unknown): Mapping {
  const { kind, columns, dates } = mappingSchema.parse(value);
  const entries = Object.entries(columns).map(([column, field]): [string, Field | null] => {
    if (field !== null && !isField(kind, field))
      throw new Error(`columns.${column}: “${field.slice(0, 50)}” is none of ${fieldsOf(kind).join(', ')}`);
    return [column, field];
  });
  return { kind, columns: Object.fromEntries(entries), dates };
}
