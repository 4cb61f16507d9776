import { z } from 'zod';
import { isCompletedBy, isCutOff, isExcerpt } from '../src/extract/article/excerpt.ts';
import type { Feed } from '../src/extract/feed.ts';
import { feedFormat } from '../src/extract/feed-format.ts';
import type { FeedItem } from '../src/extract/feed-item.ts';
import type { Read } from '../src/extract/readers.ts';
import { readingBy } from '../src/extract/reading.ts';
import { PermanentError } from '../src/lib/errors.ts';
import type { FoundDocument } from '../src/model/document.ts';
import type { CrawlContext, KnownPage, Page, PageHint } from '../src/model/ports.ts';
import { defineCrawler, siteOf, type Visit } from './crawler.ts';
import { toldByList } from './told-by-list.ts';
import type { Finding, Reading } from './walk/reading.ts';
import { walk } from './walk/walk.ts';

const settings = z.strictObject({
  /**
   * Which entries are completed from their pages. auto: those that the feed visibly cuts off; always: all that may be an
   * excerpt, short ones too.
   */
  complete: z.enum(['auto', 'always', 'never']).default('auto'),
  /** The feed and pages of its entries together. */
  maxPagesPerVisit: z.int().min(1).max(1000).default(40),
});
type Settings = z.output<typeof settings>;

function asDocument(item: FeedItem, feed: Feed, feedUrl: string): FoundDocument {
  const language = item.language ?? feed.language;
  return {
    externalId: item.id,
    url: item.url,
    kind: 'article',
    ...(item.hasOwnTitle ? { title: item.title } : {}),
    text: item.text,
    ...(item.author === undefined
      ? {}
      : { author: { site: siteOf(item.url || feedUrl), handle: item.author, name: item.author } }),
    ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt }),
    ...(language === undefined ? {} : { declaredLanguage: language }),
    ...(item.links.length === 0 ? {} : { links: item.links }),
    ...(item.image === undefined ? {} : { signs: { hasImage: true } }),
  };
}

function needsPage(item: FeedItem, feedUrl: string, { complete }: Settings): boolean {
  if (complete === 'never' || item.url === feedUrl || !/^https?:/.test(item.url)) return false;
  if (item.text === '' || isCutOff(item.text)) return true;
  return complete === 'always' && isExcerpt(item.text, item.html);
}

/** Entries that say something, each id once: the first is the newest. */
function usableItems({ items }: Feed): FeedItem[] {
  const seen = new Map<string, FeedItem>();
  for (const item of items) {
    if ((item.hasOwnTitle || item.text !== '') && !seen.has(item.id)) seen.set(item.id, item);
  }
  return [...seen.values()];
}

/** XML that does not end with the end of a feed. One that breaks off later is read as far as it goes. */
function isBrokenOff(text: string): boolean {
  const end = text.slice(-2000).replace(/(?:\s|<!--[^>]*-->)+$/, '');
  return text.trimStart().startsWith('<') && !/<\/(?:\w+:)?(?:rss|feed|rdf|channel)\s*>$|\/>$/i.test(end);
}

function brokenOff(): PermanentError {
  return new PermanentError(
    'broken-feed',
    'The feed breaks off before its first entry: tell its owner, or watch another address of the site.',
  );
}

function hintOf(item: FeedItem): PageHint {
  return {
    id: item.id,
    text: item.text,
    ...(item.hasOwnTitle ? { title: item.title } : {}),
    ...(item.author === undefined ? {} : { author: item.author }),
    ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt.toISOString() }),
  };
}

async function readFeed(read: Read, page: Page, wanted: Settings, now: Date): Promise<Reading> {
  const feed = await read('parseFeed', page.text, page.contentType, page.url, now);
  const items = usableItems(feed);
  if (items.length === 0 && isBrokenOff(page.text)) throw brokenOff();
  const excerpts = new Set(items.filter((item) => needsPage(item, page.url, wanted)));
  return {
    documents: items.filter((item) => !excerpts.has(item)).map((item) => asDocument(item, feed, page.url)),
    deleted: [],
    links: [...excerpts].map((item) => ({
      url: item.url,
      role: 'content',
      thread: item.url,
      number: 1,
      mark: { by: 'feed', says: `${item.title}\n${item.text}`.slice(0, 500) },
      hint: hintOf(item),
    })),
    ...(feed.hub === undefined ? {} : { hub: { url: feed.hub, topic: feed.self ?? page.url } }),
    ...(feed.updateEveryMs === undefined ? {} : { restMs: feed.updateEveryMs }),
  };
}

/** The entry as the feed told it, with `text` where the page has more. */
function fromHint({ hint, url }: KnownPage, text = hint?.text ?? ''): FoundDocument[] {
  return hint?.id === undefined ? [] : [toldByList(hint.id, url, hint, text)];
}

/** Only the feed's entry itself: comments and the like are what kind `site` is for. */
async function readRest(read: Read, page: Page, known: KnownPage, now: Date): Promise<Reading> {
  const { text } = await read('readArticle', page.text, page.url, { now, zone: 0 });
  const isWhole = isCompletedBy(known.hint?.text ?? '', text);
  return { documents: fromHint(known, isWhole ? text : undefined), deleted: [], links: [] };
}

async function* crawl(visit: Visit<Settings, null>, ctx: CrawlContext) {
  const start: Finding = { url: visit.url, role: 'list', thread: '', number: 1 };
  const by = readingBy(ctx);
  const read = (page: Page, known: KnownPage): Promise<Reading> =>
    known.role === 'list'
      ? readFeed(by, page, visit.settings, ctx.now())
      : readRest(by, page, known, ctx.now());
  yield* walk({ start: [start], maxPages: visit.settings.maxPagesPerVisit, read, fallback: fromHint }, ctx);
}

const FEED_FORMATS = new Set(['rss', 'rdf', 'atom']);

/** RSS, Atom and JSON Feed. Entries that the feed cuts off are completed from their pages. */
export const feedCrawler = defineCrawler({
  kind: 'feed',
  settings,
  state: z.null(),
  detect: (page) => {
    const format = feedFormat(page.text, page.contentType);
    if (FEED_FORMATS.has(format)) return 1;
    return format === 'json' && page.text.slice(0, 2000).includes('jsonfeed.org/version') ? 1 : 0;
  },
  crawl,
});
