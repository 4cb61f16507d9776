import { backoffMs } from '../lib/backoff.ts';
import { errorCode, errorMessage, PermanentError, RetryLaterError } from '../lib/errors.ts';
import type { SourceId } from '../model/ids.ts';
import type { CrawlBatch, CrawlContext } from '../model/ports.ts';
import type { Source } from '../model/source.ts';
import { saveDocuments } from '../store/documents.ts';
import { sendDocuments } from '../store/queue.ts';
import {
  beginVisit,
  claimDueSources,
  getSource,
  recordSourceFailure,
  recordSourceSuccess,
  releaseSource,
  saveSourceState,
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
const MAX_BACKOFF_MS = 24 * 3_600_000;

/** Visits that wait or run at the same time, among all processes. */
const MAX_VISITS = 50;

/** Enqueues visits for sources whose time has come. */
export async function enqueueDueSources(deps: JobDeps): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const due = await claimDueSources(tx, deps.clock.now(), MAX_VISITS);
    for (const sourceId of due) await deps.queue.send(tx, 'crawl', { sourceId });
    return due.length;
  });
}

/** Documents, the crawler's state after them, and the next stage's job: all or nothing. */
async function saveBatch(deps: JobDeps, source: Source, batch: CrawlBatch): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const changed = await saveDocuments(tx, source.id, batch.documents, deps.clock.now());
    await saveSourceState(tx, source.id, batch.state, deps.clock.now());
    await sendDocuments(deps.queue, tx, 'understand', changed);
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
  signal: AbortSignal,
  summary: CrawlSummary,
): Promise<string | undefined> {
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
  return movedTo;
}

async function recordFailure(deps: JobDeps, source: Source, error: unknown): Promise<string> {
  const now = deps.clock.now();
  const code = errorCode(error);
  deps.log.warn(
    { source: source.key, code, err: code === 'unexpected' ? error : undefined },
    'source could not be read',
  );
  const stored = { code, message: errorMessage(error), at: now };
  await recordSourceFailure(deps.db, source.id, stored, nextTry(source, error, now));
  return stored.message;
}

/**
 * Visits one source. Never throws for what the source does: its error is stored and shown, the others go on.
 * A visit that takes too long ends as a success: the rest comes next time. When `stop` ends it, it is due again at once.
 */
export async function crawlSource(
  deps: JobDeps,
  { sourceId }: { sourceId: SourceId },
  stop: AbortSignal,
  limitMs: number = VISIT_LIMIT_MS,
): Promise<CrawlSummary> {
  const summary: CrawlSummary = { stored: 0, seen: 0, error: null };
  const source = await getSource(deps.db, sourceId);
  if (!source?.enabled) return summary;
  const limit = AbortSignal.timeout(limitMs);
  try {
    const movedTo = await visit(deps, source, AbortSignal.any([stop, limit]), summary);
    if (stop.aborted) await releaseSource(deps.db, source.id, deps.clock.now());
    else await recordSourceSuccess(deps.db, source.id, deps.clock.now(), movedTo);
  } catch (error) {
    if (stop.aborted) await releaseSource(deps.db, source.id, deps.clock.now());
    else if (limit.aborted && summary.seen > 0)
      await recordSourceSuccess(deps.db, source.id, deps.clock.now());
    else summary.error = await recordFailure(deps, source, limit.aborted ? tooSlow(error) : error);
  }
  return summary;
}

function tooSlow(cause: unknown): RetryLaterError {
  return new RetryLaterError('timeout', 'The visit took too long and brought nothing.', { cause });
}

/** The visit that a job stands for, unless it has been made meanwhile. */
export async function visitClaimed(
  deps: JobDeps,
  job: { sourceId: SourceId },
  stop: AbortSignal,
): Promise<void> {
  if (await beginVisit(deps.db, job.sourceId, deps.clock.now())) await crawlSource(deps, job, stop);
}
