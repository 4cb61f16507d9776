import { z } from 'zod';
import { htmlLinks, htmlToText } from '../../src/extract/html-text.ts';
import { canonicalUrl } from '../../src/lib/canonical-url.ts';
import { errorCode } from '../../src/lib/errors.ts';
import type { FoundAuthor, FoundDocument } from '../../src/model/document.ts';
import type { CrawlContext } from '../../src/model/ports.ts';
import { siteOf } from '../crawler.ts';
import { addressOf, ask, fromIso, listOf } from './ask.ts';
import type { Slice } from './newest-first.ts';

const rendered = z.object({ rendered: z.string(), protected: z.boolean().optional() });
const person = z.object({ name: z.string(), link: z.string().optional() });
const post = z.object({
  id: z.number(),
  date_gmt: z.string(),
  link: z.string(),
  title: rendered,
  content: rendered,
  _embedded: z.object({ author: z.array(z.unknown()).optional() }).optional(),
});
const comment = z.object({
  id: z.number(),
  parent: z.number().default(0),
  author_name: z.string().default(''),
  author_url: z.string().default(''),
  date_gmt: z.string(),
  link: z.string(),
  content: rendered,
});
type Post = z.output<typeof post>;
type Comment = z.output<typeof comment>;

const POSTS = 50;
const COMMENTS = 100;
/** `after` and `before` are in the site's own time, which is not known: more is asked for, and what was told is left out. */
const ZONES_MS = 14 * 3_600_000;

/** Where a post or comment is, as kind `site` calls it too. */
function idOf(link: string): string {
  return canonicalUrl(link);
}

function authorOf(name: string, link: string, profileUrl: string | undefined): FoundAuthor | undefined {
  const shown = htmlToText(name);
  if (shown === '') return undefined;
  const hasProfile = profileUrl !== undefined && /^https?:/.test(profileUrl);
  return { site: siteOf(link), handle: shown, name: shown, ...(hasProfile ? { profileUrl } : {}) };
}

function bodyOf(html: string, link: string): Pick<FoundDocument, 'text' | 'links'> {
  const links = htmlLinks(html, link);
  return { text: htmlToText(html), ...(links.length === 0 ? {} : { links }) };
}

function datedAuthor(
  author: FoundAuthor | undefined,
  date: string,
  now: Date,
): Pick<FoundDocument, 'author' | 'publishedAt'> {
  const publishedAt = fromIso(date, now);
  return { ...(author ? { author } : {}), ...(publishedAt === undefined ? {} : { publishedAt }) };
}

function asPost({ link, title, content, date_gmt, _embedded }: Post, now: Date): FoundDocument {
  const signed = person.safeParse(_embedded?.author?.[0]).data;
  const shown = htmlToText(title.rendered);
  return {
    externalId: idOf(link),
    url: idOf(link),
    kind: 'article',
    ...(shown === '' ? {} : { title: shown }),
    ...bodyOf(content.rendered, link),
    ...datedAuthor(signed && authorOf(signed.name, link, signed.link), date_gmt, now),
  };
}

/** A comment's link is its post's with `#comment-7` behind it, and perhaps the page of comments before that. */
function asComment(
  { id, link, parent, content, date_gmt, author_name, author_url }: Comment,
  now: Date,
): FoundDocument {
  const article = idOf(link.replace(/#.*$/, '').replace(/comment-page-\d+\/?$/, ''));
  return {
    externalId: `${article}#comment-${id}`,
    url: idOf(link),
    kind: 'comment',
    ...bodyOf(content.rendered, link),
    ...datedAuthor(authorOf(author_name, link, author_url), date_gmt, now),
    thread: { externalId: article, title: '', url: article },
    parentExternalId: parent === 0 ? article : `${article}#comment-${parent}`,
  };
}

function localTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19);
}

/** The REST's root: beside the source's address, which may be a folder. */
function questionAt(
  url: string,
  path: string,
  more: Record<string, string | number | undefined>,
  since: Date | null,
): string {
  const base = new URL(url);
  base.hash = '';
  base.search = '';
  const after = since === null ? undefined : localTime(since.getTime() - ZONES_MS);
  return addressOf(base.href, `/wp-json/wp/v2/${path}`, { after, ...more });
}

function sliceOf<T extends { link: string }>(
  found: T[],
  page: number,
  size: number,
  tell: (one: T) => FoundDocument,
): Slice {
  const documents = found.filter(({ link }) => /^https?:/.test(link)).map(tell);
  return { documents, next: found.length < size ? null : String(page + 1) };
}

/** Behind the last page there is an error, which is no news. */
async function askList<T>(
  ctx: CrawlContext,
  url: string,
  item: z.ZodType<T>,
  page: number,
  place: string,
): Promise<T[]> {
  try {
    return await ask(ctx, url, listOf(item), place);
  } catch (error) {
    if (page > 1 && errorCode(error) === 'http-400') return [];
    throw error;
  }
}

/** `cursor` is the number of the page: one that slides while new posts come tells some twice, and misses none. */
export async function askPosts(
  url: string,
  cursor: string | null,
  since: Date | null,
  ctx: CrawlContext,
): Promise<Slice> {
  const page = Number(cursor ?? 1);
  const address = questionAt(
    url,
    'posts',
    { per_page: POSTS, page, orderby: 'date', order: 'desc', _embed: 'author' },
    since,
  );
  const found = await askList(ctx, address, post, page, 'WordPress (wp/v2/posts)');
  return sliceOf(
    found.filter(({ content }) => content.protected !== true),
    page,
    POSTS,
    (one) => asPost(one, ctx.now()),
  );
}

export async function askComments(
  url: string,
  cursor: string | null,
  since: Date | null,
  ctx: CrawlContext,
): Promise<Slice> {
  const page = Number(cursor ?? 1);
  const address = questionAt(
    url,
    'comments',
    { per_page: COMMENTS, page, orderby: 'date_gmt', order: 'desc' },
    since,
  );
  const found = await askList(ctx, address, comment, page, 'WordPress (wp/v2/comments)');
  return sliceOf(found, page, COMMENTS, (one) => asComment(one, ctx.now()));
}
