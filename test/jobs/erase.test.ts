import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../config/schema.ts';
import { newPage } from '../../crawlers/walk/reading.ts';
import { csv } from '../../src/act/crm/csv.ts';
import { openErasureJournal } from '../../src/app/erasure-journal.ts';
import { commands } from '../../src/commands/person.ts';
import { actOnDocuments } from '../../src/jobs/act.ts';
import { crawlSource } from '../../src/jobs/crawl.ts';
import { deliverDue } from '../../src/jobs/deliver.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { issueDueDigests } from '../../src/jobs/digests.ts';
import { createSubscriptions } from '../../src/jobs/events/subscriptions.ts';
import { placeHold, releaseHold } from '../../src/jobs/evidence/hold.ts';
import { enqueueLooks } from '../../src/jobs/evidence/keep.ts';
import { takeEvidence } from '../../src/jobs/evidence/take.ts';
import { importCustomers } from '../../src/jobs/import-customers.ts';
import { eraseAuthor, eraseCustomer } from '../../src/jobs/privacy/erase.ts';
import { exportCustomer } from '../../src/jobs/privacy/export.ts';
import { isBehindJournal, replayErasures } from '../../src/jobs/privacy/replay.ts';
import { understandDocuments } from '../../src/jobs/understand.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { AuthorId, CaseId, CustomerId, DocumentId, SourceId } from '../../src/model/ids.ts';
import { backup, restore } from '../../src/store/backup.ts';
import type { Database } from '../../src/store/db.ts';
import { syncRecipients } from '../../src/store/digests.ts';
import { CUSTOMER_TABLES } from '../../src/store/erasing.ts';
import { verifyEvidence } from '../../src/store/evidence-verify.ts';
import { keepPage } from '../../src/store/kept-pages.ts';
import { savePages } from '../../src/store/pages.ts';
import { saveExample } from '../../src/store/topic-examples.ts';
import { RECIPIENT } from '../support/full-store.ts';
import { addSources, addTopic, found, NOW, TEST_VAULT } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import {
  crawlerOf,
  createHandQueue,
  createTestClock,
  createWorker,
  hears,
  type TestClock,
} from './worker.ts';

/** Strings that stand nowhere but with the one who is erased. */
const SECRETS = [
  'Ветрогонова',
  'vetrogonova@mail.example',
  '9161237845',
  '123-78-45',
  'pelmen-84',
  'CRM-70071',
  'Литейный',
  'треснутый самовар',
  'Пельмень Сибирский',
  'ORDER-55501',
  'любит самовары',
];
const COMPLAINT =
  'Ромашка прислала треснутый самовар и обманула меня, верните деньги! Моя почта vetrogonova@mail.example, третью неделю не отвечают.';
const ANNA = {
  site: 'forum.example',
  handle: 'pelmen-84',
  name: 'Пельмень Сибирский',
  profileUrl: 'https://forum.example/u/pelmen-84',
  about: 'Анна Ветрогонова, тел. 8 916 123-78-45',
};
const URL_OF_POST = 'https://forum.example/pelmen-84/1?a=1&b=2';
const CUSTOMERS = `${JSON.stringify({
  external_id: 'CRM-70071',
  name: 'Анна Ветрогонова',
  emails: ['vetrogonova@mail.example'],
  phones: ['+7 916 123-78-45'],
  handles: ['forum.example/pelmen-84'],
  purchases: [
    { external_id: 'ORDER-55501', at: '2026-10-01', amount: 900, currency: 'RUB', item: 'любит самовары' },
  ],
})}\n${JSON.stringify({ external_id: 'CRM-2', name: 'Олег Замятин', emails: ['oleg@mail.example'] })}\n`;
const never = new AbortController().signal;
/** The page of the thread: her post, and an answer of somebody else. */
const PAGE = `<html><body><h1>Ромашка: треснутый самовар</h1><div><a href="${ANNA.profileUrl}">Пельмень Сибирский</a> ${COMPLAINT}</div>
  <div>Борис: и мне Ромашка не вернула деньги за чайник, ужасно обманула, верните деньги</div></body></html>`;

