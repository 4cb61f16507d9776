import { sha256 } from '../lib/hash.ts';
import { readFeedDate } from './feed-date.ts';
import type { RawItem } from './feed-raw.ts';
import { absoluteUrl, htmlLinks, htmlToText } from './html-text.ts';

/** One entry of a feed, cleaned. */
export interface FeedItem {
  /** guid, else the address, else a hash of title and text. */
  id: string;
  /** Absolute; the feed's own address when the entry has none. */
  url: string;
  title?: string;
  /** Plain text, paragraphs parted by `\n`. */
  text: string;
  author?: string;
  categories: string[];
  /** Never in the future. */
  publishedAt?: Date;
  language?: string;
  /** Absolute addresses of the links in the body. */
  links: string[];
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** Body of the first that has something to say. */
function bestBody(raw: RawItem): { html: string; text: string } {
  for (const html of raw.bodies.filter(isPresent)) {
    const text = htmlToText(html);
    if (text !== '') return { html, text };
    if (raw.plain) break;
  }
  return { html: '', text: raw.plain?.trim() ?? '' };
}

function oneLine(html: string | undefined): string {
  return htmlToText(html ?? '').replace(/\n/g, ' ');
}

/** A BCP 47 code, or undefined when it does not look like one. */
export function languageCode(code: string | undefined): string | undefined {
  const trimmed = code?.trim().replace('_', '-') ?? '';
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(trimmed) ? trimmed : undefined;
}

/** Raw entry to FeedItem. `baseUrl` is the feed's address. Entries may have neither title nor text. */
export function cleanItem(raw: RawItem, baseUrl: string, now: Date): FeedItem {
  const base = absoluteUrl(raw.base ?? '', baseUrl) ?? baseUrl;
  const { html, text } = bestBody(raw);
  const title = oneLine(raw.title);
  const link = absoluteUrl(raw.link ?? '', base);
  const author = oneLine(raw.author).slice(0, 200);
  const publishedAt = raw.dates
    .filter(isPresent)
    .map((date) => readFeedDate(date, now))
    .find(isPresent);
  const language = languageCode(raw.language);
  return {
    id: raw.id?.trim() || link || sha256(`${title}\n${text}`),
    url: link ?? baseUrl,
    ...(title === '' ? {} : { title }),
    text,
    ...(author === '' ? {} : { author }),
    categories: [...new Set(raw.categories.map(oneLine).filter((name) => name !== ''))],
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(language === undefined ? {} : { language }),
    links: htmlLinks(html, base),
  };
}
