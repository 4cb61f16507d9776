import { z } from 'zod';
import { PermanentError, RefusedError } from '../src/lib/errors.ts';
import type { CrawlBatch, CrawlContext, Page } from '../src/model/ports.ts';
import { defineCrawler, type Visit } from './crawler.ts';
import { type NewestFirstState, newestFirst, newestFirstState } from './platform/newest-first.ts';
import { askComments, askPosts } from './platform/wordpress-rest.ts';
import { siteCrawler } from './site.ts';

const settings = z.strictObject({
  /** auto: the site's REST where it is open, else its feed and pages; never: always feed and pages. */
  rest: z.enum(['auto', 'never']).default('auto'),
  comments: z.boolean().default(true),
  maxPagesPerVisit: z.int().min(2).max(1000).default(40),
  /** Pages of fifty posts, and of a hundred comments, that the first visit reads back. */
  pastPages: z.int().min(1).max(200).default(4),
  /** For pages: the site's clock in minutes east of UTC; Moscow by default. */
  zone: z.int().min(-720).max(840).default(180),
});
type Settings = z.output<typeof settings>;

/** `by` is how the site turned out to be readable. */
const state = z.object({
  by: z.enum(['rest', 'pages']),
  posts: newestFirstState.nullable(),
  comments: newestFirstState.nullable(),
});
type State = z.output<typeof state>;
type Own = Visit<Settings, State>;

async function* restPart(
  visit: Own,
  part: 'posts' | 'comments',
  before: State,
  ctx: CrawlContext,
): AsyncGenerator<CrawlBatch<State>> {
  const { maxPagesPerVisit, pastPages, comments } = visit.settings;
  const maxPages = comments ? Math.floor(maxPagesPerVisit / 2) : maxPagesPerVisit;
  const question = part === 'posts' ? askPosts : askComments;
  const known: NewestFirstState | null = before[part];
  const walk = newestFirst(
    known,
    (cursor, since) => question(visit.url, cursor, since, ctx),
    { maxPages, pastPages },
    ctx,
  );
  for await (const batch of walk) yield { ...batch, state: { ...before, [part]: batch.state } };
}

/** Comments may be closed where posts are open. */
function isClosed(error: unknown): error is Error {
  if (error instanceof RefusedError) return true;
  return error instanceof PermanentError && /^(?:http-4(?!10)|broken-answer)/.test(error.code);
}

async function* crawlRest(visit: Own, ctx: CrawlContext): AsyncGenerator<CrawlBatch<State>> {
  let now: State = visit.state ?? { by: 'rest', posts: null, comments: null };
  for await (const batch of restPart(visit, 'posts', now, ctx)) {
    now = batch.state;
    yield batch;
  }
  if (!visit.settings.comments) return;
  try {
    for await (const batch of restPart(visit, 'comments', now, ctx)) {
      now = batch.state;
      yield batch;
    }
  } catch (error) {
    if (!isClosed(error)) throw error;
    yield { documents: [], state: now, trouble: error };
  }
}

async function* crawlPages(visit: Own, ctx: CrawlContext): AsyncGenerator<CrawlBatch<State>> {
  const { maxPagesPerVisit, zone } = visit.settings;
  const source = { url: visit.url, settings: { maxPagesPerVisit, zone }, state: null };
  for await (const batch of siteCrawler.crawl(source, ctx))
    yield { ...batch, state: { by: 'pages', posts: null, comments: null } };
}

/** What a first visit finds closed is not knocked at again. */
async function* crawl(visit: Own, ctx: CrawlContext): AsyncGenerator<CrawlBatch<State>> {
  if (visit.settings.rest === 'never' || visit.state?.by === 'pages') return yield* crawlPages(visit, ctx);
  try {
    yield* crawlRest(visit, ctx);
  } catch (error) {
    if (!isClosed(error) || visit.state !== null) throw error;
    yield* crawlPages(visit, ctx);
  }
}

function detect({ url, text }: Page): number {
  if (/(?:^|\.)wordpress\.com$/.test(new URL(url).hostname)) return 0.8;
  if (/<link[^>]+rel=["']https:\/\/api\.w\.org\/["']/i.test(text)) return 0.8;
  return /<meta[^>]+content=["']WordPress |\/wp-content\/(?:themes|plugins|uploads)\//i.test(text) ? 0.6 : 0;
}

/**
 * A WordPress blog: posts and threaded comments by its REST where that is open, else by feed and pages as kind `site` does. Built
 * after the documented form; not seen live from here.
 */
export const wordpressCrawler = defineCrawler<Settings, State>({
  kind: 'wordpress',
  settings,
  state,
  detect,
  crawl,
});