/** Every row of every table, ours and the queue's, as text. */
async function dump(db: Database): Promise<string> {
  const tables = await db.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const parts: string[] = [];
  for (const { name } of tables)
    for (const { row } of await db.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`))
      parts.push(`${name} ${row}`);
  for (const { body } of await db.query<{ body: Uint8Array }>('select body from source_pages_kept'))
    parts.push(gunzipSync(body).toString());
  for (const { content } of await db.query<{ content: Uint8Array }>(
    `select content from evidence_records where encoding = 'brotli'`,
  ))
    parts.push(brotliDecompressSync(content).toString());
  return parts.join('\n');
}

describe('a person who is erased', () => {
  let db: Database;
  let deps: JobDeps;
  let clock: TestClock;
  let hand: ReturnType<typeof createHandQueue>;
  let source: SourceId;
  let folder: string;
  let posts: FoundDocument[] = [];
  let page = PAGE;
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    page = PAGE;
    folder = mkdtempSync(join(tmpdir(), 'molva-erase-'));
    hand = createHandQueue();
    clock = createTestClock();
    const outbox = csv.connect({ file: 'cases.csv' }, { folder, http: undefined as never, clock });
    const crms = new Map([['crm', outbox]]);
    const base = await createWorker(db, { queue: hand.queue, clock, crawler: crawlerOf(() => [posts]) });
    deps = {
      ...base,
      subscriptions: createSubscriptions([hears('crm')], base.resources, base.log),
      delivery: { ...base.delivery, crms },
      erasures: openErasureJournal(configSchema.parse({ store: { folder } })),
      fetchFor: () => async (url) => ({
        url,
        contentType: 'text/html',
        charset: 'utf-8',
        text: page,
        validators: {},
        original: {
          status: 200,
          contentType: 'text/html',
          bytes: Buffer.from(page),
          screenshot: { why: 'off' },
        },
      }),
    };
    [source] = (await addSources(db, 'forum')) as [SourceId];
    return () => rmSync(folder, { recursive: true });
  });

  async function work(): Promise<void> {
    for (let jobs = hand.take(); jobs.length > 0; jobs = hand.take())
      for (const { name, data } of jobs)
        await (name === 'understand' ? understandDocuments : actOnDocuments)(deps, data);
  }
  async function publish(...now: FoundDocument[]): Promise<void> {
    posts = now;
    await crawlSource(deps, { sourceId: source }, never);
    await work();
  }
  /** Takes the pages behind complaints that are due. */
  async function look(): Promise<void> {
    await enqueueLooks(deps);
    for (const { name, data } of hand.take()) if (name === 'evidence') await takeEvidence(deps, data, never);
  }
  async function importAll(): Promise<Awaited<ReturnType<typeof importCustomers>>> {
    writeFileSync(join(folder, 'customers.jsonl'), CUSTOMERS);
    const summary = await importCustomers(deps, join(folder, 'customers.jsonl'), 'test');
    await work();
    return summary;
  }
  const post = (changes: Partial<FoundDocument> = {}) =>
    found('1', {
      text: COMPLAINT,
      url: URL_OF_POST,
      author: ANNA,
      thread: { externalId: 't1', title: 'Ромашка: треснутый самовар', url: 'https://forum.example/t1' },
      ...changes,
    });

  /** She complains, is recognised, gets a case that leaves, stands in a digest, and in all that people paste. */
  async function liveThrough(): Promise<CustomerId> {
    const topic = await addTopic(db, 'romashka', 'ромашка');
    await importAll();
    await publish(
      post(),
      found('2', {
        text: 'Ромашка открыла магазин, всё хорошо.',
        author: { site: 'forum.example', handle: 'oleg', name: 'Олег' },
      }),
    );
    await look();
    await deliverDue(deps);
    await db.query(
      `insert into customer_addresses (customer_id, number, sealed) select id, 1, $1 from customers where external_id = 'CRM-70071'`,
      [TEST_VAULT.seal('Литейный, 5')],
    );
    await db.query(`insert into customer_interests (customer_id, interest, origin, source, at)
      select id, 'любит самовары', 'declared', 'import', now() from customers where external_id = 'CRM-70071'`);
    await savePages(db, source, [
      newPage({ url: URL_OF_POST, role: 'content', thread: '', number: 1 }, NOW, 1),
    ]);
    await keepPage(db, source, { role: 'content', isGood: true, url: URL_OF_POST, at: NOW, text: COMPLAINT });
    await saveExample(
      db,
      topic,
      { mustMatch: true, url: URL_OF_POST, title: null, author: 'pelmen-84', text: COMPLAINT, note: '' },
      'a@b.ru',
      NOW,
    );
    await syncRecipients(db, [{ ...RECIPIENT, key: 'a@x.ru', email: 'a@x.ru', unsubscribeToken: 't' }]);
    clock.pass(24 * 3_600_000);
    await issueDueDigests(deps);
    const [row] = await db.query<{ id: CustomerId }>(
      `select id from customers where external_id = 'CRM-70071'`,
    );
    return row!.id;
  }

  it('is found nowhere in the whole dump, nor in the files of connectors, while the others stay', async () => {
    const customer = await liveThrough();
    const before = await dump(db);
    const sealed = ['vetrogonova@mail.example', '9161237845', 'Литейный'];
    for (const secret of SECRETS.filter((one) => !sealed.includes(one))) expect(before).toContain(secret);
    expect(readFileSync(join(folder, 'cases.csv'), 'utf8')).toContain('CRM-70071');
    const erased = await eraseCustomer(deps, { customer, actor: 'admin@example.ru' });
    expect(erased).toMatchObject({ entries: 1, accounts: 1, documents: 1, cases: 1, digests: 1 });
    const after = `${await dump(db)}\n${readFileSync(join(folder, 'cases.csv'), 'utf8')}\n${readFileSync(join(folder, 'keys', 'erased.jsonl'), 'utf8')}`;
    for (const secret of SECRETS) expect(after).not.toContain(secret);
    expect(after).toContain('Олег Замятин');
    expect(after).toContain('Ромашка открыла магазин');
    expect(await db.query('select document_id from index_removals')).toHaveLength(1);
    expect(erased).toMatchObject({ evidence: 2, kept: { cases: 0, documents: 0 } });
    expect(await verifyEvidence(db)).toMatchObject({ records: 3, emptied: 2, broken: null });
  });

  it('is not collected again: neither by an import nor from the forum', async () => {
    const customer = await liveThrough();
    await eraseCustomer(deps, { customer, actor: 'admin@example.ru' });
    expect(await importAll()).toMatchObject({ created: 0, updated: 1, mistakes: 1 });
    await publish(
      post(),
      post({ externalId: '9', text: 'Ромашка: и ещё раз', author: { ...ANNA, handle: 'PELMEN-84' } }),
    );
    const after = await dump(db);
    for (const secret of SECRETS) expect(after).not.toContain(secret);
  });

  it('is erased again when an older backup is put back', async () => {
    const customer = await liveThrough();
    const file = join(folder, 'b.jsonl.gz');
    await backup(db, file, NOW);
    await eraseCustomer(deps, { customer, actor: 'admin@example.ru' });
    await truncate(db);
    await restore(db, file);
    expect(await dump(db)).toContain('Ветрогонова');
    expect(await replayErasures(deps)).toBe(2);
    const after = await dump(db);
    for (const secret of SECRETS) expect(after).not.toContain(secret);
    expect(after).toContain('Олег Замятин');
  });

  it('may come back: what was lifted keeps out nobody, not even after a restart', async () => {
    const customer = await liveThrough();
    await eraseCustomer(deps, { customer, actor: 'admin@example.ru' });
    expect(await isBehindJournal(deps)).toBe(false);
    const readmit = commands.find(({ name }) => name === 'customer readmit')!;
    const values = ['CRM-70071', 'Vetrogonova@mail.example', '8 916 123-78-45', 'forum.example/PELMEN-84'];
    const code = await readmit.run(
      { jobs: deps } as never,
      { values },
      { data: () => undefined, message: () => undefined },
    );
    expect([code, await isBehindJournal(deps)]).toEqual([0, false]);
    expect(await importAll()).toMatchObject({ created: 1, mistakes: 0 });
    await publish(post());
    expect(await replayErasures(deps)).toBe(0);
    expect(await dump(db)).toContain('треснутый самовар');
  });

  it('who is an author only is erased by the account, and his case with him', async () => {
    await liveThrough();
    const [row] = await db.query<{ id: AuthorId }>(`select id from authors where handle = 'pelmen-84'`);
    await eraseAuthor(deps, { author: row!.id, actor: 'admin@example.ru' });
    const after = await dump(db);
    for (const secret of ['pelmen-84', 'треснутый самовар', 'Пельмень Сибирский'])
      expect(after).not.toContain(secret);
    expect(after).toContain('Ветрогонова');
    expect(await eraseAuthor(deps, { author: row!.id, actor: 'admin@example.ru' })).toBeNull();
  });

  it('may leave what he wrote in public', async () => {
    const customer = await liveThrough();
    await eraseCustomer(deps, { customer, actor: 'admin@example.ru', keepAccounts: true });
    const after = await dump(db);
    expect(after).toContain('треснутый самовар');
    for (const secret of ['CRM-70071', 'ORDER-55501', 'любит самовары']) expect(after).not.toContain(secret);
  });

  it('is erased by whoever is named in the audit, which does not name him', async () => {
    const customer = await liveThrough();
    await eraseCustomer(deps, { customer, actor: 'admin@example.ru' });
    const [entry] = await db.query(
      'select actor, action, subject, detail from audit order by id desc limit 1',
    );
    expect(entry).toMatchObject({
      actor: 'admin@example.ru',
      action: 'person.erased',
      subject: `customer:${customer}`,
      detail: { entries: 1, documents: 1 },
    });
  });

  it('takes along rows of the same account in other letters, and nobody who shares a contact', async () => {
    const customer = await liveThrough();
    await publish(
      post({ externalId: '7', text: 'Ромашка, и это я', author: { ...ANNA, handle: 'Pelmen-84' } }),
    );
    const wife = { external_id: 'CRM-3', name: 'Пётр Сосед', phones: ['+7 916 123-78-45'] };
    writeFileSync(join(folder, 'wife.jsonl'), `${JSON.stringify(wife)}\n`);
    await importCustomers(deps, join(folder, 'wife.jsonl'), 'test');
    expect(await eraseCustomer(deps, { customer, actor: 'a' })).toMatchObject({ accounts: 2, documents: 2 });
    expect(await importCustomers(deps, join(folder, 'wife.jsonl'), 'test')).toMatchObject({
      updated: 1,
      mistakes: 0,
    });
  });

  it('on a site without accounts leaves what others wrote under the same name', async () => {
    const customer = await liveThrough();
    const named = { site: 'blog.example', handle: 'Анна', name: 'Анна' };
    await publish(post({ externalId: '21', url: 'https://b/21', text: COMPLAINT, author: named }));
    await publish(
      post({ externalId: '22', url: 'https://b/22', text: 'Ромашка, привет от другой Анны', author: named }),
    );
    await eraseCustomer(deps, { customer, actor: 'a' });
    const texts = await db.query<{ text: string }>('select text from documents order by id');
    expect(texts.map(({ text }) => text)).toEqual([
      'Ромашка открыла магазин, всё хорошо.',
      'Ромашка, привет от другой Анны',
    ]);
    const [author] = await db.query<{ id: AuthorId }>(`select id from authors where handle = 'Анна'`);
    await expect(eraseAuthor(deps, { author: author!.id, actor: 'a' })).rejects.toThrow('has no accounts');
  });

  describe('under a legal hold', () => {
    /** What nobody needs for a claim. */
    const OTHER = ['Литейный', 'ORDER-55501', 'любит самовары', 'тел. 8 916', '9161237845'];
    const KEPT = ['Ветрогонова', 'CRM-70071', 'треснутый самовар', 'pelmen-84'];

    async function heldCase(): Promise<{ customer: CustomerId; caseId: CaseId }> {
      const customer = await liveThrough();
      const [row] = await db.query<{ id: CaseId }>('select id from cases');
      const asked = { caseId: row!.id, reason: 'Иск А40-1/26', actor: 'pr@example.ru' };
      expect(await placeHold(deps, asked)).toBe('held');
      expect(await placeHold(deps, asked)).toBe('known');
      return { customer, caseId: row!.id };
    }

    it('loses all but the case, its evidence, number and name, and that when it is released', async () => {
      const { customer, caseId } = await heldCase();
      const erased = await eraseCustomer(deps, { customer, actor: 'admin@example.ru' });
      expect(erased).toMatchObject({
        entries: 0,
        documents: 0,
        cases: 0,
        evidence: 0,
        kept: { cases: 1, documents: 1 },
      });
      const between = await dump(db);
      for (const secret of OTHER) expect(between).not.toContain(secret);
      for (const secret of KEPT) expect(between).toContain(secret);
      expect(await db.query('select 1 from cases')).toHaveLength(1);
      // Nothing more is collected of her meanwhile.
      clock.pass(40 * 24 * 3_600_000);
      await look();
      await publish(post({ text: 'Ромашка, всё ещё жду, верните деньги!' }));
      expect(await dump(db)).not.toContain('всё ещё жду');
      const asked = { caseId, reason: 'Урегулировано', actor: 'admin@example.ru' };
      expect(await releaseHold(deps, asked)).toMatchObject({
        erased: { cases: 1, documents: 1, kept: { cases: 0 } },
      });
      const after = `${await dump(db)}\n${readFileSync(join(folder, 'cases.csv'), 'utf8')}`;
      for (const secret of [...SECRETS, 'А40-1', 'Урегулировано']) expect(after).not.toContain(secret);
      expect(after).toContain('Олег Замятин');
      expect((await verifyEvidence(db)).broken).toBeNull();
      expect(await releaseHold(deps, asked)).toBeNull();
    });

    it('waits for the last of several holds', async () => {
      const { customer, caseId } = await heldCase();
      await publish(
        post({
          externalId: '5',
          url: 'https://forum.example/pelmen-84/5',
          // Days later and another matter: a case of its own.
          publishedAt: new Date(clock.now().getTime() + 5 * 86_400_000),
          text: 'Ужас! Ромашка опять не везёт мой сервиз, поддержка молчит. Верните деньги за сервиз!',
        }),
      );
      const [other] = await db.query<{ id: CaseId }>('select id from cases where id <> $1', [caseId]);
      await placeHold(deps, { caseId: other!.id, reason: 'второй иск', actor: 'a' });
      await eraseCustomer(deps, { customer, actor: 'admin@example.ru' });
      const first = await releaseHold(deps, { caseId, reason: 'снято', actor: 'a' });
      expect(first).toMatchObject({ erased: { cases: 1, documents: 1, kept: { cases: 1, documents: 1 } } });
      expect(await dump(db)).toContain('Ветрогонова');
      await releaseHold(deps, { caseId: other!.id, reason: 'снято', actor: 'a' });
      const after = await dump(db);
      for (const secret of SECRETS) expect(after).not.toContain(secret);
    });

    it('keeps the author, too, when he is erased by his account, and the customer whom nobody asked to erase', async () => {
      const { caseId } = await heldCase();
      const [row] = await db.query<{ id: AuthorId }>(`select id from authors where handle = 'pelmen-84'`);
      expect(await eraseAuthor(deps, { author: row!.id, actor: 'a' })).toMatchObject({
        accounts: 0,
        kept: { cases: 1 },
      });
      expect(await dump(db)).not.toContain('тел. 8 916');
      await releaseHold(deps, { caseId, reason: 'снято', actor: 'a' });
      const after = await dump(db);
      for (const secret of ['pelmen-84', 'треснутый самовар', 'Пельмень Сибирский'])
        expect(after).not.toContain(secret);
      expect(after).toContain('Ветрогонова');
    });

    it('is released with everything where nobody asked to be erased', async () => {
      const { caseId } = await heldCase();
      expect(await releaseHold(deps, { caseId, reason: 'снято', actor: 'a' })).toEqual({ erased: null });
      expect(await dump(db)).toContain('треснутый самовар');
      const actions = await db.query(
        `select action, subject, actor from audit where action like 'evidence.%' order by id`,
      );
      expect(actions).toEqual([
        { action: 'evidence.held', subject: `case:${caseId}`, actor: 'pr@example.ru' },
        { action: 'evidence.released', subject: `case:${caseId}`, actor: 'a' },
      ]);
    });

    it('needs a reason, and a case', async () => {
      const { caseId } = await heldCase();
      await expect(placeHold(deps, { caseId, reason: '  ', actor: 'a' })).rejects.toThrow('write why');
      await expect(releaseHold(deps, { caseId, reason: 'x'.repeat(501), actor: 'a' })).rejects.toThrow(
        'write why',
      );
      expect(await placeHold(deps, { caseId: 999 as CaseId, reason: 'иск', actor: 'a' })).toBeNull();
    });

    it('cannot be deleted by the way', async () => {
      await heldCase();
      await expect(db.query('delete from cases')).rejects.toThrow('evidence_holds');
    });
  });

  it('goes from the evidence of others on whose page he stands, and theirs is kept where he does not', async () => {
    const customer = await liveThrough();
    const thread = { externalId: 't1', title: 'Ромашка: треснутый самовар', url: 'https://forum.example/t1' };
    const boris = { site: 'forum.example', handle: 'boris', name: 'Борис' };
    writeFileSync(
      join(folder, 'boris.jsonl'),
      `${JSON.stringify({ external_id: 'CRM-9', name: 'Борис Петров', handles: ['forum.example/boris'] })}\n`,
    );
    await importCustomers(deps, join(folder, 'boris.jsonl'), 'test');
    await work();
    const said = 'И мне Ромашка не вернула деньги за чайник, ужасно обманула, верните деньги';
    await publish(found('3', { text: said, url: 'https://forum.example/t1?p=3', author: boris, thread }));
    await look();
    const [row] = await db.query<{ id: CaseId; document: DocumentId }>(
      `select c.id, m.document_id as document from cases c join case_mentions n on n.case_id = c.id join mentions m on m.id = n.mention_id join authors a on a.id = c.author_id where a.handle = 'boris'`,
    );
    const of = async () =>
      await db.query<{ kind: string; emptied: boolean }>(
        'select kind, emptied_at is not null as emptied from evidence_records where case_id = $1 order by seq',
        [row!.id],
      );
    expect(await of()).toEqual([
      { kind: 'text', emptied: false },
      { kind: 'page', emptied: false },
    ]);
    await eraseCustomer(deps, { customer, actor: 'a' });
    expect(await of()).toEqual([
      { kind: 'text', emptied: false },
      { kind: 'page', emptied: true },
      { kind: 'erased', emptied: false },
    ]);
    const after = await dump(db);
    for (const secret of ['pelmen-84', 'Пельмень Сибирский', 'vetrogonova@mail.example'])
      expect(after).not.toContain(secret);
    // The page still shows her, and says something else now: the change is kept, the page is not.
    page = PAGE.replace('и мне Ромашка не вернула', 'всё решили: Ромашка вернула');
    clock.pass(40 * 24 * 3_600_000);
    await look();
    const then = await dump(db);
    expect(then).not.toContain('Пельмень Сибирский');
    expect(then).toContain('erased-person');
    expect((await verifyEvidence(db)).broken).toBeNull();
  });

  it('is known to every table that belongs to a customer', async () => {
    const rows = await db.query<{ name: string }>(
      `select table_name as name from information_schema.columns where column_name = 'customer_id' and table_schema = 'public'`,
    );
    const unlisted = rows
      .map(({ name }) => name)
      .filter((name) => !(CUSTOMER_TABLES as readonly string[]).includes(name) && !name.startsWith('match_'));
    expect(unlisted).toEqual([]);
  });

  it('can read before all that is held of him, what was sealed too', async () => {
    const customer = await liveThrough();
    const text = JSON.stringify(await exportCustomer(deps, { customer, actor: 'admin@example.ru' }));
    for (const secret of SECRETS.filter((one) => one !== '9161237845')) expect(text).toContain(secret);
    expect(text).toContain('+79161237845');
    expect(text).not.toContain('Замятин');
    expect(await exportCustomer(deps, { customer: 999 as CustomerId, actor: 'a' })).toBeNull();
    expect(await db.query(`select 1 from audit where action = 'customer.exported'`)).toHaveLength(1);
  });
});
