import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actOnDocuments } from '../../src/jobs/act.ts';
import { crawlSource } from '../../src/jobs/crawl.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { importCustomers } from '../../src/jobs/import-customers.ts';
import { decideLink } from '../../src/jobs/links/decide.ts';
import { judgeGenericValues } from '../../src/jobs/links/judge-again.ts';
import { undoLinkAct } from '../../src/jobs/links/undo.ts';
import { understandDocuments } from '../../src/jobs/understand.ts';
import type { Identifier, IdentityLink, LinkDecision } from '../../src/model/customer.ts';
import type { FoundAuthor, FoundDocument } from '../../src/model/document.ts';
import type { AuthorId, CustomerId, SourceId } from '../../src/model/ids.ts';
import { listCasesOfCustomer } from '../../src/store/cases.ts';
import type { Database } from '../../src/store/db.ts';
import { listLinksOfAuthors } from '../../src/store/links.ts';
import { addSources, addTopic, found, NOW, TEST_VAULT } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import {
  crawlerOf,
  createHandQueue,
  createTestClock,
  createWorker,
  saveKnownCustomer,
  type TestClock,
} from './worker.ts';

const COMPLAINT = 'Ромашка обманула меня, верните деньги! Третью неделю не отвечают на претензию.';
const PHONE = '+79160001122';
const never = new AbortController().signal;

