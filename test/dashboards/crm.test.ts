import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { load } from 'cheerio';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleCase } from '../../src/act/cases/sample.ts';
import { connectors } from '../../src/act/crm/registry.ts';
import { createHttp } from '../../src/fetch/http.ts';
import { CASE_OPENED } from '../../src/model/case.ts';
import type { Crm, Http } from '../../src/model/ports.ts';
import { addDelivery, getDelivery, recordAttempt } from '../../src/store/deliveries.ts';
import { disableEndpoint, endpointDisabled } from '../../src/store/endpoints.ts';
import { espocrm } from '../act/crm/servers/espocrm.ts';
import { makePeople, type Running, startVendor } from '../act/crm/servers/world.ts';
import { createTestClock } from '../jobs/worker.ts';
import { truncate } from '../support/store.ts';
import {
  get,
  NOW,
  openDashboard,
  post,
  type TestCrm,
  type TestDashboard,
  type Visitor,
  visitors,
} from './dashboard.ts';
import { wordsOf } from './page-check.ts';
import { seedStory } from './seed.ts';

const guarded = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
const http: Http = { send: (request) => guarded.send({ ...request, timeoutMs: 500 }) };
afterAll(() => guarded.close());

let server: Running;
let dashboard: TestDashboard;
let admin: Visitor;

const connect = (kind: string, settings: object): Crm =>
  connectors
    .find((one) => one.kind === kind)!
    .connect(settings, { http, clock: createTestClock(), folder: 'no files' });

async function open(crm: TestCrm): Promise<void> {
  dashboard = await openDashboard({}, crm);
  await truncate(dashboard.db);
  admin = (await visitors(dashboard)).admin;
}

const ask = async (path: string) => (await get(dashboard, path, admin)).text;
const words = (page: string): string => wordsOf(load(page));
const audits = async () =>
  (await dashboard.db.query<{ action: string }>('select action from audit order by id')).map(
    ({ action }) => action,
  );

