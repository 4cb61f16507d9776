import { changesOf } from '../../match/import/changes.ts';
import type { Mapping } from '../../match/import/mapping.ts';
import type { Mistake } from '../../match/import/mistakes.ts';
import type { ImportPlan, MistakeTally } from '../../match/import/plan.ts';
import { createSeen, type Seen } from '../../match/import/seen.ts';
import type { CustomerRecord } from '../../model/customer.ts';
import { holdersOf } from '../../store/customer-identifiers.ts';
import { identifierHash } from '../../store/customers.ts';
import { readKnown } from '../../store/known-customers.ts';
import type { JobDeps } from '../deps.ts';
import { batchesOf, type PlacedRecord } from './batches.ts';
import { type ImportAsk, openImportFile } from './open-file.ts';

export interface PlanBounds {
  /** Of customers who are known: what would change of them is the risk. */
  changes: number;
  /** Of new ones: examples. */
  created: number;
  mistakes: number;
}

const BOUNDS: PlanBounds = { changes: 200, created: 50, mistakes: 10_000 };

interface Work {
  deps: Pick<JobDeps, 'db' | 'vault'>;
  bounds: PlanBounds;
  plan: ImportPlan;
  ids: Seen;
  emails: Seen;
}

/** There are as many as columns and codes: what comes up beyond that is not told apart. */
const MAX_TALLY = 500;

function tallyUp(tally: MistakeTally[], { column, code, values, isTaken }: Mistake): void {
  const known = tally.find((one) => one.column === column && one.code === code);
  if (known) known.count += 1;
  else if (tally.length < MAX_TALLY)
    tally.push({ column, code, count: 1, ...(values ? { values } : {}), ...(isTaken ? { isTaken } : {}) });
}

function note({ plan, bounds }: Work, mistakes: readonly Mistake[]): void {
  plan.counts.mistakes += mistakes.length;
  const leftOut = new Set(mistakes.filter(({ isTaken }) => !isTaken).map(({ line }) => line));
  plan.counts.leftOut += leftOut.size;
  for (const mistake of mistakes) tallyUp(plan.tally, mistake);
  plan.mistakes.push(...mistakes.slice(0, Math.max(0, bounds.mistakes - plan.mistakes.length)));
}

const emailsOf = (record: CustomerRecord) => record.identifiers.filter(({ kind }) => kind === 'email');

/** An e-mail that another customer has, in the store or on an earlier line. Which e-mail it is stays unsaid. */
async function sharedEmails(work: Work, records: readonly PlacedRecord[]): Promise<Mistake[]> {
  const { db, vault } = work.deps;
  const hashes = new Map(
    records.map(({ record }) => [record, emailsOf(record).map((one) => identifierHash(vault, one))]),
  );
  const holders = await holdersOf(db, [...new Set([...hashes.values()].flat())]);
  const byHash = new Map<string, string[]>();
  for (const { hash, externalId } of holders) byHash.set(hash, [...(byHash.get(hash) ?? []), externalId]);
  return records.flatMap(({ line, record }): Mistake[] => {
    const own = hashes.get(record) ?? [];
    const stored = own.flatMap((hash) => byHash.get(hash) ?? []).find((id) => id !== record.externalId);
    const before = lineOfAnother(work.emails, own, { line, record });
    if (stored === undefined && before === null) return [];
    const place = { line, column: null, isTaken: true as const };
    return stored === undefined
      ? [{ ...place, code: 'shared-in-file', values: { line: before ?? 0 } }]
      : [{ ...place, code: 'shared-email', values: { other: stored } }];
  });
}

/** The earlier line on which another customer has one of these; remembers them. */
function lineOfAnother(
  emails: Seen,
  hashes: readonly string[],
  { line, record }: PlacedRecord,
): number | null {
  let found: number | null = null;
  for (const hash of hashes) {
    const own = `${hash} ${record.externalId}`;
    if (emails.find(own) === null) found ??= emails.find(hash);
    emails.add(hash, line);
    emails.add(own, line);
  }
  return found;
}

/** What is to be said of a record, which is counted. */
function planRecord(
  work: Work,
  { line, record }: PlacedRecord,
  known: Awaited<ReturnType<typeof readKnown>>,
): Mistake | null {
  const { counts, changes } = work.plan;
  const stored = known.get(record.externalId) ?? null;
  const before = work.ids.find(record.externalId);
  if (!stored && record.name === undefined && before === null)
    return { line, column: null, code: 'unknown-customer' };
  work.ids.add(record.externalId, line);
  const found = changesOf(record, stored);
  if (before === null) counts[stored === null ? 'created' : found.length > 0 ? 'updated' : 'unchanged'] += 1;
  else counts.duplicates += 1;
  const isNew = stored === null;
  const told = changes.filter((one) => one.isNew === isNew).length;
  if (found.length > 0 && told < work.bounds[isNew ? 'created' : 'changes'])
    changes.push({ line, externalId: record.externalId, isNew, changes: found });
  if (before === null) return null;
  return { line, column: null, code: 'duplicate-id', values: { line: before }, isTaken: true };
}

/** Several facts of one customer are no repetition. */
const isRepetition = (mapping: Mapping, mistake: Mistake): boolean =>
  mistake.code !== 'duplicate-id' || mapping.kind === 'customers';

async function planBatch(work: Work, records: readonly PlacedRecord[]): Promise<void> {
  const known = await readKnown(
    work.deps.db,
    work.deps.vault,
    records.map(({ record }) => record),
  );
  const mistakes = records.flatMap((one) => planRecord(work, one, known) ?? []);
  note(
    work,
    mistakes.filter((mistake) => isRepetition(work.plan.mapping, mistake)),
  );
  const shared = await sharedEmails(work, records);
  work.plan.counts.shared += shared.length;
  note(work, shared);
}

/** Says what an import would do, without writing. Holds one batch of rows at a time. @throws InputError when the file cannot be read */
export async function planImport(
  deps: Pick<JobDeps, 'db' | 'vault'>,
  ask: ImportAsk,
  { onRows = () => undefined, signal, bounds = BOUNDS }: PlanOptions = {},
): Promise<ImportPlan> {
  const opened = await openImportFile(ask);
  const counts = {
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    leftOut: 0,
    mistakes: 0,
    duplicates: 0,
    shared: 0,
  };
  const { name, mapping } = opened;
  const plan: ImportPlan = {
    name,
    mapping,
    columns: opened.table.columns,
    counts,
    changes: [],
    mistakes: [],
    tally: [],
  };
  const work: Work = { deps, bounds, plan, ids: createSeen(), emails: createSeen() };
  note(work, opened.mistakes);
  if (opened.mistakes.some(({ isTaken }) => !isTaken)) return plan;
  for await (const batch of batchesOf(opened, ask, deps.vault)) {
    signal?.throwIfAborted();
    counts.rows += batch.rows;
    note(work, batch.mistakes);
    await planBatch(work, batch.records);
    onRows(counts.rows);
  }
  plan.tally.sort((one, two) => two.count - one.count);
  return plan;
}

export interface PlanOptions {
  onRows?: (rows: number) => void;
  signal?: AbortSignal;
  bounds?: PlanBounds;
}
