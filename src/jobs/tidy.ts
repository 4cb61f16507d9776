import { findUnfinished } from '../store/documents.ts';
import { deleteOldAudit, deleteOldDocuments, deleteOrphanAuthors } from '../store/retention.ts';
import { deleteExpiredSessions } from '../store/users.ts';
import { enqueueInChunks } from './crawl.ts';
import type { JobDeps } from './deps.ts';

/** Longer than any job may take: what is unfinished by then has lost its job. */
const LOST_AFTER_MS = 10 * 60_000;
const BATCH = 1000;

/** The rows are the truth: whatever a stage has left undone is handed out again, whoever lost the job. */
export async function recoverLostWork(deps: JobDeps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - LOST_AFTER_MS);
  const understand = await findUnfinished(deps.db, 'understood', before, BATCH);
  const act = (await findUnfinished(deps.db, 'acted', before, BATCH)).filter(
    (id) => !understand.includes(id),
  );
  await deps.db.transaction(async (tx) => {
    await enqueueInChunks(deps.queue, tx, 'understand', understand);
    await enqueueInChunks(deps.queue, tx, 'act', act);
  });
  return understand.length + act.length;
}

/** Deletes what is older than the configuration allows. */
export async function forgetOld(deps: JobDeps): Promise<number> {
  const now = deps.clock.now().getTime();
  let deleted = 0;
  for (;;) {
    const ids = await deps.db.transaction((tx) =>
      deleteOldDocuments(tx, new Date(now - deps.retention.documents), BATCH),
    );
    if (ids.length === 0) break;
    await deps.index
      ?.remove(ids)
      .catch(() => deps.log.warn('the index still holds deleted documents; run molva reindex'));
    deleted += ids.length;
  }
  await deleteOrphanAuthors(deps.db);
  await deleteOldAudit(deps.db, new Date(now - deps.retention.audit));
  await deleteExpiredSessions(deps.db, new Date(now));
  return deleted;
}