describe('a CRM of a vendor', () => {
  beforeEach(async () => {
    server = await startVendor(espocrm, createTestClock());
    server.people = makePeople(espocrm, 450, NOW);
    await open({
      plan: { kind: 'espocrm', pulls: ['customers'] },
      connector: connect('espocrm', server.settings),
    });
    return () => server.close();
  });

  it('is listed without being asked, and with the name under which it knows us once it was', async () => {
    expect(words(await ask('/crm'))).toContain('not asked yet');
    expect(server.asked).toEqual([]);
    const checked = await post(dashboard, '/crm/hook/check', admin, {});
    expect(checked.status).toBe(200);
    expect(words(checked.text)).toContain('as molva');
    expect(words(await ask('/crm'))).toContain('molva, 127.0.0.1');
    expect(await audits()).toContain('crm.checked');
  });

  it('says what it means that it does not let us in, and no secret', async () => {
    server.fail('echo-secret');
    const refused = await post(dashboard, '/crm/hook/discover', admin, {});
    expect(refused.status).toBe(502);
    expect(words(refused.text)).toContain('Mostly a setting is wrong');
    expect(refused.text).not.toContain(espocrm.secrets[0]);
    server.fail('401', () => true, 9);
    const { status, text } = await post(dashboard, '/crm/hook/check', admin, {});
    expect(status).toBe(502);
    expect(words(text)).toContain('The CRM does not let us in. Check the token');
    expect(words(await ask('/crm'))).toContain('the check failed');
  });

  it('says that it is out of reach, and what to do', async () => {
    await server.close();
    const { text } = await post(dashboard, '/crm/hook/check', admin, {});
    expect(words(text)).toContain('cannot be reached. Check the address');
  });

  it('tells its stages, fields and people with their ids, and a snippet that has no secret', async () => {
    const { text } = await post(dashboard, '/crm/hook/discover', admin, {});
    const $ = load(text);
    expect($('#discover code').text()).toContain('Assigned');
    const snippet = $('#discover .snippet').text();
    expect(snippet).toContain('key: "hook"');
    expect(snippet).toContain('# assigned_user_id: "1" # Ольга');
    expect(snippet).toContain(`api_key: "$${'{ESPO_KEY}'}"`);
    expect(text).not.toContain(espocrm.secrets[0]);
  });

  it('shows what would be created for a sample and for a real case, and makes nothing', async () => {
    const story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
    const sample = await post(dashboard, '/crm/hook/preview', admin, { case: '' });
    expect(words(sample.text)).toContain('would be sent POST /api/v1/Case');
    expect(sample.text).toContain('This is a test message');
    const real = await post(dashboard, '/crm/hook/preview', admin, { case: String(story.case) });
    expect(real.status).toBe(200);
    expect(load(real.text)('#preview pre').text()).toContain('some text here');
    expect(server.cases).toEqual([]);
    for (const wrong of ['999999', 'one'])
      expect((await post(dashboard, '/crm/hook/preview', admin, { case: wrong })).text).toContain(
        'There is no such case',
      );
  });

  it('gets a test case only after what will happen was confirmed, and once however often one presses', async () => {
    const page = load(await ask('/crm/hook'));
    expect(page('#test details p').text()).toContain('One record really appears in “hook” (EspoCRM)');
    const id = String(page('#test input[name=id]').val());
    expect((await post(dashboard, '/crm/hook/test', admin, { id })).status).toBe(400);
    expect(server.cases).toEqual([]);
    server.fail('lose-reply', espocrm.isWrite);
    const lost = await post(dashboard, '/crm/hook/test', admin, { id, confirm: '1' });
    expect(lost.status).toBe(502);
    expect(load(lost.text)('#test input[name=id]').val()).toBe(id);
    const done = await post(dashboard, '/crm/hook/test', admin, { id, confirm: '1' });
    expect(words(done.text)).toContain('Test case: EspoCRM: 66aa0 was there already');
    expect(server.cases).toHaveLength(1);
    expect(load(done.text)('#test input[name=id]').val()).not.toBe(id);
  });

  it('is read in the background, and the page says how far', async () => {
    const started = await post(dashboard, '/crm/hook/pull', admin, {});
    expect(started.status).toBe(303);
    expect((await post(dashboard, '/crm/hook/pull', admin, {})).headers.location).toContain('busy=1');
    const running = await get(dashboard, '/crm/hook', admin);
    expect(running.headers.refresh).toBe('3');
    expect(words(running.text)).toContain('Reading customers.');
    await expect
      .poll(async () => words(await ask('/crm/hook')), { timeout: 20_000, interval: 200 })
      .toContain('Customers: 450 taken in, 450 of them new, 0 left out.');
    expect((await get(dashboard, '/crm/hook', admin)).headers.refresh).toBeUndefined();
    expect((await audits()).filter((action) => action === 'crm.pull.started')).toHaveLength(1);
    expect(words(await ask('/crm'))).toContain('Customers: 450 taken in altogether');
  }, 30_000);

  it('tells why a reading failed, and that it is paused', async () => {
    server.fail('401', () => true, 9);
    await post(dashboard, '/crm/hook/pull', admin, {});
    await expect
      .poll(async () => words(await ask('/crm/hook')), { timeout: 10_000, interval: 100 })
      .toContain('The CRM does not let us in');
    const page = await ask('/crm');
    expect(words(page)).toContain('paused: we are not let in');
    expect(page).not.toContain(espocrm.secrets[0]);
  });
});

describe('where no CRM is connected', () => {
  beforeEach(() => open({ isAbsent: true }));

  it('each connector can be chosen, with what to make there and a snippet', async () => {
    const $ = load(await ask('/crm'));
    const links = $('main a.button').map((_, one) => $(one).attr('href'));
    expect(links.get().sort()).toEqual(connectors.map(({ kind }) => `/crm/connect/${kind}`).sort());
    for (const link of links.get()) {
      const guide = load(await ask(link));
      expect(guide('main ol li').length).toBeGreaterThan(2);
      expect(guide('.snippet').first().text()).toContain('crm:\n  - key:');
    }
    expect((await get(dashboard, '/crm/connect/nothing', admin)).status).toBe(404);
  });

  it('nothing can be sent again', async () => {
    expect(words(await ask('/deliveries/replay'))).toContain('connect a CRM first');
  });
});

