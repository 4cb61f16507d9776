import { z } from 'zod';
import type { Feed } from '../../src/extract/feed.ts';
import { feedFormat } from '../../src/extract/feed-format.ts';
import type { FeedItem } from '../../src/extract/feed-item.ts';
import { readingBy } from '../../src/extract/reading.ts';
import { canonicalUrl } from '../../src/lib/canonical-url.ts';
import { PermanentError } from '../../src/lib/errors.ts';
import type { FoundAuthor, FoundDocument } from '../../src/model/document.ts';
import type { CrawlContext, Crawler, KnownPage, Page } from '../../src/model/ports.ts';
import { defineCrawler, siteOf, type Visit } from '../crawler.ts';
import type { Finding, Reading } from '../walk/reading.ts';
import { walk } from '../walk/walk.ts';
import { readPageComments } from './page-comments.ts';

const settings = z.strictObject({
  /** Comments too, where the platform tells of them without a key. */
  comments: z.boolean().default(true),
  /** Feeds and pages together. */
  maxPagesPerVisit: z.int().min(1).max(500).default(30),
  /** The clock of dates that name no zone, in minutes east of UTC; Moscow by default. */
  zone: z.int().min(-720).max(840).default(180),
});
type Settings = z.output<typeof settings>;

/** The feeds behind an address that people paste. */
export interface Feeds {
  posts: string;
  comments?: string;
}

/** A platform that is a feed under another address: a table of addresses, and what its entries do differently. */
export interface FeedPlatform {
  kind: string;
  hosts: RegExp;
  /** Where handles are unique, when that is not the host of each address. */
  site?: string;
  /** Undefined: the page itself is asked for its feed. */
  feedsOf(url: URL): Feeds | undefined;
  /** The feed that a page names, where its address does not tell it; by default its first link to one. */
  feedOn?(page: Page): string | undefined;
  /** The entry as a document; `plain` is what every feed gives. Null: it is none of the platform's documents. */
  asDocument?(plain: FoundDocument, item: FeedItem, isComment: boolean, source: URL): FoundDocument | null;
  /** Comments stand on the entries' own pages. */
  hasCommentsOnPages?: true;
}

function authorOf(item: FeedItem, url: string): FoundAuthor | undefined {
  const [person] = item.authors;
  const name = person?.name ?? person?.email;
  if (!name) return undefined;
  return {
    site: siteOf(url),
    handle: name,
    name,
    ...(person?.url === undefined ? {} : { profileUrl: person.url }),
  };
}

function plainDocument(item: FeedItem, feed: Feed): FoundDocument {
  const url = canonicalUrl(item.url);
  const author = authorOf(item, url);
  const language = item.language ?? feed.language;
  return {
    externalId: item.id,
    url,
    kind: 'article',
    ...(item.hasOwnTitle ? { title: item.title } : {}),
    text: item.text,
    ...(author === undefined ? {} : { author }),
    ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt }),
    ...(language === undefined ? {} : { declaredLanguage: language }),
    ...(item.links.length === 0 ? {} : { links: item.links }),
    ...(item.image === undefined ? {} : { signs: { hasImage: true } }),
  };
}

function signedAt(document: FoundDocument, site: string | undefined): FoundDocument {
  return site && document.author ? { ...document, author: { ...document.author, site } } : document;
}

function list(url: string): Finding {
  return { url, role: 'list', thread: '', number: 1 };
}

/** The page of an entry, looked at again when the feed says something else of it. */
function pageOf(document: FoundDocument, item: FeedItem): Finding {
  return {
    url: document.url,
    role: 'content',
    thread: document.externalId,
    number: 1,
    mark: { by: 'feed', says: `${item.commentCount ?? ''} ${item.updatedAt?.toISOString() ?? ''}` },
    hint: { id: document.externalId, ...(document.title === undefined ? {} : { title: document.title }) },
  };
}

async function feedLink(platform: FeedPlatform, page: Page, ctx: CrawlContext): Promise<string> {
  const named = platform.feedOn?.(page);
  const url = named ?? (await readingBy(ctx)('readFrontPage', page.text, page.url)).feeds[0]?.url;
  if (url !== undefined && url !== page.url) return url;
  throw new PermanentError(
    'not-a-feed',
    'The page names no feed of its own: paste the address of a channel, user or section.',
  );
}

async function readList(
  platform: FeedPlatform,
  page: Page,
  known: KnownPage,
  visit: Visit<Settings, null>,
  ctx: CrawlContext,
): Promise<Reading> {
  const format = feedFormat(page.text, page.contentType);
  if (format === 'html')
    return { documents: [], deleted: [], links: [list(await feedLink(platform, page, ctx))] };
  const source = new URL(visit.url);
  const feeds = platform.feedsOf(source);
  const isComments = known.url === feeds?.comments;
  const feed = await readingBy(ctx)('parseFeed', page.text, page.contentType, page.url, ctx.now());
  const told = feed.items.flatMap((item) => {
    const plain = plainDocument(item, feed);
    const own = platform.asDocument ? platform.asDocument(plain, item, isComments, source) : plain;
    const document = own && signedAt(own, platform.site);
    return document && (document.text !== '' || document.title !== undefined) ? [{ item, document }] : [];
  });
  const { comments } = visit.settings;
  const pages =
    comments && platform.hasCommentsOnPages ? told.map(({ item, document }) => pageOf(document, item)) : [];
  const other = comments && !isComments && feeds?.comments !== undefined ? [list(feeds.comments)] : [];
  const documents = [...new Map(told.map(({ document }) => [document.externalId, document])).values()];
  return { documents, deleted: [], links: [...other, ...pages] };
}

async function readComments(
  platform: FeedPlatform,
  page: Page,
  known: KnownPage,
  zone: number,
  ctx: CrawlContext,
): Promise<Reading> {
  const reading = await readPageComments(page, known, zone, ctx);
  return { ...reading, documents: reading.documents.map((document) => signedAt(document, platform.site)) };
}

async function* crawl(platform: FeedPlatform, visit: Visit<Settings, null>, ctx: CrawlContext) {
  const { maxPagesPerVisit, zone } = visit.settings;
  const start = list(platform.feedsOf(new URL(visit.url))?.posts ?? visit.url);
  const read = async (page: Page, known: KnownPage): Promise<Reading> =>
    known.role === 'list'
      ? readList(platform, page, known, visit, ctx)
      : readComments(platform, page, known, zone, ctx);
  yield* walk({ start: [start], maxPages: maxPagesPerVisit, read }, ctx);
}

/** Surer than `feed`, so that a platform's entries are read as what they are. */
export function feedPlatform(platform: FeedPlatform): Crawler {
  return defineCrawler<Settings, null>({
    kind: platform.kind,
    settings,
    state: z.null(),
    detect: ({ url }) => (platform.hosts.test(new URL(url).hostname) ? 1 : 0),
    crawl: (visit, ctx) => crawl(platform, visit, ctx),
  });
}
