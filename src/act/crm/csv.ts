import { randomUUID } from 'node:crypto';
import { appendFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { CSV_MARK, csvLines, inert } from '../../lib/csv.ts';
import type { CasePayload, WithdrawalPayload } from '../../model/case-payload.ts';
import type { CrmConnector, Receipt } from '../../model/ports.ts';

const settings = z.strictObject({
  /** A name, not a path: the file stands in the data folder's `crm/`. */
  file: z
    .string()
    .regex(/^[\w-]+\.csv$/, 'write a plain file name such as cases.csv')
    .default('cases.csv'),
});

const COLUMNS = [
  'key',
  'opened_at',
  'due_at',
  'severity',
  'reason',
  'customer',
  'tier',
  'topic',
  'text',
  'url',
  'link',
] as const;

const CUSTOMER = COLUMNS.indexOf('customer');
const LINK = COLUMNS.indexOf('link');

function toWithdrawal({ case: c, customer, reason }: WithdrawalPayload, key: string, at: Date): string[] {
  return [
    key,
    at.toISOString(),
    '',
    '',
    `withdrawn: ${reason}`,
    customer.external_id,
    '',
    '',
    '',
    '',
    c.link,
  ];
}

function toCells(payload: CasePayload, key: string): string[] {
  const { case: c, customer, topic, document } = payload;
  return [
    key,
    c.opened_at,
    c.due_at,
    String(c.severity),
    c.reason,
    customer.external_id,
    customer.tier ?? '',
    topic.name,
    document.text,
    document.url,
    c.link,
  ];
}

/** Whole or not at all: who finds the file finds its header. */
async function makeFile(path: string): Promise<void> {
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, CSV_MARK + csvLines([COLUMNS]));
  await link(part, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(part);
}

/** Returns false when the key is there already. */
async function addLine(path: string, cells: readonly string[]): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  await makeFile(path);
  const content = await readFile(path, 'utf8');
  const rows = parse(content, { bom: true, relax_column_count: true, relax_quotes: true }) as string[][];
  if (rows.some(([known]) => known === cells[0])) return false;
  // A line that a crash cut off is ended first.
  await appendFile(path, (content.endsWith('\n') ? '' : '\n') + csvLines([cells]), { flush: true });
  return true;
}

/** Writes the file anew without the lines of these customers and cases; whole or not at all. */
async function removeLines(
  path: string,
  { externalIds, cases }: { externalIds: readonly string[]; cases: readonly number[] },
): Promise<void> {
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (content === null) return;
  const rows = parse(content, { bom: true, relax_column_count: true, relax_quotes: true }) as string[][];
  const gone = new Set(externalIds.map(inert));
  const links = cases.map((id) => `/cases/${id}`);
  const isGone = (row: string[]): boolean =>
    gone.has(row[CUSTOMER] ?? '') || links.some((link) => row[LINK]?.endsWith(link));
  const kept = rows.filter((row) => !isGone(row));
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, CSV_MARK + csvLines(kept), { flush: true });
  await rename(part, path);
}

/** For a CRM that reads files: one line a case; a repeated key adds nothing. */
export const csv: CrmConnector<z.infer<typeof settings>> = {
  kind: 'csv',
  settings,
  connect: ({ file }, { folder }) => {
    // One line at a time: looking whether a key is there and adding it must not be parted.
    let last: Promise<unknown> = Promise.resolve();
    const queued = <Value>(work: () => Promise<Value>): Promise<Value> => {
      const done = last.then(work);
      last = done.catch(() => undefined);
      return done;
    };
    const add = async (cells: readonly string[]): Promise<Receipt> => {
      const added = await queued(() => addLine(join(folder, file), cells));
      return { externalId: null, summary: added ? `added to ${file}` : `already in ${file}` };
    };
    return {
      openCase: (payload, key) => add(toCells(payload, key)),
      updateCase: (payload, key) => add(toCells(payload, key)),
      withdrawCase: (payload, key, at) => add(toWithdrawal(payload, key, at)),
      forget: (erased) => queued(() => removeLines(join(folder, file), erased)),
    };
  },
};
