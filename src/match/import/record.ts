import { normaliseEmail, normalisePhone } from '../../lib/private/contacts.ts';
import { type CustomerRecord, type Identifier, type IdentifierKind, TIERS } from '../../model/customer.ts';
import { normaliseHandle } from '../identifiers.ts';
import { CellError, toItems, toNeeded, toOptional, toText, toTexts, toYear } from './cells.ts';
import { type FactValues, readConsent, readContact, readPurchase, toObjects } from './facts.ts';
import type { Field } from './fields.ts';
import type { Mapping } from './mapping.ts';
import type { Mistake } from './mistakes.ts';
import type { ImportRow } from './table.ts';

export interface ReadRecord {
  /** null: a mistake leaves it out. */
  record: CustomerRecord | null;
  mistakes: Mistake[];
}

type Column = { name: string; at: number };

/** Which columns hold each field. */
export type Layout = ReadonlyMap<Field, readonly Column[]>;

export function layoutOf(mapping: Mapping, columns: readonly string[]): Layout {
  const layout = new Map<Field, Column[]>();
  for (const [at, name] of columns.entries()) {
    const field = Object.hasOwn(mapping.columns, name) ? mapping.columns[name] : null;
    if (field) layout.set(field, [...(layout.get(field) ?? []), { name, at }]);
  }
  return layout;
}

/** A row while it is read: its cells by field, and what is wrong with it. */
interface Reading {
  row: ImportRow;
  layout: Layout;
  mistakes: Mistake[];
}

function attempt<T>(
  { row, mistakes }: Reading,
  place: Pick<Mistake, 'column' | 'path'>,
  parse: () => T,
): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof CellError)) throw error;
    mistakes.push({ line: row.line, ...place, code: error.code, values: error.values });
    return undefined;
  }
}

const isBlank = (value: unknown): boolean => value === '' || value === null || value === undefined;

/** The field's cells that the row has: of a column that is there but not in this row, none. */
function cellsOf({ row, layout }: Reading, field: Field): { name: string; value: unknown }[] {
  return (layout.get(field) ?? []).flatMap(({ name, at }) => {
    const value = row.cells[at];
    return value === undefined ? [] : [{ name, value }];
  });
}

/** The first cell that says something; a stated blank where all are; undefined where nothing is stated. */
function readOne<T>(reading: Reading, field: Field, parse: (value: unknown) => T): T | undefined {
  const cells = cellsOf(reading, field);
  const cell = cells.find(({ value }) => !isBlank(value)) ?? cells[0];
  if (!cell) return undefined;
  return attempt(reading, { column: cell.name }, () => parse(cell.value));
}

function readList(reading: Reading, field: Field, by: RegExp): string[] | undefined {
  const cells = cellsOf(reading, field);
  if (cells.length === 0) return undefined;
  const items = cells.flatMap(
    ({ name, value }) => attempt(reading, { column: name }, () => toTexts(value, by)) ?? [],
  );
  return [...new Set(items)];
}

const LIST = /[;|\n,]/;
const ADDRESSES = /[|\n]/;

function readName(reading: Reading): string | undefined {
  const whole = readOne(reading, 'name', toText);
  if (whole) return whole;
  const parts = (['first_name', 'patronymic', 'last_name'] as const).map((field) =>
    readOne(reading, field, toText),
  );
  const joined = parts.filter((part) => part !== undefined && part !== '').join(' ');
  if (joined !== '') return joined;
  const stated = ['name', 'first_name', 'last_name'].flatMap((field) => cellsOf(reading, field as Field));
  const isWrong = reading.mistakes.some(({ column }) => stated.some(({ name }) => name === column));
  if (stated[0] && !isWrong)
    reading.mistakes.push({ line: reading.row.line, column: stated[0].name, code: 'missing' });
  return undefined;
}

const NORMALISERS = { email: normaliseEmail, phone: normalisePhone, handle: normaliseHandle } as const;
const KINDS = { emails: 'email', phones: 'phone', handles: 'handle' } as const;
const BAD = { email: 'bad-email', phone: 'bad-phone', handle: 'bad-handle' } as const;

/** undefined where the row states none of the kind, or none that is valid among some that are not. */
function readIdentifiers(reading: Reading, field: keyof typeof KINDS): Identifier[] | undefined {
  const kind: IdentifierKind = KINDS[field];
  const cells = cellsOf(reading, field);
  let isBad = false;
  const complain = (column: string, code: Mistake['code']): void => {
    isBad = true;
    reading.mistakes.push({ line: reading.row.line, column, code, isTaken: true });
  };
  const found = cells.flatMap(({ name, value }) =>
    (attempt(reading, { column: name }, () => toItems(value, LIST)) ?? []).flatMap((item) => {
      const text = attempt(reading, { column: name }, () => toText(item));
      const normal = text === undefined ? null : NORMALISERS[kind](text);
      if (text !== undefined && normal === null)
        complain(name, kind === 'phone' && typeof item === 'number' ? 'phone-as-number' : BAD[kind]);
      return normal === null ? [] : [{ kind, value: normal }];
    }),
  );
  return cells.length === 0 || (isBad && found.length === 0) ? undefined : found;
}

