import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actOnDocuments } from '../../src/jobs/act.ts';
import { crawlSource } from '../../src/jobs/crawl.ts';
import { deliverDue } from '../../src/jobs/deliver.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { decideLink, refuseAll } from '../../src/jobs/links/decide.ts';
import { mergeCustomers, splitCustomer } from '../../src/jobs/links/merge.ts';
import { undoLinkAct } from '../../src/jobs/links/undo.ts';
import { registerCustomers } from '../../src/jobs/register-customers.ts';
import { understandDocuments } from '../../src/jobs/understand.ts';
import type { Identifier, LinkDecision } from '../../src/model/customer.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { AuthorId, CustomerId, SourceId } from '../../src/model/ids.ts';
import { listCasesOfCustomer } from '../../src/store/cases.ts';
import { countEvents } from '../../src/store/customer-timeline.ts';
import { listIdentifiers } from '../../src/store/customers.ts';
import type { Database } from '../../src/store/db.ts';
import {
  countDecidedSince,
  listAccountsOfCustomer,
  listLinkEvents,
  listLinksOfAuthors,
} from '../../src/store/links.ts';
import { addSources, addTopic, found, NOW, TEST_VAULT } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import {
  crawlerOf,
  createHandQueue,
  createTestClock,
  createWorker,
  SECRET,
  saveKnownCustomer,
  type TestClock,
} from './worker.ts';

const COMPLAINT = 'Ромашка обманула меня, верните деньги! Третью неделю не отвечают на претензию.';
const ANNA = { site: 'forum.example', handle: 'vetra84', name: 'Аня' };
const never = new AbortController().signal;

