import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reviseCase } from '../../src/act/cases/revise.ts';
import { tellCaseChange } from '../../src/act/cases/tell.ts';
import { actOnDocuments } from '../../src/jobs/act.ts';
import { crawlSource } from '../../src/jobs/crawl.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { createSubscriptions } from '../../src/jobs/events/subscriptions.ts';
import { understandDocuments } from '../../src/jobs/understand.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { CaseId, SourceId } from '../../src/model/ids.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { Database } from '../../src/store/db.ts';
import { addSources, addTopic, found } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import {
  crawlerOf,
  createHandQueue,
  createTestClock,
  createWorker,
  hears,
  saveKnownCustomer,
  type TestClock,
} from './worker.ts';

const ANNA = { site: 'forum.example', handle: 'Анна_К' };
const TEXT = 'Ужас! Ромашка третью неделю не везёт мой заказ и не возвращает деньги. Верните деньги!';
const never = new AbortController().signal;

describe('an endpoint', () => {
  let db: Database;
  let deps: JobDeps;
  let clock: TestClock;
  let hand: ReturnType<typeof createHandQueue>;
  let source: SourceId;
  let posts: FoundDocument[] = [];
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    hand = createHandQueue();
    clock = createTestClock();
    deps = await createWorker(db, { queue: hand.queue, clock, crawler: crawlerOf(() => [posts]) });
    [source] = (await addSources(db, 'forum')) as [SourceId];
    await addTopic(db, 'romashka', 'ромашка');
    await saveKnownCustomer(
      db,
      {
        externalId: 'C-1001',
        name: 'Анна',
        city: null,
        tier: null,
        identifiers: [{ kind: 'handle', value: 'forum.example/анна_к' }],
        purchases: [],
      },
      clock.now(),
    );
  });

  async function crawl(subscriptions: Subscription[], ...documents: FoundDocument[]): Promise<void> {
    deps = { ...deps, subscriptions: createSubscriptions(subscriptions, deps.resources, deps.log) };
    posts = documents;
    await crawlSource(deps, { sourceId: source }, never);
    for (let jobs = hand.take(); jobs.length > 0; jobs = hand.take())
      for (const { name, data } of jobs) {
        if (name === 'understand') await understandDocuments(deps, data);
        if (name === 'act') await actOnDocuments(deps, data);
      }
  }
  const told = async (key: string) => {
    const rows = await db.query<{ type: string }>(
      'select event_type as type from deliveries where endpoint = $1 order by seq',
      [key],
    );
    return rows.map(({ type }) => type);
  };
  const complaint = (text = TEXT) => found('1', { text, author: ANNA, publishedAt: clock.now() });

  it('hears of complaints when it says nothing else, and of nothing more', async () => {
    await crawl([hears('crm')], complaint(), found('2', { text: 'Ромашка открыла магазин' }));
    expect(await told('crm')).toEqual(['complaint.detected']);
  });

  it('hears of mentions, of edits and of whose they are, each once', async () => {
    const all = hears('hook', { events: ['mention.created', 'mention.updated', 'customer.matched'] });
    await crawl([all], complaint());
    await crawl([all], complaint());
    expect(await told('hook')).toEqual(['mention.created', 'customer.matched']);
    await crawl([all], complaint(`${TEXT} Третий раз пишу!`));
    expect(await told('hook')).toEqual(['mention.created', 'customer.matched', 'mention.updated']);
  });

  it('hears only of what meets its filter', async () => {
    const all = { events: ['complaints', 'mention.created'] as const };
    await crawl(
      [
        hears('angry', { ...all, filter: 'tone:negative' }),
        hears('happy', { ...all, filter: 'tone:positive' }),
        hears('one', { ...all, filter: 'customer:C-1001' }),
      ],
      complaint(),
    );
    expect(await told('angry')).toEqual(['complaint.detected', 'mention.created']);
    expect(await told('happy')).toEqual([]);
  });

  it('whose filter cannot be read hears of everything rather than of nothing', async () => {
    await crawl([hears('crm', { filter: '((' })], complaint());
    expect(await told('crm')).toEqual(['complaint.detected']);
  });

  it('hears nothing of what is older than cases are opened for', async () => {
    const old = { ...complaint(), publishedAt: new Date(clock.now().getTime() - 30 * 86_400_000) };
    await crawl([hears('hook', { events: ['mention.created'] })], old);
    expect(await told('hook')).toEqual([]);
  });

  it('hears what people make of a case that it knows, and not what it said itself', async () => {
    await crawl([hears('crm'), hears('other', { events: ['mention.created'] })], complaint());
    const policy = { ...deps.casePolicy, tellChangesTo: ['crm', 'other'] };
    const revise = (status: 'in_work' | 'answered', except?: string) =>
      db.transaction(async (tx) => {
        clock.pass(1000);
        const kinds = await reviseCase(tx, 1 as CaseId, { status }, { actor: 'a', now: clock.now() });
        await tellCaseChange(tx, 1 as CaseId, kinds ?? [], policy, clock.now(), except);
      });
    await revise('in_work');
    await revise('answered', 'crm');
    expect(await told('crm')).toEqual(['complaint.detected', 'case.changed']);
    expect(await told('other')).toEqual(['mention.created']);
  });
});
