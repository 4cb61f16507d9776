import type { FoundDocument } from '../src/model/document.ts';
import type { PageHint } from '../src/model/ports.ts';
import { siteOf } from './crawler.ts';

/** A document as the list that led to its page told of it, with `text` as its words. */
export function toldByList(
  externalId: string,
  url: string,
  { title, author, publishedAt }: PageHint,
  text: string,
): FoundDocument {
  return {
    externalId,
    url,
    kind: 'article',
    ...(title === undefined ? {} : { title }),
    text,
    ...(author ? { author: { site: siteOf(url), handle: author, name: author } } : {}),
    ...(publishedAt === undefined ? {} : { publishedAt: new Date(publishedAt) }),
  };
}
