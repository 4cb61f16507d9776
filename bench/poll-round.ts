import { Agent, request } from 'undici';
import { configSchema } from '../config/schema.ts';
import { openNetwork } from '../src/app/crawling.ts';
import { systemClock } from '../src/lib/clock.ts';
import { FEEDS, feedHost } from './feeds.ts';
import { timed } from './report.ts';

/**
 * One client that asks all feeds that never change whether they have, again and again. Arguments: name, port.
 * Clients take turns, so that what else the machine does is the same to all.
 */
const [name, port] = process.argv.slice(2);
const ROUNDS = 10;
const unchanging = Array.from({ length: FEEDS / 2 }, (_, at) => at * 2);
const addresses = unchanging.map((at) => ({
  url: `http://${feedHost(at)}:${port}/feed/${at}`,
  etag: `"${at}-0"`,
}));

type Poll = (url: string, etag: string) => Promise<unknown>;

function byFetch(): Poll {
  return async (url, etag) => {
    const response = await fetch(url, { headers: { 'if-none-match': etag } });
    if (response.status !== 304) throw new Error(`expected 304, got ${response.status}`);
    await response.arrayBuffer();
  };
}

/** The client under fetch, without streams and classes of the web. */
function byUndici(): Poll {
  const dispatcher = new Agent();
  return async (url, etag) => {
    const { statusCode, body } = await request(url, { dispatcher, headers: { 'if-none-match': etag } });
    if (statusCode !== 304) throw new Error(`expected 304, got ${statusCode}`);
    await body.dump();
  };
}

/** With everything that a crawler's request goes through: robots.txt, the host's turn, the guard, redirects. */
function byMolva(): Poll {
  const allow_private = addresses.map(({ url }) => new URL(url).host);
  const config = configSchema.parse({ crawl: { allow_private, host_delay: '1ms', concurrency: 8 } });
  const fetchPage = openNetwork(config, systemClock).fetchFor(new AbortController().signal);
  return async (url, etag) => {
    if ((await fetchPage(url, { etag })) !== null) throw new Error('expected 304');
  };
}

const CLIENTS: Record<string, () => Poll> = {
  'global fetch': byFetch,
  'undici.request': byUndici,
  molva: byMolva,
};
const poll = CLIENTS[name ?? '']?.();
if (!poll) throw new Error(`there is no client "${name}"`);

async function round(): Promise<void> {
  const queue = [...addresses];
  const worker = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) await poll?.(next.url, next.etag);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** A turn is asked for by a message. Its first round, in which connections are opened that have closed meanwhile, does not count. */
process.on('message', async () => {
  await round();
  const { cpuMs } = await timed(async () => {
    for (let at = 0; at < ROUNDS; at += 1) await round();
  });
  process.send?.((cpuMs * 1000) / (ROUNDS * addresses.length));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
