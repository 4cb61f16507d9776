import { errorCode } from '../lib/errors.ts';
import { createPageMemory } from '../lib/page-memory.ts';
import type { SourceId } from '../model/ids.ts';
import type { SourceHealth } from '../model/source-health.ts';
import type { Db } from '../store/db.ts';
import {
  listDueCanaries,
  listUnjudged,
  medianDelay,
  readCanary,
  saveCanaryResult,
  saveHealth,
} from '../store/source-health.ts';
import { listTellingVisits } from '../store/source-visits.ts';
import { getSource, publishedSince } from '../store/sources.ts';
import type { JobDeps } from './deps.ts';
import { tellOfFailing } from './events/tell-failing.ts';
import { judgeSource } from './judge-source.ts';
import { PACE_WINDOW_MS } from './pace.ts';

const DAY = 24 * 3_600_000;
const MAX_PUBLICATIONS = 3000;
const VISITS = 100;
/** Silence is noticed by looking again, although nothing has happened. */
const REJUDGE_MS = 30 * 60_000;
const BATCH = 200;

/** How a source is now; null when there is no such source. */
export async function assessSource(db: Db, id: SourceId, now: Date): Promise<SourceHealth | null> {
  const source = await getSource(db, id);
  if (!source) return null;
  const since = new Date(now.getTime() - PACE_WINDOW_MS);
  const published = await publishedSince(db, id, since, MAX_PUBLICATIONS);
  const visits = await listTellingVisits(db, id, VISITS);
  const delayMs = await medianDelay(db, id, new Date(now.getTime() - 7 * DAY));
  const { result: canary } = await readCanary(db, id);
  return judgeSource({ source, published, visits, delayMs, canary }, now);
}

/** Judges the sources that were visited since, and now and then all. Tells the log of those that turned. */
export async function judgeSources(deps: JobDeps): Promise<number> {
  const now = deps.clock.now();
  const ids = await listUnjudged(deps.db, new Date(now.getTime() - REJUDGE_MS), BATCH);
  for (const id of ids) {
    const health = await assessSource(deps.db, id, now);
    if (!health) continue;
    await deps.db.transaction(async (tx) => {
      const before = await saveHealth(tx, id, health);
      if (health.state === 'broken' && before !== 'broken') await tellOfFailing(tx, deps, id, health, now);
    });
    if (health.state === 'broken' || health.state === 'quiet')
      deps.log.debug({ source: id, state: health.state, code: health.code }, 'source is not as usual');
  }
  return ids.length;
}

/** Folded so that line breaks and spaces of the page do not matter. */
function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Reads a known page by the source's own crawler: null when its words are there, else the code of what is wrong. */
async function lookAtCanary(
  deps: JobDeps,
  id: SourceId,
  { url, text }: { url: string; text: string },
): Promise<string | null> {
  const source = await getSource(deps.db, id);
  const crawler = source && deps.findCrawler(source.kind);
  if (!source || !crawler) return 'unknown-kind';
  const signal = AbortSignal.timeout(60_000);
  const memory = createPageMemory();
  const ctx = {
    fetch: deps.fetchFor(signal, source),
    ...(deps.read ? { read: deps.read } : {}),
    now: () => deps.clock.now(),
    signal,
    pages: memory,
    isPoll: true,
  };
  try {
    for await (const batch of crawler.crawl({ url, settings: source.settings, state: null }, ctx)) {
      memory.save(batch.pages ?? []);
      const isThere = batch.documents.some((document) =>
        folded(`${document.title ?? ''} ${document.fullText ?? document.text}`).includes(folded(text)),
      );
      if (isThere) return null;
      if (batch.documents.length > 0) return 'missing-words';
    }
    return 'missing-words';
  } catch (error) {
    return errorCode(error);
  }
}

/** Looks at each canary once a day. */
export async function checkCanaries(deps: JobDeps): Promise<number> {
  const now = deps.clock.now();
  const due = await listDueCanaries(deps.db, new Date(now.getTime() - DAY), 5);
  for (const { id, canary } of due) {
    const error = await lookAtCanary(deps, id, canary);
    await saveCanaryResult(deps.db, id, { at: now.toISOString(), error });
    if (error)
      deps.log.warn({ source: id, code: error }, 'the known page of a source is not read as expected');
  }
  return due.length;
}
