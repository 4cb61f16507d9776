import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorMessage, InputError, type InputIssue } from '../lib/errors.ts';
import { sha256 } from '../lib/hash.ts';
import { parseCustomers } from '../match/import.ts';
import type { CustomerRecord } from '../model/customer.ts';
import type { AuthorId, CustomerId, DocumentId } from '../model/ids.ts';
import { addAudit } from '../store/audit.ts';
import type { Db } from '../store/db.ts';
import { documentsOfAuthors, findAuthorsByIdentifiers } from '../store/documents.ts';
import { recordImport, wasImported } from '../store/imported-files.ts';
import { complaintsWithoutCase } from '../store/mentions.ts';
import { reopenActing } from '../store/progress.ts';
import { sendDocuments } from '../store/queue.ts';
import { saveCustomer } from '../store/save-customers.ts';
import type { JobDeps } from './deps.ts';
import { registerCustomers } from './register-customers.ts';

export interface ImportSummary {
  created: number;
  updated: number;
  issues: InputIssue[];
}

const MAX_FILE = 512 * 1024 * 1024;
/** The newest complaints that are looked at again after an import. */
const MAX_COMPLAINTS = 20_000;
/** Customers in one transaction. */
const BATCH = 200;

async function readCustomersFile(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > MAX_FILE) throw new Error('the file is larger than 512 MB; split it');
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new InputError([{ at: file, message: `cannot be read: ${errorMessage(error)}` }]);
  }
}

async function actAgain(deps: JobDeps, tx: Db, ids: readonly DocumentId[]): Promise<void> {
  await reopenActing(tx, ids);
  await sendDocuments(deps.queue, tx, 'act', ids);
}

/** Whose account is one of these wrote before he was known as a customer: he is matched now. */
async function rematchAuthors(deps: JobDeps, tx: Db, records: readonly CustomerRecord[]): Promise<void> {
  const handles = records
    .flatMap((r) => r.identifiers)
    .filter((i) => i.kind === 'handle')
    .map((i) => i.value);
  const authors: AuthorId[] = await findAuthorsByIdentifiers(tx, handles);
  await actAgain(deps, tx, await documentsOfAuthors(tx, authors));
}

/** An e-mail or phone in a complaint, or in its author's profile, may be that of somebody who is a customer only now. */
async function rematchComplaints(deps: JobDeps): Promise<void> {
  await deps.db.transaction(async (tx) =>
    actAgain(deps, tx, await complaintsWithoutCase(tx, MAX_COMPLAINTS)),
  );
}

/** Good lines are kept, bad ones are named; a customer who is known is updated. Throws InputError when the file cannot be read. */
export async function importCustomers(deps: JobDeps, file: string, actor: string): Promise<ImportSummary> {
  const content = await readCustomersFile(file);
  const { records, issues } = parseCustomers(content, basename(file));
  const summary: ImportSummary = { created: 0, updated: 0, issues };
  for (let i = 0; i < records.length; i += BATCH) {
    const batch = records.slice(i, i + BATCH);
    await deps.db.transaction(async (tx) => {
      const ids: CustomerId[] = [];
      for (const record of batch) {
        const { id, created } = await saveCustomer(tx, deps.vault, record, deps.clock.now());
        ids.push(id);
        summary[created ? 'created' : 'updated'] += 1;
      }
      await registerCustomers(tx, deps, [...new Set(ids)]);
      await rematchAuthors(deps, tx, batch);
    });
  }
  await rematchComplaints(deps);
  const { created, updated } = summary;
  await addAudit(deps.db, {
    at: deps.clock.now(),
    actor,
    action: 'customers.imported',
    subject: basename(file),
    detail: { created, updated, issues: issues.length },
  });
  await recordImport(deps.db, file, sha256(content), deps.clock.now());
  return summary;
}

/** The files that the configuration names, each only when it has changed since. A missing one is reported, not fatal. */
export async function importConfiguredFiles(deps: JobDeps, files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      const hash = sha256(await readCustomersFile(file));
      if (await wasImported(deps.db, file, hash)) continue;
      const { created, updated, issues } = await importCustomers(deps, file, 'config');
      deps.log.info({ file, created, updated, issues: issues.length }, 'customers imported');
      for (const issue of issues.slice(0, 20)) deps.log.warn({ at: issue.at }, issue.message);
    } catch (error) {
      deps.log.error({ reason: errorMessage(error) }, 'customers could not be imported');
    }
  }
}
