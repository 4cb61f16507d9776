import { randomUUID } from 'node:crypto';
import { backoffMs } from '../lib/backoff.ts';
import { errorMessage, RetryLaterError } from '../lib/errors.ts';
import type { SearchIndex } from '../search/meilisearch.ts';
import { type SearchRecord, toRecord } from '../search/record.ts';
import {
  countIndexed,
  hasIndexWork,
  markIndexed,
  markRemoved,
  takeBehind,
  takeRemovals,
} from '../store/index-queue.ts';
import {
  forgetIndex,
  holdIndex,
  knownIdentity,
  releaseIndex,
  rememberIdentity,
} from '../store/index-state.ts';
import type { JobDeps } from './deps.ts';

/** Documents at once: few, so that what was just found is found soon. */
const BATCH = 200;
/** Of an index that nobody asks yet: Meilisearch takes many at once sooner than few many times. */
const REBUILD_BATCH = 2000;
const REMOVALS = 1000;
const MAX_PAUSE_MS = 10_000;

export interface IndexState {
  /** Settings were given and documents counted since this process started, or since Meilisearch was last away. */
  prepared: boolean;
  failures: number;
  /** Milliseconds; nothing is tried before. */
  retryAt: number;
}

export function createIndexState(): IndexState {
  return { prepared: false, failures: 0, retryAt: 0 };
}

/** Throws RetryLaterError when another process has taken over. */
type Renew = () => Promise<void>;

/** One writer at a time, among all processes; null when another one is at it. */
async function whileHolding<T>(
  deps: JobDeps,
  index: SearchIndex,
  work: (renew: Renew) => Promise<T>,
): Promise<T | null> {
  const holder = randomUUID();
  const hold = () => holdIndex(deps.db, index.name, holder, deps.clock.now());
  if (!(await hold())) return null;
  try {
    return await work(async () => {
      if (!(await hold()))
        throw new RetryLaterError('index-busy', 'Another process writes to the index now.');
    });
  } finally {
    await releaseIndex(deps.db, index.name, holder);
  }
}

/** Batches of what is behind, each marked as indexed once the consumer has come back for the next. */
async function* recordsBehind(
  deps: JobDeps,
  renew: Renew,
  size: number,
  onBatch: (done: number) => void,
): AsyncGenerator<SearchRecord[]> {
  let done = 0;
  for (;;) {
    await renew();
    const documents = await takeBehind(deps.db, size);
    if (documents.length === 0) return;
    yield documents.map((document) => toRecord(document, deps.resources.morphology));
    await markIndexed(deps.db, documents);
    done += documents.length;
    onBatch(done);
  }
}

async function catchUp(deps: JobDeps, index: SearchIndex, renew: Renew): Promise<number> {
  let indexed = 0;
  const batches = recordsBehind(deps, renew, BATCH, (done) => {
    indexed = done;
  });
  for await (const records of batches) await index.upsert(records);
  for (;;) {
    const gone = await takeRemovals(deps.db, REMOVALS);
    if (gone.length === 0) return indexed;
    await index.remove(gone);
    await markRemoved(deps.db, gone);
  }
}

async function buildAnew(
  deps: JobDeps,
  index: SearchIndex,
  renew: Renew,
  onBatch: (done: number) => void,
): Promise<number> {
  let total = 0;
  await forgetIndex(deps.db);
  const batches = recordsBehind(deps, renew, REBUILD_BATCH, (done) => {
    total = done;
    onBatch(done);
  });
  await rememberIdentity(deps.db, index.name, await index.rebuild(batches));
  return total;
}

/**
 * Is this the index that the store believes to have filled, with everything that was put into it? It is not when it was
 * deleted, came from a backup, belongs to another store, or was made by somebody else.
 */
async function isSound(deps: JobDeps, index: SearchIndex, state: IndexState): Promise<boolean> {
  const identity = await index.identity();
  if (identity === null || identity !== (await knownIdentity(deps.db, index.name))) return false;
  if (state.prepared) return true;
  const expected = await countIndexed(deps.db);
  if ((await index.count()) < expected) return false;
  await index.prepare();
  state.prepared = true;
  return true;
}

async function indexOnce(deps: JobDeps, index: SearchIndex, state: IndexState): Promise<number> {
  const sound = await isSound(deps, index, state);
  if (sound && !(await hasIndexWork(deps.db))) return 0;
  const work = (renew: Renew) =>
    sound ? catchUp(deps, index, renew) : buildAnew(deps, index, renew, () => undefined);
  return (await whileHolding(deps, index, work)) ?? 0;
}

/**
 * Brings the index up to the store until nothing is behind; builds it anew, beside the old one, when it is not the one we
 * know. When Meilisearch is away it does nothing: the rows stay behind and a later tick goes on.
 */
export async function indexBehind(deps: JobDeps, state: IndexState): Promise<number> {
  const { index, clock } = deps;
  if (!index || clock.now().getTime() < state.retryAt) return 0;
  try {
    const indexed = await indexOnce(deps, index, state);
    state.failures = 0;
    return indexed;
  } catch (error) {
    state.prepared = false;
    state.failures += 1;
    state.retryAt = clock.now().getTime() + backoffMs(state.failures, 500, MAX_PAUSE_MS);
    deps.log.debug({ reason: errorMessage(error) }, 'the index is behind and will catch up');
    return 0;
  }
}

const BUSY_TRIES = 20;

/**
 * Builds the index anew from the store beside the old one, which answers until the new one takes its place.
 * Throws RetryLaterError when Meilisearch is away or another process is indexing for long.
 */
export async function rebuildIndex(deps: JobDeps, onBatch: (done: number) => void): Promise<number> {
  const { index } = deps;
  if (!index) return 0;
  for (let i = 0; i < BUSY_TRIES; i++) {
    const total = await whileHolding(deps, index, (renew) => buildAnew(deps, index, renew, onBatch));
    if (total !== null) return total;
    await deps.clock.sleep(500);
  }
  throw new RetryLaterError('index-busy', 'Another process is indexing. Try again when it has caught up.');
}
