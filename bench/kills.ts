import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { systemClock } from '../src/lib/clock.ts';
import { openPglite } from '../src/store/pglite.ts';
import { vendorServers } from '../test/act/crm/servers/registry.ts';
import { type Fault, type Running, startVendor } from '../test/act/crm/servers/world.ts';
import { listen, startProgram } from './program.ts';
import { randomFrom } from './random.ts';
import { printTable } from './report.ts';

const LONGEST_LIFE_MS = 2500;
const POSTS_A_LIFE = 2;
const CUSTOMERS = 40;
const FAULTS: readonly Fault[] = ['cut', 'lose-reply', '500', '429', 'broken-json'];
/** CRMs take two or three requests a second, and each later post is a note in each of them: it ends when so long nothing has become less. */
const SETTLE_MS = 240_000;
const SETTLE_LIFE_MS = 60_000;

/** A blog to which complaints are added, each by a customer who gives the e-mail that we know. */
function startBlog() {
  const posts: string[] = [];
  const server = createServer((_req, res) => {
    res.setHeader('content-type', 'application/rss+xml; charset=utf-8');
    res.end(
      `<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title><link>http://x/</link>${posts.join('')}</channel></rss>`,
    );
  });
  const add = (customer: number): void => {
    const n = posts.length + 1;
    posts.push(
      `<item><guid>p${n}</guid><link>http://blog.example/${n}</link><pubDate>${new Date().toUTCString()}</pubDate><author>u${customer}</author>
       <description>Ужас! Ромашка третью неделю не везёт мой заказ и не возвращает деньги, пишу ${n} раз. Верните деньги! Моя почта u${customer}@pochta.example</description></item>`,
    );
  };
  return { server, posts, add };
}

function customersCsv(): string {
  const rows = Array.from({ length: CUSTOMERS }, (_, n) => `c${n},Имя${n},u${n}@pochta.example`);
  return `external_id,name,emails\n${rows.join('\n')}\n`;
}

async function live(config: string, lifeMs: number): Promise<void> {
  const program = await startProgram(config);
  await sleep(lifeMs);
  await program.end('SIGKILL');
}

/** All that waits to be tried again is due now: instead of waiting for five minutes, half an hour … */
async function hurry(
  folder: string,
): Promise<{ open: number; cases: number; updates: number; mentions: number }> {
  const db = await openPglite(join(folder, 'pglite'));
  try {
    await db.query("update deliveries set next_attempt_at = now() where state in ('pending', 'sending')");
    await db.query('update endpoints set next_look_at = now() where next_look_at is not null');
    const [row] = await db.query<{ open: number; cases: number; updates: number; mentions: number }>(
      `select (select count(*)::int from deliveries where channel = 'crm' and state <> 'delivered') as open,
         (select count(*)::int from cases where status <> 'merged') as cases,
         (select count(*)::int from deliveries where event_type = 'complaint.updated') as updates,
         (select count(*)::int from case_mentions where current) as mentions`,
    );
    if (!row) throw new Error('the store does not answer');
    return row;
  } finally {
    await db.close();
  }
}

/** Records that stand for the same case, and notes that say the same, more than once. */
function doubles(server: Running): { records: number; notes: number } {
  const keys = server.cases.map(({ key }) => key);
  const marks = server.notes.map(({ text }) => /molva-[0-9a-f]{16}/.exec(text)?.[0] ?? text);
  return { records: keys.length - new Set(keys).size, notes: marks.length - new Set(marks).size };
}

/** Notes that tell of an earlier post than the note before them in the same record. */
function outOfOrder({ notes }: Running): number {
  const last = new Map<string, number>();
  let late = 0;
  for (const { id, text } of notes) {
    const post = Number(/blog\.example\/(\d+)/.exec(text)?.[1] ?? 0);
    if (post < (last.get(id) ?? 0)) late += 1;
    last.set(id, post);
  }
  return late;
}

/**
 * Kills the program at random moments while complaints come in and every CRM loses replies, cuts connections, refuses and answers nonsense; then
 * looks whether each has each case once and each later post once, in their order. `KILLS`: how many times.
 */
export async function benchKills(): Promise<void> {
  const kills = Number(process.argv[3] ?? 20);
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'molva-kills-'));
  const blog = startBlog();
  const blogUrl = `${await listen(blog.server)}/`;
  const servers = await Promise.all(vendorServers.map((vendor) => startVendor(vendor, systemClock)));
  const host = (url: string): string => new URL(url).host;
  const config = join(folder, 'app.yaml');
  writeFileSync(join(folder, 'customers.csv'), customersCsv());
  writeFileSync(
    config,
    stringify({
      web: { port: 0 },
      store: { folder },
      search: { mode: 'off' },
      crawl: {
        every: '1s',
        host_delay: '10ms',
        allow_private: [host(blogUrl), ...servers.map(({ url }) => host(url))],
      },
      sources: [{ key: 'blog', kind: 'feed', name: 'Blog', url: blogUrl, every: '1s', adaptive: false }],
      topics: [{ key: 'romashka', name: 'Ромашка', query: 'ромашка' }],
      customers: { files: [join(folder, 'customers.csv')] },
      crm: vendorServers.map(({ kind }, at) => ({ key: kind, kind, settings: servers[at]?.settings })),
      log: { level: 'error' },
    }),
  );
  try {
    for (let n = 0; n < kills; n += 1) {
      for (let post = 0; post < POSTS_A_LIFE; post += 1) blog.add(Math.floor(random() * CUSTOMERS));
      for (const [at, server] of servers.entries()) {
        const fault = FAULTS[Math.floor(random() * FAULTS.length)] ?? 'cut';
        server.fail(fault, (asked) => vendorServers[at]?.isWrite(asked) ?? false);
      }
      await live(config, random() * LONGEST_LIFE_MS);
    }
    // Faults are for the time of the kills: lives are short, and most of them were not met.
    const met = servers.map((server) => kills - server.heal());
    let left = await hurry(folder);
    let progressAt = Date.now();
    while ((left.open > 0 || left.mentions < blog.posts.length) && Date.now() - progressAt < SETTLE_MS) {
      await live(config, SETTLE_LIFE_MS);
      const now = await hurry(folder);
      if (now.open < left.open || now.mentions > left.mentions) progressAt = Date.now();
      left = now;
    }
    console.log(
      `${kills} kills (KILL_SEED=${seed}), ${blog.posts.length} complaints: ${left.cases} cases with ${left.mentions} posts, ${left.updates / vendorServers.length} later ones told; ${left.open} messages still open`,
    );
    printTable(
      servers.map((server, at) => ({
        CRM: vendorServers[at]?.kind ?? '',
        'faults met': met[at] ?? 0,
        cases: server.cases.length,
        missing: left.cases - server.cases.length,
        'twice there': doubles(server).records,
        'notes twice': doubles(server).notes,
        'out of order': outOfOrder(server),
        'faster than allowed': server.violations,
      })),
    );
  } finally {
    blog.server.close();
    await Promise.all(servers.map((server) => server.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}
