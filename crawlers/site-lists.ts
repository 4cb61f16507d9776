import { feedFormat } from '../src/extract/feed-format.ts';
import type { FeedItem } from '../src/extract/feed-item.ts';
import type { FrontPage } from '../src/extract/front-page.ts';
import type { Read } from '../src/extract/readers.ts';
import { isSitemap, type SitemapEntry } from '../src/extract/sitemap.ts';
import { canonicalUrl, sameAddressKey } from '../src/lib/canonical-url.ts';
import { sha256 } from '../src/lib/hash.ts';
import type { KnownPage, Page } from '../src/model/ports.ts';
import type { Finding } from './walk/reading.ts';

const FEEDS = new Set(['rss', 'rdf', 'atom', 'json']);
const COMMENTS = /comments?|комментари/i;
const DAY = 24 * 3_600_000;
/** Without dates in a sitemap one cannot tell what is recent. */
const MAX_UNDATED = 300;

function content(url: string, more: Partial<Finding> = {}): Finding {
  const address = canonicalUrl(url);
  return { url: address.replace(/#.*$/, ''), role: 'content', thread: address, number: 1, ...more };
}

function list(url: string): Finding {
  return { url, role: 'list', thread: '', number: 1 };
}

/** The feed's last word on an entry; the number of comments is part of it. */
function saysOf(item: FeedItem): string {
  return sha256(JSON.stringify([item.title, item.text, item.updatedAt ?? '', item.commentCount ?? ''])).slice(
    0,
    16,
  );
}

function entryFinding(item: FeedItem): Finding {
  return content(item.url, {
    mark: { by: 'feed', says: saysOf(item) },
    hint: {
      ...(item.title === undefined ? {} : { title: item.title }),
      ...(item.author === undefined ? {} : { author: item.author }),
      ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt.toISOString() }),
      text: item.text,
    },
  });
}

async function readFeedList(read: Read, page: Page, now: Date): Promise<Finding[]> {
  const feed = await read('parseFeed', page.text, page.contentType, page.url, now);
  const isOfComments = feed.items.some(({ url }) => /#(?:div-)?comment-?\d+$/.test(url));
  return feed.items.map((item) =>
    isOfComments ? content(item.url, { holds: canonicalUrl(item.url) }) : entryFinding(item),
  );
}

function isRecent({ lastModified, publishedAt }: SitemapEntry, now: Date, days: number): boolean {
  const at = publishedAt ?? new Date(lastModified ?? '');
  return Number.isNaN(at.getTime()) || now.getTime() - at.getTime() <= days * DAY;
}

async function readSitemapList(read: Read, page: Page, now: Date, days: number): Promise<Finding[]> {
  const { host } = new URL(page.url);
  const { entries, sitemaps } = await read('parseSitemap', page.text, page.url);
  const own = entries.filter(({ url }) => new URL(url).host === host && new URL(url).pathname !== '/');
  const dated = own.filter((entry) => entry.lastModified !== undefined || entry.publishedAt !== undefined);
  const wanted =
    dated.length > 0 ? dated.filter((entry) => isRecent(entry, now, days)) : own.slice(0, MAX_UNDATED);
  return [
    ...sitemaps
      .slice(0, 10)
      .filter((entry) => isRecent(entry, now, days))
      .map(({ url }) => list(url)),
    ...wanted.map(({ url, lastModified, title }) =>
      content(url, {
        ...(lastModified === undefined ? {} : { mark: { by: 'sitemap', says: lastModified } }),
        ...(title === undefined ? {} : { hint: { title } }),
      }),
    ),
  ];
}

/** Of several feeds with the same posts the first is enough; one of comments is read beside it. */
function chooseFeeds({ feeds }: FrontPage): string[] {
  const ofComments = feeds.filter(({ url, title }) => COMMENTS.test(`${url} ${title ?? ''}`));
  const ofPosts = feeds.filter((feed) => !ofComments.includes(feed));
  return [ofPosts[0], ofComments[0]].flatMap((feed) => (feed ? [feed.url] : []));
}

async function readFrontList(read: Read, page: Page, known: KnownPage): Promise<Finding[]> {
  const front = await read('readFrontPage', page.text, page.url);
  const lists = known.number > 1 ? [] : [...chooseFeeds(front), new URL('/sitemap.xml', page.url).href];
  const next = await read('findNextPage', page.text, page.url);
  return [
    ...lists.map(list),
    ...front.articles.map(({ url }) => content(url)),
    ...(next === undefined ? [] : [{ ...list(next), number: known.number + 1, behind: true as const }]),
  ];
}

/** Feed, sitemap or a page that announces articles: what it is shows in what it says. */
export async function readList(
  read: Read,
  page: Page,
  known: KnownPage,
  now: Date,
  days: number,
): Promise<Finding[]> {
  if (FEEDS.has(feedFormat(page.text, page.contentType))) return readFeedList(read, page, now);
  if (isSitemap(page.text)) return withoutTwins(await readSitemapList(read, page, now, days));
  return withoutTwins(await readFrontList(read, page, known));
}

/** Of the twins of a page (http and https, www, mobile, AMP, with and without a slash) the first. */
function withoutTwins(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.role} ${sameAddressKey(finding.url)}`;
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}