describe('a webhook', () => {
  const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const got: { headers: Record<string, unknown>; body: string }[] = [];
  const receiver = createServer((req, res) => {
    let body = '';
    req.on('data', (part) => {
      body += part;
    });
    req.on('end', () => {
      got.push({ headers: req.headers, body });
      res.end('ok');
    });
  });
  afterAll(() => receiver.close());
  let crm: Crm;
  beforeEach(async () => {
    if (!receiver.listening) await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    got.length = 0;
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
    crm = connect('webhook', { url, secrets: [SECRET] });
    await open({ connector: crm });
  });

  const HOUR = 3_600_000;
  /** One an hour before now, two, three … */
  async function deliver(count: number, state: 'dead' | 'delivered'): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 1; n <= count; n += 1) {
      const createdAt = new Date(NOW.getTime() - n * HOUR);
      const id = await addDelivery(dashboard.db, {
        id: randomUUID(),
        channel: 'crm',
        endpoint: 'hook',
        eventType: CASE_OPENED,
        eventKey: `${state}:${n}`,
        payload: sampleCase(createdAt, 'http://m'),
        createdAt,
      });
      const exchange = {
        method: 'POST',
        url: 'https://crm.example/•••',
        requestHeaders: { 'webhook-signature': '•••' },
        status: 503,
        responseHeaders: { server: 'nginx' },
        responseBody: '<h1>Down for repairs</h1>',
        error: null,
        durationMs: 12,
      };
      const attempt = { attempt: 0, at: createdAt, durationMs: 12, outcome: state, detail: 'HTTP 503' };
      await recordAttempt(dashboard.db, id, { ...attempt, exchanges: [exchange] }, null);
      ids.push(id);
    }
    return ids;
  }
  const pending = async () =>
    (await dashboard.db.query(`select 1 from deliveries where state = 'pending'`)).length;

  it('shows the exact request of a delivery without sending it, its signature masked', async () => {
    const [id = ''] = await deliver(1, 'dead');
    const { status, text } = await post(dashboard, `/deliveries/${id}/dry-run`, admin, {});
    expect(status).toBe(200);
    expect(got).toEqual([]);
    expect(text).not.toContain(SECRET.slice(6, 20));
    const $ = load(text);
    const [headers = '', body = ''] = $('#dry pre').map((_, one) => $(one).text());
    const one = (await getDelivery(dashboard.db, id))!;
    await crm.openCase(one.payload as Parameters<Crm['openCase']>[0], id);
    expect(got[0]!.body).toBe(body);
    const shown = Object.fromEntries(headers.split('\n').map((line) => line.split(/: (.*)/)));
    expect(shown['webhook-signature']).toBe('•••');
    for (const name of ['webhook-id', 'webhook-timestamp', 'content-type'])
      expect(got[0]!.headers[name]).toBe(shown[name]);
  });

  it('shows each attempt’s request and answer, as text', async () => {
    const [id = ''] = await deliver(1, 'dead');
    const $ = load(await ask(`/deliveries/${id}`));
    const told = $('details:has(.exchanges)').text();
    for (const part of ['POST https://crm.example/•••', 'HTTP 503', 'server: nginx', 'Down for repairs'])
      expect(told).toContain(part);
    expect($('.exchanges h1').length).toBe(0);
  });

  it('is sent a span again only after it was counted and confirmed', async () => {
    await deliver(5, 'dead');
    await deliver(3, 'delivered');
    await disableEndpoint(dashboard.db, 'hook', 'failing', NOW);
    // The clock of whoever asks is three hours ahead of UTC: 05:30 to 08:30 there.
    const span = { endpoint: 'hook', from: '2026-11-22T08:30', to: '2026-11-22T11:30' };
    const query = new URLSearchParams(span);
    expect(words(await ask(`/deliveries/replay?${query}`))).toContain('Would be sent again: 3 messages.');
    expect(words(await ask(`/deliveries/replay?${query}&also=1`))).toContain('6 messages');
    expect(await pending()).toBe(0);
    const sent = await post(dashboard, '/deliveries/replay', admin, span);
    expect(sent.headers.location).toBe('/deliveries?replayed=3');
    expect(words(await ask('/deliveries?replayed=3'))).toContain('Queued: 3 messages.');
    expect(await pending()).toBe(3);
    expect(await endpointDisabled(dashboard.db, 'hook')).toBeNull();
    expect(await audits()).toContain('deliveries.replayed');
  });

  it.each([
    { endpoint: 'another', from: '', to: '' },
    { endpoint: 'hook', from: '2026-11-22T12:00', to: '2026-11-22T08:00' },
  ])('is sent nothing again for a span that is none: %o', async (span) => {
    await deliver(2, 'dead');
    expect((await post(dashboard, '/deliveries/replay', admin, span)).status).toBe(400);
    expect(words(await ask(`/deliveries/replay?${new URLSearchParams(span)}`))).toContain('Check the span');
    expect(await pending()).toBe(0);
  });
});
