import PQueue from 'p-queue';
import Parser from 'rss-parser';
import { configSchema } from '../config/schema.ts';
import { feedCrawler } from '../crawlers/feed.ts';
import { openNetwork } from '../src/app/crawling.ts';
import { systemClock } from '../src/lib/clock.ts';
import { createPageMemory } from '../src/lib/page-memory.ts';
import { FEEDS, feedHost } from './feeds.ts';
import { timed } from './report.ts';

/** One contender in a process of its own, so that its memory is its own. Arguments: name, port of the feeds. */
const [name, port] = process.argv.slice(2);
const addresses = Array.from({ length: FEEDS }, (_, at) => `http://${feedHost(at)}:${port}/feed/${at}`);

type Round = () => Promise<number>;

/** As the worker does it: robots.txt, politeness, charset, conditional requests, only what is new. */
function molvaRound(): Round {
  const config = configSchema.parse({
    crawl: {
      allow_private: addresses.map((address) => new URL(address).host),
      host_delay: '1ms',
      concurrency: 8,
    },
  });
  const network = openNetwork(config, systemClock);
  const { signal } = new AbortController();
  const memories = new Map(addresses.map((url) => [url, createPageMemory()]));
  return async () => {
    const queue = new PQueue({ concurrency: 8 });
    let entries = 0;
    const visit = async (url: string): Promise<void> => {
      const pages = memories.get(url) ?? createPageMemory();
      const ctx = { fetch: network.fetchFor(signal), now: () => new Date(), signal, pages, isPoll: true };
      const known = new Set((await pages.lists()).flatMap(({ items }) => items));
      for await (const batch of feedCrawler.crawl({ url, settings: {}, state: null }, ctx)) {
        entries += batch.documents.filter(({ externalId }) => !known.has(externalId)).length;
        pages.save(batch.pages ?? []);
      }
    };
    await queue.addAll(addresses.map((url) => () => visit(url)));
    return entries;
  };
}

function rssParserRound(concurrency: number): Round {
  return async () => {
    const queue = new PQueue({ concurrency });
    const counts = await queue.addAll(
      addresses.map((url) => async () => (await new Parser().parseURL(url)).items.length),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };
}

const ROUNDS: Record<string, () => Round> = {
  molva: molvaRound,
  'rss-parser': () => rssParserRound(1),
  'rss-parser, 8 at once': () => rssParserRound(8),
};

const round = ROUNDS[name ?? '']?.();
if (!round) throw new Error(`there is no contender "${name}"`);
await round();
const { value: entries, ms, cpuMs } = await timed(round);
process.send?.({ entries, ms, cpuMs, rssMib: process.resourceUsage().maxRSS / 1024 });
process.exit(0);
