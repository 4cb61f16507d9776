import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseId } from '../../src/model/ids.ts';
import { listCaseEvents } from '../../src/store/case-events.ts';
import { getCase } from '../../src/store/cases.ts';
import { truncate } from '../support/store.ts';
import { INBOUND_SECRET, openDashboard, type TestDashboard } from './dashboard.ts';
import { seedStory } from './seed.ts';

describe('a CRM that tells how a case stands', () => {
  let dashboard: TestDashboard;
  let id: CaseId;
  beforeAll(async () => {
    dashboard = await openDashboard();
  });
  beforeEach(async () => {
    await truncate(dashboard.db);
    id = (await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`)).case;
  });

  const message = (changes: object = {}, type = 'case.status') => ({
    type,
    timestamp: new Date().toISOString(),
    data: { case_id: id, status: 'answered', ...changes },
  });
  async function post(
    body: unknown,
    { key = 'hook', secret = INBOUND_SECRET, webhookId = 'm1', at = new Date() } = {},
  ) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return request(dashboard.app)
      .post(`/hooks/crm/${key}`)
      .set({
        'content-type': 'application/json',
        'webhook-id': webhookId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(webhookId, at, text),
      })
      .send(text);
  }
  const status = async () => (await getCase(dashboard.db, id))!.status;

  it('is believed when it signs, and stands in the history', async () => {
    expect((await post(message({ note: 'перезвонили' }))).status).toBe(204);
    expect(await status()).toBe('answered');
    const events = await listCaseEvents(dashboard.db, id);
    expect(events.filter(({ actor }) => actor === 'crm:hook').map(({ kind }) => kind)).toEqual([
      'status',
      'note',
    ]);
  });

  it('changes nothing by a message that comes again', async () => {
    await post(message());
    await post(message({ status: 'closed' }), { webhookId: 'm2' });
    expect((await post(message())).status).toBe(204);
    expect(await status()).toBe('closed');
  });

  it.each([
    ['another secret', { secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` }],
    ['an endpoint that is not there', { key: 'nobody' }],
    ['a message of an hour ago', { at: new Date(Date.now() - 3_600_000) }],
  ])('is not believed with %s', async (_name, options) => {
    expect((await post(message(), options)).status).toBe(401);
    expect(await status()).toBe('open');
  });

  it.each([
    ['JSON of another shape', '[]'],
    ['a status that there is not', () => message({ status: 'lost' })],
    ['what we ourselves say', () => message({}, 'complaint.detected')],
  ])('is told what is wrong with %s', async (_name, body) => {
    const answer = await post(typeof body === 'function' ? body() : body);
    expect([answer.status, answer.headers['content-type']]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('is told of a case that there is not', async () => {
    expect((await post(message({ case_id: 999_999 }))).status).toBe(404);
  });

  it('is not heard when it says too much', async () => {
    expect((await post(message({ note: 'x'.repeat(100_000) }))).status).toBe(413);
  });
});
