import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withdrawCasesOf } from '../../src/act/cases/withdraw.ts';
import { connectors } from '../../src/act/crm/registry.ts';
import { resumeWhenLetIn } from '../../src/act/resume-endpoint.ts';
import { createHttp } from '../../src/fetch/http.ts';
import { actOnDocuments } from '../../src/jobs/act.ts';
import { crawlSource } from '../../src/jobs/crawl.ts';
import { pullDue, pullNow } from '../../src/jobs/crm/pull.ts';
import { readDueStatuses } from '../../src/jobs/crm/statuses.ts';
import { deliverDue } from '../../src/jobs/deliver.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { createSubscriptions } from '../../src/jobs/events/subscriptions.ts';
import { eraseCustomer } from '../../src/jobs/privacy/erase.ts';
import { understandDocuments } from '../../src/jobs/understand.ts';
import type { Case } from '../../src/model/case.ts';
import type { CaseId, SourceId } from '../../src/model/ids.ts';
import { listCaseRecords } from '../../src/store/case-records.ts';
import { changeCase, listCases } from '../../src/store/cases.ts';
import { listPulls } from '../../src/store/crm-pulls.ts';
import { getCustomers } from '../../src/store/customers.ts';
import type { Database } from '../../src/store/db.ts';
import { listDeliveries } from '../../src/store/deliveries.ts';
import { listPausedEndpoints } from '../../src/store/endpoints.ts';
import { bitrix24 } from '../act/crm/servers/bitrix24.ts';
import { makePeople, type Running, startVendor } from '../act/crm/servers/world.ts';
import { addSources, addTopic, countRows, found } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import {
  crawlerOf,
  createHandQueue,
  createTestClock,
  createWorker,
  hears,
  log,
  type TestClock,
} from './worker.ts';

const TEXT =
  'Ужас! Ромашка третью неделю не везёт мой заказ и не возвращает деньги. Верните деньги! Пишите на anna5@example.ru';
const PLAN = {
  key: 'b24',
  kind: 'bitrix24',
  pulls: ['customers', 'purchases'] as const,
  pullEveryMs: 900_000,
  statusEveryMs: 300_000,
};
const never = new AbortController().signal;

