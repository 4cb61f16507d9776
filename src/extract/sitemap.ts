import { decodeEntities } from './html-entities.ts';
import { absoluteUrl } from './html-text.ts';

export interface SitemapEntry {
  url: string;
  /** As written: changes when the page does. */
  lastModified?: string;
  /** From the news extension. */
  title?: string;
  publishedAt?: Date;
}

export interface Sitemap {
  entries: SitemapEntry[];
  /** Sitemaps that this one tells of, those that changed last first. */
  sitemaps: SitemapEntry[];
}

/** The protocol allows 50,000; nobody visits them all. */
const MAX_ENTRIES = 50_000;
/** What stands before its end; nobody says more of one page. */
const MAX_BLOCK = 20_000;
const BLOCK_END = /<\/(url|sitemap)>/;

export function isSitemap(text: string): boolean {
  return /<(?:[a-z]+:)?(?:urlset|sitemapindex)[\s>]/.test(text.slice(0, 2000));
}

function field(block: string, name: string): string | undefined {
  const value = new RegExp(`<(?:[a-z]+:)?${name}>\\s*(?:<!\\[CDATA\\[)?([^<\\]]{1,2000})`)
    .exec(block)?.[1]
    ?.trim();
  return value ? decodeEntities(value) : undefined;
}

function readEntry(block: string, baseUrl: string): SitemapEntry | undefined {
  const url = absoluteUrl(field(block, 'loc') ?? '', baseUrl);
  if (url === undefined) return undefined;
  const lastModified = field(block, 'lastmod');
  const title = field(block, 'title');
  const published = new Date(field(block, 'publication_date') ?? '');
  return {
    url,
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(title === undefined ? {} : { title }),
    ...(Number.isNaN(published.getTime()) ? {} : { publishedAt: published }),
  };
}

function byLastChange(a: SitemapEntry, b: SitemapEntry): number {
  return (b.lastModified ?? '').localeCompare(a.lastModified ?? '');
}

/** A sitemap or an index of sitemaps (sitemaps.org 0.9, with the news extension). Entries that changed last come first. */
export function parseSitemap(text: string, url: string): Sitemap {
  const entries: SitemapEntry[] = [];
  const sitemaps: SitemapEntry[] = [];
  // Prefixed elements are rare and read as if they were not. Split at their ends: a search for pairs would be quadratic.
  const parts = text.replace(/<(\/?)[a-z]{1,9}:(url|sitemap|loc|lastmod)>/g, '<$1$2>').split(BLOCK_END);
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const name = parts[at + 1];
    const block = parts[at]?.slice(-MAX_BLOCK) ?? '';
    const entry = readEntry(block, url);
    if (entry) (name === 'url' ? entries : sitemaps).push(entry);
    if (entries.length >= MAX_ENTRIES) break;
  }
  return { entries: entries.sort(byLastChange), sitemaps: sitemaps.sort(byLastChange) };
}
