import { z } from 'zod';
import { htmlLinks, htmlToText } from '../src/extract/html-text.ts';
import type { FoundDocument } from '../src/model/document.ts';
import type { CrawlContext } from '../src/model/ports.ts';
import { defineCrawler, type Visit } from './crawler.ts';
import { addressOf, ask, fromSeconds, listOf } from './platform/ask.ts';
import { type NewestFirstState, newestFirst, newestFirstState, type Slice } from './platform/newest-first.ts';

const settings = z.strictObject({
  /** Words to search for; by default those in the source's address (`?q=`). Empty: everything. */
  query: z.string().max(500).optional(),
  what: z.enum(['all', 'stories', 'comments']).default('all'),
  maxPagesPerVisit: z.int().min(1).max(100).default(10),
  /** Pages of a hundred that the first visit reads back. */
  pastPages: z.int().min(1).max(100).default(3),
  /** For a mirror of the search. */
  api: z.url().default('https://hn.algolia.com'),
});
type Settings = z.output<typeof settings>;

const TAGS = { all: '(story,comment)', stories: 'story', comments: 'comment' };
const ITEM = 'https://news.ycombinator.com/item?id=';
const PER_PAGE = 100;

const hit = z.object({
  objectID: z.string().min(1),
  author: z.string().nullish(),
  title: z.string().nullish(),
  story_title: z.string().nullish(),
  story_text: z.string().nullish(),
  comment_text: z.string().nullish(),
  story_id: z.number().nullish(),
  parent_id: z.number().nullish(),
  url: z.string().nullish(),
  created_at_i: z.number(),
});
type Hit = z.output<typeof hit>;
const answer = z.object({ hits: listOf(hit) });

function commentParts({
  story_id: story,
  story_title: title,
  parent_id: parent,
}: Hit): Partial<FoundDocument> {
  return {
    ...(story ? { thread: { externalId: String(story), title: title ?? '', url: `${ITEM}${story}` } } : {}),
    ...(parent ? { parentExternalId: String(parent) } : {}),
  };
}

function asDocument(found: Hit, now: Date): FoundDocument {
  const { objectID, author, title, comment_text, story_text, url } = found;
  const isComment = typeof comment_text === 'string';
  const html = comment_text ?? story_text ?? '';
  const links = [...(url && /^https?:/.test(url) ? [url] : []), ...htmlLinks(html, ITEM)];
  return {
    externalId: objectID,
    url: `${ITEM}${objectID}`,
    kind: isComment ? 'comment' : 'post',
    ...(title && !isComment ? { title } : {}),
    text: htmlToText(html),
    ...(author
      ? {
          author: {
            site: 'news.ycombinator.com',
            handle: author,
            profileUrl: `https://news.ycombinator.com/user?id=${author}`,
          },
        }
      : {}),
    ...(isComment ? commentParts(found) : {}),
    publishedAt: fromSeconds(found.created_at_i, now),
    ...(links.length === 0 ? {} : { links }),
  };
}

/** `cursor` is the time, in seconds, of the oldest hit so far: pages by number would slide while new ones come. */
async function slice(
  visit: Visit<Settings, unknown>,
  cursor: string | null,
  since: Date | null,
  ctx: CrawlContext,
): Promise<Slice> {
  const { api, what, query = new URL(visit.url).searchParams.get('q') ?? '' } = visit.settings;
  const bounds = [
    ...(since ? [`created_at_i>${Math.floor(since.getTime() / 1000)}`] : []),
    ...(cursor ? [`created_at_i<${cursor}`] : []),
  ];
  const url = addressOf(api, '/api/v1/search_by_date', {
    query,
    tags: TAGS[what],
    numericFilters: bounds.length === 0 ? undefined : bounds.join(','),
    hitsPerPage: PER_PAGE,
  });
  const { hits } = await ask(ctx, url, answer, 'Hacker News search');
  const oldest = hits.at(-1)?.created_at_i;
  return {
    documents: hits
      .map((one) => asDocument(one, ctx.now()))
      .filter(({ title, text }) => title !== undefined || text !== ''),
    next: hits.length < PER_PAGE || oldest === undefined ? null : String(oldest),
  };
}

/** The search, or the front page; one item is a page like any other. */
const OWN = /^https?:\/\/(?:hn\.algolia\.com\/|news\.ycombinator\.com\/(?:news|newest)?(?:$|\?))/;

/**
 * Hacker News: stories and comments by Algolia's search. Built after its documented form; not seen live from here. Of items
 * of one and the same second at the edge of a page some may be missed.
 */
export const hackerNewsCrawler = defineCrawler<Settings, NewestFirstState>({
  kind: 'hacker-news',
  settings,
  state: newestFirstState,
  detect: ({ url }) => (OWN.test(url) ? 1 : 0),
  crawl: (visit, ctx) => {
    const { maxPagesPerVisit: maxPages, pastPages } = visit.settings;
    return newestFirst(
      visit.state,
      (cursor, since) => slice(visit, cursor, since, ctx),
      { maxPages, pastPages },
      ctx,
    );
  },
});
