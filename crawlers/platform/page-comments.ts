import { readingBy } from '../../src/extract/reading.ts';
import type { ThreadPost } from '../../src/extract/thread/model.ts';
import { canonicalUrl } from '../../src/lib/canonical-url.ts';
import { sha256 } from '../../src/lib/hash.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { CrawlContext, KnownPage, Page } from '../../src/model/ports.ts';
import { siteOf } from '../crawler.ts';
import type { Reading } from '../walk/reading.ts';

function idOf({ permalink, id, author, text }: ThreadPost, url: string): string {
  if (permalink !== undefined) return canonicalUrl(permalink);
  return `${url}#${id ?? sha256(`${author?.name ?? ''}\n${text}`).slice(0, 16)}`;
}

function asDocument(
  comment: ThreadPost,
  article: { id: string; title: string; url: string },
  parents: ReadonlyMap<string, string>,
): FoundDocument {
  const externalId = idOf(comment, article.url);
  const { author, quoteOf } = comment;
  const { name, profileUrl } = author ?? {};
  const parent = quoteOf?.id === undefined ? undefined : parents.get(quoteOf.id);
  return {
    externalId,
    url: externalId,
    kind: 'comment',
    text: comment.text,
    ...(comment.fullText === comment.text ? {} : { fullText: comment.fullText }),
    ...(name
      ? {
          author: {
            site: siteOf(article.url),
            handle: name,
            name,
            ...(profileUrl === undefined ? {} : { profileUrl }),
          },
        }
      : {}),
    ...(comment.publishedAt === undefined ? {} : { publishedAt: comment.publishedAt }),
    thread: { externalId: article.id, title: article.title, url: article.url },
    parentExternalId: parent ?? article.id,
    ...(comment.links.length === 0 ? {} : { links: comment.links }),
  };
}

/** The comments on an entry's page; the entry itself was told by its feed. */
export async function readPageComments(
  page: Page,
  known: KnownPage,
  zone: number,
  ctx: CrawlContext,
): Promise<Reading> {
  const { comments } = await readingBy(ctx)('readArticle', page.text, page.url, { now: ctx.now(), zone });
  const url = canonicalUrl(page.url).replace(/#.*$/, '');
  const article = { id: known.thread, title: known.hint?.title ?? '', url };
  const parents = new Map(
    comments.flatMap((one) => (one.id === undefined ? [] : [[one.id, idOf(one, url)]])),
  );
  const living = comments.filter(({ deleted, text }) => !deleted && text !== '');
  return {
    documents: living.map((comment) => asDocument(comment, article, parents)),
    deleted: comments.filter(({ deleted }) => deleted).map((comment) => idOf(comment, url)),
    links: [],
  };
}
