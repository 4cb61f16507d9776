import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actOnDocuments } from '../../src/jobs/act.ts';
import { crawlSource } from '../../src/jobs/crawl.ts';
import { deliverDue } from '../../src/jobs/deliver.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { decideLink } from '../../src/jobs/links/decide.ts';
import { enqueueRematch, goOnWithPast } from '../../src/jobs/rematch.ts';
import { forgetOld, recoverLostWork } from '../../src/jobs/tidy.ts';
import { understandDocuments } from '../../src/jobs/understand.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { DocumentId, SourceId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import { getDocuments } from '../../src/store/documents.ts';
import { takeRemovals } from '../../src/store/index-queue.ts';
import { listLinksOfAuthors } from '../../src/store/links.ts';
import { listMentions, setMentionStatus } from '../../src/store/mentions.ts';
import { listRematchRuns } from '../../src/store/rematch-runs.ts';
import { addSources, addTopic, countRows, found, MINUTE } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';
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

const ANNA = { site: 'forum.example', handle: 'Анна_К' };
const TEXT = 'Ужас! Ромашка третью неделю не везёт мой заказ и не возвращает деньги. Верните деньги!';
const never = new AbortController().signal;

describe.each(DRIVERS)('from a post to the CRM on %s', (kind) => {
  let db: Database;
  let receiver: Receiver;
  let deps: JobDeps;
  let clock: TestClock;
  let hand: ReturnType<typeof createHandQueue>;
  let source: SourceId;
  let posts: FoundDocument[] = [];
  beforeAll(async () => {
    [db, receiver] = await Promise.all([openTestStore(kind), startReceiver(SECRET)]);
  });
  afterAll(() => Promise.all([db.close(), receiver.close()]));
  beforeEach(async () => {
    await truncate(db);
    receiver.received = [];
    hand = createHandQueue();
    clock = createTestClock();
    const options = { queue: hand.queue, clock, crawler: crawlerOf(() => [posts]), crmUrl: receiver.url };
    deps = await createWorker(db, options);
    [source] = (await addSources(db, 'forum')) as [SourceId];
    await addTopic(db, 'romashka', 'ромашка');
  });

  /** Jobs as they were enqueued, until none is left. */
  async function work(): Promise<void> {
    for (let jobs = hand.take(); jobs.length > 0; jobs = hand.take())
      for (const { name, data } of jobs)
        await { understand: understandDocuments, act: actOnDocuments, rematch: goOnWithPast }[name]!(
          deps,
          data,
        );
    await deliverDue(deps);
  }
  async function publish(...found: FoundDocument[]): Promise<void> {
    posts = found;
    await crawlSource(deps, { sourceId: source }, never);
    await work();
  }
  const addCustomer = (kind: 'handle' | 'email' | 'phone', value: string, externalId = 'c1') =>
    saveKnownCustomer(
      db,
      { externalId, name: 'Анна', city: null, tier: 'MVC', identifiers: [{ kind, value }], purchases: [] },
      clock.now(),
    );
  const allIds = async () =>
    (await db.query<{ id: DocumentId }>('select id from documents order by id')).map(({ id }) => id);
  const complaint = (changes: Partial<FoundDocument> = {}) =>
    found('1', { text: TEXT, author: ANNA, ...changes });

  it.each([
    ['the account', 'handle', 'forum.example/анна_к', TEXT],
    ['an e-mail in the text', 'email', 'anna@example.ru', `${TEXT} Пишите мне на anna@example.ru`],
    ['a phone in the text', 'phone', '+79161234567', `${TEXT} Мой телефон 8 (916) 123-45-67`],
  ] as const)('a complaint of a customer known by %s arrives once', async (_by, kind, value, text) => {
    const { id } = await addCustomer(kind, value);
    await publish(complaint({ text }));
    expect(receiver.received).toMatchObject([
      { data: { customer: { external_id: 'c1', tier: 'MVC' }, topic: { key: 'romashka' } } },
    ]);
    expect(await countRows(db, 'cases')).toBe(1);
    expect(JSON.stringify(receiver.received[0]!.data.customer)).not.toContain(
      value === 'forum.example/анна_к' ? '+7' : value,
    );
    expect(id).toBeGreaterThan(0);
  });

  it('stages that run again, in any order, change nothing', async () => {
    await addCustomer('handle', 'forum.example/анна_к');
    await publish(complaint(), found('2', { text: TEXT, author: { site: 'x', handle: 'stranger' } }));
    const documentIds = await allIds();
    for (let round = 0; round < 2; round++) {
      await actOnDocuments(deps, { documentIds });
      await deliverDue(deps);
      await understandDocuments(deps, { documentIds: documentIds.toReversed() });
      await Promise.all([
        actOnDocuments(deps, { documentIds }),
        understandDocuments(deps, { documentIds }),
        actOnDocuments(deps, { documentIds }),
      ]);
      await publish(...posts);
    }
    expect([
      await countRows(db, 'cases'),
      await countRows(db, 'deliveries'),
      receiver.received.length,
    ]).toEqual([1, 1, 1]);
  });

  it('a complaint of a stranger opens nothing', async () => {
    await publish(complaint());
    expect(await listMentions(db, await allIds())).toMatchObject([{ complaint: { isComplaint: true } }]);
    expect([await countRows(db, 'cases'), receiver.received.length]).toEqual([0, 0]);
  });

  it('a post that is no complaint, or was set aside as not about us, opens nothing', async () => {
    await publish(found('2', { text: 'Сегодня Ромашка открыла магазин.', author: ANNA }), complaint());
    for (const { id } of await listMentions(db, await allIds())) await setMentionStatus(db, id, 'not_us');
    await addCustomer('handle', 'forum.example/анна_к');
    await actOnDocuments(deps, { documentIds: await allIds() });
    expect(await countRows(db, 'cases')).toBe(0);
  });

  it('a link that a person rejected opens nothing, a proposed one that is confirmed opens the case', async () => {
    const { id: customerId } = await addCustomer('handle', 'анна_к');
    await publish(complaint());
    const [document] = await getDocuments(db, await allIds());
    const [id, authorId] = [document!.id, document!.authorId!];
    expect(await listLinksOfAuthors(db, [authorId])).toMatchObject([{ state: 'proposed', customerId }]);
    expect(await countRows(db, 'cases')).toBe(0);
    const decide = (decision: 'confirmed' | 'rejected') =>
      db.transaction((tx) =>
        decideLink(tx, deps, { author: authorId, customer: customerId, decision, actor: 'pr' }),
      );
    await decide('rejected');
    await actOnDocuments(deps, { documentIds: [id] });
    expect(await countRows(db, 'cases')).toBe(0);
    await decide('confirmed');
    await actOnDocuments(deps, { documentIds: [id] });
    expect(await countRows(db, 'cases')).toBe(1);
    expect(await listLinksOfAuthors(db, [authorId])).toMatchObject([{ state: 'confirmed', decidedBy: 'pr' }]);
  });

  it('an edited post that turns into a complaint opens a case, and editing on opens no second one', async () => {
    await addCustomer('handle', 'forum.example/анна_к');
    await publish(complaint({ text: 'Сегодня Ромашка открыла магазин.' }));
    expect(await countRows(db, 'cases')).toBe(0);
    await publish(complaint());
    await publish(complaint({ text: `${TEXT} Позор!` }));
    expect([await countRows(db, 'cases'), receiver.received.length]).toEqual([1, 1]);
    expect(await getDocuments(db, await allIds())).toMatchObject([{ revision: 3 }]);
  });

  it('work on an older revision neither overwrites the newer one nor counts for it', async () => {
    await publish(complaint());
    posts = [complaint({ text: 'Ромашка исправилась, спасибо!' })];
    await crawlSource(deps, { sourceId: source }, never);
    await actOnDocuments(deps, { documentIds: await allIds() });
    const [state] = await db.query('select understood, acted from document_progress');
    expect(state).toEqual({ understood: 1, acted: 1 });
    await work();
    expect(await db.query('select understood, acted from document_progress')).toEqual([
      { understood: 2, acted: 2 },
    ]);
  });

  it('a new topic finds its mentions in what is stored, and a changed one drops what no longer matches', async () => {
    await publish(
      complaint(),
      ...Array.from({ length: 120 }, (_, i) => found(`n${i}`, { text: `Лютик номер ${i}` })),
    );
    await addTopic(db, 'lutik', 'лютик');
    await addTopic(db, 'romashka', 'василёк');
    await db.transaction((tx) => enqueueRematch(hand.queue, tx, clock.now()));
    expect(await listRematchRuns(db)).toMatchObject([{ done: 0, total: 121 }]);
    for (const { data } of hand.take()) {
      await goOnWithPast(deps, data);
      // As after a process that died when the batch was stored and its job was not yet ticked off.
      await goOnWithPast(deps, data);
    }
    expect(await listRematchRuns(db)).toMatchObject([{ done: 100, total: 121 }]);
    expect(await hand.queue.backlog()).toMatchObject({ rematch: 1 });
    await work();
    expect(await listRematchRuns(db)).toEqual([]);
    const mentions = await db.query<{ key: string; n: number }>(
      'select t.key, count(*)::int as n from mentions m join topics t on t.id = m.topic_id group by 1',
    );
    expect(mentions).toEqual([{ key: 'lutik', n: 120 }]);
  });

  it('topics that change while a batch is being understood are not missed', async () => {
    posts = [complaint()];
    await crawlSource(deps, { sourceId: source }, never);
    const { topics } = deps;
    let changed = false;
    const racing: JobDeps = {
      ...deps,
      topics: {
        ...topics,
        current: async (on) => {
          const compiled = await topics.current(on);
          if (!changed) await addTopic(db, 'money', 'деньги');
          changed = true;
          return compiled;
        },
      },
    };
    expect(await understandDocuments(racing, { documentIds: await allIds() })).toEqual({
      documents: 1,
      mentions: 2,
    });
  });

  it('jobs that were lost are handed out again, but not while others still wait', async () => {
    await addCustomer('handle', 'forum.example/анна_к');
    posts = [complaint()];
    await crawlSource(deps, { sourceId: source }, never);
    clock.pass(11 * MINUTE);
    expect(await recoverLostWork(deps)).toBe(0);
    hand.take();
    expect(await recoverLostWork(deps)).toBe(1);
    await understandDocuments(deps, { documentIds: await allIds() });
    hand.take();
    clock.pass(11 * MINUTE);
    expect(await recoverLostWork(deps)).toBe(1);
    await work();
    expect(receiver.received).toHaveLength(1);
    clock.pass(11 * MINUTE);
    expect(await recoverLostWork(deps)).toBe(0);
  });

  it('a document on which matching fails does not hold up the others of its job', async () => {
    await addCustomer('handle', 'forum.example/анна_к');
    posts = [found('0', { text: TEXT, author: { site: 'bad', handle: 'bad' } }), complaint()];
    await crawlSource(deps, { sourceId: source }, never);
    await understandDocuments(deps, { documentIds: await allIds() });
    const [first] = await allIds();
    await db.query(
      `update mentions set complaint = '{"isComplaint": true, "severity": "x", "reason": "app"}' where document_id = $1`,
      [first],
    );
    await addCustomer('handle', 'bad/bad', 'c2');
    await expect(actOnDocuments(deps, { documentIds: await allIds() })).rejects.toThrow();
    expect(await countRows(db, 'cases')).toBe(1);
  });

  it('who is no customer and has been silent for long loses the name on his posts, and nobody else', async () => {
    await addCustomer('handle', 'forum.example/анна_к');
    await publish(
      complaint(),
      found('2', { author: { site: 'x', handle: 'silent', name: 'Silent', about: 'Me' } }),
    );
    clock.pass(100 * 24 * 60 * MINUTE);
    await publish(found('3', { author: { site: 'x', handle: 'lively' } }));
    deps = { ...deps, retention: { ...deps.retention, authors: 90 * 24 * 60 * MINUTE } };
    await forgetOld(deps);
    expect(await db.query('select handle from authors order by handle')).toEqual([
      { handle: 'lively' },
      { handle: 'Анна_К' },
    ]);
    const posts = await db.query<{ author_id: number | null }>('select author_id from documents order by id');
    expect(posts.map((post) => post.author_id === null)).toEqual([false, true, false]);
  });

  it('what is older than the retention goes, but not what a case leans on, and the index hears of it', async () => {
    await addCustomer('handle', 'forum.example/анна_к');
    await publish(complaint(), found('2', { author: { site: 'x', handle: 'y' } }));
    const [, old] = await allIds();
    clock.pass(366 * 24 * 60 * MINUTE);
    expect(await forgetOld(deps)).toBe(1);
    expect(await takeRemovals(db, 10)).toEqual([old]);
    expect([
      await countRows(db, 'documents'),
      await countRows(db, 'cases'),
      await countRows(db, 'authors'),
    ]).toEqual([1, 1, 1]);
  });
});
