import { z } from 'zod';
import type { DateContext } from '../src/extract/dates.ts';
import type { Read } from '../src/extract/readers.ts';
import { readingBy } from '../src/extract/reading.ts';
import { statedZone } from '../src/extract/stated-zone.ts';
import { detectEngine } from '../src/extract/thread/detect.ts';
import type {
  BoardPage,
  BoardThread,
  ForumEngine,
  ThreadPage,
  ThreadPost,
} from '../src/extract/thread/model.ts';
import { sha256 } from '../src/lib/hash.ts';
import type { FoundAuthor, FoundDocument } from '../src/model/document.ts';
import type { CrawlContext, Crawler, KnownPage, Page } from '../src/model/ports.ts';
import { defineCrawler, siteOf, type Visit } from './crawler.ts';
import type { Finding, Reading } from './walk/reading.ts';
import { walk } from './walk/walk.ts';

const settings = z.strictObject({
  /** The board's clock in minutes east of UTC; without it as its pages say, else Moscow. */
  zone: z.int().min(-720).max(840).exactOptional(),
  /** Pages of lists and threads together. */
  maxPagesPerVisit: z.int().min(2).max(1000).default(60),
});
type Settings = z.output<typeof settings>;

const MOSCOW = 180;

/** Names that many people share are nobody's. */
const NOBODY = new Set(['гость', 'guest', 'аноним', 'anonymous']);

function isNobody({ author }: ThreadPost): boolean {
  return author !== undefined && author.profileUrl === undefined && NOBODY.has(author.name.toLowerCase());
}

function authorOf(post: ThreadPost, url: string): FoundAuthor | undefined {
  const { author } = post;
  if (!author || isNobody(post)) return undefined;
  const { name, profileUrl, about } = author;
  return {
    site: siteOf(url),
    handle: name,
    ...(profileUrl === undefined ? {} : { profileUrl }),
    ...(about === undefined ? {} : { about }),
  };
}

/**
 * Stays the same when the post is edited: its number, else where it stands, else who wrote it when. Some engines number
 * posts within each thread, so the thread is part of it.
 */
function idOf(post: ThreadPost, thread: string): string {
  const within =
    post.id ??
    post.permalink ??
    sha256(`${post.author?.name ?? ''}\n${post.publishedAt?.toISOString() ?? post.fullText}`);
  return `${thread}/${within}`;
}

/** One post as a document; the first of a thread bears its title. */
export function asDocument(
  post: ThreadPost,
  thread: { id: string; url: string; title: string },
  page: ThreadPage,
  isFirst: boolean,
): FoundDocument {
  const url = post.permalink ?? page.url;
  const author = authorOf(post, url);
  return {
    externalId: idOf(post, thread.id),
    url,
    kind: 'post',
    ...(isFirst && thread.title ? { title: thread.title } : {}),
    text: post.text,
    ...(post.fullText === post.text ? {} : { fullText: post.fullText }),
    ...(author === undefined ? {} : { author }),
    ...(isNobody(post) && post.author ? { guestName: post.author.name } : {}),
    thread: { externalId: thread.id, title: thread.title, url: thread.url },
    ...(post.quoteOf?.id === undefined ? {} : { parentExternalId: `${thread.id}/${post.quoteOf.id}` }),
    ...(post.publishedAt === undefined ? {} : { publishedAt: post.publishedAt }),
    ...(page.language === undefined ? {} : { declaredLanguage: page.language }),
    ...(post.links.length === 0 ? {} : { links: post.links }),
    ...(post.confidence === undefined ? {} : { confidence: post.confidence }),
  };
}

