import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { errorMessage, InputError, type InputIssue } from '../lib/errors.ts';
import { describeMistake, type Mistake } from '../match/import/mistakes.ts';
import type { ImportResult } from '../match/import/plan.ts';
import type { CustomerRecord } from '../model/customer.ts';
import type { AuthorId, DocumentId } from '../model/ids.ts';
import { addAudit } from '../store/audit.ts';
import { documentsOfAuthors, findAuthorsByIdentifiers } from '../store/authors.ts';
import type { Db } from '../store/db.ts';
import { recordImport, wasImported } from '../store/imported-files.ts';
import { complaintsWithoutCase } from '../store/mentions.ts';
import { reopenActing } from '../store/progress.ts';
import { sendDocuments } from '../store/queue.ts';
import { type SavedCustomer, saveCustomers } from '../store/save-customers.ts';
import { type Batch, batchesOf } from './customer-import/batches.ts';
import { type ImportAsk, type OpenedFile, openImportFile } from './customer-import/open-file.ts';
import type { JobDeps } from './deps.ts';
import { suppressedCustomers } from './privacy/suppress.ts';
import { registerCustomers } from './register-customers.ts';

/** What importing customers needs. */
export type ImportDeps = Pick<JobDeps, 'db' | 'queue' | 'clock' | 'vault' | 'matchWords' | 'matchPolicy'>;

export interface ImportSummary extends ImportResult {
  /** The first of the mistakes. */
  issues: InputIssue[];
}

/** The newest complaints that are looked at again after an import. */
const MAX_COMPLAINTS = 20_000;
/** Mistakes that are told; the others are counted. */
const TOLD = 1000;

/** @throws InputError when it cannot be read */
async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  } catch (error) {
    throw new InputError([{ at: file, message: `cannot be read: ${errorMessage(error)}` }]);
  }
  return hash.digest('hex');
}

async function actAgain(deps: ImportDeps, tx: Db, ids: readonly DocumentId[]): Promise<void> {
  await reopenActing(tx, ids);
  await sendDocuments(deps.queue, tx, 'act', ids);
}

/** Whose account is one of these wrote before he was known as a customer: he is matched now. */
async function rematchAuthors(deps: ImportDeps, tx: Db, records: readonly CustomerRecord[]): Promise<void> {
  const handles = records
    .flatMap((r) => r.identifiers)
    .filter((i) => i.kind === 'handle')
    .map((i) => i.value);
  if (handles.length === 0) return;
  const authors: AuthorId[] = await findAuthorsByIdentifiers(tx, handles);
  await actAgain(deps, tx, await documentsOfAuthors(tx, authors));
}

/** An e-mail or phone in a complaint, or in its author's profile, may be that of somebody who is a customer only now. */
export async function rematchComplaints(deps: ImportDeps): Promise<void> {
  await deps.db.transaction(async (tx) =>
    actAgain(deps, tx, await complaintsWithoutCase(tx, MAX_COMPLAINTS)),
  );
}

/** Who is in neither is not known and has no name to be added under. */
export interface SavedRecords {
  saved: Map<string, SavedCustomer>;
  /** Left out, by number: they were erased and are not to be collected again. */
  erased: ReadonlySet<string>;
}

/** Saves customers and has them found. */
export async function saveInto(
  tx: Db,
  deps: ImportDeps,
  records: readonly CustomerRecord[],
): Promise<SavedRecords> {
  const suppressed = await suppressedCustomers(tx, deps.vault, records);
  const welcome = records.filter((record) => !suppressed.has(record));
  const saved = await saveCustomers(tx, deps.vault, welcome, deps.clock.now());
  await registerCustomers(
    tx,
    deps,
    [...saved.values()].map(({ id }) => id),
  );
  await rematchAuthors(deps, tx, welcome);
  return { saved, erased: new Set([...suppressed].map(({ externalId }) => externalId)) };
}

interface Progress {
  onRows?: (rows: number) => void;
  signal?: AbortSignal;
}

