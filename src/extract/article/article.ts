import { PermanentError } from '../../lib/errors.ts';
import { findAccount, findAuthor } from './author.ts';
import { readComments } from './comments.ts';
import type { DomElement } from './dom.ts';
import { articleConfidence } from './is-article.ts';
import { readJsonLd } from './json-ld.ts';
import { findMainText } from './main-text.ts';
import type { Article } from './model.ts';
import { openPage } from './open-page.ts';
import {
  findAmpUrl,
  findCanonicalUrl,
  findFeeds,
  findImages,
  findLanguage,
  findLinks,
  findSiteName,
  findTitle,
} from './page-head.ts';
import { plainText } from './plain-text.ts';
import { dateHabits, findPublicationDate } from './publication-date.ts';

export type { Article } from './model.ts';

export interface ArticleContext {
  /** When the page was fetched: no date lies behind it. */
  now: Date;
  /** The zone of dates that name none, in minutes east of UTC. */
  zone: number;
}

/** Drops the fields that are not known, which exact optional types want absent. */
function known<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}

function bodyText(body: DomElement | null): string {
  return body ? plainText(body) : '';
}

/**
 * A decoded page as an article. Pure; touches no network.
 * @throws PermanentError `broken-page` when the page is nested or sized like no page is
 */
export function readArticle(html: string, url: string, context: ArticleContext): Article {
  try {
    return readPage(html, url, context);
  } catch (error) {
    if (error instanceof PermanentError) throw error;
    // A stack or a string that grew too long: the libraries below promise nothing about hostile pages.
    throw new PermanentError(
      'broken-page',
      'The page cannot be read as an article: check the address.',
      error,
    );
  }
}

function readPage(html: string, url: string, { now, zone }: ArticleContext): Article {
  const document = openPage(html);
  const jsonLd = readJsonLd(document);
  const language = findLanguage(document);
  const dates = findPublicationDate(document, jsonLd, url, dateHabits(now, zone, language));
  const main = findMainText(document);
  const author = findAuthor(document, jsonLd, bodyText(document.body));
  return {
    title: findTitle(document, jsonLd),
    ...known({
      author,
      account: findAccount(document),
      publishedAt: dates.published?.at,
      publishedDay: dates.published?.day,
      modifiedAt: dates.modifiedAt,
      language,
      siteName: findSiteName(document),
      canonicalUrl: findCanonicalUrl(document, url),
      ampUrl: findAmpUrl(document, url),
    }),
    text: main.text,
    links: main.root ? findLinks(main.root, url) : [],
    images: findImages(document, main.root, url),
    feeds: findFeeds(document, url),
    comments: readComments(document, jsonLd, url, { now, zone }),
    isArticle: articleConfidence({
      document,
      jsonLd,
      url,
      text: main.text,
      isDated: dates.published !== undefined,
      isSigned: author !== undefined,
    }),
  };
}
