import { z } from 'zod';
import type { Article } from '../src/extract/article/article.ts';
import type { Read } from '../src/extract/readers.ts';
import { readingBy } from '../src/extract/reading.ts';
import type { ThreadPost } from '../src/extract/thread/model.ts';
import { canonicalUrl } from '../src/lib/canonical-url.ts';
import { sha256 } from '../src/lib/hash.ts';
import type { FoundAuthor, FoundDocument } from '../src/model/document.ts';
import type { CrawlContext, KnownPage, Page, PageHint } from '../src/model/ports.ts';
import { defineCrawler, siteOf, type Visit } from './crawler.ts';
import { readList } from './site-lists.ts';
import { toldByList } from './told-by-list.ts';
import type { Finding, Reading } from './walk/reading.ts';
import { walk } from './walk/walk.ts';

const settings = z.strictObject({
  /** The site's clock in minutes east of UTC; Moscow by default. */
  zone: z.int().min(-720).max(840).default(180),
  /** Lists and articles together. */
  maxPagesPerVisit: z.int().min(2).max(1000).default(60),
  /** How many days of the past are collected from the sitemap. */
  pastDays: z.int().min(0).max(3650).default(60),
});
type Settings = z.output<typeof settings>;

/** Below that a page is none of an article, unless a feed says so. */
const LEAST_CONFIDENCE = 0.3;

function authorAt(
  name: string | undefined,
  url: string,
  profileUrl?: string,
  account = name,
): FoundAuthor | undefined {
  if (!name || !account) return undefined;
  return { site: siteOf(url), handle: account, name, ...(profileUrl === undefined ? {} : { profileUrl }) };
}

/** The page's own word for its address, as long as it stays on the site. */
function addressOf(article: Article, page: Page): string {
  const own = article.canonicalUrl;
  const isOwn = own !== undefined && siteOf(own) === siteOf(page.url) && new URL(own).pathname !== '/';
  return canonicalUrl(isOwn ? own : page.url).replace(/#.*$/, '');
}

function dateOf(hint: PageHint | null, article: Article): Date | undefined {
  return hint?.publishedAt === undefined ? article.publishedAt : new Date(hint.publishedAt);
}

function textOf(hint: PageHint | null, article: Article): string {
  const told = hint?.text ?? '';
  return article.text.length >= told.length / 2 ? article.text : told;
}

function asDocument(article: Article, url: string, hint: PageHint | null): FoundDocument {
  const title = hint?.title ?? article.title;
  const name = hint?.author ?? article.author ?? article.account;
  const author = authorAt(name, url, undefined, article.account);
  const publishedAt = dateOf(hint, article);
  return {
    externalId: url,
    url,
    kind: 'article',
    ...(title ? { title } : {}),
    text: textOf(hint, article),
    ...(author === undefined ? {} : { author }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(article.language === undefined ? {} : { declaredLanguage: article.language }),
    ...(article.links.length === 0 ? {} : { links: article.links }),
  };
}

function commentId(comment: ThreadPost, url: string): string {
  const address = comment.permalink === undefined ? undefined : canonicalUrl(comment.permalink);
  return (
    address ?? `${url}#${comment.id ?? sha256(`${comment.author?.name ?? ''}\n${comment.text}`).slice(0, 16)}`
  );
}

function asComment(
  comment: ThreadPost,
  article: FoundDocument,
  ids: ReadonlyMap<string, string>,
): FoundDocument {
  const externalId = commentId(comment, article.url);
  const author = authorAt(comment.author?.name, article.url, comment.author?.profileUrl);
  const parent = comment.quoteOf?.id === undefined ? undefined : ids.get(comment.quoteOf.id);
  return {
    externalId,
    url: externalId,
    kind: 'comment',
    text: comment.text,
    ...(comment.fullText === comment.text ? {} : { fullText: comment.fullText }),
    ...(author === undefined ? {} : { author }),
    ...(comment.publishedAt === undefined ? {} : { publishedAt: comment.publishedAt }),
    ...(article.declaredLanguage === undefined ? {} : { declaredLanguage: article.declaredLanguage }),
    thread: { externalId: article.externalId, title: article.title ?? '', url: article.url },
    parentExternalId: parent ?? article.externalId,
    ...(comment.links.length === 0 ? {} : { links: comment.links }),
  };
}

async function readContent(
  read: Read,
  page: Page,
  known: KnownPage,
  now: Date,
  zone: number,
): Promise<Reading> {
  const article = await read('readArticle', page.text, page.url, { now, zone });
  const url = addressOf(article, page);
  if (article.isArticle < LEAST_CONFIDENCE && known.hint?.text === undefined)
    return { documents: [], deleted: [], links: [] };
  const document = asDocument(article, url, known.hint);
  const ids = new Map(
    article.comments.flatMap((c) => (c.id === undefined ? [] : [[c.id, commentId(c, url)]])),
  );
  const living = article.comments.filter(({ deleted, text }) => !deleted && text !== '');
  return {
    documents: [document, ...living.map((comment) => asComment(comment, document, ids))],
    deleted: article.comments.filter(({ deleted }) => deleted).map((comment) => commentId(comment, url)),
    links: [],
    thread: url,
  };
}

/** A page that cannot be read for good, as its feed told of it. */
function fromHint({ hint, url }: KnownPage): FoundDocument[] {
  return hint?.text ? [toldByList(url, url, hint, hint.text)] : [];
}

async function* crawl(visit: Visit<Settings, null>, ctx: CrawlContext) {
  const start: Finding = { url: visit.url, role: 'list', thread: '', number: 1 };
  const { zone, maxPagesPerVisit, pastDays } = visit.settings;
  const by = readingBy(ctx);
  const read = async (page: Page, known: KnownPage): Promise<Reading> =>
    known.role === 'content'
      ? readContent(by, page, known, ctx.now(), zone)
      : { documents: [], deleted: [], links: await readList(by, page, known, ctx.now(), pastDays) };
  yield* walk({ start: [start], maxPages: maxPagesPerVisit, read, fallback: fromHint }, ctx);
}

/** Any blog or news site: feeds, sitemap and front page lead to articles, which are read with their comments. */
export const siteCrawler = defineCrawler({
  kind: 'site',
  settings,
  state: z.null(),
  detect: ({ contentType, text }) =>
    contentType.includes('html') && /<(?:article|link)\b[^>]*/i.test(text) ? 0.2 : 0,
  crawl,
});
