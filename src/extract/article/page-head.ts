import { absoluteUrl } from '../html-text.ts';
import { attribute, type DomDocument, type DomElement, flatText } from './dom.ts';
import { articleNodes, asText, type JsonObject } from './json-ld.ts';
import type { PageFeed } from './model.ts';

const MAX_LINKS = 500;

function meta(document: DomDocument, ...names: string[]): string | undefined {
  for (const name of names) {
    const found = document.querySelector(
      `meta[property="${name}" i], meta[name="${name}" i], meta[http-equiv="${name}" i]`,
    );
    const content = attribute(found, 'content');
    if (content !== undefined) return content;
  }
  return undefined;
}

function linked(document: DomDocument, rel: string, url: string): string | undefined {
  const href = attribute(document.querySelector(`link[rel~="${rel}" i]`), 'href');
  return href === undefined ? undefined : absoluteUrl(href, url);
}

function withoutSite(title: string, site: string | undefined): string {
  const parts = title.split(/\s+[|»«·•–—:-]+\s+/);
  const last = parts.at(-1);
  if (parts.length < 2 || last === undefined) return title;
  const isSite = site !== undefined && last.toLowerCase().includes(site.toLowerCase());
  const isShort = last.split(' ').length <= 4 && title.length - last.length > last.length * 2;
  return isSite || isShort
    ? title.slice(0, title.lastIndexOf(last)).replace(/\s+[|»«·•–—:-]+\s+$/, '')
    : title;
}

/** A heading that the page's title repeats is the article's. */
function headingOf(document: DomDocument, titles: readonly string[]): string | undefined {
  const headings = [...document.querySelectorAll('h1, [itemprop~=headline], .p-name, .entry-title')].map(
    flatText,
  );
  const wanted = titles.map((title) => title.toLowerCase());
  const repeated = headings.find(
    (one) => one.length > 8 && wanted.some((title) => title.includes(one.toLowerCase())),
  );
  return repeated ?? (headings.length === 1 && (headings[0] ?? '').length > 8 ? headings[0] : undefined);
}

/** The article's title without the site's name. Empty when the page has none. */
export function findTitle(document: DomDocument, jsonLd: readonly JsonObject[]): string {
  const site = findSiteName(document);
  const shown = flatText(document.querySelector('head title, title'));
  const told = meta(document, 'og:title', 'twitter:title', 'dc.title');
  const headline = articleNodes(jsonLd).flatMap((node) => asText(node.headline) ?? [])[0];
  const titles = [shown, told, headline].filter((title) => title !== undefined);
  const heading = headingOf(document, titles);
  return heading ?? withoutSite(told ?? headline ?? shown, site);
}

export function findSiteName(document: DomDocument): string | undefined {
  return meta(document, 'og:site_name', 'application-name', 'al:android:app_name');
}

/** The language that the page declares; undefined when it declares none or no real one. */
export function findLanguage(document: DomDocument): string | undefined {
  const html = document.documentElement;
  const declared = [
    attribute(html, 'lang'),
    attribute(html, 'xml:lang'),
    meta(document, 'og:locale', 'content-language', 'language', 'dc.language'),
    attribute(document.body, 'lang'),
  ];
  const language = declared.find(
    (one) => one !== undefined && /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(one),
  );
  return language?.replaceAll('_', '-');
}

export function findCanonicalUrl(document: DomDocument, url: string): string | undefined {
  const told = meta(document, 'og:url');
  return linked(document, 'canonical', url) ?? (told === undefined ? undefined : absoluteUrl(told, url));
}

export function findAmpUrl(document: DomDocument, url: string): string | undefined {
  return linked(document, 'amphtml', url);
}

const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf)\+xml|feed\+json|xml|json)$/i;

/** Feeds that the page names in its head, in its order, each once. */
export function findFeeds(document: DomDocument, url: string): PageFeed[] {
  const feeds = new Map<string, PageFeed>();
  for (const link of document.querySelectorAll('link[rel~="alternate" i], link[rel~="feed" i]')) {
    const type = (attribute(link, 'type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const feedUrl = absoluteUrl(attribute(link, 'href') ?? '', url);
    const title = attribute(link, 'title');
    if (feedUrl === undefined || !FEED_TYPE.test(type) || feeds.size >= 50 || /oembed|wp-json/.test(feedUrl))
      continue;
    feeds.set(feedUrl, { url: feedUrl, type, ...(title === undefined ? {} : { title }) });
  }
  return [...feeds.values()];
}

export function findLinks(root: DomElement, url: string): string[] {
  const links = new Set<string>();
  for (const link of root.querySelectorAll('a')) {
    const href = attribute(link, 'href');
    const found = href === undefined || href.startsWith('#') ? undefined : absoluteUrl(href, url);
    if (found !== undefined && links.size < MAX_LINKS) links.add(found);
  }
  return [...links];
}

/** Pictures: the one for previews, then those of the text, also those that a script would load. */
export function findImages(document: DomDocument, root: DomElement | undefined, url: string): string[] {
  const sources = [meta(document, 'og:image', 'og:image:url', 'twitter:image')];
  for (const image of root?.querySelectorAll('img') ?? []) {
    const [lazy] = (attribute(image, 'srcset') ?? attribute(image, 'data-srcset') ?? '').trim().split(/\s+/);
    sources.push(
      attribute(image, 'data-src') ?? attribute(image, 'data-original') ?? attribute(image, 'src') ?? lazy,
    );
  }
  const images = sources.flatMap((source) => (source === undefined ? [] : (absoluteUrl(source, url) ?? [])));
  return [...new Set(images)].slice(0, MAX_LINKS);
}
