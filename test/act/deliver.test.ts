import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attemptDelivery, type DeliveryEdges, nextAttempt, RETRY_DELAYS_MS } from '../../src/act/deliver.ts';
import { deliverDue } from '../../src/jobs/deliver.ts';
import { PermanentError, RefusedError, RetryLaterError } from '../../src/lib/errors.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Crm, Mailer } from '../../src/model/ports.ts';
import type { Database } from '../../src/store/db.ts';
import { addDelivery, claimDueDeliveries, getDelivery } from '../../src/store/deliveries.ts';
import { enableEndpoint, endpointDisabled } from '../../src/store/endpoints.ts';
import { createHandQueue, createTestClock, createWorker, log, type TestClock } from '../jobs/worker.ts';
import { later, NOW } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';

const HOUR = 3_600_000;

it('retries at the times that Standard Webhooks publishes', () => {
  expect(RETRY_DELAYS_MS).toEqual([
    5000,
    300_000,
    1_800_000,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
  ]);
  let ageMs = 0;
  const tried = (attempts: number) => ({ attempts, createdAt: new Date(NOW.getTime() - ageMs) });
  for (const [i, delay] of RETRY_DELAYS_MS.entries()) {
    expect(nextAttempt(tried(i + 1), NOW, undefined, () => 0)).toEqual(later(delay));
    expect(nextAttempt(tried(i + 1), NOW, undefined, () => 1)).toEqual(later(delay * 1.1));
    ageMs += delay;
  }
  expect(nextAttempt(tried(10), NOW, undefined)).toBeNull();
  ageMs = 0;
  expect(nextAttempt(tried(1), NOW, HOUR)).toEqual(later(HOUR));
});

it('gives nothing up before its time, however often it was tried until then', () => {
  const at = (ageMs: number) =>
    nextAttempt({ attempts: 50, createdAt: later(-ageMs) }, NOW, undefined, () => 0);
  expect(at(1000)).toEqual(later(5000));
  expect(at(20_000)).toEqual(later(300_000));
  expect(at(3 * HOUR)).toEqual(later(5 * HOUR));
  expect(at(75 * HOUR)).toEqual(later(24 * HOUR));
  expect(at(76 * HOUR)).toBeNull();
});

