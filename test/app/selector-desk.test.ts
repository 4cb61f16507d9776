import { afterAll, beforeAll, expect, it } from 'vitest';
import { configSchema } from '../../config/schema.ts';
import { type Network, openNetwork } from '../../src/app/crawling.ts';
import { createSelectorDesk, type LookWithSelectors } from '../../src/jobs/try-selectors.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { type OpenServer, serve } from './bad-servers.ts';

const draft = { list: { item: 'p' }, fields: { text: 'b' }, on: 'list' as const, zone: 180 };
let network: Network;
let look: LookWithSelectors;
let hidden: OpenServer;
let open: OpenServer;
let forbidden: OpenServer;
const asked: string[] = [];

beforeAll(async () => {
  hidden = await serve((_req, res) => {
    asked.push('hidden');
    res.end('secret');
  });
  open = await serve((req, res) => {
    const path = req.url ?? '';
    if (path === '/inward') return void res.writeHead(302, { location: `${hidden.url}/` }).end();
    if (path === '/never') return;
    res.writeHead(200, { 'content-type': 'text/html' });
    res.end(path === '/huge' ? `<p>${'a'.repeat(3_000_000)}</p>` : '<p>hello</p>');
  });
  forbidden = await serve((_req, res) => res.end('<p>hello</p>'), {
    robots: (_req, res) => res.end('User-agent: *\nDisallow: /'),
  });
  const crawl = {
    allow_private: [open.host, forbidden.host],
    host_delay: '10ms',
    timeout: '1s',
    max_size: '1MB',
    browser: { enabled: 'off' },
  };
  network = openNetwork(configSchema.parse({ crawl }), systemClock);
  look = createSelectorDesk({ clock: systemClock, fetchFor: network.fetchFor, read: network.readForPeople });
});
afterAll(async () => {
  await network.close();
  await Promise.all([hidden, open, forbidden].map((server) => server.close()));
});

it.each([
  ['an address within', () => hidden.url, 'refused-address'],
  ['an address that leads within', () => `${open.url}/inward`, 'refused-address'],
  ['a page that is too large', () => `${open.url}/huge`, 'too-large'],
  ['a page that never comes', () => `${open.url}/never`, 'timeout'],
  ['a page that robots.txt forbids', () => forbidden.url, 'robots'],
  [
    'the address of the machine’s own records',
    () => 'http://169.254.169.254/latest/meta-data',
    'refused-address',
  ],
])('%s is refused with its code, as crawling does', async (_what, address, code) => {
  const seen = await look({ owner: '1', address: address(), draft }, AbortSignal.timeout(20_000));
  expect(seen).toMatchObject({ trouble: { code } });
  expect(asked).toEqual([]);
});

it('a page that may be read is read', async () => {
  const seen = await look({ owner: '1', address: open.url, draft }, AbortSignal.timeout(20_000));
  expect(seen).toMatchObject({ preview: { found: 1 } });
});
