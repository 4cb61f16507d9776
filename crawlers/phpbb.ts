import { z } from 'zod';
import type { DateContext } from '../src/extract/dates.ts';
import { type ForumPost, readThreadPage, type ThreadPage } from '../src/extract/phpbb.ts';
import { type BoardThread, readBoard } from '../src/extract/phpbb-board.ts';
import { PermanentError, RefusedError } from '../src/lib/errors.ts';
import type { FoundDocument } from '../src/model/document.ts';
import type { CrawlBatch, CrawlContext, Page } from '../src/model/ports.ts';
import { defineCrawler, siteOf, type Visit } from './crawler.ts';

const settings = z.strictObject({
  /** The board's clock in minutes east of UTC; Moscow by default. */
  zone: z.int().min(-720).max(840).default(180),
  /** Board and thread pages together. */
  maxPagesPerVisit: z.int().min(2).max(500).default(20),
});
type Settings = z.output<typeof settings>;

const threadState = z.object({
  /** What the board said of the last post when the thread was read to its end; '' before that. */
  mark: z.string(),
  /** Where to go on: the page after the last one read, or the last page when all were read. */
  page: z.string(),
  /** Highest number of a post that was told. */
  lastPost: z.number(),
});
type ThreadState = z.infer<typeof threadState>;

const state = z.object({ threads: z.record(z.string(), threadState) });
type State = z.infer<typeof state>;

/** The board lists the most recent first; what is older is forgotten and would be read anew. */
const MAX_THREADS = 3000;
/** Names that many people share are nobody's. */
const NOBODY = new Set(['гость', 'guest', 'аноним', 'anonymous']);

interface Budget {
  pages: number;
}

function markOf(thread: BoardThread): string {
  return thread.lastPostId === undefined ? `replies ${thread.replies}` : `post ${thread.lastPostId}`;
}

function authorOf(post: ForumPost): Pick<FoundDocument, 'author'> {
  const { author } = post;
  if (!author || (author.profileUrl === undefined && NOBODY.has(author.handle.toLowerCase()))) return {};
  return { author: { site: siteOf(post.permalink), ...author } };
}

function asDocument(post: ForumPost, isFirst: boolean, thread: BoardThread, page: ThreadPage): FoundDocument {
  const title = page.title || thread.title;
  return {
    externalId: post.externalId,
    url: post.permalink,
    kind: 'post',
    ...(isFirst ? { title } : {}),
    text: post.text,
    ...(post.fullText === post.text ? {} : { fullText: post.fullText }),
    ...authorOf(post),
    thread: { externalId: thread.externalId, title, url: thread.url },
    ...(post.quotedId === undefined ? {} : { parentExternalId: post.quotedId }),
    ...(post.publishedAt === undefined ? {} : { publishedAt: post.publishedAt }),
    ...(page.language === undefined ? {} : { declaredLanguage: page.language }),
    ...(post.links.length === 0 ? {} : { links: post.links }),
  };
}

function newDocuments(
  page: ThreadPage,
  thread: BoardThread,
  lastPost: number,
  isFirstPage: boolean,
): FoundDocument[] {
  return page.posts
    .map((post, at) => ({ post, isFirst: isFirstPage && at === 0 }))
    .filter(({ post }) => Number(post.externalId) > lastPost && post.fullText !== '')
    .map(({ post, isFirst }) => asDocument(post, isFirst, thread, page));
}

function withThread(known: State, id: string, thread: ThreadState): State {
  const { [id]: _old, ...others } = known.threads;
  const entries = Object.entries(others);
  const kept = entries.slice(Math.max(0, entries.length - MAX_THREADS + 1));
  return { threads: { ...Object.fromEntries(kept), [id]: thread } };
}

interface Reading {
  ctx: CrawlContext;
  budget: Budget;
  dates: DateContext;
}

/** null: the page is gone, hidden or unreadable, which is no reason to leave the other threads unread. */
async function fetchThreadPage(url: string, { ctx, dates }: Reading): Promise<ThreadPage | null> {
  try {
    const page = await ctx.fetch(url);
    return page === null ? null : readThreadPage(page.text, page.url, dates);
  } catch (error) {
    if (error instanceof PermanentError || error instanceof RefusedError) return null;
    throw error;
  }
}

function afterPage(before: ThreadState, page: ThreadPage | null, thread: BoardThread): ThreadState {
  const lastPost = Math.max(
    before.lastPost,
    ...(page?.posts ?? []).map(({ externalId }) => Number(externalId)),
  );
  if (page?.nextPage === undefined) return { mark: markOf(thread), page: before.page, lastPost };
  return { mark: before.mark, page: page.nextPage, lastPost };
}

/** From where the last visit stopped to the end of the thread, one batch per page. Returns the state after it. */
async function* crawlThread(
  thread: BoardThread,
  start: State,
  reading: Reading,
): AsyncGenerator<CrawlBatch<State>, State> {
  let known = start;
  let at = known.threads[thread.externalId] ?? { mark: '', page: thread.url, lastPost: 0 };
  const visited = new Set<string>();
  while (reading.budget.pages > 0 && at.mark !== markOf(thread) && !visited.has(at.page)) {
    visited.add(at.page);
    reading.budget.pages -= 1;
    const page = await fetchThreadPage(at.page, reading);
    const documents = page ? newDocuments(page, thread, at.lastPost, at.page === thread.url) : [];
    at = afterPage(at, page, thread);
    known = withThread(known, thread.externalId, at);
    yield { documents, state: known };
  }
  return known;
}

async function* crawl(visit: Visit<Settings, State>, ctx: CrawlContext): AsyncGenerator<CrawlBatch<State>> {
  const reading: Reading = {
    ctx,
    budget: { pages: visit.settings.maxPagesPerVisit },
    dates: { now: ctx.now(), zone: visit.settings.zone },
  };
  let known = visit.state ?? { threads: {} };
  let boardUrl: string | undefined = visit.url;
  while (boardUrl !== undefined && reading.budget.pages > 0) {
    reading.budget.pages -= 1;
    const page: Page | null = await ctx.fetch(boardUrl);
    if (page === null) return;
    const board = readBoard(page.text, page.url, reading.dates);
    const changed = board.threads.filter(
      (thread) => known.threads[thread.externalId]?.mark !== markOf(thread),
    );
    for (const thread of changed) known = yield* crawlThread(thread, known, reading);
    // Behind a page with something old on it there is nothing new.
    boardUrl = changed.length === board.threads.length && changed.length > 0 ? board.nextPage : undefined;
  }
}

const SIGN = /id="phpbb"|phpbb[^<]{0,40}forum software|powered by[^a-z]{0,5}(<[^>]*>)?phpbb/i;

/** phpBB 3: `url` is a board's page (viewforum). */
export const phpbbCrawler = defineCrawler({
  kind: 'phpbb',
  settings,
  state,
  detect: (page) => {
    const isForum = /view(forum|topic)\.php/.test(page.text);
    if (!isForum) return 0;
    if (SIGN.test(page.text)) return 1;
    return page.text.includes('class="topictitle"') || page.text.includes('class="postprofile"') ? 0.6 : 0;
  },
  crawl,
});
