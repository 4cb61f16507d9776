import { sha256 } from '../lib/hash.ts';
import {
  baseFrom,
  cleanCategories,
  cleanEnclosures,
  cleanPeople,
  firstLink,
  firstSaying,
  isPresent,
  languageCode,
  oneLine,
  resolveLink,
} from './feed-clean.ts';
import { readFeedDate } from './feed-date.ts';
import type { FeedEnclosure, FeedPerson, RawHtml, RawItem } from './feed-raw.ts';
import { escapeText } from './html-entities.ts';
import { htmlAddresses, htmlToText } from './html-text.ts';
import { sanitizeHtml } from './sanitize.ts';

/** One entry of a feed, cleaned. */
export interface FeedItem {
  /** guid, else the address, else a hash of title and text. */
  id: string;
  /** Absolute; the site's, else the feed's own address when the entry has none. */
  url: string;
  /** As the author gave it, else the first words of the text, else the address: see `hasOwnTitle`. */
  title: string;
  hasOwnTitle: boolean;
  /** Sanitised HTML, when the title carries markup. */
  titleHtml?: string;
  /** Plain text of the body, paragraphs parted by `\n`. */
  text: string;
  /** Plain text of the other body, where there are a full text and a summary; else empty. */
  readonly summary: string;
  /** The body as sanitised HTML with absolute addresses; made when asked for, because that takes a while. */
  readonly html: string;
  /** Name, else e-mail address of the first author. */
  author?: string;
  authors: FeedPerson[];
  categories: string[];
  /** Never in the future. */
  publishedAt?: Date;
  /** Never in the future; only when the feed tells it apart. */
  updatedAt?: Date;
  language?: string;
  /** Absolute addresses of the links in the body. */
  links: string[];
  enclosures: FeedEnclosure[];
  /** Absolute. */
  image?: string;
  /** The page of the comments, and their own feed. */
  commentsUrl?: string;
  commentsFeed?: string;
  commentCount?: number;
}

/** What entries inherit from their feed. */
export interface ItemContext {
  /** Where relative addresses start: the site's address, else the feed's. */
  siteUrl: string;
  now: Date;
}

const TITLE_CHARS = 100;

/** Sanitised with absolute addresses, when there is markup at all. */
export function cleanMarkup(piece: RawHtml | undefined, outer: string): string | undefined {
  return piece?.html.includes('<') ? sanitizeHtml(piece.html, baseFrom(piece.base, outer)) : undefined;
}

function firstDate(dates: readonly (string | undefined)[], now: Date): Date | undefined {
  for (const text of dates) {
    const date = text === undefined ? undefined : readFeedDate(text, now);
    if (date !== undefined) return date;
  }
  return undefined;
}

function bodyOf(raw: RawItem): { piece: RawHtml; text: string } {
  const found = firstSaying(raw.plain === undefined ? raw.bodies : raw.bodies.slice(0, 1));
  if (found !== undefined && (found.text !== '' || raw.plain === undefined)) return found;
  const text = raw.plain?.trim() ?? '';
  return { piece: { html: escapeText(text) }, text };
}

function shorten(text: string): string {
  const line = text.slice(0, TITLE_CHARS * 2).replace(/\s+/g, ' ');
  return line.length <= TITLE_CHARS ? line : `${line.slice(0, TITLE_CHARS)}…`;
}

function titleOf(raw: RawItem): { title: string; piece: RawHtml } | undefined {
  for (const piece of raw.titles) {
    const title = oneLine(piece.html);
    if (title !== '') return { title, piece };
  }
  return undefined;
}

/** Only the fields that are there. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Raw entry to FeedItem. */
export function cleanItem(raw: RawItem, { siteUrl, now }: ItemContext): FeedItem {
  const { piece, text } = bodyOf(raw);
  const own = titleOf(raw);
  const summary = raw.bodies.find(({ html: other }) => other !== '' && other !== piece.html);
  const link = resolveLink(raw.link, siteUrl);
  const url = link ?? siteUrl;
  const authors = cleanPeople(raw.authors, siteUrl);
  const published = firstDate(raw.published, now);
  const updatedAt = firstDate(raw.updated, now);
  const { links, image } = htmlAddresses(piece.html, baseFrom(piece.base, siteUrl));
  let html: string | undefined;
  return {
    id: raw.id?.trim() || link || sha256(`${own?.title ?? ''}\n${text}`),
    url,
    title: own?.title ?? (shorten(oneLine(summary?.html) || text) || url),
    hasOwnTitle: own !== undefined,
    text,
    get summary() {
      return htmlToText(summary?.html ?? '');
    },
    get html() {
      html ??= cleanMarkup(piece, siteUrl) ?? piece.html;
      return html;
    },
    authors,
    categories: cleanCategories(raw.categories),
    links,
    enclosures: cleanEnclosures(raw.enclosures, siteUrl),
    ...present({
      titleHtml: cleanMarkup(own?.piece, siteUrl),
      author: authors.map(({ name, email }) => name ?? email).find(isPresent),
      publishedAt: published ?? updatedAt,
      updatedAt,
      language: languageCode(raw.language),
      image: firstLink(raw.images, siteUrl) ?? image,
      commentsUrl: resolveLink(raw.comments, siteUrl),
      commentsFeed: resolveLink(raw.commentsFeed, siteUrl),
      commentCount: count(raw.commentCount),
    }),
  };
}
