import { errorMessage, PermanentError } from '../lib/errors.ts';
import { readAtom } from './feed-atom.ts';
import { cleanCategories, cleanPeople, firstLink, languageCode, oneLine, resolveLink } from './feed-clean.ts';
import { readFeedDate } from './feed-date.ts';
import { type FeedFormat, feedFormat } from './feed-format.ts';
import { cleanItem, cleanMarkup, type FeedItem } from './feed-item.ts';
import { readJsonFeed } from './feed-json.ts';
import type { FeedPerson, RawFeed } from './feed-raw.ts';
import { readRss } from './feed-rss.ts';
import { readByRssParser } from './feed-rss-parser.ts';
import { parseXml } from './feed-xml.ts';
import { absoluteUrl } from './html-text.ts';

export interface Feed {
  /** As the publisher gave it, else the site's address. */
  title?: string;
  /** Sanitised HTML, when the title (description, rights) carries markup. */
  titleHtml?: string;
  description?: string;
  descriptionHtml?: string;
  rights?: string;
  rightsHtml?: string;
  /** Absolute address of the site. */
  link?: string;
  id?: string;
  /** BCP 47. */
  language?: string;
  /** Absolute. */
  image?: string;
  /** When the feed last changed, by its own account; else the date of its newest entry. */
  updatedAt?: Date;
  categories: string[];
  authors: FeedPerson[];
  /** The feed's own address, and the WebSub hub that tells of its news; absolute. */
  self?: string;
  hub?: string;
  /** How often the feed says it is worth asking. */
  updateEveryMs?: number;
  /** Hours (0–23, GMT) in which it asks not to be read. */
  skipHours: number[];
  items: FeedItem[];
}

/** What came with the bytes. */
export interface FeedHints {
  /** `content-location` and `content-language` of the answer. */
  location?: string | undefined;
  language?: string | undefined;
}

function broken(reason: string, cause?: unknown): PermanentError {
  return new PermanentError(
    'broken-feed',
    `The feed cannot be read (${reason}): tell its owner, or watch another address of the site.`,
    cause,
  );
}

function readOwn(text: string, format: FeedFormat): RawFeed {
  if (format === 'json') {
    try {
      return readJsonFeed(text);
    } catch (error) {
      throw broken(errorMessage(error).split('\n')[0]?.slice(0, 200) ?? '', error);
    }
  }
  return format === 'atom' ? readAtom(parseXml(text, 'atom')) : readRss(parseXml(text, 'rss'));
}

const ENTRY = /<(?:[\w-]+:)?(?:item|entry)[\s>]/i;
/** Beyond this a second reading costs more than it may find. */
const MAX_SECOND_CHARS = 500_000;

/** Entries that are written but were not found where they belong: rss-parser looks elsewhere. */
async function readAgain(text: string, raw: RawFeed): Promise<RawFeed> {
  if (raw.items.length > 0 || text.length > MAX_SECOND_CHARS || !ENTRY.test(text)) return raw;
  const second = await readByRssParser(text).catch(() => undefined);
  return second === undefined || second.length === 0 ? raw : { ...raw, items: second };
}

/** Nothing but comments and declarations: a feed before its first entry. */
function isBlank(text: string): boolean {
  return text.replace(/<!--[\s\S]*?-->|<[?!][^<>]*>/g, '').trim() === '';
}

function refuse(format: FeedFormat, text: string): void {
  if (text.trim() === '') throw broken('it is empty');
  if (format === 'html')
    throw new PermanentError(
      'not-a-feed',
      'This is a web page, not a feed: use the address behind its RSS or Atom link.',
    );
  if (format === 'unknown' && !isBlank(text)) throw broken('it is neither RSS nor Atom nor JSON Feed');
}

function newest(items: readonly FeedItem[]): Date | undefined {
  const times = items.flatMap(({ publishedAt, updatedAt }) => (updatedAt ?? publishedAt)?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

function cleanFeed(raw: RawFeed, feedUrl: string, now: Date, hints: FeedHints): Feed {
  const link = resolveLink(raw.link, feedUrl);
  const siteUrl = link ?? feedUrl;
  const items = raw.items.map((item) => cleanItem(item, { siteUrl, now }));
  const fields = {
    title: oneLine(raw.title?.html) || link,
    titleHtml: cleanMarkup(raw.title, siteUrl),
    description: oneLine(raw.description?.html) || undefined,
    descriptionHtml: cleanMarkup(raw.description, siteUrl),
    rights: oneLine(raw.rights?.html) || undefined,
    rightsHtml: cleanMarkup(raw.rights, siteUrl),
    link,
    id: (raw.id?.startsWith('/') ? resolveLink({ href: raw.id }, feedUrl) : raw.id) || undefined,
    language: languageCode(raw.language) ?? languageCode(hints.language?.split(',')[0]),
    image: firstLink(raw.images, siteUrl),
    updatedAt:
      raw.dates.map((date) => readFeedDate(date ?? '', now)).find((date) => date !== undefined) ??
      newest(items),
    self: resolveLink(raw.self, feedUrl),
    hub: resolveLink(raw.hub, feedUrl),
    updateEveryMs: raw.updateEveryMs,
  };
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return {
    ...(present as Omit<Feed, 'items' | 'authors' | 'categories' | 'skipHours'>),
    categories: cleanCategories(raw.categories),
    authors: cleanPeople(raw.authors, siteUrl),
    skipHours: raw.skipHours ?? [],
    items,
  };
}

/**
 * Reads RSS 0.9x, 1.0, 1.1, 2.0, Atom 0.3 and 1.0, CDF and JSON Feed, broken ones too. `baseUrl` is the feed's own
 * address.
 * @throws PermanentError `not-a-feed` for a web page, `broken-feed` for what is no feed at all
 */
export async function parseFeed(
  text: string,
  contentType: string,
  baseUrl: string,
  now: Date,
  hints: FeedHints = {},
): Promise<Feed> {
  const format = feedFormat(text, contentType);
  refuse(format, text);
  const raw = readOwn(format === 'json' ? text.replace(/^\ufeff/, '').trim() : text, format);
  const feedUrl = absoluteUrl(hints.location ?? '', baseUrl) ?? baseUrl;
  return cleanFeed(format === 'json' ? raw : await readAgain(text, raw), feedUrl, now, hints);
}
