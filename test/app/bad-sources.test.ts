import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type MolvaProcess, runMolva, startMolva } from '../support/molva-process.ts';
import { prepareDataFolder } from '../support/pglite-template.ts';
import {
  badAnswers,
  forbidding,
  freshFeed,
  type OpenServer,
  serve,
  serveResets,
  unavailable,
} from './bad-servers.ts';

/** Code and words that each hostile source must show. */
const EXPECTED: Record<string, readonly [string, RegExp]> = {
  slow: ['timeout', /did not finish its answer within 8 s/],
  endless: ['timeout', /within 8 s/],
  flood: ['too-large', /larger than 10 MiB/],
  huge: ['too-large', /larger than 10 MiB/],
  bomb: ['too-large', /larger than 10 MiB/],
  layers: ['too-large', /larger than 10 MiB/],
  broken: ['broken-feed', /./],
  junk: ['broken-feed', /./],
  html: ['not-a-feed', /web page, not a feed/],
  circle: ['redirect-loop', /in a circle/],
  corridor: ['redirect-loop', /more than 5 times/],
  inward: ['refused-address', /private or reserved/],
  downward: ['refused-scheme', /Only http and https/],
  private: ['refused-address', /private or reserved/],
  missing: ['http-404', /nothing at this address/],
  gone: ['http-410', /gone for good/],
  failing: ['http-500', /status 500/],
  busy: ['http-429', /status 429/],
  forbidden: ['robots', /robots\.txt/],
  unruled: ['robots-unavailable', /status 503/],
  reset: ['connect', /cut off/],
  short: ['connect', /cut off/],
  deep: ['broken-feed', /./],
  divs: ['broken-page', /nested too deep/],
  brackets: ['broken-feed', /./],
  entities: ['broken-feed', /./],
};

/** What hostile sources may cost beside what the program takes at rest. Reading threads have heaps of their own. */
const MAX_GROWTH_MIB = 260;
const MAX_HEALTH_MS = 2000;

interface Line {
  key: string;
  nextRunAt: string;
  lastSuccessAt: string | null;
  lastError: { code: string; message: string; at: string } | null;
}

function rssMib(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) / 1024;
}

/** Watches a running program until `stop`. */
function watch(pid: number, url: string) {
  const worst = { healthMs: 0, rssMib: 0, failures: 0 };
  const atRest = rssMib(pid);
  let stopped = false;
  const loop = async (): Promise<void> => {
    while (!stopped) {
      const started = Date.now();
      const response = await fetch(`${url}/healthz`).catch(() => null);
      if (response?.status !== 200) worst.failures += 1;
      await response?.body?.cancel();
      worst.healthMs = Math.max(worst.healthMs, Date.now() - started);
      worst.rssMib = Math.max(worst.rssMib, rssMib(pid));
      await sleep(50);
    }
  };
  const running = loop();
  const stop = async () => {
    stopped = true;
    await running;
    return { ...worst, grownMib: worst.rssMib - atRest };
  };
  return { stop };
}

