import { load } from 'cheerio';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoCrm, startDemoCrm } from '../../demo/crm.ts';
import { sampleCase } from '../../src/act/cases/sample.ts';
import type { CasePayload } from '../../src/model/case-payload.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let crm: DemoCrm;

beforeEach(async () => {
  crm = await startDemoCrm({ port: 0, secret });
});
afterEach(() => crm.close());

const sample = sampleCase(new Date('2026-11-22T02:00:00Z'), 'http://127.0.0.1:8080');
const payload: CasePayload = {
  ...sample,
  case: { ...sample.case, id: 1, severity: 3, reason: 'service', link: 'http://127.0.0.1:8080/cases/1' },
  customer: {
    ...sample.customer,
    external_id: 'C-1001',
    name: 'Анна Ковалёва <script>alert(1)</script>',
    tier: 'MVC',
    matched_by: [{ code: 'same-handle', where: 'handle', masked: 'a…a_k' }],
  },
  topic: { key: 'romashka', name: 'Ромашка' },
  document: {
    ...sample.document,
    url: 'javascript:alert(1)',
    text: 'Третью неделю не могу вернуть деньги <img src=x onerror=alert(1)>',
    author: { site: '127.0.0.1:9000', handle: 'anna_k', name: null },
  },
  sentiment: { label: 'negative', score: -0.8, confidence: 0.9, words: ['вернуть'] },
};
const event = { type: 'complaint.detected', timestamp: '2026-11-22T02:00:00Z', data: payload };

async function post(id: string, options: { body?: string; key?: string; at?: Date } = {}): Promise<Response> {
  const body = options.body ?? JSON.stringify(event);
  const at = options.at ?? new Date();
  return await fetch(`${crm.url}/hooks/molva`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(options.key ?? secret).sign(id, at, body),
    },
  });
}

describe('startDemoCrm', () => {
  it('shows a signed case once, however often it comes', async () => {
    expect((await post('msg-1')).status).toBe(201);
    expect((await post('msg-1')).status).toBe(200);
    expect((await post('msg-2')).status).toBe(201);
    expect(crm.received.map((each) => [each.id, each.times])).toEqual([
      ['msg-1', 2],
      ['msg-2', 1],
    ]);
    const page = load(await (await fetch(crm.url)).text());
    expect(page('.card').length).toBe(2);
    const stored = (await (await fetch(`${crm.url}/received.json`)).json()) as { body: unknown }[];
    expect(stored[0]?.body).toEqual(event);
  });

  it('refuses a wrong, old or missing signature', async () => {
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    expect((await post('msg-1', { key: other })).status).toBe(401);
    expect((await post('msg-1', { at: new Date(Date.now() - 600_000) })).status).toBe(401);
    expect((await fetch(`${crm.url}/hooks/molva`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect(crm.received).toHaveLength(0);
    expect(await (await fetch(crm.url)).text()).toContain('refused for their signature: <strong>3</strong>');
  });

  it('escapes what strangers wrote and follows no script address', async () => {
    await post('msg-1');
    const answer = await fetch(crm.url, { headers: { 'accept-language': 'ru' } });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = load(await answer.text());
    expect(page('script, img').length).toBe(0);
    expect(page('h2').text()).toBe(payload.customer.name);
    expect(page('meta[http-equiv=refresh]').length).toBe(1);
    for (const link of page('a').toArray()) expect(page(link).attr('href')).toMatch(/^(http:|#)/);
    expect(page.text()).toContain('обслуживание');
  });

  it('keeps events of other shapes too', async () => {
    expect((await post('msg-1', { body: '{"type":"webhook.test","data":{}}' })).status).toBe(201);
    expect(await (await fetch(crm.url)).text()).toContain('webhook.test');
  });

  it('bounds what it takes', async () => {
    expect((await post('msg-1', { body: 'not json' })).status).toBe(400);
    const large = await post('msg-2', { body: JSON.stringify('x'.repeat(400_000)) }).then(
      (response) => response.status,
      () => 413,
    );
    expect(large).toBe(413);
    expect((await fetch(`${crm.url}/hooks/molva`)).status).toBe(405);
    expect((await fetch(`${crm.url}/nothing`)).status).toBe(404);
    expect(crm.received).toHaveLength(0);
  });
});
