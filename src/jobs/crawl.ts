import { backoffMs } from '../lib/backoff.ts';
import { errorCode, errorMessage, PermanentError, RetryLaterError } from '../lib/errors.ts';
import type { DocumentId, SourceId } from '../model/ids.ts';
import type { CrawlBatch, CrawlContext } from '../model/ports.ts';
import type { Source } from '../model/source.ts';
import type { Db } from '../store/db.ts';
import { saveDocument } from '../store/documents.ts';
import type { Queue } from '../store/queue.ts';
import {
  claimDueSources,
  getSource,
  recordSourceFailure,
  recordSourceSuccess,
  saveSourceState,
  scheduleSourceNow,
} from '../store/sources.ts';
import type { JobDeps } from './deps.ts';

export interface CrawlSummary {
  /** Documents that are new or have changed. */
  stored: number;
  /** Documents seen, known ones included. */
  seen: number;
  error: string | null;
}

/** A visit ends by then; what was read is stored, the rest comes next time. */
const VISIT_LIMIT_MS = 10 * 60_000;
/** Documents in one job of the next stage. */
const CHUNK = 50;
const MAX_BACKOFF_MS = 24 * 3_600_000;

/** Enqueues a visit for every source whose time has come. */
export async function enqueueDueSources(deps: JobDeps): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const due = await claimDueSources(tx, deps.clock.now(), 50);
    for (const sourceId of due) await deps.queue.send(tx, 'crawl', { sourceId });
    return due.length;
  });
}

export async function enqueueInChunks(
  queue: Queue,
  tx: Db,
  name: 'understand' | 'act',
  ids: readonly DocumentId[],
): Promise<void> {
  for (let i = 0; i < ids.length; i += CHUNK)
    await queue.send(tx, name, { documentIds: ids.slice(i, i + CHUNK) });
}

/** Documents, the crawler's state after them, and the next stage's job: all or nothing. */
async function saveBatch(deps: JobDeps, source: Source, batch: CrawlBatch): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const changed: DocumentId[] = [];
    for (const found of batch.documents) {
      const id = await saveDocument(tx, source.id, found, deps.clock.now());
      if (id !== null) changed.push(id);
    }
    await saveSourceState(tx, source.id, batch.state);
    await enqueueInChunks(deps.queue, tx, 'understand', changed);
    return changed.length;
  });
}

/** Notes where the source's own address has moved to for good. */
function watchMoves(
  fetch: CrawlContext['fetch'],
  url: string,
  onMove: (to: string) => void,
): CrawlContext['fetch'] {
  return async (address, validators) => {
    const page = await fetch(address, validators);
    if (address === url && page?.movedTo) onMove(page.movedTo);
    return page;
  };
}

/** A temporary error is tried again soon; one that will not mend itself at the usual interval, ever more rarely. */
function nextTry(source: Source, error: unknown, now: Date): Date {
  const failures = source.failures + 1;
  if (error instanceof RetryLaterError) {
    const delay = Math.min(backoffMs(failures, 30_000, MAX_BACKOFF_MS), Math.max(source.everyMs, 60_000));
    return new Date(now.getTime() + Math.max(delay, error.delayMs ?? 0));
  }
  return new Date(
    now.getTime() + backoffMs(failures, source.everyMs, Math.max(MAX_BACKOFF_MS, source.everyMs)),
  );
}

async function visit(
  deps: JobDeps,
  source: Source,
  stop: AbortSignal,
  summary: CrawlSummary,
): Promise<string | undefined> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(VISIT_LIMIT_MS)]);
  const crawler = deps.findCrawler(source.kind);
  if (!crawler) throw new PermanentError('unknown-kind', `There is no crawler of kind "${source.kind}".`);
  let movedTo: string | undefined;
  const fetch = watchMoves(deps.fetchFor(signal), source.url, (to) => {
    movedTo = to;
  });
  const ctx: CrawlContext = { fetch, now: () => deps.clock.now(), signal };
  for await (const batch of crawler.crawl(
    { url: source.url, settings: source.settings, state: source.state },
    ctx,
  )) {
    summary.seen += batch.documents.length;
    summary.stored += await saveBatch(deps, source, batch);
    if (signal.aborted) break;
  }
  stop.throwIfAborted();
  return movedTo;
}

/** Visits one source. Never throws for what the source does: its error is stored and shown, the others go on. */
export async function crawlSource(
  deps: JobDeps,
  { sourceId }: { sourceId: SourceId },
  stop: AbortSignal,
): Promise<CrawlSummary> {
  const summary: CrawlSummary = { stored: 0, seen: 0, error: null };
  const source = await getSource(deps.db, sourceId);
  if (!source?.enabled) return summary;
  try {
    const movedTo = await visit(deps, source, stop, summary);
    await recordSourceSuccess(deps.db, source.id, deps.clock.now(), movedTo);
  } catch (error) {
    // We stop, the source did nothing wrong: whoever runs next goes on where this visit was.
    if (stop.aborted) {
      await scheduleSourceNow(deps.db, source.id, deps.clock.now());
      return summary;
    }
    const now = deps.clock.now();
    summary.error = errorMessage(error);
    deps.log.warn(
      {
        source: source.key,
        code: errorCode(error),
        err: errorCode(error) === 'unexpected' ? error : undefined,
      },
      'source could not be read',
    );
    await recordSourceFailure(
      deps.db,
      source.id,
      { code: errorCode(error), message: errorMessage(error), at: now },
      nextTry(source, error, now),
    );
  }
  return summary;
}
