import { RetryLaterError } from '../../src/lib/errors.ts';
import type { CrawlBatch, CrawlContext, KnownPage } from '../../src/model/ports.ts';
import { type Fallback, type Finding, newPage, type ReadPage } from './reading.ts';
import { isListDue, retryInterval } from './revisit.ts';
import { type Look, visitPage } from './visit-page.ts';

/** Where a walk begins and how far it goes in one visit. */
export interface Walk {
  start: readonly Finding[];
  read: ReadPage;
  fallback?: Fallback;
  /** Pages looked at in one visit. */
  maxPages: number;
}

const RETRY_MS = 10 * 60_000;
/** Answers that speak of one page rather than of the whole server, until several come in a row. */
const OF_THE_PAGE = new Set(['http-500', 'http-502', 'http-504', 'timeout']);
const SILENT_AFTER = 3;
/** Due pages asked for at first: mostly one of them is what is looked for. */
const FEW = 4;
/** How many due pages are looked through for one of a host that answers. */
const MANY = 20_000;

/** Entries that were never read, and in a poll the lists whose time has come. One alone is looked at in every poll. */
async function dueLists({ start }: Walk, ctx: CrawlContext): Promise<KnownPage[]> {
  const now = ctx.now();
  const entries = await ctx.pages.get(start.map(({ url }) => url));
  const fresh = start.filter(({ url }) => !entries.has(url)).map((finding) => newPage(finding, now, 2));
  if (!ctx.isPoll) return fresh;
  const lists = await ctx.pages.lists();
  const contents = [...entries.values()].filter(({ role }) => role === 'content');
  const due = lists.length === 1 ? lists : lists.filter((list) => isListDue(list, now));
  return [...fresh, ...[...due, ...contents].map((page) => ({ ...page, dueAt: now, urgency: 2 as const }))];
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

/** The most urgent page that was not looked at yet, of a host that answers. */
async function nextPage(
  ctx: CrawlContext,
  looked: ReadonlySet<string>,
  silent: ReadonlyMap<string, Error>,
): Promise<KnownPage | undefined> {
  for (let limit = FEW; ; limit *= 8) {
    const due = await ctx.pages.due(ctx.now(), limit);
    const next = due.find(({ url }) => !looked.has(url) && !silent.has(hostOf(url)));
    if (next || due.length < limit || limit >= MANY) return next;
  }
}

function asBatch(look: Look): CrawlBatch<null> {
  return { ...look, state: null };
}

/** A page that cannot be read now must not stand in the way of the others at the next visit. */
function putOff(page: KnownPage, error: RetryLaterError, now: Date): KnownPage {
  const everyMs = retryInterval(page, RETRY_MS);
  const dueAt = new Date(now.getTime() + Math.max(everyMs, error.delayMs ?? 0));
  return { ...page, everyMs, dueAt, urgency: page.role === 'list' ? 2 : 1, looks: page.looks + 1 };
}

/**
 * Walks over a site's pages in the order of their urgency, one batch per page: lists tell of threads and articles, those of
 * documents and of their further pages. What is to be looked at stands in the page memory, which is saved with the batch,
 * so that a walk can end anywhere and goes on there.
 */
export async function* walk(plan: Walk, ctx: CrawlContext): AsyncGenerator<CrawlBatch<null>> {
  const lists = await dueLists(plan, ctx);
  if (lists.length > 0) yield { documents: [], state: null, pages: lists };
  const entries = new Set(plan.start.map(({ url }) => url));
  const looked = new Set<string>();
  const silent = new Map<string, Error>();
  let failuresInARow = 0;
  while (looked.size < plan.maxPages && !ctx.signal.aborted) {
    const page = await nextPage(ctx, looked, silent);
    if (page === undefined) break;
    looked.add(page.url);
    try {
      yield asBatch(await visitPage(page, entries.has(page.url), plan, ctx));
      failuresInARow = 0;
    } catch (error) {
      if (!(error instanceof RetryLaterError)) throw error;
      yield { documents: [], state: null, pages: [putOff(page, error, ctx.now())], trouble: error };
      failuresInARow += 1;
      const isOfPage = OF_THE_PAGE.has(error.code) && !entries.has(page.url);
      if (!isOfPage || failuresInARow >= SILENT_AFTER) silent.set(hostOf(page.url), error);
    }
  }
  for (const { url } of plan.start) {
    const error = silent.get(hostOf(url));
    if (error) throw error;
  }
}