function readPosts(page: ThreadPage, known: KnownPage): Reading {
  const thread = {
    id: known.thread || page.id || page.url,
    url: page.url,
    title: page.title || known.hint?.title || '',
  };
  const living = page.posts.filter((post) => !post.deleted && post.fullText !== '');
  const [first] = page.posts;
  const next: Finding[] =
    page.nextPage === undefined
      ? []
      : [{ url: page.nextPage, role: 'content', thread: thread.id, number: known.number + 1 }];
  return {
    documents: living.map((post) => asDocument(post, thread, page, known.number <= 1 && post === first)),
    deleted: page.posts.filter(({ deleted }) => deleted).map((post) => idOf(post, thread.id)),
    links: next,
  };
}

/** Of the last post when it has a number: times may be told relative to now. */
function markOf({ lastPostId, replies, lastPostAt }: BoardThread): string {
  return `${lastPostId ?? ''} ${replies ?? lastPostAt?.toISOString() ?? ''}`.trim();
}

function readList(board: BoardPage, known: KnownPage): Finding[] {
  const threads = board.threads.map(
    (thread): Finding => ({
      url: thread.url,
      role: 'content',
      thread: thread.id,
      number: 1,
      mark: { by: 'board', says: markOf(thread) },
      hint: { title: thread.title },
    }),
  );
  const boards = board.boards.map(({ url }): Finding => ({ url, role: 'list', thread: '', number: 1 }));
  // A thread of several pages has a pager of its own within the index.
  const isOfThread = board.threads.some(({ url }) => url === board.nextPage);
  const next: Finding[] =
    board.nextPage === undefined || isOfThread
      ? []
      : [{ url: board.nextPage, role: 'list', thread: '', number: known.number + 1, behind: true }];
  return [...boards, ...threads, ...next];
}

/** A board's page, the forum's front page or a page of a thread: the address need not say which. */
async function readPage(
  read: Read,
  page: Page,
  known: KnownPage,
  dates: DateContext,
  engine: string | undefined,
): Promise<Reading> {
  if (known.role === 'list') {
    const links = readList(await read('readBoard', page.text, page.url, dates, engine), known);
    if (links.length > 0) return { documents: [], deleted: [], links };
  }
  return readPosts(await read('readThread', page.text, page.url, dates, engine), known);
}

/** `engine`: only this one; otherwise it is found out page by page. */
async function* crawl(visit: Visit<Settings, null>, ctx: CrawlContext, engine?: string) {
  const start: Finding = { url: visit.url, role: 'list', thread: '', number: 1 };
  const { zone, maxPagesPerVisit } = visit.settings;
  const by = readingBy(ctx);
  yield* walk(
    {
      start: [start],
      maxPages: maxPagesPerVisit,
      read: (page, known) => {
        const dates = { now: ctx.now(), zone: zone ?? statedZone(page.text) ?? MOSCOW };
        return readPage(by, page, known, dates, engine);
      },
    },
    ctx,
  );
}

interface Recognised {
  kind: string;
  confidence: number;
}

/** A dozen engines are asked about the same page: it is looked at once. */
const recognised = new WeakMap<Page, Recognised>();

function recognise(page: Page): Recognised {
  try {
    return detectEngine(page.text, page.url);
  } catch {
    // A page that is no page is nobody's.
    return { kind: '', confidence: 0 };
  }
}

function engineOf(page: Page): Recognised {
  const found = recognised.get(page) ?? recognise(page);
  recognised.set(page, found);
  return found;
}

/** The crawler of one engine: `url` is the front page, a board or a thread. */
export function forumOf({ kind }: Pick<ForumEngine, 'kind'>): Crawler {
  const detect = (page: Page): number => {
    const found = engineOf(page);
    return found.kind === kind ? found.confidence : 0;
  };
  return defineCrawler({
    kind,
    settings,
    state: z.null(),
    detect,
    crawl: (visit, ctx) => crawl(visit, ctx, kind),
  });
}

/** A forum of an engine that we do not know, or that is to be found out page by page. */
export const forumCrawler: Crawler = defineCrawler({
  kind: 'forum',
  settings,
  state: z.null(),
  // Never chosen by itself: without an engine's signs a page is more often a blog's.
  detect: () => 0,
  crawl: (visit, ctx) => crawl(visit, ctx),
});
