import type { Crawler } from '../src/model/ports.ts';
import { feedCrawler } from './feed.ts';
import { phpbbCrawler } from './phpbb.ts';

/** Every kind of source that can be watched. A new one is a file and a line here. */
export const crawlers: readonly Crawler[] = [feedCrawler, phpbbCrawler];

export function findCrawler(kind: string): Crawler | undefined {
  return crawlers.find((crawler) => crawler.kind === kind);
}