describe('a server amid hostile sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'molva-bad-'));
  const config = join(folder, 'app.yaml');
  const servers: OpenServer[] = [];
  const visits: number[] = [];
  /** From when until when the server that never ends its answer kept a connection open. */
  const held: { from: number; until: number }[] = [];
  let molva: MolvaProcess;
  let url: string;
  let flaky: OpenServer;

  const keep = (server: OpenServer): OpenServer => {
    servers.push(server);
    return server;
  };

  const noting =
    (answer: RequestListener): RequestListener =>
    (request, response) => {
      const from = Date.now();
      response.on('close', () => held.push({ from, until: Date.now() }));
      answer(request, response);
    };

  const list = async (): Promise<Line[]> => {
    const { stdout } = await runMolva(['--config', config, '--json', 'crawl', 'list']);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
  };
  const line = async (key: string): Promise<Line> => (await list()).find((each) => each.key === key)!;

  beforeAll(async () => {
    const hidden = keep(await serve(freshFeed(), { address: '127.0.0.2' }));
    const fresh = freshFeed();
    const healthy = keep(
      await serve((request, response) => {
        visits.push(Date.now());
        fresh(request, response);
      }),
    );
    flaky = await serve(freshFeed(), { address: '127.0.0.3' });
    const sources: Record<string, OpenServer> = { private: hidden };
    for (const [key, answer] of Object.entries(badAnswers(hidden.url)))
      sources[key] = keep(await serve(key === 'slow' ? noting(answer) : answer));
    sources.forbidden = keep(await serve(freshFeed(), { robots: forbidding }));
    sources.unruled = keep(await serve(freshFeed(), { robots: unavailable }));
    sources.reset = keep(await serveResets());

    const entry = (key: string, server: OpenServer, every: string) => ({
      key,
      kind: key === 'divs' ? 'phpbb' : 'feed',
      name: key,
      url: `${server.url}/feed`,
      every,
    });
    const open = [...Object.entries(sources)].filter(([key]) => key !== 'private');
    writeFileSync(
      config,
      stringify({
        web: { port: 0 },
        store: { folder },
        search: { mode: 'off' },
        crawl: {
          // Long enough for a bomb to be unpacked up to its limit, whatever else the machine does.
          timeout: '8s',
          host_delay: '10ms',
          allow_private: [healthy.host, flaky.host, ...open.map(([, server]) => server.host)],
        },
        sources: [
          entry('healthy', healthy, '2s'),
          entry('flaky', flaky, '2s'),
          ...Object.entries(sources).map(([key, server]) => entry(key, server, '1h')),
        ],
        log: { level: 'warn' },
      }),
    );
    // The embedded database takes twice the memory while it is being made: that is done before the watch.
    prepareDataFolder(folder);
    molva = startMolva(['--config', config, 'start']);
    url = (await molva.saw(/Molva .* is at (\S+)/))[1]!;
  });
  afterAll(async () => {
    molva?.child.kill('SIGKILL');
    await Promise.all([...servers, flaky].map((server) => server.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells what is wrong with each, goes on reading the healthy one, and stays small and quick', async () => {
    const watching = watch(molva.child.pid!, url);
    const isTold = async () =>
      (await list())
        .filter(({ key, lastError }) => key in EXPECTED && lastError === null)
        .map(({ key }) => key);
    await expect.poll(isTold, { timeout: 60_000, interval: 500 }).toEqual([]);
    const worst = await watching.stop();
    const lines = await list();
    process.stderr.write(`amid hostile sources: ${JSON.stringify(worst)}\n`);

    const told = Object.fromEntries(
      lines.filter(({ key }) => key in EXPECTED).map(({ key, lastError }) => [key, lastError?.code]),
    );
    expect(told).toEqual(Object.fromEntries(Object.entries(EXPECTED).map(([key, [code]]) => [key, code])));
    for (const [key, [, words]] of Object.entries(EXPECTED)) {
      const found = lines.find((each) => each.key === key)!;
      expect({ key, message: found.lastError?.message }).toEqual({
        key,
        message: expect.stringMatching(words),
      });
      expect(Date.parse(found.nextRunAt), key).toBeGreaterThan(Date.now());
    }
    expect(worst.failures).toBe(0);
    expect(worst.healthMs).toBeLessThan(MAX_HEALTH_MS);
    expect(worst.grownMib).toBeLessThan(MAX_GROWTH_MIB);
  }, 200_000);

  it('leaves a busy server alone for as long as it asked', async () => {
    const { lastError, nextRunAt } = await line('busy');
    expect(Date.parse(nextRunAt) - Date.parse(lastError!.at)).toBeGreaterThanOrEqual(299_000);
  });

  it('reads the healthy source while a bad one keeps it waiting', async () => {
    await expect.poll(() => visits.length, { timeout: 30_000 }).toBeGreaterThan(2);
    // Not a length of time: on a busy machine all takes longer, a visit as well as what it might wait for.
    expect(held).toHaveLength(1);
    const [{ from, until }] = held as [{ from: number; until: number }];
    expect(visits.some((at) => at > from && at < until)).toBe(true);
    expect((await line('healthy')).lastError).toBeNull();
  });

  it('reads a source again after its server was away', async () => {
    const port = Number(new URL(flaky.url).port);
    await flaky.close();
    await expect.poll(async () => (await line('flaky')).lastError?.code, { timeout: 15_000 }).toBe('connect');
    flaky = await serve(freshFeed(), { address: '127.0.0.3', port });
    const back = Date.now();
    const recovered = async () => {
      const { lastError, lastSuccessAt } = await line('flaky');
      return lastError === null && Date.parse(lastSuccessAt ?? '') > back;
    };
    await expect.poll(recovered, { timeout: 60_000, interval: 1000 }).toBe(true);
  }, 200_000);

  it('ends in order, with nothing unexpected in the log', async () => {
    molva.child.kill('SIGTERM');
    expect(await molva.ended).toBe(0);
    expect(molva.log()).not.toMatch(/"unexpected"|unhandled|"level":50/i);
  });
});
