import type { CheerioAPI } from 'cheerio/slim';
import { absoluteUrl } from './html-text.ts';
import { loadTree, type Selection } from './page-tree.ts';

export interface FeedLink {
  url: string;
  title?: string;
  /** Lower-case media type. */
  type: string;
}

export interface FrontPage {
  title?: string;
  feeds: FeedLink[];
  /** Articles that the page announces, in its order. */
  articles: { url: string; title: string }[];
}

const FEED_TYPES = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/json',
  'application/rdf+xml',
  'text/xml',
  'application/xml',
]);

/** Where announcements of articles stand: a heading that links, or what microformats and themes call the article's link. */
const ANNOUNCEMENTS =
  'h1 a[href], h2 a[href], h3 a[href], h4 a[href], a[href]:has(h1, h2, h3, h4), a[rel~="bookmark"], a.u-url, .entry-title a[href], .post-title a[href]';

/** Pages that are no articles, and doors that visitors do not see. */
const NO_ARTICLE =
  /\/(?:about|contacts?|search|login|register|sign-?in|tags?|categor(?:y|ies)|authors?|users?|profile|calendar|archives?|page\/\d+|feed|rss|wp-admin|wp-login|privacy|terms|comments)(?:[/?#.]|$)/i;
const HIDDEN =
  '[hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"], [rel~="nofollow"]';

function baseOf($: CheerioAPI, url: string): string {
  return absoluteUrl($('base[href]').attr('href') ?? '', url) ?? url;
}

function text(selection: Selection): string {
  return selection.text().replace(/\s+/g, ' ').trim();
}

function readFeeds($: CheerioAPI, base: string): FeedLink[] {
  return $('link[rel~="alternate"][href]')
    .toArray()
    .flatMap((element) => {
      const type = ($(element).attr('type') ?? '').toLowerCase().split(';')[0]?.trim() ?? '';
      const url = absoluteUrl($(element).attr('href') ?? '', base);
      const title = $(element).attr('title')?.trim();
      // WordPress gives its interface (application/json) the same relation.
      if (url === undefined || !FEED_TYPES.has(type) || /\/wp-json\//.test(url)) return [];
      return [{ url, type, ...(title ? { title } : {}) }];
    });
}

function isHidden(link: Selection): boolean {
  return (
    link.is(HIDDEN) || link.closest('[hidden], [style*="display:none"], [style*="display: none"]').length > 0
  );
}

function readArticles($: CheerioAPI, base: string, url: string): FrontPage['articles'] {
  const { host, pathname } = new URL(url);
  const found = new Map<string, string>();
  for (const element of $(ANNOUNCEMENTS).toArray()) {
    const link = $(element);
    const address = absoluteUrl(link.attr('href') ?? '', base)?.replace(/#.*$/, '');
    if (address === undefined || isHidden(link)) continue;
    const target = new URL(address);
    const isOther = target.host === host && target.pathname !== pathname && target.pathname !== '/';
    if (isOther && !NO_ARTICLE.test(target.pathname) && !found.get(address)) found.set(address, text(link));
  }
  return [...found].map(([address, title]) => ({ url: address, title }));
}

/**
 * What a site's front page or a page of its archive leads to: feeds and articles of the same host.
 * @throws PermanentError `broken-page`
 */
export function readFrontPage(html: string, url: string): FrontPage {
  const $ = loadTree(html);
  const base = baseOf($, url);
  const title = text($('title').first());
  return { ...(title ? { title } : {}), feeds: readFeeds($, base), articles: readArticles($, base, url) };
}