describe('a link between an author and a customer', () => {
  let db: Database;
  let receiver: Receiver;
  let deps: JobDeps;
  let clock: TestClock;
  let hand: ReturnType<typeof createHandQueue>;
  let source: SourceId;
  let posts: FoundDocument[] = [];
  beforeAll(async () => {
    [db, receiver] = await Promise.all([openTestStore('pglite'), startReceiver(SECRET)]);
  });
  afterAll(() => Promise.all([db.close(), receiver.close()]));
  beforeEach(async () => {
    await truncate(db);
    receiver.received = [];
    hand = createHandQueue();
    clock = createTestClock();
    deps = await createWorker(db, {
      queue: hand.queue,
      clock,
      crawler: crawlerOf(() => [posts]),
      crmUrl: receiver.url,
    });
    [source] = (await addSources(db, 'forum')) as [SourceId];
    await addTopic(db, 'romashka', 'ромашка');
  });

  async function work(): Promise<void> {
    for (let jobs = hand.take(); jobs.length > 0; jobs = hand.take())
      for (const { name, data } of jobs)
        await (name === 'understand' ? understandDocuments : actOnDocuments)(deps, data);
    await deliverDue(deps);
  }
  async function publish(...now: FoundDocument[]): Promise<AuthorId> {
    posts = now;
    await crawlSource(deps, { sourceId: source }, never);
    await work();
    const [row] = await db.query<{ id: AuthorId }>('select id from authors order by id');
    return row!.id;
  }
  async function customer(externalId: string, name: string, ...values: Identifier[]): Promise<CustomerId> {
    const record = { externalId, name, city: null, tier: null, identifiers: values, purchases: [] };
    return (await saveKnownCustomer(db, record, NOW)).id;
  }
  const email = (value: string): Identifier => ({ kind: 'email', value });
  const handle = (value: string): Identifier => ({ kind: 'handle', value });
  async function decide(author: AuthorId, id: CustomerId, decision: LinkDecision): Promise<number> {
    const act = await db.transaction((tx) =>
      decideLink(tx, deps, { author, customer: id, decision, actor: 'pr@example.ru' }),
    );
    await work();
    return act;
  }
  async function undo(act: number): Promise<string> {
    const outcome = await db.transaction((tx) => undoLinkAct(tx, deps, { act, actor: 'pr@example.ru' }));
    await work();
    return outcome;
  }
  const states = async (author: AuthorId) =>
    Object.fromEntries(
      (await listLinksOfAuthors(db, [author])).map(({ customerId, state }) => [customerId, state]),
    );
  const caseStates = async (id: CustomerId) =>
    (await listCasesOfCustomer(db, id)).map(({ status }) => status).toSorted();
  const told = () => receiver.received.map(({ type }) => type);

  it('that was wrong is refused: its case is withdrawn, the CRM is told, and the right customer gets his', async () => {
    const wrong = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    const right = await customer('c2', 'Замятина Анна', handle('forum.example/vetra84'));
    await db.query('delete from match_keys where customer_id = $1', [right]);
    const author = await publish(found('1', { text: `${COMPLAINT} Моя почта vetra@mail.ru`, author: ANNA }));
    expect([await states(author), await caseStates(wrong)]).toEqual([{ [wrong]: 'linked' }, ['open']]);
    await registerCustomers(db, deps, [right]);
    await decide(author, wrong, 'rejected');
    expect(await caseStates(wrong)).toEqual(['withdrawn']);
    await decide(author, right, 'confirmed');
    expect([await states(author), await caseStates(right)]).toEqual([
      { [wrong]: 'rejected', [right]: 'confirmed' },
      ['open'],
    ]);
    expect(told()).toEqual(['complaint.detected', 'complaint.withdrawn', 'complaint.detected']);
    expect(receiver.received[1]!.data).toMatchObject({
      customer: { external_id: 'c1' },
      reason: 'not_the_customer',
    });
  });

  it('that a person confirmed by mistake is taken back with the case that only it had opened, and back again', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', handle('vetra84'));
    const author = await publish(found('1', { text: COMPLAINT, author: ANNA }));
    expect([await states(author), await caseStates(id)]).toEqual([{ [id]: 'proposed' }, []]);
    const act = await decide(author, id, 'confirmed');
    expect([await states(author), await caseStates(id)]).toEqual([{ [id]: 'confirmed' }, ['open']]);
    expect(await undo(act)).toBe('done');
    expect([await states(author), await caseStates(id)]).toEqual([{ [id]: 'proposed' }, ['withdrawn']]);
    expect(await undo(act)).toBe('overtaken');
    const [undone] = await listLinkEvents(db, id, 1);
    expect(await undo(undone!.act)).toBe('done');
    expect([await states(author), await caseStates(id)]).toEqual([
      { [id]: 'confirmed' },
      ['open', 'withdrawn'],
    ]);
    expect(told()).toEqual(['complaint.detected', 'complaint.withdrawn', 'complaint.detected']);
    expect(await undo(999)).toBe('unknown');
  });

  it('keeps its history, with who did it', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', handle('vetra84'));
    const author = await publish(found('1', { text: COMPLAINT, author: ANNA }));
    await decide(author, id, 'confirmed');
    await undo(await decide(author, id, 'rejected'));
    const events = await listLinkEvents(db, id, 10);
    expect(events.map(({ actor, before, after }) => [actor, before?.state, after?.state])).toEqual([
      ['pr@example.ru', 'rejected', 'confirmed'],
      ['pr@example.ru', 'confirmed', 'rejected'],
      ['pr@example.ru', 'proposed', 'confirmed'],
      ['matcher', undefined, 'proposed'],
    ]);
    expect(events[0]!.after!.decidedAt).toBeInstanceOf(Date);
  });

  it('whose case had not left is withdrawn without a word to the CRM', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    posts = [found('1', { text: `${COMPLAINT} Моя почта vetra@mail.ru`, author: ANNA })];
    await crawlSource(deps, { sourceId: source }, never);
    for (let jobs = hand.take(); jobs.length > 0; jobs = hand.take())
      for (const { name, data } of jobs)
        await (name === 'understand' ? understandDocuments : actOnDocuments)(deps, data);
    const [author] = await db.query<{ id: AuthorId }>('select id from authors');
    await decide(author!.id, id, 'rejected');
    expect(await caseStates(id)).toEqual(['withdrawn']);
    expect(told()).toEqual([]);
    expect(await db.query('select state from deliveries')).toEqual([{ state: 'cancelled' }]);
  });

  it('that is confirmed ends all others of the author, and none of these ends all: each as one act', async () => {
    const one = await customer('c1', 'Ветрогонова Анна', handle('vetra84'));
    const two = await customer('c2', 'Замятина Анна', handle('vetra84'));
    const author = await publish(found('1', { text: COMPLAINT, author: ANNA }));
    const proposed = { [one]: 'proposed', [two]: 'proposed' };
    expect(await states(author)).toEqual(proposed);
    const act = await decide(author, one, 'confirmed');
    expect(await states(author)).toEqual({ [one]: 'confirmed', [two]: 'rejected' });
    await undo(act);
    expect(await states(author)).toEqual(proposed);
    const refused = await db.transaction((tx) => refuseAll(tx, deps, { author, actor: 'pr@example.ru' }));
    expect(await states(author)).toEqual({ [one]: 'rejected', [two]: 'rejected' });
    await undo(refused);
    expect(await states(author)).toEqual(proposed);
  });

  it('of somebody who speaks for the customer opens no case, and is not proposed again', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', handle('vetra84'));
    const author = await publish(found('1', { text: COMPLAINT, author: ANNA }));
    await decide(author, id, 'on_behalf');
    await publish(found('2', { text: COMPLAINT, author: ANNA }));
    expect([await states(author), await caseStates(id)]).toEqual([{ [id]: 'on_behalf' }, []]);
  });

  describe('two entries of one person', () => {
    it('are seen as one, found as one, and parted without loss', async () => {
      const one = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
      const two = await customer('c2', 'Замятина Анна', email('zamyatina@mail.ru'));
      const author = await publish(
        found('1', { text: `${COMPLAINT} Моя почта zamyatina@mail.ru`, author: ANNA }),
      );
      expect(await caseStates(two)).toEqual(['open']);
      const by = { into: one, merged: two, actor: 'pr@example.ru' };
      await db.transaction((tx) => mergeCustomers(tx, deps, by));
      await work();
      expect(await states(author)).toEqual({ [one]: 'linked' });
      expect([await caseStates(one), (await countEvents(db, one)).mention]).toEqual([['open'], 1]);
      expect((await listIdentifiers(db, TEST_VAULT, one)).map(({ value }) => value)).toEqual([
        'vetra@mail.ru',
        'zamyatina@mail.ru',
      ]);
      await publish(
        found('2', { text: 'Моя почта zamyatina@mail.ru', author: { ...ANNA, handle: 'second' } }),
      );
      expect((await listAccountsOfCustomer(db, one)).map(({ handle, state }) => [handle, state])).toEqual(
        expect.arrayContaining([
          ['vetra84', 'linked'],
          ['second', 'linked'],
        ]),
      );
      expect(told()).toEqual(['complaint.detected']);
      await db.transaction((tx) => splitCustomer(tx, deps, { entry: two, actor: 'pr@example.ru' }));
      await work();
      expect([await caseStates(one), await caseStates(two)]).toEqual([[], ['open']]);
      expect((await listIdentifiers(db, TEST_VAULT, two)).map(({ value }) => value)).toEqual([
        'zamyatina@mail.ru',
      ]);
      await publish(found('3', { text: 'Моя почта vetra@mail.ru', author: { ...ANNA, handle: 'third' } }));
      expect((await listAccountsOfCustomer(db, one)).map(({ handle }) => handle)).toContain('third');
    });

    it('stay one when a third joins them, and are refused twice', async () => {
      const ids = [
        await customer('c1', 'Анна', email('a@mail.ru')),
        await customer('c2', 'Анна', email('b@mail.ru')),
        await customer('c3', 'Анна', email('c@mail.ru')),
      ] as const;
      const merge = (into: CustomerId, merged: CustomerId) =>
        db.transaction((tx) => mergeCustomers(tx, deps, { into, merged, actor: 'pr' }));
      await merge(ids[0], ids[1]);
      await merge(ids[2], ids[1]);
      expect(await listIdentifiers(db, TEST_VAULT, ids[2])).toHaveLength(3);
      await expect(merge(ids[0], ids[1])).rejects.toThrow('one person already');
      await expect(merge(ids[0], 999 as CustomerId)).rejects.toThrow('no such customer');
      await expect(
        db.transaction((tx) => splitCustomer(tx, deps, { entry: ids[2], actor: 'pr' })),
      ).rejects.toThrow('stands for itself');
    });
  });

  it('is not made to a customer who objects, nor under consented_only to one who did not agree', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    const say = async (state: string, minute: number) => {
      await db.query(
        `insert into consents (customer_id, channel, purpose, state, at) values ($1, 'any', 'matching', $2, $3)`,
        [id, state, new Date(NOW.getTime() + minute * 60_000)],
      );
      await registerCustomers(db, deps, [id]);
    };
    const post = (number: string) =>
      publish(found(number, { text: 'Моя почта vetra@mail.ru', author: { ...ANNA, handle: `h${number}` } }));
    const accounts = async () => (await listAccountsOfCustomer(db, id)).length;
    await say('objected', 1);
    await post('1');
    expect(await accounts()).toBe(0);
    await say('given', 2);
    await post('2');
    expect(await accounts()).toBe(1);
    deps = { ...deps, matchPolicy: 'consented_only' };
    await say('withdrawn', 3);
    await post('3');
    expect(await accounts()).toBe(0);
  });

  it('ends when the customer objects, also one that a person confirmed, and may be found again later', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    const say = async (state: string, minute: number) => {
      await db.query(
        `insert into consents (customer_id, channel, purpose, state, at) values ($1, 'any', 'matching', $2, $3)`,
        [id, state, new Date(NOW.getTime() + minute * 60_000)],
      );
      await db.transaction((tx) => registerCustomers(tx, deps, [id]));
    };
    const author = await publish(found('1', { text: 'Моя почта vetra@mail.ru', author: ANNA }));
    await decide(author, id, 'confirmed');
    await say('withdrawn', 1);
    await publish(found('2', { text: COMPLAINT, author: ANNA }));
    expect([await states(author), await caseStates(id)]).toEqual([{}, []]);
    expect(await countDecidedSince(db, null)).toBe(0);
    await say('given', 2);
    await publish(found('3', { text: 'Моя почта vetra@mail.ru', author: ANNA }));
    expect(await states(author)).toEqual({ [id]: 'linked' });
  });

  it('that is refused takes its case along, also when the entry was joined to another before', async () => {
    const one = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    const two = await customer('c2', 'Замятина Анна', email('zamyatina@mail.ru'));
    const author = await publish(found('1', { text: 'Моя почта zamyatina@mail.ru', author: ANNA }));
    await db.transaction((tx) => mergeCustomers(tx, deps, { into: one, merged: two, actor: 'pr' }));
    await publish(found('2', { text: COMPLAINT, author: ANNA }));
    expect(await caseStates(one)).toEqual(['open']);
    await db.transaction((tx) => splitCustomer(tx, deps, { entry: two, actor: 'pr' }));
    await work();
    expect([await caseStates(one), await caseStates(two)]).toEqual([['withdrawn'], ['open']]);
    await db.transaction((tx) => mergeCustomers(tx, deps, { into: one, merged: two, actor: 'pr' }));
    await work();
    await decide(author, one, 'rejected');
    expect(await caseStates(one)).toEqual(['withdrawn', 'withdrawn']);
    expect(told().filter((type) => type === 'complaint.withdrawn')).toHaveLength(2);
  });

  it('cannot be given back once somebody has said that the author is another', async () => {
    const one = await customer('c1', 'Ветрогонова Анна', handle('vetra84'));
    const two = await customer('c2', 'Замятина Ольга');
    const author = await publish(found('1', { text: 'Здравствуйте', author: ANNA }));
    const act = await decide(author, one, 'rejected');
    await decide(author, two, 'confirmed');
    expect(await undo(act)).toBe('overtaken');
    expect(await states(author)).toEqual({ [one]: 'rejected', [two]: 'confirmed' });
  });

  it('is only proposed where everything is to be confirmed', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    deps = { ...deps, matchPolicy: 'suggest_all' };
    const author = await publish(found('1', { text: `${COMPLAINT} Моя почта vetra@mail.ru`, author: ANNA }));
    expect([await states(author), await caseStates(id)]).toEqual([{ [id]: 'proposed' }, []]);
  });
});
