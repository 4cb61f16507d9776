import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lookDelayMs } from '../../src/act/outages.ts';
import { FAILING_MS } from '../../src/act/switch-off.ts';
import { deliverDue } from '../../src/jobs/deliver.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { PermanentError, RetryLaterError } from '../../src/lib/errors.ts';
import type { Crm } from '../../src/model/ports.ts';
import type { Database } from '../../src/store/db.ts';
import { addDelivery, listDeliveries } from '../../src/store/deliveries.ts';
import { endpointDisabled } from '../../src/store/endpoints.ts';
import { listSilentEndpoints } from '../../src/store/outages.ts';
import { openTestStore, truncate } from '../support/store.ts';
import { createHandQueue, createTestClock, createWorker, log, type TestClock } from './worker.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AWAY = new RetryLaterError('unreachable', 'It does not answer.');

it('looks sooner at what has just gone than at what has long been away', () => {
  expect(lookDelayMs(0, () => 0)).toBe(10_000);
  expect(lookDelayMs(HOUR, () => 1)).toBeLessThan(16_000);
  expect(lookDelayMs(30 * 24 * HOUR, () => 0)).toBe(15 * MINUTE);
  expect(lookDelayMs(24 * HOUR, () => 0)).toBe(345_600);
});

describe('an endpoint that is away', () => {
  let db: Database;
  let clock: TestClock;
  let deps: JobDeps;
  let failure: Error | null;
  let taken: string[];
  let asked: number;
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    clock = createTestClock();
    failure = null;
    taken = [];
    asked = 0;
    const openCase: Crm['openCase'] = async (_payload, key) => {
      asked += 1;
      if (failure) throw failure;
      taken.push(key);
      return { externalId: null, summary: 'ok' };
    };
    const crm: Crm = { openCase, updateCase: openCase, withdrawCase: openCase as never };
    const delivery = {
      db,
      clock,
      log,
      crms: new Map([['crm', crm]]),
      mailer: null,
      dashboardUrl: 'http://m',
    };
    deps = await createWorker(db, { queue: createHandQueue().queue, clock, changes: { delivery } });
  });

  async function hand(orderKey?: string): Promise<string> {
    const id = randomUUID();
    const event = { eventType: 'complaint.detected', eventKey: id, payload: {}, createdAt: clock.now() };
    await addDelivery(db, { id, channel: 'crm', endpoint: 'crm', ...event, ...(orderKey && { orderKey }) });
    return id;
  }
  const live = async (ms: number, stepMs = 5000): Promise<void> => {
    for (let gone = 0; gone < ms; gone += stepMs) {
      clock.pass(stepMs);
      await deliverDue(deps);
    }
  };

  it('has everything within a minute after an hour, in order for each customer, and no message has used up its attempts', async () => {
    failure = AWAY;
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      ids.push(await hand(`customer:${n % 5}`));
      await live(2 * MINUTE, MINUTE);
    }
    expect(Math.max(...(await listDeliveries(db, 99, 0)).map(({ attempts }) => attempts))).toBeLessThan(3);
    failure = null;
    await live(MINUTE);
    expect(new Set(taken)).toEqual(new Set(ids));
    for (let customer = 0; customer < 5; customer += 1) {
      const ofOne = ids.filter((_, n) => n % 5 === customer);
      expect(taken.filter((id) => ofOne.includes(id))).toEqual(ofOne);
    }
    expect(await listSilentEndpoints(db)).toEqual([]);
  });

  it('is asked by one message at a time, ever more seldom', async () => {
    failure = AWAY;
    for (let n = 0; n < 20; n += 1) await hand();
    await deliverDue(deps);
    asked = 0;
    await live(HOUR);
    expect(asked).toBeGreaterThan(60);
    expect(asked).toBeLessThan(400);
    expect(await listSilentEndpoints(db)).toMatchObject([
      { key: 'crm', failure: 'It does not answer.', waiting: 20 },
    ]);
  });

  it('is looked at no sooner than it asked', async () => {
    failure = new RetryLaterError('http-503', 'away', { delayMs: 10 * MINUTE });
    await hand();
    await deliverDue(deps);
    await live(9 * MINUTE);
    expect(asked).toBe(1);
    failure = null;
    await live(MINUTE);
    expect(taken).toHaveLength(1);
  });

  it('is not taken for away because one connection broke', async () => {
    failure = AWAY;
    await hand();
    await deliverDue(deps);
    expect(await listSilentEndpoints(db)).toEqual([]);
    failure = null;
    await live(6000, 6000);
    expect(taken).toHaveLength(1);
  });

  it('is not taken for away because it refuses one message', async () => {
    failure = new RetryLaterError('http-500', 'not this one');
    await hand();
    await deliverDue(deps);
    expect(await listSilentEndpoints(db)).toEqual([]);
    failure = null;
    await hand();
    await deliverDue(deps);
    expect(taken).toHaveLength(1);
    expect((await listDeliveries(db, 9, 0)).map(({ state }) => state).sort()).toEqual([
      'delivered',
      'pending',
    ]);
  });

  it('counts as there when it answers that a message is wrong', async () => {
    failure = AWAY;
    await hand();
    await hand();
    await deliverDue(deps);
    failure = new PermanentError('http-400', 'wrong');
    await live(MINUTE);
    expect((await listDeliveries(db, 9, 0)).map(({ state }) => state)).toEqual(['dead', 'dead']);
    expect(await listSilentEndpoints(db)).toEqual([]);
  });

  it('is switched off after days, and the message that waited is not lost', async () => {
    failure = AWAY;
    await hand();
    await deliverDue(deps);
    await live(FAILING_MS + 2 * HOUR, HOUR);
    expect(await endpointDisabled(db, 'crm')).toMatch(/five days/);
    expect(await listDeliveries(db, 9, 0)).toHaveLength(1);
    expect(await listSilentEndpoints(db)).toEqual([]);
  });

  it('that asks for patience has its messages wait so long, and none counts as failed', async () => {
    failure = new RetryLaterError('rate-limited', 'slowly', { delayMs: 20_000 });
    await hand();
    await deliverDue(deps);
    await live(19_000, 1000);
    expect(asked).toBe(1);
    failure = null;
    await live(4000, 1000);
    expect(taken).toHaveLength(1);
    expect((await listDeliveries(db, 9, 0))[0]).toMatchObject({ attempts: 1, state: 'delivered' });
  });
});