describe('an identifier that tells no more who somebody is', () => {
  let db: Database;
  let deps: JobDeps;
  let clock: TestClock;
  let hand: ReturnType<typeof createHandQueue>;
  let source: SourceId;
  let posts: FoundDocument[] = [];
  let count = 0;
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  const folder = mkdtempSync(join(tmpdir(), 'molva-values-'));
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    await truncate(db);
    hand = createHandQueue();
    clock = createTestClock();
    deps = await createWorker(db, { queue: hand.queue, clock, crawler: crawlerOf(() => [posts]) });
    [source] = (await addSources(db, 'forum')) as [SourceId];
    await addTopic(db, 'romashka', 'ромашка');
  });

  async function work(): Promise<void> {
    for (let jobs = hand.take(); jobs.length > 0; jobs = hand.take())
      for (const { name, data } of jobs)
        await (name === 'understand' ? understandDocuments : actOnDocuments)(deps, data);
  }
  async function publish(handle: string, text: string, author: Partial<FoundAuthor> = {}): Promise<AuthorId> {
    count += 1;
    posts = [
      found(String(count), {
        text,
        author: { site: 'forum.example', handle, name: `n-${handle}`, ...author },
      }),
    ];
    await crawlSource(deps, { sourceId: source }, never);
    await work();
    const [row] = await db.query<{ id: AuthorId }>('select id from authors where handle = $1', [handle]);
    return row!.id;
  }
  async function customer(
    externalId: string,
    name: string,
    ...identifiers: Identifier[]
  ): Promise<CustomerId> {
    const record = { externalId, name, city: null, tier: null, identifiers, purchases: [] };
    return (await saveKnownCustomer(db, record, NOW)).id;
  }
  async function importPeople(...rows: object[]): Promise<void> {
    const file = join(folder, 'customers.jsonl');
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    await importCustomers(deps, file, 'admin@example.ru');
    await work();
  }
  const email = (value: string): Identifier => ({ kind: 'email', value });
  const phone = (value: string): Identifier => ({ kind: 'phone', value });
  const links = (author: AuthorId): Promise<IdentityLink[]> => listLinksOfAuthors(db, [author]);
  const states = async (author: AuthorId) =>
    Object.fromEntries((await links(author)).map(({ customerId, state }) => [customerId, state]));
  const cases = async (id: CustomerId) => (await listCasesOfCustomer(db, id)).map(({ status }) => status);
  async function judge(): Promise<number> {
    const judged = await judgeGenericValues(deps);
    await work();
    return judged;
  }
  async function decide(author: AuthorId, id: CustomerId, decision: LinkDecision): Promise<number> {
    const act = await db.transaction((tx) =>
      decideLink(tx, deps, { author, customer: id, decision, actor: 'pr@example.ru' }),
    );
    await work();
    return act;
  }

  it('is named in the evidence by a hash that nobody can read, the one under which it stands in the register', async () => {
    await customer('c1', 'Ветрогонова Анна', phone(PHONE));
    const [link] = await links(await publish('a', `${COMPLAINT} Мой телефон 8 916 000-11-22`));
    const hashes = link!.evidence.flatMap(({ hash }) => hash ?? []);
    expect(hashes).toEqual([TEST_VAULT.hash('p:9160001122')]);
    expect(await db.query('select customers from match_counts where key = $1', hashes)).toEqual([
      { customers: 1 },
    ]);
    expect(JSON.stringify(link)).not.toContain('9160001122');
  });

  describe('since two customers have it', () => {
    const say = `${COMPLAINT} Мой телефон 8 916 000-11-22`;

    it('makes the link that leant on it a question about both, and its case is withdrawn', async () => {
      const one = await customer('c1', 'Ветрогонова Анна', phone(PHONE));
      const author = await publish('a', say);
      await publish('a', 'Ромашка открыла магазин в Казани');
      expect([await states(author), await cases(one)]).toEqual([{ [one]: 'linked' }, ['open']]);
      expect(await judge()).toBe(0);
      await importPeople({ external_id: 'c2', name: 'Замятин Олег', phones: ['8 (916) 000-11-22'] });
      const [two] = (
        await db.query<{ id: CustomerId }>(`select id from customers where external_id = 'c2'`)
      ).map(({ id }) => id);
      expect(await judge()).toBe(1);
      expect(await states(author)).toEqual({ [one]: 'proposed', [two!]: 'proposed' });
      expect(await cases(one)).toEqual(['withdrawn']);
      const scores = (await links(author)).map(({ score }) => score);
      expect(Math.max(...scores)).toBeLessThan(0.6);
      expect(await judge()).toBe(0);
    });

    it('leaves links of people, those that lean on something else, and those of whom another identifier tells', async () => {
      const one = await customer('c1', 'Ветрогонова Анна', phone(PHONE), email('vetra@mail.ru'));
      const confirmed = await publish('a', say);
      await decide(confirmed, one, 'confirmed');
      const other = await publish('b', `${COMPLAINT} Моя почта vetra@mail.ru`);
      const both = await publish('c', say);
      await publish('c', 'Ромашка, моя почта vetra@mail.ru');
      const alone = await publish('d', say);
      const opened = await cases(one);
      await customer('c2', 'Замятин Олег', phone(PHONE));
      await judge();
      expect([await states(confirmed), await states(other), await states(both)]).toEqual([
        { [one]: 'confirmed' },
        { [one]: 'linked' },
        { [one]: 'linked' },
      ]);
      expect((await states(alone))[one]).toBe('proposed');
      expect((await cases(one)).filter((status) => status === 'open')).toHaveLength(opened.length - 1);
    });

    it('leaves a link where the other entry is of the same person', async () => {
      const one = await customer('c1', 'Ветрогонова Анна', phone(PHONE));
      const author = await publish('a', say);
      await customer('c2', 'Анна Ветрогонова', phone(PHONE));
      expect(await judge()).toBe(1);
      expect([Object.values(await states(author)), await cases(one)]).toEqual([['linked'], ['open']]);
    });

    it('may be linked by again once it is one customer’s alone', async () => {
      const one = await customer('c1', 'Ветрогонова Анна', phone(PHONE));
      await customer('c2', 'Замятин Олег', phone(PHONE));
      await judge();
      const author = await publish('a', say);
      expect((await states(author))[one]).toBe('proposed');
      await customer('c2', 'Замятин Олег', phone('+79160009988'));
      await publish('a', say);
      expect((await states(author))[one]).toBe('linked');
    });
  });

  describe('since people said no for its sake', () => {
    const HOTLINE = `${COMPLAINT} Мой телефон 8 916 000-11-22`;

    it('twice, of two authors: nobody is linked or proposed by it, and whoever was is so no more', async () => {
      const one = await customer('c1', 'Горячая Линия', phone(PHONE));
      const authors: AuthorId[] = [];
      for (const handle of ['a', 'b', 'c']) authors.push(await publish(handle, HOTLINE));
      const [first, second, third] = authors as [AuthorId, AuthorId, AuthorId];
      await decide(first, one, 'rejected');
      expect([await judge(), await states(third)]).toEqual([0, { [one]: 'linked' }]);
      await decide(second, one, 'rejected');
      expect([await judge(), await states(third)]).toEqual([1, {}]);
      expect(await cases(one)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
      expect(await states(await publish('d', HOTLINE))).toEqual({});
      expect(await states(first)).toEqual({ [one]: 'rejected' });
    });

    it('is told again when a refusal is taken back, and the link is made again', async () => {
      const one = await customer('c1', 'Горячая Линия', phone(PHONE));
      const third = await publish('c', HOTLINE);
      await decide(await publish('a', HOTLINE), one, 'rejected');
      const act = await decide(await publish('b', HOTLINE), one, 'rejected');
      await judge();
      expect(await states(third)).toEqual({});
      expect(await db.transaction((tx) => undoLinkAct(tx, deps, { act, actor: 'pr@example.ru' }))).toBe(
        'done',
      );
      await work();
      expect(await states(third)).toEqual({ [one]: 'linked' });
      expect((await cases(one)).filter((status) => status === 'open')).toHaveLength(2);
    });

    it.each([
      'confirmed',
      'on_behalf',
    ] as const)('but not when of one author they said: %s', async (decision) => {
      const one = await customer('c1', 'Ветрогонова Анна', phone(PHONE));
      await decide(await publish('a', HOTLINE), one, decision);
      for (const handle of ['b', 'c']) await decide(await publish(handle, HOTLINE), one, 'rejected');
      expect([await judge(), await states(await publish('d', HOTLINE))]).toEqual([0, { [one]: 'linked' }]);
    });

    it('and not when one author was refused twice', async () => {
      const one = await customer('c1', 'Ветрогонова Анна', phone(PHONE));
      const author = await publish('a', HOTLINE);
      for (const decision of ['rejected', 'proposed', 'rejected'] as const)
        await decide(author, one, decision);
      expect([await judge(), await states(await publish('d', HOTLINE))]).toEqual([0, { [one]: 'linked' }]);
    });
  });
});
