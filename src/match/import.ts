import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { InputIssue } from '../lib/errors.ts';
import { normaliseEmail, normalisePhone } from '../lib/private/contacts.ts';
import { type CustomerRecord, type Identifier, TIERS } from '../model/customer.ts';
import { normaliseHandle } from './identifiers.ts';

export interface ParsedCustomers {
  records: CustomerRecord[];
  /** One per mistake, `file:line`; the line's customer is left out, the others are kept. */
  issues: InputIssue[];
}

const MAX_LINE = 100_000;
/** Fits the column with room to spare. */
const MAX_AMOUNT = 1e11;
const MAX_CELL = 500;
/** PostgreSQL holds neither NUL nor lone surrogates. */
const clean = (value: string): string => value.replaceAll('\0', '').toWellFormed().trim();
const text = z
  .string()
  .transform(clean)
  .pipe(z.string().max(MAX_CELL, `is longer than ${MAX_CELL} characters`));
const required = text.pipe(z.string().min(1, 'is missing'));
const list = z
  .union([z.array(z.string()), z.string().transform((cell) => cell.split(';'))])
  .transform((items) => items.map(clean).filter((item) => item !== ''))
  .pipe(z.array(z.string().max(MAX_CELL)).max(100));
const optional = text.nullish().transform((value) => value || null);

const purchaseSchema = z.object({
  external_id: required,
  at: z
    .union([z.string(), z.number()])
    .pipe(z.coerce.date<string | number>().min(new Date(0)).max(new Date('2200-01-01'))),
  amount: z
    .union([z.number(), z.string().trim().min(1)])
    .pipe(z.coerce.number<string | number>().min(-MAX_AMOUNT).max(MAX_AMOUNT)),
  currency: z.string().regex(/^[A-Z]{3}$/, 'write a currency code such as RUB'),
  item: required,
  channel: optional,
});

const rowSchema = z.object({
  external_id: required,
  name: required,
  emails: list.default([]),
  phones: list.default([]),
  handles: list.default([]),
  city: optional,
  tier: z
    .union([z.enum(TIERS), z.literal('')], { error: `is none of ${TIERS.join(', ')}` })
    .nullish()
    .transform((value) => value || null),
  purchases: z.array(purchaseSchema).max(10_000).default([]),
});

type Row = z.infer<typeof rowSchema>;

const NORMALISERS = { email: normaliseEmail, phone: normalisePhone, handle: normaliseHandle } as const;

function identifiersOf(row: Row, complain: (message: string) => void): Identifier[] {
  const stated = [
    ...row.emails.map((value) => ({ kind: 'email' as const, value })),
    ...row.phones.map((value) => ({ kind: 'phone' as const, value })),
    ...row.handles.map((value) => ({ kind: 'handle' as const, value })),
  ];
  return stated.flatMap(({ kind, value }) => {
    const normal = NORMALISERS[kind](value);
    // The value itself stays out of the message: messages are logged.
    if (!normal) complain(`one of the ${kind}s is not valid; mend or remove it`);
    return normal ? [{ kind, value: normal }] : [];
  });
}

function toRecord(row: Row, complain: (message: string) => void): CustomerRecord {
  return {
    externalId: row.external_id,
    name: row.name,
    city: row.city,
    tier: row.tier,
    identifiers: identifiersOf(row, complain),
    purchases: row.purchases.map((p) => ({
      externalId: p.external_id,
      at: p.at,
      amount: p.amount,
      currency: p.currency,
      item: p.item,
      channel: p.channel,
    })),
  };
}

function readRow(raw: unknown, at: string, result: ParsedCustomers): void {
  const row = rowSchema.safeParse(raw);
  if (!row.success) {
    for (const issue of row.error.issues)
      result.issues.push({ at, message: `${issue.path.join('.')}: ${issue.message}` });
    return;
  }
  result.records.push(toRecord(row.data, (message) => result.issues.push({ at, message })));
}

function readJsonLine(line: string, at: string, result: ParsedCustomers): void {
  if (line.trim() === '') return;
  if (line.length > MAX_LINE) {
    result.issues.push({ at, message: 'the line is longer than 100,000 characters' });
    return;
  }
  try {
    readRow(JSON.parse(line), at, result);
  } catch {
    result.issues.push({ at, message: 'is not JSON; write one object per line' });
  }
}

/** One JSON object a line. */
function parseCustomersJsonl(content: string, file: string): ParsedCustomers {
  const result: ParsedCustomers = { records: [], issues: [] };
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [i, line] of lines.entries()) readJsonLine(line, `${file}:${i + 1}`, result);
  return result;
}

interface CsvRow {
  record: Record<string, string>;
  info: { lines: number };
}

/** Excel in Russia writes semicolons, elsewhere commas; the header tells. Cells with several values then use | instead. */
function delimiterOf(header: string): string {
  return header.includes('\t') ? '\t' : header.split(';').length > header.split(',').length ? ';' : ',';
}

/** With a header line; several values in one cell are parted by `;` (or `|`). */
function parseCustomersCsv(content: string, file: string): ParsedCustomers {
  const result: ParsedCustomers = { records: [], issues: [] };
  const delimiter = delimiterOf(content.slice(0, 2000).split('\n')[0] ?? '');
  const rows = parse(content, {
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      result.issues.push({
        at: `${file}:${error?.lines ?? '?'}`,
        message: error?.message ?? 'cannot be read',
      });
      return undefined;
    },
  }) as unknown as CsvRow[];
  const first = rows[0]?.record;
  if (first && !('external_id' in first && 'name' in first)) {
    result.issues.push({
      at: `${file}:1`,
      message: 'the header must name at least the columns external_id and name',
    });
    return result;
  }
  for (const { record, info } of rows) {
    const cells = Object.fromEntries(
      Object.entries(record).map(([name, cell]) => [
        name,
        ['emails', 'phones', 'handles'].includes(name) ? cell.replaceAll('|', ';') : cell,
      ]),
    );
    readRow(cells, `${file}:${info.lines}`, result);
  }
  return result;
}

/** By the file's name: `.csv` or `.tsv`, `.jsonl` or `.ndjson`. */
export function parseCustomers(content: string, file: string): ParsedCustomers {
  return /\.(jsonl|ndjson)$/i.test(file)
    ? parseCustomersJsonl(content, file)
    : parseCustomersCsv(content, file);
}