function toTier(value: unknown): CustomerRecord['tier'] & (string | null) {
  const text = toText(value).toUpperCase();
  const tier = TIERS.find((one) => one === text);
  if (text !== '' && !tier) throw new CellError('bad-tier');
  return tier ?? null;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  русский: 'ru',
  russian: 'ru',
  английский: 'en',
  english: 'en',
};

function toLanguage(value: unknown): string | null {
  const text = toText(value).toLowerCase();
  if (text === '') return null;
  const code = (Object.hasOwn(LANGUAGES, text) ? LANGUAGES[text] : text.split(/[-_]/)[0]) ?? '';
  if (!/^[a-z]{2,3}$/.test(code)) throw new CellError('bad-language');
  return code;
}

/** Whole addresses, and one made of the columns that hold parts of one. */
function readAddresses(reading: Reading): string[] | undefined {
  const whole = readList(reading, 'addresses', ADDRESSES);
  const cells = cellsOf(reading, 'address_part');
  if (cells.length === 0) return whole;
  const parts = cells.map(({ name, value }) => attempt(reading, { column: name }, () => toText(value)) ?? '');
  const said = parts.filter((part) => part !== '');
  const city = said.length === 0 ? '' : (readOne(reading, 'city', toText) ?? '');
  const made = [city, ...said].filter((part) => part !== '').join(', ');
  return [...(whole ?? []), ...(made === '' ? [] : [made])];
}

/** Objects that stand in a cell, as JSON has them. */
function readFacts<T>(
  reading: Reading,
  field: 'purchases' | 'contacts' | 'consents',
  read: (values: FactValues) => T | undefined,
): T[] {
  return cellsOf(reading, field).flatMap(({ name, value }) => {
    const objects = attempt(reading, { column: name }, () => toObjects(value)) ?? [];
    return objects.flatMap((object, number) => {
      const found = read({
        read: (part, parse) =>
          attempt(reading, { column: name, path: [number, part] }, () =>
            parse(Object.hasOwn(object, part) ? object[part] : undefined),
          ),
      });
      return found === undefined ? [] : [found];
    });
  });
}

/** What is undefined is not stated. */
function stated<T extends object>(parts: { [Key in keyof T]?: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as T;
}

function readCustomer(reading: Reading, externalId: string, dates: Mapping['dates']): CustomerRecord {
  const fields = Object.keys(KINDS) as (keyof typeof KINDS)[];
  const identifiers = fields.map((field) => [KINDS[field], readIdentifiers(reading, field)] as const);
  return stated<CustomerRecord>({
    externalId,
    name: readName(reading),
    city: readOne(reading, 'city', toOptional),
    tier: readOne(reading, 'tier', toTier),
    company: readOne(reading, 'company', toOptional),
    role: readOne(reading, 'role', toOptional),
    owner: readOne(reading, 'owner', toOptional),
    birthYear: readOne(reading, 'birth_year', (value) => toYear(value, dates)),
    language: readOne(reading, 'language', toLanguage),
    identifiers: identifiers.flatMap(([, found]) => found ?? []),
    identifierKinds: identifiers.flatMap(([kind, found]) => (found ? [kind] : [])),
    segments: readList(reading, 'segments', LIST),
    addresses: readAddresses(reading),
    interests: readList(reading, 'interests', LIST),
    purchases: readFacts(reading, 'purchases', (values) => readPurchase(values, dates, 'external_id', false)),
    contacts: readFacts(reading, 'contacts', (values) => readContact(values, dates, 'external_id')),
    consents: readFacts(reading, 'consents', (values) => readConsent(values, dates)),
  });
}

/** A row that is one fact of a customer. */
function readFact(reading: Reading, externalId: string, { kind, dates }: Mapping): CustomerRecord {
  const values: FactValues = {
    read: (part, parse) => {
      const [cell] = cellsOf(reading, part as Field);
      return attempt(reading, { column: cell?.name ?? part }, () => parse(cell?.value));
    },
  };
  const record: CustomerRecord = { externalId, identifiers: [], identifierKinds: [], purchases: [] };
  const list = <T>(fact: T | undefined): T[] => (fact === undefined ? [] : [fact]);
  if (kind === 'contacts') return { ...record, contacts: list(readContact(values, dates, 'contact_id')) };
  if (kind === 'consents') return { ...record, consents: list(readConsent(values, dates)) };
  return {
    ...record,
    purchases: list(readPurchase(values, dates, 'purchase_id', !reading.layout.has('currency'))),
  };
}

/** What a row states of a customer. Values stay out of what is said of mistakes. */
export function readRecord(row: ImportRow, layout: Layout, mapping: Mapping): ReadRecord {
  const reading: Reading = { row, layout, mistakes: [] };
  const column = layout.get('external_id')?.[0]?.name ?? 'external_id';
  const externalId = attempt(reading, { column }, () => toNeeded(cellsOf(reading, 'external_id')[0]?.value));
  // The rest is read all the same: all mistakes of a line are told at once.
  const read =
    mapping.kind === 'customers'
      ? readCustomer(reading, externalId ?? '', mapping.dates)
      : readFact(reading, externalId ?? '', mapping);
  const isLeftOut = externalId === undefined || reading.mistakes.some(({ isTaken }) => !isTaken);
  return { record: isLeftOut ? null : read, mistakes: reading.mistakes };
}
