import { type AtomFeed, type JsonFeed, parseFeed as parse, type RdfFeed, type RssFeed } from 'feedsmith';
import { MAX_ITEMS, type RawFeed, type RawItem } from './feed-raw.ts';

type Text = { value?: string; xml?: { base?: string } } | undefined;
type Link = { href?: string; rel?: string; type?: string };

function atomLink(links: readonly Link[] | undefined): string | undefined {
  const usable = (links ?? []).filter(({ rel }) => rel !== 'self' && rel !== 'enclosure');
  const best = usable.find(({ rel }) => rel === undefined || rel === 'alternate') ?? usable[0] ?? links?.[0];
  return best?.href;
}

function person(people: readonly { name?: string; email?: string }[] | undefined): string | undefined {
  return people?.find(({ name }) => name)?.name ?? people?.[0]?.email;
}

function fromRss(feed: RssFeed.Feed<string>): RawFeed {
  const items = feed.items ?? [];
  return {
    title: feed.title ?? feed.dc?.titles?.[0],
    link: feed.link ?? atomLink(feed.atom?.links),
    language: feed.language ?? feed.dc?.languages?.[0],
    items: items.map(
      (item): RawItem => ({
        id: item.guid?.value,
        link:
          item.link ??
          (item.guid?.isPermaLink === false ? undefined : item.guid?.value) ??
          atomLink(item.atom?.links),
        title: item.title ?? item.dc?.titles?.[0] ?? item.media?.title?.value,
        bodies: [
          item.content?.encoded,
          item.description,
          item.dc?.descriptions?.[0],
          item.itunes?.summary,
          item.media?.description?.value,
        ],
        author:
          person(item.authors) ?? item.dc?.creators?.[0] ?? person(item.atom?.authors) ?? item.itunes?.author,
        categories: [...(item.categories ?? []).map(({ name }) => name), ...(item.dc?.subjects ?? [])],
        dates: [
          item.pubDate,
          item.dc?.dates?.[0],
          item.atom?.published,
          item.atom?.updated,
          item.dcterms?.created?.[0],
        ],
        language: item.dc?.languages?.[0] ?? item.xml?.lang,
        base: item.xml?.base ?? feed.xml?.base,
      }),
    ),
  };
}

function fromRdf(feed: RdfFeed.Feed<string>): RawFeed {
  return {
    title: feed.title ?? feed.dc?.titles?.[0],
    link: feed.link,
    language: feed.dc?.languages?.[0],
    items: (feed.items ?? []).map(
      (item): RawItem => ({
        id: item.rdf?.about,
        link: item.link ?? item.rdf?.about,
        title: item.title ?? item.dc?.titles?.[0],
        bodies: [item.content?.encoded, item.description, item.dc?.descriptions?.[0]],
        author: item.dc?.creators?.[0] ?? person(item.atom?.authors),
        categories: item.dc?.subjects ?? [],
        dates: [item.dc?.dates?.[0], item.dcterms?.created?.[0], item.dcterms?.issued?.[0]],
        language: item.dc?.languages?.[0],
        base: item.xml?.base ?? feed.xml?.base,
      }),
    ),
  };
}

function fromAtom(feed: AtomFeed.Feed<string>): RawFeed {
  const textOf = (text: Text) => text?.value;
  return {
    title: textOf(feed.title),
    link: atomLink(feed.links),
    language: feed.xml?.lang ?? feed.dc?.languages?.[0],
    items: (feed.entries ?? []).map(
      (entry): RawItem => ({
        id: entry.id,
        link: atomLink(entry.links) ?? entry.content?.src,
        title: textOf(entry.title) ?? entry.media?.groups?.[0]?.title?.value,
        bodies: [textOf(entry.content), textOf(entry.summary), entry.media?.groups?.[0]?.description?.value],
        author:
          person(entry.authors) ??
          entry.dc?.creators?.[0] ??
          person(entry.source?.authors) ??
          person(feed.authors),
        categories: (entry.categories ?? []).map(({ label, term }) => label ?? term),
        dates: [entry.published, entry.updated, entry.dc?.dates?.[0]],
        language: entry.xml?.lang,
        base: entry.content?.xml?.base ?? entry.xml?.base ?? feed.xml?.base,
      }),
    ),
  };
}

function fromJson(feed: JsonFeed.Feed<string>): RawFeed {
  return {
    title: feed.title,
    link: feed.home_page_url,
    language: feed.language,
    items: (feed.items ?? []).map(
      (item): RawItem => ({
        id: item.id,
        link: item.url ?? item.external_url,
        title: item.title,
        bodies: [item.content_html, item.summary],
        plain: item.content_text,
        author: person(item.authors) ?? person(feed.authors),
        categories: item.tags ?? [],
        dates: [item.date_published, item.date_modified],
        language: item.language,
      }),
    ),
  };
}

/** RSS, RDF, Atom and JSON Feed by feedsmith, which reads broken XML too. Throws what feedsmith throws. */
export function readByFeedsmith(text: string): RawFeed {
  const found = parse(text, { maxItems: MAX_ITEMS });
  if (found.format === 'rss') return fromRss(found.feed);
  if (found.format === 'rdf') return fromRdf(found.feed);
  return found.format === 'atom' ? fromAtom(found.feed) : fromJson(found.feed);
}
