import { benchAlerts } from './alerts.ts';
import { benchAnalytics } from './analytics.ts';
import { benchArrivals } from './arrivals.ts';
import { benchBackTest } from './backtest.ts';
import { benchCrawl } from './crawl.ts';
import { benchCustomers } from './customers.ts';
import { benchKills } from './kills.ts';
import { benchMatcher } from './matcher.ts';
import { benchPages } from './pages.ts';
import { benchPipeline } from './pipeline.ts';
import { describeMachine } from './report.ts';
import { benchSearch } from './search.ts';
import { benchStories } from './stories.ts';
import { benchTalk } from './talk.ts';
import { benchUnderstand } from './understand.ts';
import { benchValue } from './value.ts';

const BENCHES: Record<string, { about: string; run(): Promise<void> }> = {
  alerts: {
    about: 'false alerts in quiet days, minutes until a spike is noticed, a crisis of 5,000 posts in an hour',
    run: benchAlerts,
  },
  analytics: {
    about: 'what the page of analytics counts: 30 days of 100,000 posts [among 200000]',
    run: benchAnalytics,
  },
  arrivals: {
    about:
      'from a post found to its webhook accepted, and after an outage [100 a second [120 s [away for 0 s]]]',
    run: benchArrivals,
  },
  pages: {
    about: 'every page over [100000] mentions, and all at 50 requests a second',
    run: benchPages,
  },
  kills: {
    about:
      'the program killed at random moments amid CRMs that fail: is each case in each of them once? [20 times]',
    run: benchKills,
  },
  search: { about: "Meilisearch against the store's own full text", run: benchSearch },
  pipeline: { about: 'posts from the crawler to the case, by stage and database', run: benchPipeline },
  crawl: { about: 'a round over 1,000 feeds, the cost of a 304, parsers and page readers', run: benchCrawl },
  backtest: {
    about: 'a query against 100,000 stored posts [FOLDER: filled once and kept]',
    run: benchBackTest,
  },
  stories: {
    about:
      'copies by kind of change against SimHash and all pairs; an arrival among [1000000 [20000 in the store]]',
    run: benchStories,
  },
  understand: { about: 'the chain of taggers [FOLDER of labelled sets]', run: benchUnderstand },
  customers: {
    about:
      'the customer behind a post, in memory and in the store, against a map of exact values [100000 [20000]]',
    run: benchCustomers,
  },
  talk: { about: 'what people talk about, of 1,000 to 100,000 mentions a week', run: benchTalk },
  value: {
    about:
      'what customers will bring, from how many it can be told; what others also bought [SUMMARY.csv, or how many to score in the store]',
    run: benchValue,
  },
  matcher: { about: 'thousands of topics against evaluating every query', run: benchMatcher },
};

const name = process.argv[2] ?? '';
const bench = BENCHES[name];
if (bench) {
  console.log(`${name}: ${bench.about}\nmachine: ${describeMachine()}\n`);
  await bench.run();
} else {
  const lines = Object.entries(BENCHES).map(([key, { about }]) => `  ${key.padEnd(10)} ${about}`);
  console.error(`usage: npm run bench -- NAME\n\n${lines.join('\n')}`);
  process.exitCode = 2;
}