describe('an attempt', () => {
  let db: Database;
  let clock: TestClock;
  let edges: DeliveryEdges;
  let answer: Crm['openCase'];
  let mail: Mailer['send'];
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    clock = createTestClock();
    answer = async () => ({ externalId: null, summary: 'ok' });
    const crm: Crm = {
      openCase: (payload, key) => answer(payload, key),
      updateCase: (payload, key) => answer(payload, key),
      withdrawCase: async () => ({ externalId: null, summary: 'withdrawn' }),
    };
    const mailer: Mailer = { send: (one, beforeData) => mail(one, beforeData) };
    edges = { db, clock, log, crms: new Map([['crm', crm]]), mailer, dashboardUrl: 'http://m' };
  });
  async function claimed(channel: Delivery['channel'] = 'crm', endpoint = 'crm'): Promise<Delivery> {
    const lane = channel === 'mail' ? 'mail' : `crm:${endpoint}`;
    await addDelivery(db, {
      id: randomUUID(),
      channel,
      endpoint,
      eventType: 'complaint.detected',
      eventKey: randomUUID(),
      payload: {},
      createdAt: NOW,
    });
    const [delivery] = await claimDueDeliveries(db, clock.now(), 1, lane);
    return delivery!;
  }
  const attempt = async (delivery: Delivery) => [
    await attemptDelivery(edges, delivery),
    (await getDelivery(db, delivery.id))!.state,
  ];

  it.each<[Error, string, string]>([
    [new RetryLaterError('http-500', 'x'), 'retry', 'pending'],
    [new Error('unexpected'), 'retry', 'pending'],
    [new PermanentError('bad', 'x'), 'dead', 'dead'],
    [new RefusedError('refused-address', 'x'), 'dead', 'dead'],
  ])('that fails with %o ends as %s', async (error, outcome, state) => {
    answer = () => Promise.reject(error);
    expect(await attempt(await claimed())).toEqual([outcome, state]);
  });

  it('ten times in vain is the last', async () => {
    answer = () => Promise.reject(new RetryLaterError('http-500', 'x'));
    const { id } = await claimed();
    const outcomes: string[] = [];
    for (let i = 1; i <= 10; i++) {
      await clock.sleep(RETRY_DELAYS_MS[i - 2] ?? 0);
      outcomes.push(await attemptDelivery(edges, { ...(await getDelivery(db, id))!, attempts: i }));
    }
    expect(outcomes).toEqual([...Array(9).fill('retry'), 'dead']);
  });

  it('that is told "gone" switches the endpoint off, and the others wait there for a person', async () => {
    answer = () => Promise.reject(new PermanentError('endpoint-gone', '410'));
    const [first, second] = [await claimed(), await claimed()];
    expect(await attempt(first)).toEqual(['dead', 'dead']);
    answer = async () => ({ externalId: null, summary: 'ok' });
    expect(await attempt(second)).toEqual(['dead', 'dead']);
    expect(await endpointDisabled(db, 'crm')).toBe('410');
    await enableEndpoint(db, 'crm');
    expect(await attempt(await claimed())).toEqual(['delivered', 'delivered']);
  });

  it('for an endpoint that the configuration has lost is dead, not lost', async () => {
    expect(await attempt(await claimed('crm', 'old'))).toEqual(['dead', 'dead']);
  });

  it('of a mail without a server waits', async () => {
    edges.mailer = null;
    expect(await attempt(await claimed('mail', 'a@b.ru'))).toEqual(['retry', 'pending']);
  });

  it('of a mail that fails in an unknown way after it began to leave is in doubt, before that a retry', async () => {
    mail = async () => Promise.reject(new TypeError('before'));
    expect(await attempt(await claimed('mail', 'a@b.ru'))).toEqual(['retry', 'pending']);
    mail = async (_mail, beforeData) => {
      await beforeData();
      throw new TypeError('after');
    };
    expect(await attempt(await claimed('mail', 'a@b.ru'))).toEqual(['in_doubt', 'in_doubt']);
    mail = async (_mail, beforeData) => {
      await beforeData();
      throw new RetryLaterError('smtp-451', 'try later');
    };
    expect(await attempt(await claimed('mail', 'a@b.ru'))).toEqual(['retry', 'pending']);
  });

  it('of a mail whose success cannot be stored does not send it again', async () => {
    let sent = 0;
    mail = async (_mail, beforeData) => {
      await beforeData();
      sent += 1;
      return { response: '250' };
    };
    const delivery = await claimed('mail', 'a@b.ru');
    const broken = { ...edges, db: { ...db, transaction: () => Promise.reject(new Error('database away')) } };
    await expect(attemptDelivery(broken, delivery)).rejects.toThrow('database away');
    clock.pass(61_000);
    const worker = await createWorker(db, {
      queue: createHandQueue().queue,
      clock,
      changes: { delivery: edges },
    });
    await deliverDue(worker);
    expect([sent, (await getDelivery(db, delivery.id))!.state]).toEqual([1, 'in_doubt']);
  });

  it('at a slow endpoint does not hold up another', async () => {
    let release = (): void => undefined;
    const slow: Crm = {
      updateCase: async () => ({ externalId: null, summary: '' }),
      withdrawCase: async () => ({ externalId: null, summary: '' }),
      openCase: () => new Promise((resolve) => (release = () => resolve({ externalId: null, summary: '' }))),
    };
    const crms = new Map([...edges.crms, ['slow', slow] as const]);
    for (const endpoint of ['slow', 'crm'])
      await addDelivery(db, {
        id: randomUUID(),
        channel: 'crm',
        endpoint,
        eventType: 'complaint.detected',
        eventKey: endpoint,
        payload: {},
        createdAt: NOW,
      });
    const worker = await createWorker(db, {
      queue: createHandQueue().queue,
      clock,
      changes: { delivery: { ...edges, crms } },
    });
    const tick = deliverDue(worker);
    await expect
      .poll(async () => (await db.query(`select state from deliveries where endpoint = 'crm'`))[0])
      .toEqual({ state: 'delivered' });
    release();
    expect(await tick).toBe(2);
  });
});