describe('a CRM that is read and told', () => {
  let db: Database;
  let clock: TestClock;
  let server: Running;
  let deps: JobDeps;
  let hand: ReturnType<typeof createHandQueue>;
  const http = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => Promise.all([db.close(), http.close()]));
  beforeEach(async () => {
    await truncate(db);
    clock = createTestClock();
    server = await startVendor(bitrix24, clock);
    server.people = makePeople(bitrix24, 120, clock.now());
    server.sales = server.people.slice(0, 70).map(({ id, updatedAt }, n) => ({
      id: String(n + 1),
      person: id,
      amount: 1000,
      title: 'Чайник',
      isWon: true,
      updatedAt,
    }));
    hand = createHandQueue();
    const connector = connectors.find(({ kind }) => kind === 'bitrix24')!;
    const crm = connector.connect(server.settings, { http, clock, folder: 'no files' });
    deps = await createWorker(db, {
      queue: hand.queue,
      clock,
      crawler: crawlerOf(() => [
        [found('1', { text: TEXT, author: { site: 'forum.example', handle: 'Анна_К' } })],
      ]),
      changes: {
        crmPlans: [PLAN],
        delivery: { db, clock, log, crms: new Map([['b24', crm]]), mailer: null, dashboardUrl: 'http://m' },
      },
    });
    deps = { ...deps, subscriptions: createSubscriptions([hears('b24')], deps.resources, deps.log) };
    clock.pass(86_400_000);
    return () => server.close();
  });
  const pull = () => pullNow(deps, PLAN, 'customers', { anyway: true });
  async function publish(): Promise<Case> {
    const [source] = (await addSources(db, 'forum')) as [SourceId];
    await addTopic(db, 'romashka', 'ромашка');
    await crawlSource(deps, { sourceId: source }, never);
    for (let jobs = hand.take(); jobs.length > 0; jobs = hand.take())
      for (const { name, data } of jobs) {
        if (name === 'understand') await understandDocuments(deps, data);
        if (name === 'act') await actOnDocuments(deps, data);
      }
    const [opened] = await listCases(db, {}, clock.now(), 10, 0);
    return opened!;
  }
  const statusOf = async () => (await listCases(db, {}, clock.now(), 10, 0))[0]!.status;

  it('gives its customers and what they bought, once, and later what changed', async () => {
    await pullDue(deps);
    expect(await countRows(db, 'customers')).toBe(120);
    expect(await countRows(db, 'purchases')).toBe(70);
    expect(await listPulls(db)).toMatchObject([
      { kind: 'customers', records: 120, leftOut: 0, lastError: null },
      { kind: 'purchases', records: 70, leftOut: 0, lastError: null },
    ]);
    server.asked.length = 0;
    await pullDue(deps);
    expect(server.asked).toEqual([]);
    clock.pass(86_400_000);
    server.people[7]!.last = 'Иванова';
    server.people[7]!.updatedAt = clock.now();
    clock.pass(900_000);
    await pullDue(deps);
    expect((await listPulls(db))[0]).toMatchObject({ records: 121 });
    const names = await db.query(`select name from customers where external_id = '8'`);
    expect(names).toMatchObject([{ name: expect.stringContaining('Иванова') }]);
  });

  it('goes on where it was stopped, and asks for purchases when all customers are there', async () => {
    const first = await pullNow(deps, PLAN, 'customers', { withinMs: 0 });
    expect(first).toMatchObject({ records: 50, isWhole: false });
    server.asked.length = 0;
    expect(await pull()).toMatchObject({ records: 70, isWhole: true });
    expect(JSON.stringify(server.asked[0]!.body)).toContain('">id":50');
    expect(await countRows(db, 'customers')).toBe(120);
  });

  it('keeps what came before an error, with its place', async () => {
    server.fail('500', ({ body }) => JSON.stringify(body).includes('">id":100'));
    await expect(pull()).rejects.toMatchObject({ code: 'http-500' });
    expect(await countRows(db, 'customers')).toBe(100);
    const [state] = await listPulls(db);
    expect(state).toMatchObject({
      records: 100,
      lastSuccessAt: null,
      lastError: expect.stringContaining('500'),
    });
    await pull();
    expect((await listPulls(db))[0]).toMatchObject({ records: 120, lastError: null });
  });

  it('loses nobody else by a record that cannot be read or kept', async () => {
    server.people[3]!.phone = 'x'.repeat(600);
    server.people[4]!.id = '';
    server.people[60]!.last = 'я'.repeat(700);
    expect(await pull()).toMatchObject({ isWhole: true });
    const [state] = await listPulls(db);
    expect(state!.records + state!.leftOut).toBe(120);
    expect(state!.leftOut).toBeGreaterThan(0);
    expect(await countRows(db, 'customers')).toBe(120 - state!.leftOut);
  });

  it('does not bring back who was erased', async () => {
    await pull();
    const [row] = await db.query<{ id: never }>(`select id from customers where external_id = '5'`);
    await eraseCustomer(deps, { customer: row!.id, actor: 'a' });
    server.people[4]!.updatedAt = clock.now();
    clock.pass(86_400_000);
    expect(await pull()).toMatchObject({ created: 0, leftOut: 1 });
    expect(await countRows(db, 'customers')).toBe(119);
  });

  it('is read by one process at a time', async () => {
    const [one, two] = await Promise.all([
      pullNow(deps, PLAN, 'customers'),
      pullNow(deps, PLAN, 'customers'),
    ]);
    expect([one, two].filter((summary) => summary === null)).toHaveLength(1);
    expect(await countRows(db, 'customers')).toBe(120);
  });

  it('is told of a complaint of a customer whom it gave, and says how the case stands', async () => {
    await pull();
    const opened = await publish();
    await deliverDue(deps);
    expect(server.cases).toMatchObject([{ person: '6', stage: 'NEW' }]);
    expect(await listCaseRecords(db, opened.id)).toMatchObject([
      {
        endpoint: 'b24',
        externalId: '1',
        url: expect.stringContaining('/crm/lead/details/1/'),
        status: null,
      },
    ]);
    expect(await readDueStatuses(deps)).toBe(0);
    server.cases[0]!.stage = 'IN_PROCESS';
    expect(await readDueStatuses(deps)).toBe(0);
    clock.pass(300_000);
    expect(await readDueStatuses(deps)).toBe(1);
    expect(await statusOf()).toBe('in_work');
    await changeCase(db, opened.id, { status: 'answered' });
    clock.pass(300_000);
    expect(await readDueStatuses(deps)).toBe(0);
    expect(await statusOf()).toBe('answered');
    server.cases[0]!.stage = 'CONVERTED';
    clock.pass(300_000);
    expect(await readDueStatuses(deps)).toBe(1);
    expect(await statusOf()).toBe('closed');
    server.cases[0]!.stage = 'IN_PROCESS';
    clock.pass(300_000);
    expect(await readDueStatuses(deps)).toBe(1);
    expect(await statusOf()).toBe('in_work');
    server.cases[0]!.stage = 'CONVERTED';
    clock.pass(300_000);
    await readDueStatuses(deps);
    clock.pass(15 * 86_400_000);
    await readDueStatuses(deps);
    server.asked.length = 0;
    clock.pass(300_000);
    await readDueStatuses(deps);
    expect(server.asked).toEqual([]);
    expect(await statusOf()).toBe('closed');
  });

  it('is told that a case is withdrawn, also when nobody knows its number there', async () => {
    await pull();
    const opened = await publish();
    server.fail('lose-reply', bitrix24.isWrite);
    await deliverDue(deps);
    expect(await listCaseRecords(db, opened.id)).toEqual([]);
    expect(server.cases).toHaveLength(1);
    await db.transaction((tx) =>
      withdrawCasesOf(tx, opened.authorId, [opened.customerId], 'not_the_customer', 'http://m', clock.now()),
    );
    clock.pass(15_000);
    await deliverDue(deps);
    expect(server.cases).toMatchObject([{ stage: 'JUNK' }]);
  });

  describe('when it does not let us in', () => {
    beforeEach(async () => {
      await pull();
      await publish();
      server.fail('401', () => true, 3);
      await deliverDue(deps);
    });

    it('has its deliveries wait without an attempt used up, and says why', async () => {
      expect(await listPausedEndpoints(db)).toMatchObject([
        { key: 'b24', waiting: 1, reason: expect.stringContaining('does not let us in') },
      ]);
      expect(await listDeliveries(db, 10, 0)).toMatchObject([{ state: 'pending', attempts: 0 }]);
      server.asked.length = 0;
      for (let hour = 0; hour < 200; hour += 1) {
        clock.pass(3_600_000);
        await deliverDue(deps);
      }
      await Promise.all([pullDue(deps), readDueStatuses(deps)]);
      expect(server.asked).toEqual([]);
      expect(await listDeliveries(db, 10, 0)).toMatchObject([{ state: 'pending', attempts: 0 }]);
    });

    it('goes on when it lets us in, and not before', async () => {
      const { crms } = deps.delivery;
      await expect(resumeWhenLetIn(db, crms, 'b24')).rejects.toMatchObject({ code: 'credentials' });
      await deliverDue(deps);
      expect(server.cases).toEqual([]);
      await expect(resumeWhenLetIn(db, crms, 'b24')).rejects.toMatchObject({ code: 'credentials' });
      expect(await resumeWhenLetIn(db, crms, 'b24')).toMatchObject({ user: 'Ольга Ким' });
      await deliverDue(deps);
      expect(server.cases).toHaveLength(1);
      expect(await listDeliveries(db, 10, 0)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    });

    it('names an endpoint that there is not', async () => {
      await expect(resumeWhenLetIn(db, deps.delivery.crms, 'nope')).rejects.toThrow('known: b24');
    });
  });

  it('is paused when it cannot be read either', async () => {
    server.fail('401');
    await pullDue(deps);
    expect(await listPausedEndpoints(db)).toMatchObject([{ key: 'b24', waiting: 0 }]);
    expect(await getCustomers(db, [1 as never])).toEqual([]);
    expect((await listPulls(db))[0]!.lastError).toContain('401');
  });

  it('forgets a record with its case', async () => {
    await pull();
    const { id } = await publish();
    await deliverDue(deps);
    await db.query('delete from cases');
    expect(await listCaseRecords(db, id as CaseId)).toEqual([]);
  });
});
