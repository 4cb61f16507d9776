import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Readability } from '@mozilla/readability';
import { parseFeed as parseByFeedsmith } from 'feedsmith';
import { parseHTML } from 'linkedom';
import Parser from 'rss-parser';
import { readArticle } from '../src/extract/article/article.ts';
import { parseFeed } from '../src/extract/feed.ts';
import { makeArticlePage } from './article-pages.ts';
import { FEEDS, makeFeed } from './feeds.ts';
import { printTable, quantile, type Row, timed } from './report.ts';

interface Measured {
  entries: number;
  ms: number;
  cpuMs: number;
  rssMib: number;
}

function forkTsx(file: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: ['--import', 'tsx'] });
}

function said<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`a process of the bench ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message as T);
    });
  });
}

function stop(child: ChildProcess): void {
  child.removeAllListeners('exit');
  child.kill();
}

async function race<Result>(file: string, name: string): Promise<Result> {
  const server = forkTsx('./feed-server.ts', []);
  const port = await said<number>(server);
  const measured = await said<Result>(forkTsx(file, [name, String(port)]));
  stop(server);
  return measured;
}

async function raceRounds(): Promise<void> {
  const results: [string, Measured][] = [];
  for (const name of ['molva', 'rss-parser', 'rss-parser, 8 at once'])
    results.push([name, await race<Measured>('./crawl-round.ts', name)]);
  const loop = results.find(([name]) => name === 'rss-parser')?.[1];
  printTable(
    results.map(
      ([name, { entries, ms, cpuMs, rssMib }]): Row => ({
        crawler: name,
        'wall ms': Math.round(ms),
        'CPU ms': Math.round(cpuMs),
        'max RSS MiB': Math.round(rssMib),
        'entries told': entries,
        'wall ×': (loop?.ms ?? 0) / ms,
        'CPU ×': (loop?.cpuMs ?? 0) / cpuMs,
      }),
    ),
  );
}

const POLLERS = ['global fetch', 'undici.request', 'molva'];
const TURNS = 15;

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** What it costs to learn that nothing has changed: medians of turns, and of their quotients. */
async function racePolls(): Promise<void> {
  const server = forkTsx('./feed-server.ts', []);
  const port = String(await said<number>(server));
  const clients = POLLERS.map((name) => forkTsx('./poll-round.ts', [name, port]));
  await Promise.all(clients.map((client) => said(client)));
  const turns: number[][] = [];
  for (let at = 0; at < 1 + TURNS; at += 1) {
    const turn: number[] = [];
    for (const client of clients) {
      client.send('go');
      turn.push(await said<number>(client));
    }
    if (at > 0) turns.push(turn);
  }
  for (const child of [...clients, server]) stop(child);
  printTable(
    POLLERS.map((client, at) => ({
      client,
      'CPU µs per 304': Math.round(median(turns.map((turn) => turn[at] ?? 0))),
      'of global fetch': median(turns.map((turn) => (turn[at] ?? 0) / (turn[0] ?? 0))),
    })),
  );
}

async function raceReaders(): Promise<void> {
  const pages = Array.from({ length: 200 }, (_, at) => makeArticlePage(at));
  const now = new Date();
  const readers: Record<string, (html: string) => unknown> = {
    'molva (text, date, author, links, comments)': (html) =>
      readArticle(html, 'https://blog.example/2026/02/post', { now, zone: 180 }),
    'Readability with linkedom (text, title, byline)': (html) =>
      new Readability(parseHTML(html).document as never).parse(),
  };
  const rows: Row[] = [];
  for (const [reader, read] of Object.entries(readers)) {
    for (const html of pages.slice(0, 20)) read(html);
    const { cpuMs } = await timed(() => {
      for (const html of pages) read(html);
    });
    rows.push({ reader, 'pages per CPU second': (pages.length / cpuMs) * 1000 });
  }
  printTable(rows);
}

async function raceParsers(): Promise<void> {
  const feeds = Array.from({ length: FEEDS }, (_, at) => makeFeed(at, 0));
  const now = new Date();
  const parsers: Record<string, (xml: string) => unknown> = {
    'molva (text of HTML, dates, links, repairs)': (xml) =>
      parseFeed(xml, 'application/rss+xml', 'https://example.org/', now),
    'rss-parser': (xml) => new Parser().parseString(xml),
    'feedsmith (raw)': (xml) => parseByFeedsmith(xml),
  };
  const rows: Row[] = [];
  for (const [parser, parse] of Object.entries(parsers)) {
    for (const xml of feeds.slice(0, 30)) await parse(xml);
    const { cpuMs } = await timed(async () => {
      for (const xml of feeds) await parse(xml);
    });
    rows.push({ parser, 'feeds per CPU second': (FEEDS / cpuMs) * 1000 });
  }
  const base = Number(rows.find(({ parser }) => parser === 'rss-parser')?.['feeds per CPU second']);
  printTable(rows.map((row) => ({ ...row, '× rss-parser': Number(row['feeds per CPU second']) / base })));
}

export async function benchCrawl(): Promise<void> {
  const kb = Math.round(makeFeed(0, 0).length / 1000);
  console.log(
    `workload: the second round over ${FEEDS} feeds of 20 entries (${kb} thousand characters), each at a host of its own; half unchanged (304).\nMolva also asks each host's robots.txt in the first round and tells only entries that are new.\n`,
  );
  await raceRounds();
  console.log('');
  await racePolls();
  console.log('');
  await raceParsers();
  console.log('');
  await raceReaders();
}
