import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { makePosts } from './posts.ts';
import { listen, startProgram } from './program.ts';
import { printTable, quantile } from './report.ts';

const FEEDS = 20;
const SHOWN = 400;
const CUSTOMERS = 20_000;
/** One post in so many is a complaint by a customer; as many more name the brand and are none. */
const ONE_IN = 20;
/** Not counted: what the first visits bring, while everything is loaded. */
const WARM_UP_S = 20;
/** It ends when so long nothing has arrived: not each text is a complaint to the program. */
const SILENCE_MS = 20_000;

const pageOf = (text: string): string =>
  `<html><head><title>A post</title></head><body><article><h1>A post</h1>${`<p>${text}</p>`.repeat(8)}</article></body></html>`;

/** Feeds to which posts are added, every n-th of them a complaint by a customer who gives the e-mail that we know. */
function startForum() {
  const feeds = Array.from({ length: FEEDS }, () => [] as string[]);
  const words = makePosts(2000, 40, 7).map(({ text }) => text);
  let posted = 0;
  let complaints = 0;
  const server = createServer((req, res) => {
    const [, kind, n = ''] = (req.url ?? '').split('/');
    // As much as a post is, or it would be taken for a page that only a browser shows.
    if (kind !== 'feed') return void res.end(pageOf(words[Number(n) % words.length] ?? ''));
    res.setHeader('content-type', 'application/rss+xml; charset=utf-8');
    const items = (feeds[Number(n)] ?? []).slice(-SHOWN).join('');
    res.end(
      `<?xml version="1.0"?><rss version="2.0"><channel><title>Forum ${n}</title><link>http://x/</link>${items}</channel></rss>`,
    );
  });
  const text = (n: number): string => {
    const filler = words[n % words.length] ?? '';
    if (n % ONE_IN === 0) {
      const customer = complaints++;
      // More words about other things, and some would be taken for less than a complaint: then nobody could tell whether one was lost.
      return `${filler.split(' ').slice(0, 4).join(' ')}. Ужас! Ромашка третью неделю не везёт мой заказ и не возвращает деньги, верните деньги! Моя почта u${customer}@pochta.example`;
    }
    return n % ONE_IN === 1 ? `${filler} Сегодня мимо магазина Ромашка шли, дождь.` : filler;
  };
  const add = (address: string): void => {
    const n = posted++;
    const feed = n % FEEDS;
    const body = text(n).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    feeds[feed]?.push(
      `<item><guid>p${n}</guid><link>${address}/post/${n}</link><pubDate>${new Date().toUTCString()}</pubDate><author>a${n}</author><description>${body}</description></item>`,
    );
  };
  return { server, add, counts: () => ({ posted, complaints }) };
}

interface Arrival {
  foundAt: number;
  at: number;
}

/** A CRM that takes everything, unless it is away. */
function startReceiver() {
  const arrivals = new Map<string, Arrival>();
  const state = { away: false, refused: 0, twice: 0 };
  const server = createServer((req, res) => {
    if (state.away) {
      state.refused += 1;
      return void req.socket.destroy();
    }
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const id = String(req.headers['webhook-id']);
      const { data } = JSON.parse(Buffer.concat(chunks).toString()) as {
        data: { times?: { found_at: string } };
      };
      if (arrivals.has(id)) state.twice += 1;
      else if (data.times) arrivals.set(id, { foundAt: Date.parse(data.times.found_at), at: Date.now() });
      res.end('{}');
    });
  });
  return { server, arrivals, state };
}

function describe(name: string, arrivals: readonly Arrival[], since?: number) {
  const waits = arrivals.map(({ foundAt, at }) => (at - Math.max(foundAt, since ?? 0)) / 1000);
  return {
    arrived: name,
    complaints: waits.length,
    'p50 s': quantile(waits, 0.5),
    'p95 s': quantile(waits, 0.95),
    'max s': Math.max(...waits),
  };
}

function configOf(folder: string, forum: string, receiver: string): string {
  const rows = Array.from({ length: CUSTOMERS }, (_, n) => `c${n},Имя${n},u${n}@pochta.example`);
  writeFileSync(join(folder, 'customers.csv'), `external_id,name,emails\n${rows.join('\n')}\n`);
  const sources = Array.from({ length: FEEDS }, (_, n) => ({
    key: `f${n}`,
    kind: 'feed',
    name: `Forum ${n}`,
    url: `${forum}/feed/${n}`,
    every: '5s',
    adaptive: false,
  }));
  return stringify({
    web: { port: 0 },
    store: { folder },
    search: { mode: 'off' },
    crawl: {
      every: '5s',
      host_delay: '10ms',
      allow_private: [new URL(forum).host, new URL(receiver).host],
    },
    sources,
    topics: [{ key: 'romashka', name: 'Ромашка', query: 'ромашка' }],
    customers: { files: [join(folder, 'customers.csv')] },
    crm: [
      {
        key: 'hook',
        kind: 'webhook',
        settings: { url: receiver, secrets: [`whsec_${Buffer.alloc(32, 7).toString('base64')}`] },
      },
    ],
    log: { level: 'error' },
  });
}

/**
 * The whole program in a process of its own: posts come in at a steady rate, and a webhook takes the complaints of customers. How long from a post
 * found to its webhook accepted, and, after the webhook was away, until all that waited has arrived?
 * `RATE` posts a second [100], for `SECONDS` [120], then away for `AWAY` seconds [0] at the same rate.
 */
export async function benchArrivals(): Promise<void> {
  const [rate = 100, seconds = 120, away = 0] = process.argv.slice(3).map(Number);
  const folder = mkdtempSync(join(tmpdir(), 'molva-arrivals-'));
  const forum = startForum();
  const receiver = startReceiver();
  const [forumUrl, receiverUrl] = [await listen(forum.server), await listen(receiver.server)];
  const config = join(folder, 'app.yaml');
  writeFileSync(config, configOf(folder, forumUrl, receiverUrl));
  const program = await startProgram(config);
  if (program.address === null) throw new Error('the program ended before it was ready');
  const started = Date.now();
  const beat = setInterval(() => {
    for (let n = 0; n < rate / 10; n += 1) forum.add(forumUrl);
  }, 100);
  try {
    await sleep((WARM_UP_S + seconds) * 1000);
    const warm = started + WARM_UP_S * 1000;
    const steady = [...receiver.arrivals.values()].filter(({ foundAt }) => foundAt >= warm);
    const table = [describe('at a steady rate', steady)];
    if (away > 0) {
      receiver.state.away = true;
      await sleep(away * 1000);
      receiver.state.away = false;
      const end = Date.now();
      await sleep(120_000);
      const late = [...receiver.arrivals.values()].filter(({ at }) => at >= end);
      table.push(
        describe(
          'waited for the webhook, from its return',
          late.filter(({ foundAt }) => foundAt < end),
          end,
        ),
        describe(
          'found after its return',
          late.filter(({ foundAt }) => foundAt >= end),
        ),
      );
    }
    clearInterval(beat);
    for (let before = -1; before < receiver.arrivals.size; ) {
      before = receiver.arrivals.size;
      await sleep(SILENCE_MS);
    }
    const { posted, complaints } = forum.counts();
    console.log(
      `${posted} posts, ${rate} a second, in ${FEEDS} feeds; ${complaints} complaints by ${CUSTOMERS} customers; webhook away for ${away} s, asked ${receiver.state.refused} times then; arrived: ${receiver.arrivals.size}, twice: ${receiver.state.twice}`,
    );
    printTable(table);
  } finally {
    clearInterval(beat);
    await program.end('SIGTERM');
    forum.server.close();
    receiver.server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
