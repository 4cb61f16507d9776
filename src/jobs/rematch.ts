import type { DocumentId } from '../model/ids.ts';
import type { Db } from '../store/db.ts';
import { nextDocumentIds } from '../store/documents.ts';
import type { JobData, Queue } from '../store/queue.ts';
import { countRematched, finishRematchRun, startRematchRun } from '../store/rematch-runs.ts';
import type { JobDeps } from './deps.ts';
import { understandDocuments } from './understand.ts';

const BATCH = 100;

/** After a topic was added or changed: every stored document is understood again, a batch a job, in the background. */
export async function enqueueRematch(queue: Queue, tx: Db, now: Date): Promise<void> {
  const [row] = await tx.query<{ newest: number; total: number }>(
    'select coalesce(max(id), 0) as newest, count(*)::int as total from documents',
  );
  const { newest: untilDocumentId = 0, total = 0 } = row ?? {};
  if (untilDocumentId === 0) return;
  const runId = await startRematchRun(tx, total, now);
  await queue.send(tx, 'rematch', { afterDocumentId: 0, untilDocumentId, runId, done: 0 });
}

/** One batch; the next one is a new job, so that a restart goes on where this one ended. */
export async function rematchDocuments(deps: JobDeps, job: JobData['rematch']): Promise<number> {
  const ids = (await nextDocumentIds(deps.db, job.afterDocumentId, BATCH)).filter(
    (id: DocumentId) => id <= job.untilDocumentId,
  );
  const last = ids.at(-1);
  if (last === undefined) {
    await finishRematchRun(deps.db, job.runId, deps.clock.now());
    return 0;
  }
  await understandDocuments(deps, { documentIds: ids });
  await deps.db.transaction(async (tx) => {
    if (await isFirst(tx, job, ids.length))
      await deps.queue.send(tx, 'rematch', {
        ...job,
        afterDocumentId: last,
        done: (job.done ?? 0) + ids.length,
      });
  });
  return ids.length;
}

/** A process that dies once its batch is stored leaves its job to be tried again: then the next one has been sent already. */
async function isFirst(tx: Db, { runId, done }: JobData['rematch'], documents: number): Promise<boolean> {
  if (runId === undefined || done === undefined) return true;
  return countRematched(tx, runId, { before: done, documents });
}
