import { engines } from '../src/extract/thread/engines/registry.ts';
import type { Crawler } from '../src/model/ports.ts';
import { appStoreCrawler } from './app-store.ts';
import { bloggerCrawler } from './blogger.ts';
import { blueskyCrawler } from './bluesky.ts';
import { feedCrawler } from './feed.ts';
import { forumCrawler, forumOf } from './forum.ts';
import { habrCrawler } from './habr.ts';
import { hackerNewsCrawler } from './hacker-news.ts';
import { livejournalCrawler } from './livejournal.ts';
import { mastodonCrawler } from './mastodon.ts';
import { redditCrawler } from './reddit.ts';
import { selectorsCrawler } from './selectors.ts';
import { siteCrawler } from './site.ts';
import { stackExchangeCrawler } from './stack-exchange.ts';
import { telegramCrawler } from './telegram.ts';
import { vkCrawler } from './vk.ts';
import { wordpressCrawler } from './wordpress.ts';
import { youtubeCrawler } from './youtube.ts';

/** Engines whose pages are no forum's have a crawler of their own below. */
const OWN_CRAWLER = new Set(['telegram']);

/** Every kind of source that can be watched. A new one is a file and a line here. Of two that are equally sure the earlier is meant. */
export const crawlers: readonly Crawler[] = [
  livejournalCrawler,
  bloggerCrawler,
  habrCrawler,
  youtubeCrawler,
  redditCrawler,
  vkCrawler,
  mastodonCrawler,
  blueskyCrawler,
  hackerNewsCrawler,
  stackExchangeCrawler,
  appStoreCrawler,
  feedCrawler,
  ...engines.filter(({ kind }) => !OWN_CRAWLER.has(kind)).map(forumOf),
  forumCrawler,
  telegramCrawler,
  wordpressCrawler,
  selectorsCrawler,
  siteCrawler,
];

export function findCrawler(kind: string): Crawler | undefined {
  return crawlers.find((crawler) => crawler.kind === kind);
}
