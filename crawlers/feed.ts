import { z } from 'zod';
import { type Feed, parseFeed } from '../src/extract/feed.ts';
import { feedFormat } from '../src/extract/feed-format.ts';
import type { FeedItem } from '../src/extract/feed-item.ts';
import { sha256 } from '../src/lib/hash.ts';
import type { FoundDocument } from '../src/model/document.ts';
import type { CrawlBatch, CrawlContext, Page, Validators } from '../src/model/ports.ts';
import { defineCrawler, siteOf, type Visit } from './crawler.ts';

const settings = z.strictObject({});
type Settings = z.infer<typeof settings>;

const validators = z.object({ etag: z.string().exactOptional(), lastModified: z.string().exactOptional() });
const state = z.object({
  validators,
  /** SHA-256 of the last body: many servers give no validators. */
  bodyHash: z.string(),
  /** SHA-256 by entry id, of the entries in the last body: an entry is told again only when it has changed. */
  seen: z.record(z.string(), z.string()),
});
type State = z.infer<typeof state>;

/** Entries that are remembered beyond the last body, for feeds that drop entries and bring them back. */
const MAX_REMEMBERED = 2000;

/** Of what a reader sees. Not the date: one that lies in the future reads differently at each visit. */
function fingerprint(item: FeedItem): string {
  return sha256(
    JSON.stringify([item.url, item.hasOwnTitle ? item.title : '', item.text, item.author ?? '']),
  ).slice(0, 32);
}

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
  };
}

/** Entries that say something, each id once: the first is the newest. */
function usableItems(feed: Feed): Map<string, FeedItem> {
  const items = new Map<string, FeedItem>();
  for (const item of feed.items) {
    if ((item.hasOwnTitle || item.text !== '') && !items.has(item.id)) items.set(item.id, item);
  }
  return items;
}

function remember(current: Record<string, string>, earlier: Record<string, string>): Record<string, string> {
  const merged = { ...current };
  for (const [id, hash] of Object.entries(earlier)) {
    if (Object.keys(merged).length >= MAX_REMEMBERED) break;
    merged[id] ??= hash;
  }
  return merged;
}

async function readFeed(
  page: Page,
  seen: Record<string, string>,
  now: Date,
): Promise<Pick<State, 'seen'> & { documents: FoundDocument[] }> {
  const feed = await parseFeed(page.text, page.contentType, page.url, now);
  const documents: FoundDocument[] = [];
  const current: Record<string, string> = {};
  for (const [id, item] of usableItems(feed)) {
    const hash = fingerprint(item);
    current[id] = hash;
    if (seen[id] !== hash) documents.push(asDocument(item, feed, page.url));
  }
  return { documents, seen: remember(current, seen) };
}

function isTold(value: Validators): boolean {
  return value.etag !== undefined || value.lastModified !== undefined;
}

async function* crawl(visit: Visit<Settings, State>, ctx: CrawlContext): AsyncGenerator<CrawlBatch<State>> {
  const known = visit.state;
  const page = await ctx.fetch(visit.url, known && isTold(known.validators) ? known.validators : undefined);
  if (page === null) return;
  const bodyHash = sha256(page.text);
  if (known?.bodyHash === bodyHash) return;
  const { documents, seen } = await readFeed(page, known?.seen ?? {}, ctx.now());
  yield { documents, state: { validators: page.validators, bodyHash, seen } };
}

const FEED_FORMATS = new Set(['rss', 'rdf', 'atom']);

/** RSS, Atom and JSON Feed. */
export const feedCrawler = defineCrawler({
  kind: 'feed',
  settings,
  state,
  detect: (page) => {
    const format = feedFormat(page.text, page.contentType);
    if (FEED_FORMATS.has(format)) return 1;
    return format === 'json' && page.text.slice(0, 2000).includes('jsonfeed.org/version') ? 1 : 0;
  },
  crawl,
});
