import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseId, SourceId, TopicId } from '../../src/model/ids.ts';
import { changeCase } from '../../src/store/cases.ts';
import type { Database } from '../../src/store/db.ts';
import { addDelivery, claimDueDeliveries, recordAttempt } from '../../src/store/deliveries.ts';
import { getDocument } from '../../src/store/documents.ts';
import { latencies } from '../../src/store/latency.ts';
import { countLoyalty, listLoyalty } from '../../src/store/loyalty.ts';
import { recordStage } from '../../src/store/progress.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import {
  addMention,
  addSources,
  addTopic,
  found,
  later,
  MINUTE,
  NOW,
  openCase,
  TEST_VAULT,
} from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';

const SECOND = 1000;
const DAY = 24 * 60 * MINUTE;
const ALL = { from: later(-DAY), to: later(DAY) };

describe('ledgers', () => {
  let db: Database;
  let source: SourceId;
  let topic: TopicId;
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    [source] = (await addSources(db, 'forum')) as [SourceId];
    topic = await addTopic(db, 't');
  });

  /** A complaint of a customer: published, found after a minute, understood after ten seconds more, acted on after five more. */
  async function complaint(n: number, tier: 'MVC' | null = null): Promise<{ id: CaseId; customer: string }> {
    const published = later((n - 100) * 60 * MINUTE);
    const at = (ms: number) => new Date(published.getTime() + ms);
    const changes = { author: { site: 'f', handle: `a${n}` }, publishedAt: published };
    const id = (await saveDocument(db, source, found(String(n), changes), at(MINUTE)))!;
    await recordStage(db, 'understood', [{ id, revision: 1 }], at(MINUTE + 10 * SECOND));
    const mentionId = await addMention(db, id, topic);
    await recordStage(db, 'acted', [{ id, revision: 1 }], at(MINUTE + 15 * SECOND));
    const record = { externalId: `c${n}`, name: `C${n}`, city: null, tier, identifiers: [], purchases: [] };
    const customer = await saveCustomer(db, TEST_VAULT, record, NOW);
    const { authorId } = (await getDocument(db, id))!;
    const opened = { severity: 2 as const, reason: 'price', openedAt: later(n * MINUTE), dueAt: later(DAY) };
    const caseId = await openCase(db, { ...opened, mentionId, customerId: customer.id, authorId: authorId! });
    return { id: caseId, customer: `c${n}` };
  }

  it('of time tell each step of the way, and nothing of what did not happen', async () => {
    await complaint(1);
    await complaint(2);
    const rows = await latencies(db, later(-200 * DAY), 'source');
    // The first document of a source may have been published before anybody watched it.
    expect(rows).toEqual([
      { group: 'forum', step: 'fetched', count: 1, p50: 60, p95: 60 },
      { group: 'forum', step: 'matched', count: 2, p50: 5, p95: 5 },
      { group: 'forum', step: 'understood', count: 2, p50: 10, p95: 10 },
    ]);
  });

  it('of time go on to when the CRM took it, and to who answered', async () => {
    const { id } = await complaint(1);
    const event = {
      channel: 'crm' as const,
      endpoint: 'crm',
      eventType: 'complaint.detected',
      eventKey: `case:${id}`,
    };
    await addDelivery(db, {
      ...event,
      id: '00000000-0000-4000-8000-000000000001',
      payload: {},
      createdAt: NOW,
    });
    const [claimed] = await db.transaction((tx) => claimDueDeliveries(tx, NOW, 1, 'crm:crm'));
    const attempt = { attempt: 1, durationMs: 1, outcome: 'delivered' as const, detail: '', exchanges: [] };
    await recordAttempt(db, claimed!.id, { ...attempt, at: NOW }, null);
    await changeCase(db, id, {
      takenAt: later(MINUTE),
      answeredAt: later(3 * MINUTE),
      closedAt: later(6 * MINUTE),
    });
    const rows = await latencies(db, later(-200 * DAY), 'team');
    const seconds = Object.fromEntries(rows.map(({ step, p50 }) => [step, p50]));
    expect(seconds).toMatchObject({ taken: 60, answered: 120, closed: 180 });
    expect(seconds.alerted).toBeGreaterThan(0);
  });

  it('of loyalty count by cause what was promised, kept, and what customers did then', async () => {
    const first = await complaint(1, 'MVC');
    const second = await complaint(2);
    await complaint(3);
    await changeCase(db, first.id, { promise: 'вернём', promiseKept: true, answeredAt: later(10 * MINUTE) });
    await changeCase(db, second.id, { cause: 'staff', answeredAt: later(10 * MINUTE) });
    const purchase = {
      externalId: 'p',
      at: later(60 * MINUTE),
      amount: 5,
      currency: 'RUB',
      item: 'x',
      channel: null,
    };
    await saveCustomer(db, TEST_VAULT, { externalId: 'c1', identifiers: [], purchases: [purchase] }, NOW);
    const none = { promises: 0, kept: 0, broken: 0, bought: 0, negative: 0 };
    expect(await countLoyalty(db, ALL)).toEqual([
      {
        ...none,
        cause: 'price',
        cases: 2,
        tiers: { MVC: 1, none: 1 },
        promises: 1,
        kept: 1,
        answered: 1,
        bought: 1,
      },
      { ...none, cause: 'staff', cases: 1, tiers: { none: 1 }, answered: 1 },
    ]);
    const rows = await listLoyalty(db, ALL, 10, 0);
    expect(rows.map(({ externalId, cause, purchases }) => [externalId, cause, purchases])).toEqual([
      ['c3', 'price', 0],
      ['c2', 'staff', 0],
      ['c1', 'price', 1],
    ]);
  });

  it('of loyalty leave out cases that were withdrawn or are part of another', async () => {
    const { id } = await complaint(1);
    await changeCase(db, id, { status: 'withdrawn' });
    expect(await countLoyalty(db, ALL)).toEqual([]);
  });
});
