import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
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

/** A spreadsheet runs what begins so; an apostrophe makes it text. */
function inert(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

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
  return stringify([cells.map(inert)]);
}

/** For a CRM that reads files: one line a case; a repeated key adds nothing. */
export const csv: CrmConnector<z.infer<typeof settings>> = {
  kind: 'csv',
  settings,
  connect: ({ file }, { folder }) => ({
    openCase: async (payload, key) => {
      const path = join(folder, file);
      await mkdir(folder, { recursive: true });
      await writeFile(path, `\uFEFF${stringify([[...COLUMNS]])}`, { flag: 'wx' }).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error;
        },
      );
      const known = (await readFile(path, 'utf8')).includes(`\n${key},`);
      if (!known) await appendFile(path, toLine(payload, key), { flush: true });
      return { externalId: null, summary: known ? `already in ${file}` : `added to ${file}` };
    },
  }),
};
