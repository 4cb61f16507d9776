import { randomUUID } from 'node:crypto';
import { appendFile, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { CSV_MARK, csvLines } from '../../lib/csv.ts';
import type { CasePayload } from '../../model/case.ts';
import type { CrmConnector } from '../../model/ports.ts';

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

function toLine(payload: CasePayload, key: string): string {
  const { case: c, customer, topic, document } = payload;
  const cells = [
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
  return csvLines([cells]);
}

/** Whole or not at all: who finds the file finds its header. */
async function makeFile(path: string): Promise<void> {
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, `${CSV_MARK}${csvLines([COLUMNS])}`);
  await link(part, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(part);
}

/** Returns false when the key is there already. */
async function addLine(path: string, payload: CasePayload, key: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  await makeFile(path);
  const content = await readFile(path, 'utf8');
  const rows = parse(content, { bom: true, relax_column_count: true, relax_quotes: true }) as string[][];
  if (rows.some(([known]) => known === key)) return false;
  // A line that a crash cut off is ended first.
  await appendFile(path, (content.endsWith('\n') ? '' : '\n') + toLine(payload, key), { flush: true });
  return true;
}

/** For a CRM that reads files: one line a case; a repeated key adds nothing. */
export const csv: CrmConnector<z.infer<typeof settings>> = {
  kind: 'csv',
  settings,
  connect: ({ file }, { folder }) => {
    // One line at a time: looking whether a key is there and adding it must not be parted.
    let last: Promise<unknown> = Promise.resolve();
    return {
      openCase: async (payload, key) => {
        const work = last.then(() => addLine(join(folder, file), payload, key));
        last = work.catch(() => undefined);
        const added = await work;
        return { externalId: null, summary: added ? `added to ${file}` : `already in ${file}` };
      },
    };
  },
};
