import { backoffMs } from '../lib/backoff.ts';
import { errorCode, errorMessage, PermanentError, RetryLaterError } from '../lib/errors.ts';
import type { SourceId } from '../model/ids.ts';
import type { CrawlBatch, CrawlContext } from '../model/ports.ts';
import type { Source, SourceError } from '../model/source.ts';
import { lookNow } from '../store/evidence-looks.ts';
import { pageMemory, savePages } from '../store/pages.ts';
import { sendDocuments } from '../store/queue.ts';
import { markDeleted, saveDocuments } from '../store/save-documents.ts';
import {
  beginVisit,
  claimDueSources,
  getSource,
  recordSourceFailure,
  recordSourceSuccess,
  releaseSource,
  saveSourceState,
} from '../store/sources.ts';
import { wantSubscription } from '../store/websub.ts';
import type { JobDeps } from './deps.ts';
import { planNextVisit } from './next-visit.ts';
import { withoutSuppressed } from './privacy/suppress.ts';
import { createVisitTally, type VisitTally } from './visit-tally.ts';

export interface CrawlSummary {
  /** Documents that are new or have changed. */
  stored: number;
  /** Documents seen, known ones included. */
  seen: number;
  /** Documents noticed to be gone. */
  deleted: number;
  error: string | null;
}

/** What a visit found out besides documents. */
interface Visit {
  summary: CrawlSummary;
  movedTo?: string;
  trouble: SourceError | null;
  tally: VisitTally;
  /** A page was read: the next visit goes on behind it. */
  hasRead: boolean;
  /** How long the source asks to be left alone. */
  restMs: number;
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

/** Documents, the crawler's memory after them, and the next stage's job: all or nothing. */
async function saveBatch(
  deps: JobDeps,
  source: Source,
  batch: CrawlBatch,
): Promise<{ stored: number; deleted: number }> {
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const documents = await withoutSuppressed(tx, deps.vault, batch.documents);
    const changed = await saveDocuments(tx, source.id, documents, now);
    const deleted = await markDeleted(tx, source.id, batch.deleted ?? [], now);
    await lookNow(tx, [...changed, ...deleted], now);
    await savePages(tx, source.id, batch.pages ?? []);
    if (batch.hub) await wantSubscription(tx, source.id, batch.hub, now);
    await saveSourceState(tx, source.id, batch.state, now);
    await sendDocuments(deps.queue, tx, 'understand', changed);
    return { stored: changed.length, deleted: deleted.length };
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

function asSourceError(error: unknown, at: Date): SourceError {
  return { code: errorCode(error), message: errorMessage(error), at };
}

async function visit(deps: JobDeps, source: Source, signal: AbortSignal, result: Visit): Promise<void> {
  const crawler = deps.findCrawler(source.kind);
  if (!crawler) throw new PermanentError('unknown-kind', `There is no crawler of kind "${source.kind}".`);
  const fetch = watchMoves(result.tally.watch(deps.fetchFor(signal, source)), source.url, (to) => {
    result.movedTo = to;
  });
  const ctx: CrawlContext = {
    fetch,
    ...(deps.read ? { read: deps.read } : {}),
    ...(deps.secret ? { secret: deps.secret } : {}),
    now: () => deps.clock.now(),
    signal,
    pages: pageMemory(deps.db, source.id),
    isPoll: isPoll(source, deps.clock.now()),
  };
  const { url, settings, state } = source;
  for await (const batch of crawler.crawl({ url, settings, state }, ctx)) {
    const { stored, deleted } = await saveBatch(deps, source, batch);
    result.tally.count(batch, stored);
    result.hasRead ||= batch.read !== undefined;
    result.summary.seen += batch.documents.length;
    result.summary.stored += stored;
    result.summary.deleted += deleted;
    result.restMs = Math.max(result.restMs, batch.restMs ?? 0);
    if (batch.trouble) result.trouble = asSourceError(batch.trouble, deps.clock.now());
    if (signal.aborted) break;
  }
}

function isPoll(source: Source, now: Date): boolean {
  return source.pollAt <= now;
}

async function recordSuccess(
  deps: JobDeps,
  source: Source,
  { summary, movedTo, trouble, restMs, tally }: Visit,
): Promise<void> {
  const now = deps.clock.now();
  const next = await planNextVisit(deps.db, source, { isPoll: isPoll(source, now), restMs }, now);
  const hasNews = summary.stored > 0;
  await recordSourceSuccess(deps.db, source.id, now, { ...next, movedTo, hasNews, trouble });
  await tally.save(deps.db, source.id, now, trouble?.code ?? null);
}

async function recordFailure(deps: JobDeps, source: Source, error: unknown): Promise<string> {
  const now = deps.clock.now();
  const code = errorCode(error);
  deps.log.warn(
    { source: source.key, code, err: code === 'unexpected' ? error : undefined },
    'source could not be read',
  );
  const stored = asSourceError(error, now);
  await recordSourceFailure(deps.db, source.id, stored, nextTry(source, error, now), code === 'http-410');
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
  const summary: CrawlSummary = { stored: 0, seen: 0, deleted: 0, error: null };
  const source = await getSource(deps.db, sourceId);
  if (!source?.enabled) return summary;
  const limit = AbortSignal.timeout(limitMs);
  const result: Visit = { summary, trouble: null, hasRead: false, restMs: 0, tally: createVisitTally() };
  try {
    await visit(deps, source, AbortSignal.any([stop, limit]), result);
    if (stop.aborted) await releaseSource(deps.db, source.id, deps.clock.now());
    else await recordSuccess(deps, source, result);
  } catch (error) {
    if (stop.aborted) await releaseSource(deps.db, source.id, deps.clock.now());
    else if (limit.aborted && (summary.seen > 0 || result.hasRead)) await recordSuccess(deps, source, result);
    else {
      summary.error = await recordFailure(deps, source, limit.aborted ? tooSlow(error) : error);
      await result.tally.save(deps.db, source.id, deps.clock.now(), errorCode(error));
    }
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
