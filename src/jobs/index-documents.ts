import { errorMessage } from '../lib/errors.ts';
import type { DocumentId } from '../model/ids.ts';
import type { SearchRecord } from '../search/record.ts';
import { toRecord } from '../search/record.ts';
import {
  markAllBehind,
  markBehindSince,
  markIndexed,
  takeBehind,
  takeForRebuild,
} from '../store/index-queue.ts';
import type { JobDeps } from './deps.ts';

const BATCH = 500;

export interface IndexState {
  /** The index was found or made since this process started. */
  prepared: boolean;
}

/**
 * Brings the index up to the store, a batch at a time, until nothing is behind. When Meilisearch is away it does
 * nothing: the rows stay behind and the next tick goes on. Two processes at once do the same work twice, no harm.
 */
export async function indexBehind(deps: JobDeps, state: IndexState): Promise<number> {
  const { index, db } = deps;
  if (!index) return 0;
  let indexed = 0;
  try {
    if (!state.prepared) {
      if (await index.prepare()) await markAllBehind(db);
      state.prepared = true;
    }
    for (;;) {
      const documents = await takeBehind(db, BATCH);
      if (documents.length === 0) return indexed;
      await index.upsert(documents.map((document) => toRecord(document, deps.resources.morphology)));
      await markIndexed(db, documents);
      indexed += documents.length;
    }
  } catch (error) {
    state.prepared = false;
    deps.log.debug({ reason: errorMessage(error) }, 'the index is behind and will catch up');
    return indexed;
  }
}

async function* allRecords(deps: JobDeps, onBatch: (done: number) => void): AsyncGenerator<SearchRecord[]> {
  let after = 0 as DocumentId;
  let done = 0;
  for (;;) {
    const documents = await takeForRebuild(deps.db, after, BATCH);
    const last = documents.at(-1);
    if (!last) return;
    yield documents.map((document) => toRecord(document, deps.resources.morphology));
    after = last.id;
    done += documents.length;
    onBatch(done);
  }
}

/**
 * Builds the index anew from the store beside the old one, which answers until the new one takes its place.
 * What changes meanwhile is indexed again afterwards. Throws RetryLaterError when Meilisearch is away.
 */
export async function rebuildIndex(deps: JobDeps, onBatch: (done: number) => void): Promise<number> {
  if (!deps.index) return 0;
  const started = deps.clock.now();
  let total = 0;
  await deps.index.rebuild(
    allRecords(deps, (done) => {
      total = done;
      onBatch(done);
    }),
  );
  await markBehindSince(deps.db, started);
  return total;
}