function count(summary: ImportSummary, saved: ReadonlyMap<string, SavedCustomer>): void {
  for (const { created } of saved.values()) summary[created ? 'created' : 'updated'] += 1;
}

function note(summary: ImportSummary, name: string, mistakes: readonly Mistake[]): void {
  summary.mistakes += mistakes.length;
  for (const mistake of mistakes.slice(0, Math.max(0, TOLD - summary.issues.length))) {
    const at = mistake.line === 0 ? name : `${name}:${mistake.line}`;
    summary.issues.push({ at, message: describeMistake(mistake, 'en') });
  }
}

async function saveBatch(
  deps: ImportDeps,
  { records }: Batch,
): Promise<[Map<string, SavedCustomer>, Mistake[]]> {
  if (records.length === 0) return [new Map(), []];
  const stated = records.map(({ record }) => record);
  const { saved, erased } = await deps.db.transaction((tx) => saveInto(tx, deps, stated));
  const leftOut = records.filter(({ record }) => !saved.has(record.externalId));
  const codeOf = (id: string) => (erased.has(id) ? ('erased' as const) : ('unknown-customer' as const));
  return [
    saved,
    leftOut.map(({ line, record }) => ({ line, column: null, code: codeOf(record.externalId) })),
  ];
}

/** All batches, each a transaction: a stop loses nothing that was saved, and the same file again goes on from there. */
async function saveFile(
  deps: ImportDeps,
  opened: OpenedFile,
  ask: ImportAsk,
  progress: Progress,
  summary: ImportSummary,
): Promise<void> {
  const refusing = opened.mistakes.filter(({ isTaken }) => !isTaken);
  note(summary, opened.name, refusing);
  if (refusing.length > 0) return;
  for await (const batch of batchesOf(opened, ask, deps.vault)) {
    progress.signal?.throwIfAborted();
    const [saved, unknown] = await saveBatch(deps, batch);
    count(summary, saved);
    note(summary, opened.name, [...batch.mistakes, ...unknown]);
    summary.rows += batch.rows;
    progress.onRows?.(summary.rows);
  }
}

/**
 * Good lines are kept, bad ones are named; a customer who is known is updated. What the file has no column for stays as it is.
 * @throws InputError when the file cannot be read
 */
export async function importFile(
  deps: ImportDeps,
  ask: ImportAsk,
  actor: string,
  progress: Progress = {},
): Promise<ImportSummary> {
  const opened = await openImportFile(ask);
  const summary: ImportSummary = { created: 0, updated: 0, rows: 0, mistakes: 0, issues: [] };
  let isWhole = false;
  try {
    await saveFile(deps, opened, ask, progress, summary);
    isWhole = true;
  } finally {
    // What was saved before a stop is saved, and is noted like the rest.
    const { created, updated, mistakes } = summary;
    if (created + updated > 0) await rematchComplaints(deps);
    await addAudit(deps.db, {
      at: deps.clock.now(),
      actor,
      action: 'customers.imported',
      subject: opened.name,
      detail: { created, updated, issues: mistakes, ...(isWhole ? {} : { stopped: true }) },
    });
  }
  return summary;
}

/** A file of the installation's own, as it names its columns. @throws InputError when it cannot be read */
export async function importCustomers(deps: ImportDeps, file: string, actor: string): Promise<ImportSummary> {
  const hash = await hashFile(file);
  const summary = await importFile(deps, { path: file }, actor);
  await recordImport(deps.db, file, hash, deps.clock.now());
  return summary;
}

/** The files that the configuration names, each only when it has changed since. A missing one is reported, not fatal. */
export async function importConfiguredFiles(deps: JobDeps, files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      const hash = await hashFile(file);
      if (await wasImported(deps.db, file, hash)) continue;
      const { created, updated, mistakes, issues } = await importCustomers(deps, file, 'config');
      deps.log.info({ file, created, updated, issues: mistakes }, 'customers imported');
      for (const issue of issues.slice(0, 20)) deps.log.warn({ at: issue.at }, issue.message);
    } catch (error) {
      deps.log.error({ reason: errorMessage(error) }, 'customers could not be imported');
    }
  }
}
