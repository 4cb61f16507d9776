import type { DocumentId } from '../model/ids.ts';
import type { Db } from '../store/db.ts';
import { nextDocumentIds } from '../store/documents.ts';
import type { Queue } from '../store/queue.ts';
import type { JobDeps } from './deps.ts';
import { understandDocuments } from './understand.ts';

const BATCH = 100;

/** After a topic was added or changed: every stored document is understood again, a batch a job, in the background. */
export async function enqueueRematch(queue: Queue, tx: Db): Promise<void> {
  const [row] = await tx.query<{ newest: number }>('select coalesce(max(id), 0) as newest from documents');
  const untilDocumentId = row?.newest ?? 0;
  if (untilDocumentId > 0) await queue.send(tx, 'rematch', { afterDocumentId: 0, untilDocumentId });
}

/** One batch; the next one is a new job, so that a restart goes on where this one ended. */
export async function rematchDocuments(
  deps: JobDeps,
  job: { afterDocumentId: number; untilDocumentId: number },
): Promise<number> {
  const ids = (await nextDocumentIds(deps.db, job.afterDocumentId, BATCH)).filter(
    (id: DocumentId) => id <= job.untilDocumentId,
  );
  const last = ids.at(-1);
  if (last === undefined) return 0;
  await understandDocuments(deps, { documentIds: ids });
  await deps.queue.send(deps.db, 'rematch', { ...job, afterDocumentId: last });
  return ids.length;
}
