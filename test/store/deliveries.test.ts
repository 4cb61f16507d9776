import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Database } from '../../src/store/db.ts';
import {
  type Attempt,
  addDelivery,
  claimDueDeliveries,
  countReplay,
  dueLanes,
  getDelivery,
  isFailingSince,
  listAttempts,
  markInDoubt,
  markLeaving,
  recordAttempt,
  replayDelivery,
  replaySpan,
} from '../../src/store/deliveries.ts';
import { countRows, later, MINUTE, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

function attempt(delivery: Pick<Delivery, 'attempts'>, outcome: Attempt['outcome'], at = NOW): Attempt {
  return { attempt: delivery.attempts, at, durationMs: 1, outcome, detail: outcome, exchanges: [] };
}

describe.each(DRIVERS)('deliveries on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));
  const add = (channel: Delivery['channel'] = 'crm', eventKey = 'case:1', endpoint = 'crm') =>
    addDelivery(db, {
      id: randomUUID(),
      channel,
      endpoint,
      eventType: 'e',
      eventKey,
      payload: {},
      createdAt: NOW,
    });
  const claim = async (now = NOW, lane = 'crm:crm') =>
    (await claimDueDeliveries(db, now, 10, lane))[0] ?? null;
  const get = async (id: string) => (await getDelivery(db, id))!;

  it('exist once per endpoint and event', async () => {
    expect(await add()).toBe(await add());
    expect(await add('crm', 'case:1', 'other')).not.toBe(await add());
    expect(await countRows(db, 'deliveries')).toBe(2);
  });

  it('are claimed once until their lease runs out, and then again under the same id', async () => {
    const id = await add();
    expect(await claim()).toMatchObject({ id, state: 'sending', attempts: 1 });
    expect(await claim(later(59_000))).toBeNull();
    expect(await claim(later(MINUTE))).toMatchObject({ id, attempts: 2 });
  });

  it('have a lane for each endpoint and one for all mail', async () => {
    await add();
    await add('crm', 'case:2', 'b');
    await add('mail', 'd:1', 'x@y.ru');
    await add('mail', 'd:2', 'z@y.ru');
    expect((await dueLanes(db, NOW)).toSorted()).toEqual(['crm:b', 'crm:crm', 'mail']);
    expect(await dueLanes(db, later(-1))).toEqual([]);
  });

  it('that were delivered are never claimed again', async () => {
    const id = await add();
    await recordAttempt(db, id, attempt((await claim())!, 'delivered'), null);
    expect(await get(id)).toMatchObject({ state: 'delivered', deliveredAt: NOW, lastError: null });
    expect(await claim(later(1e9))).toBeNull();
  });

  it('come back at the time that the retry was set for', async () => {
    const id = await add();
    await recordAttempt(db, id, attempt((await claim())!, 'retry'), later(5000));
    expect(await claim(later(4999))).toBeNull();
    expect(await claim(later(5000))).toMatchObject({ id, attempts: 2 });
  });

  it('do not fall back when an attempt that was overtaken ends late', async () => {
    const id = await add();
    const slow = (await claim())!;
    const second = (await claim(later(MINUTE)))!;
    await recordAttempt(db, id, attempt(second, 'delivered'), null);
    await recordAttempt(db, id, attempt(slow, 'retry'), later(5000));
    expect((await get(id)).state).toBe('delivered');
    expect((await listAttempts(db, id)).map((a) => a.outcome)).toEqual(['delivered', 'retry']);
  });

  it('by mail are free again when their process died before they left', async () => {
    const id = await add('mail');
    await claim(NOW, 'mail');
    expect(await markInDoubt(db, later(MINUTE))).toBe(0);
    expect(await claim(later(MINUTE), 'mail')).toMatchObject({ id });
  });

  it('by mail are in doubt, and not sent again, when their process died while they left', async () => {
    const id = await add('mail');
    await claim(NOW, 'mail');
    await markLeaving(db, id);
    expect(await markInDoubt(db, later(59_000))).toBe(0);
    expect(await markInDoubt(db, later(MINUTE))).toBe(1);
    expect(await claim(later(1e9), 'mail')).toBeNull();
    expect((await get(id)).state).toBe('in_doubt');
  });

  it('are replayed by hand from the beginning of the schedule, and the log goes on', async () => {
    const id = await add();
    await recordAttempt(db, id, attempt((await claim())!, 'dead'), null);
    expect(await replayDelivery(db, id, later(1000))).toBe(true);
    expect(await replayDelivery(db, id, later(1000))).toBe(false);
    const again = (await claim(later(1000)))!;
    expect(again).toMatchObject({ id, attempts: 1 });
    await recordAttempt(db, id, attempt(again, 'delivered', later(1000)), null);
    expect(await listAttempts(db, id)).toMatchObject([
      { attempt: 1, outcome: 'dead' },
      { attempt: 2, outcome: 'delivered' },
    ]);
  });

  it('that are dead are replayed together for one endpoint', async () => {
    const id = await add();
    await recordAttempt(db, id, attempt((await claim())!, 'dead'), null);
    const all = { from: null, to: null, states: ['dead'] as const };
    const replay = (endpoint: string) => replaySpan(db, { endpoint, ...all }, NOW);
    expect([await replay('other'), await replay('crm')]).toEqual([0, 1]);
    expect(await get(id)).toMatchObject({ state: 'pending', attempts: 0, lastError: null });
  });

  it('of a span of time are replayed, those that have arrived only when asked for', async () => {
    const id = await add();
    await recordAttempt(db, id, attempt((await claim())!, 'delivered'), null);
    const span = { endpoint: 'crm', from: NOW, to: later(1), states: ['dead'] as const };
    const both = { ...span, states: ['dead', 'delivered'] as const };
    expect(await countReplay(db, span)).toBe(0);
    expect(await countReplay(db, { ...both, from: later(1), to: null })).toBe(0);
    expect([await countReplay(db, both), await replaySpan(db, both, NOW)]).toEqual([1, 1]);
  });

  it('of one customer leave in their order, however long the first one takes; what was given up holds up nobody', async () => {
    const ids: string[] = [];
    for (const key of ['1', '2', '3'])
      ids.push(
        await addDelivery(db, {
          id: randomUUID(),
          channel: 'crm',
          endpoint: 'crm',
          eventType: 'e',
          eventKey: key,
          orderKey: key === '3' ? 'customer:b' : 'customer:a',
          payload: {},
          createdAt: NOW,
        }),
      );
    const claimed = async (at: Date) =>
      (await db.transaction((tx) => claimDueDeliveries(tx, at, 10, 'crm:crm'))).map(
        ({ id }) => ids.indexOf(id) + 1,
      );
    expect((await claimed(NOW)).sort()).toEqual([1, 3]);
    await recordAttempt(db, ids[0]!, attempt({ attempts: 1 }, 'retry'), later(MINUTE));
    expect(await claimed(later(1000))).toEqual([]);
    expect(await claimed(later(2 * MINUTE))).toContain(1);
    await recordAttempt(db, ids[0]!, attempt({ attempts: 2 }, 'dead'), null);
    expect(await claimed(later(2 * MINUTE))).toContain(2);
  });

  it('tell whether an endpoint has been out of reach for long', async () => {
    const id = await add();
    await recordAttempt(db, id, attempt((await claim())!, 'dead'), null);
    expect(await isFailingSince(db, 'crm', later(-1))).toBe(false);
    expect(await isFailingSince(db, 'crm', later(1))).toBe(true);
    const other = await add('crm', 'case:2');
    await recordAttempt(db, other, attempt((await claim())!, 'delivered', later(MINUTE)), null);
    expect(await isFailingSince(db, 'crm', later(1))).toBe(false);
  });
});

describe.runIf(DRIVERS.includes('postgres'))('due deliveries', () => {
  it('never go to two of many processes that ask at once', async () => {
    const db = await openTestStore('postgres');
    for (let i = 0; i < 40; i++)
      await addDelivery(db, {
        id: randomUUID(),
        channel: 'crm',
        endpoint: 'crm',
        eventType: 'e',
        eventKey: `${i}`,
        payload: {},
        createdAt: NOW,
      });
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => db.transaction((tx) => claimDueDeliveries(tx, NOW, 8, 'crm:crm'))),
    );
    const ids = claims.flat().map((delivery) => delivery.id);
    expect(new Set(ids).size).toBe(ids.length);
    await db.close();
  });
});
