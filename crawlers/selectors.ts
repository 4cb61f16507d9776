import { z } from 'zod';
import { readingBy } from '../src/extract/reading.ts';
import { type Review, ratingLine } from '../src/extract/reviews.ts';
import { identityOf, type SelectedList } from '../src/extract/selectors.ts';
import { type SelectorSettings, selectorSettings } from '../src/extract/selectors-settings.ts';
import { canonicalUrl } from '../src/lib/canonical-url.ts';
import type { FoundDocument } from '../src/model/document.ts';
import type { CrawlContext, KnownPage, Page } from '../src/model/ports.ts';
import { defineCrawler, siteOf, type Visit } from './crawler.ts';
import type { Finding, Reading } from './walk/reading.ts';
import { walk } from './walk/walk.ts';

/** A review or another item; its rating is part of what is shown, not of the author's own words. */
function asDocument(item: Review, page: Page, kind: SelectorSettings['kind']): FoundDocument {
  const url = item.url ?? page.url;
  const { title, text, author, profileUrl, publishedAt, rating, about } = item;
  return {
    externalId: identityOf(item),
    url,
    kind,
    ...(title === undefined ? {} : { title }),
    text,
    ...(rating === undefined ? {} : { fullText: `${ratingLine(rating)}\n${text}` }),
    ...(author === undefined
      ? {}
      : {
          author: {
            site: siteOf(url),
            handle: author,
            name: author,
            ...(profileUrl === undefined ? {} : { profileUrl }),
          },
        }),
    ...(about === undefined ? {} : { thread: { externalId: about, title: about, url: page.url } }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}

function olderPage(next: string | undefined, known: KnownPage, { pastPages }: SelectorSettings): Finding[] {
  if (next === undefined || known.number > pastPages) return [];
  return [{ url: next, role: 'content', thread: known.thread, number: known.number + 1 }];
}

/** By hand where an item or a link is told, else by what the page says for machines. */
async function listOf(page: Page, wanted: SelectorSettings, ctx: CrawlContext): Promise<SelectedList> {
  const read = readingBy(ctx);
  const dates = { now: ctx.now(), zone: wanted.zone };
  if (wanted.list.item !== undefined || wanted.on === 'page')
    return read('readSelectedList', page.text, page.url, wanted, dates);
  const items = await read('readReviews', page.text, page.url, dates);
  const next = await read('findNextPage', page.text, page.url);
  return { items, links: [], ...(next === undefined ? {} : { next }) };
}

async function readList(
  page: Page,
  known: KnownPage,
  wanted: SelectorSettings,
  ctx: CrawlContext,
): Promise<Reading> {
  const { items, links, next } = await listOf(page, wanted, ctx);
  const pages = links.map(
    (url): Finding => ({ url: canonicalUrl(url), role: 'content', thread: canonicalUrl(url), number: 1 }),
  );
  return {
    documents: items.map((item) => asDocument(item, page, wanted.kind)),
    deleted: [],
    links: [...pages, ...olderPage(next, known, wanted)],
    slides: true,
  };
}

async function readItem(page: Page, wanted: SelectorSettings, ctx: CrawlContext): Promise<Reading> {
  const dates = { now: ctx.now(), zone: wanted.zone };
  const item = await readingBy(ctx)('readSelectedPage', page.text, page.url, wanted, dates);
  const own = canonicalUrl(page.url);
  const named = item && { ...item, id: item.id ?? item.url ?? own, url: item.url ?? own };
  return { documents: named ? [asDocument(named, page, wanted.kind)] : [], deleted: [], links: [] };
}

/** Pages of the list have the source's own address for a thread; items behind links each their own. */
async function* crawl({ url, settings: wanted }: Visit<SelectorSettings, null>, ctx: CrawlContext) {
  const start: Finding = { url, role: 'content', thread: url, number: 1 };
  const read = async (page: Page, known: KnownPage): Promise<Reading> =>
    known.thread === url ? readList(page, known, wanted, ctx) : readItem(page, wanted, ctx);
  yield* walk({ start: [start], maxPages: wanted.maxPagesPerVisit, read }, ctx);
}

const REVIEW = /"@type"\s*:\s*"\w*Review"|itemtype="https?:\/\/schema\.org\/Review"/;

/**
 * A site of one's own choice, told by CSS selectors or XPath; without any, the schema.org reviews of its pages. Which review
 * sites offer them was not seen live from here.
 */
export const selectorsCrawler = defineCrawler({
  kind: 'selectors',
  settings: selectorSettings,
  state: z.null(),
  detect: ({ text }) => (REVIEW.test(text) ? 0.6 : 0),
  crawl,
});
