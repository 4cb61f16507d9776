import { errorMessage, PermanentError } from '../lib/errors.ts';
import { readByFeedsmith } from './feed-feedsmith.ts';
import { type FeedFormat, feedFormat } from './feed-format.ts';
import { cleanItem, type FeedItem, languageCode } from './feed-item.ts';
import type { RawFeed } from './feed-raw.ts';
import { isAmpersandHeap, isTagHeap, repairFeed } from './feed-repair.ts';
import { readByRssParser } from './feed-rss-parser.ts';
import { absoluteUrl, htmlToText } from './html-text.ts';

export interface Feed {
  title?: string;
  /** Absolute address of the site. */
  link?: string;
  /** BCP 47. */
  language?: string;
  items: FeedItem[];
}

type Reader = (text: string) => RawFeed | Promise<RawFeed>;

/**
 * Measured on 2,109 documents of other projects' test suites: feedsmith first reads 94.4 % of them as expected,
 * rss-parser first 91.8 %, one alone 92.7 % and 91.0 %. What only rss-parser keeps is `yandex:full-text`.
 */
function readersFor(format: FeedFormat, text: string): readonly Reader[] {
  if (format === 'json') return [readByFeedsmith];
  return text.includes('yandex:full-text')
    ? [readByRssParser, readByFeedsmith]
    : [readByFeedsmith, readByRssParser];
}

/** The first reader's answer that has entries; else the first answer; else the first complaint. */
async function readRaw(text: string, readers: readonly Reader[]): Promise<RawFeed> {
  let empty: RawFeed | undefined;
  let complaint: unknown;
  for (const read of readers) {
    try {
      const raw = await read(text);
      if (raw.items.length > 0) return raw;
      empty ??= raw;
    } catch (error) {
      complaint ??= error;
    }
  }
  if (empty) return empty;
  const reason = errorMessage(complaint).split('\n')[0]?.slice(0, 200);
  throw new PermanentError(
    'broken-feed',
    `The feed cannot be read (${reason}): tell its owner, or watch another address of the site.`,
    complaint,
  );
}

function heap(): PermanentError {
  return new PermanentError(
    'broken-feed',
    'The feed is a heap of tags or ampersands, unclosed or far too many: tell its owner, or watch another address of the site.',
  );
}

/**
 * Reads RSS 0.9x, 1.0, 2.0, Atom and JSON Feed, broken ones too. `baseUrl` is the feed's own address.
 * @throws PermanentError `not-a-feed` for a web page, `broken-feed` for what no reader understands
 */
export async function parseFeed(
  text: string,
  contentType: string,
  baseUrl: string,
  now: Date,
): Promise<Feed> {
  if (isAmpersandHeap(text)) throw heap();
  const clean = repairFeed(text);
  const format = feedFormat(clean, contentType);
  if (clean.trim() === '')
    throw new PermanentError(
      'broken-feed',
      'The feed is empty: tell its owner, or watch another address of the site.',
    );
  if (format === 'html')
    throw new PermanentError(
      'not-a-feed',
      'This is a web page, not a feed: use the address behind its RSS or Atom link.',
    );
  if (format !== 'json' && isTagHeap(clean)) throw heap();
  const raw = await readRaw(clean, readersFor(format, clean));
  const title = htmlToText(raw.title ?? '').replace(/\n/g, ' ');
  const link = absoluteUrl(raw.link ?? '', baseUrl);
  const language = languageCode(raw.language);
  return {
    ...(title === '' ? {} : { title }),
    ...(link === undefined ? {} : { link }),
    ...(language === undefined ? {} : { language }),
    items: raw.items.map((item) => cleanItem(item, baseUrl, now)),
  };
}
