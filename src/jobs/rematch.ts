import type { DocumentId } from '../model/ids.ts';
import type { Db } from '../store/db.ts';
import { nextDocumentIds } from '../store/documents.ts';
import { nextOutdated } from '../store/outdated-tags.ts';
import type { JobData, Queue } from '../store/queue.ts';
import {
  advanceRematchRun,
  finishRematchRun,
  getRematchRun,
  type RematchRun,
  startRematchRun,
} from '../store/rematch-runs.ts';
import type { JobDeps } from './deps.ts';
import { giveWay, rest } from './give-way.ts';
import { followModelInUse } from './models/follow.ts';
import { retagDocuments } from './retag-documents.ts';
import { understandDocuments } from './understand.ts';

const BATCH = 100;
/** Tags are made in one transaction, during which others wait. */
const RETAG_BATCH = 25;

/** After a topic was added or changed: every stored document is understood again, a batch a job, in the background. */
export async function enqueueRematch(queue: Queue, tx: Db, now: Date): Promise<void> {
  const [row] = await tx.query<{ total: number }>('select count(*)::int as total from documents');
  const { total = 0 } = row ?? {};
  const runId = await startRematchRun(tx, { total }, now);
  if (total > 0) await queue.send(tx, 'rematch', { runId, after: 0 });
}

async function nextBatch({ db }: JobDeps, run: RematchRun): Promise<DocumentId[]> {
  const { versions, after, until } = run;
  if (versions) return nextOutdated(db, { ...run, versions }, RETAG_BATCH);
  return (await nextDocumentIds(db, after, BATCH)).filter((id) => id <= until);
}

/** Notes that the batch is done and sends for the next, unless another worker did both before us. */
async function advance(
  tx: Db,
  deps: JobDeps,
  run: RematchRun,
  ids: readonly DocumentId[],
  changed: number,
): Promise<void> {
  const last = ids.at(-1) ?? (run.after as DocumentId);
  const isFirst = await advanceRematchRun(
    tx,
    run,
    { last, documents: ids.length, changed },
    deps.clock.now(),
  );
  if (isFirst) await deps.queue.send(tx, 'rematch', { runId: run.id, after: last });
}

async function retagBatch(deps: JobDeps, run: RematchRun, ids: readonly DocumentId[]): Promise<void> {
  const kinds = new Set(Object.keys(run.versions ?? {}));
  const startedAt = deps.clock.now();
  await deps.db.transaction(async (tx) =>
    advance(tx, deps, run, ids, await retagDocuments(tx, deps, ids, kinds)),
  );
  await rest(deps, startedAt);
}

async function rematchBatch(deps: JobDeps, run: RematchRun, ids: readonly DocumentId[]): Promise<void> {
  await understandDocuments(deps, { documentIds: ids });
  await deps.db.transaction((tx) => advance(tx, deps, run, ids, 0));
}

/**
 * One batch of a run over the past; the next one is a new job, so that a restart goes on where this one ended. A process that dies once its
 * batch is stored leaves its job to be tried again: doing a batch twice changes nothing, and it is counted once.
 */
export async function goOnWithPast(deps: JobDeps, job: JobData['rematch']): Promise<number> {
  const run = await getRematchRun(deps.db, job.runId);
  if (!run || run.finishedAt || run.after !== (job.after ?? run.after)) return 0;
  // Somebody waits for topics; nobody does for tags.
  if (run.versions) await giveWay(deps);
  await followModelInUse(deps);
  const ids = await nextBatch(deps, run);
  if (ids.length === 0) await finishRematchRun(deps.db, run.id, deps.clock.now());
  else if (run.versions) await retagBatch(deps, run, ids);
  else await rematchBatch(deps, run, ids);
  return ids.length;
}
