import type { DocumentId } from '../model/ids.ts';
import { forgetIncidents } from '../store/alert-incidents.ts';
import { deleteOldCanaries } from '../store/canary-documents.ts';
import type { Database } from '../store/db.ts';
import { forgetUsedLinks } from '../store/digest-actions.ts';
import { newestDocument } from '../store/documents.ts';
import { forgetInboundMessages } from '../store/inbound-messages.ts';
import { forgetSpentPages } from '../store/pages.ts';
import { type DocumentRange, findUnfinished, type Stage } from '../store/progress.ts';
import { sendDocuments } from '../store/queue.ts';
import { deleteOldMisses } from '../store/recall-misses.ts';
import { stalledRematchRuns } from '../store/rematch-runs.ts';
import {
  deleteOldAudit,
  deleteOldDocuments,
  deleteOrphanAuthors,
  forgetAuthors,
} from '../store/retention.ts';
import { stalledRuns } from '../store/rule-runs.ts';
import { deleteOldSamples } from '../store/scorecard-samples.ts';
import { deleteOldVisits } from '../store/source-visits.ts';
import { forgetStoryTexts } from '../store/stories.ts';
import { deleteExpiredSessions } from '../store/users.ts';
import type { JobDeps } from './deps.ts';
import { forgetEvidence } from './evidence/keep.ts';
import { STORY_WINDOW_MS } from './stories/story-index.ts';

/** Longer than any job may take: what is unfinished by then has lost its job. */
const LOST_AFTER_MS = 10 * 60_000;
const BATCH = 1000;
/** Documents that are looked at for lost work at a time: of a million all would take seconds, in which nobody gets a page. */
const LOOK = 20_000;
/** How often they were looked at since the program started. */
const looks = new WeakMap<Database, number>();
const VISITS_KEPT_MS = 60 * 24 * 3_600_000;

/**
 * The rows are the truth: whatever a stage has left undone is handed out again, whoever lost the job. Only when no job of
 * that stage is left: while there is a backlog, what is unfinished is not lost but waits for its turn.
 */
export async function recoverLostWork(deps: JobDeps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - LOST_AFTER_MS);
  const { understand: understanding, act: acting, rematch, 'rule-run': running } = await deps.queue.backlog();
  const look = looks.get(deps.db) ?? 0;
  const ranges = rangesToLook(await newestDocument(deps.db), look);
  const unfinished = async (stage: Stage): Promise<DocumentId[]> => {
    const found: DocumentId[] = [];
    for (const range of ranges) found.push(...(await findUnfinished(deps.db, stage, before, range)));
    return found;
  };
  if (understanding + acting === 0) looks.set(deps.db, look + 1);
  const understand = understanding > 0 ? [] : await unfinished('understood');
  const act = understanding + acting > 0 ? [] : await unfinished('acted');
  const runs = running > 0 ? [] : await stalledRuns(deps.db, before);
  const past = rematch > 0 ? [] : await stalledRematchRuns(deps.db, before);
  await deps.db.transaction(async (tx) => {
    await sendDocuments(deps.queue, tx, 'understand', understand);
    await sendDocuments(deps.queue, tx, 'act', act);
    for (const runId of runs) await deps.queue.send(tx, 'rule-run', { runId });
    for (const run of past) await deps.queue.send(tx, 'rematch', run);
  });
  return understand.length + act.length;
}

/** The newest documents, and with each look the next of the others, the newer first: in an hour all have had their turn where there are a million. */
export function rangesToLook(newest: number, look: number): DocumentRange[] {
  const recent = { after: Math.max(0, newest - LOOK), to: newest };
  const parts = Math.ceil(recent.after / LOOK);
  if (parts === 0) return [recent];
  const to = recent.after - (look % parts) * LOOK;
  return [recent, { after: Math.max(0, to - LOOK), to }];
}

/** Deletes what is older than the configuration allows. */
export async function forgetOld(deps: JobDeps): Promise<number> {
  const now = deps.clock.now().getTime();
  let deleted = 0;
  for (;;) {
    const gone = await deps.db.transaction((tx) =>
      deleteOldDocuments(tx, new Date(now - deps.retention.documents), BATCH),
    );
    if (gone === 0) break;
    deleted += gone;
  }
  while (
    (await deps.db.transaction((tx) =>
      forgetAuthors(tx, new Date(now - deps.retention.authors), new Date(now), BATCH),
    )) > 0
  );
  await deleteOrphanAuthors(deps.db);
  await forgetEvidence(deps, new Date(now - deps.retention.evidence));
  await forgetStoryTexts(deps.db, new Date(now - STORY_WINDOW_MS));
  await deleteOldMisses(deps.db, new Date(now - deps.retention.documents));
  await deleteOldCanaries(deps.db, new Date(now - deps.retention.documents));
  await deleteOldAudit(deps.db, new Date(now - deps.retention.audit));
  await deleteOldSamples(deps.db, new Date(now - deps.retention.audit));
  await forgetIncidents(deps.db, new Date(now - deps.retention.audit));
  await forgetSpentPages(deps.db);
  await deleteOldVisits(deps.db, new Date(now - VISITS_KEPT_MS));
  await forgetInboundMessages(deps.db, new Date(now - VISITS_KEPT_MS));
  await deleteExpiredSessions(deps.db, new Date(now));
  await forgetUsedLinks(deps.db, new Date(now));
  return deleted;
}
