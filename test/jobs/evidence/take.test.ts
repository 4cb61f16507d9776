import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addTextRecord } from '../../../src/act/evidence.ts';
import type { JobDeps } from '../../../src/jobs/deps.ts';
import { enqueueLooks } from '../../../src/jobs/evidence/keep.ts';
import { takeEvidence } from '../../../src/jobs/evidence/take.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import type { EvidenceDetails } from '../../../src/model/evidence.ts';
import type { CaseId, DocumentId, SourceId } from '../../../src/model/ids.ts';
import type { Database } from '../../../src/store/db.ts';
import { getDocument } from '../../../src/store/documents.ts';
import { listRecords, readContent, readDetails, readText } from '../../../src/store/evidence.ts';
import { lookNow } from '../../../src/store/evidence-looks.ts';
import { verifyEvidence } from '../../../src/store/evidence-verify.ts';
import { markDeleted, saveDocuments } from '../../../src/store/save-documents.ts';
import { getSource } from '../../../src/store/sources.ts';
import { findChromium } from '../../support/chromium.ts';
import {
  addDocument,
  addMention,
  addSources,
  addTopic,
  found,
  MINUTE,
  NOW,
  openCase,
} from '../../support/rows.ts';
import { openTestStore, truncate } from '../../support/store.ts';
import {
  createHandQueue,
  createTestClock,
  createWorker,
  saveKnownCustomer,
  type TestClock,
} from '../worker.ts';
import { type Forum, openForum, threadHtml } from './forum.ts';

const HOUR = 60 * MINUTE;
const TEXT =
  'Ромашка прислала треснутый самовар и не возвращает деньги, третью неделю жду ответа от поддержки';
const AUTHOR = {
  site: 'forum.example',
  handle: 'анна',
  name: 'анна',
  profileUrl: 'https://forum.example/u/1',
};
const never = new AbortController().signal;

describe('the page behind a complaint', () => {
  let db: Database;
  let forum: Forum;
  let deps: JobDeps;
  let clock: TestClock;
  let hand: ReturnType<typeof createHandQueue>;
  let source: SourceId;
  let caseId: CaseId;
  let documentId: DocumentId;

  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    forum = await openForum({ timeoutMs: 1500, maxBytes: 2 ** 20 });
    clock = createTestClock();
    hand = createHandQueue();
    deps = await createWorker(db, { queue: hand.queue, clock, changes: { fetchFor: forum.fetchFor } });
    [source] = (await addSources(db, 'forum')) as [SourceId];
    return () => forum.close();
  });

  const post = (text = TEXT) =>
    found('9/12', { url: `${forum.url}/viewtopic.php?t=9#p12`, text, author: AUTHOR });

  async function complain(url = `${forum.url}/viewtopic.php?t=9#p12`): Promise<void> {
    documentId = await addDocument(db, source, '9/12', { ...post(), url });
    const topic = await addTopic(db, 'romashka', 'ромашка');
    const mentionId = await addMention(db, documentId, topic);
    const customer = await saveKnownCustomer(
      db,
      { externalId: 'c', name: 'Анна', identifiers: [], purchases: [] } as never,
      NOW,
    );
    const { authorId } = (await getDocument(db, documentId))!;
    const opened = { severity: 2 as const, reason: 'delivery' as const, openedAt: NOW, dueAt: NOW };
    caseId = await openCase(db, { mentionId, customerId: customer.id, authorId: authorId!, ...opened });
    await db.transaction(async (tx) =>
      addTextRecord(tx, caseId, (await getDocument(tx, documentId))!, await getSource(tx, source), NOW),
    );
  }
  const others = [
    { id: 11, author: 'вася', text: 'Кто покупал самовар в этом магазине, расскажите пожалуйста' },
    { id: 13, author: 'петя', text: 'Мне тоже не отвечают, очень жаль, что так вышло с самоваром' },
  ];
  const say = (text: string) => {
    forum.posts = [others[0]!, { id: 12, author: 'анна', text }, others[1]!];
  };
  /** Does what is due. */
  async function work(): Promise<string[]> {
    await enqueueLooks(deps);
    const done: string[] = [];
    for (const { name, data } of hand.take()) done.push(`${name} ${await takeEvidence(deps, data, never)}`);
    return done;
  }
  const kinds = async () => (await listRecords(db, caseId)).map(({ kind }) => kind);
  async function last(
    kind: string,
  ): Promise<{ details: EvidenceDetails; seq: number; address: string | null }> {
    const record = (await listRecords(db, caseId)).findLast((one) => one.kind === kind);
    if (!record) throw new Error(`no ${kind}: ${await kinds()}`);
    return { details: readDetails(record), seq: record.seq, address: record.address };
  }
  const isWhole = async () => expect((await verifyEvidence(db)).broken).toBeNull();

  it('is taken as it was sent, byte for byte, with what the crawler read of it', async () => {
    say(TEXT);
    await complain();
    expect(await work()).toEqual(['evidence taken']);
    expect(await kinds()).toEqual(['text', 'page']);
    const text = await last('text');
    expect(await readText(db, text.seq)).toBe(TEXT);
    expect(text.details).toMatchObject({
      author: { handle: 'анна', name: 'анна' },
      crawler: 'feed',
      source: 'forum',
      revision: 1,
      program: expect.stringMatching(/^Molva \d/),
      found_at: NOW.toISOString(),
    });
    const page = await last('page');
    const sent = Buffer.from(threadHtml(forum.posts));
    expect(Buffer.from((await readContent(db, page.seq))!).equals(sent)).toBe(true);
    expect(page.details).toMatchObject({
      status: 200,
      content_type: 'text/html; charset=utf-8',
      content_sha256: sha256(sent),
      size: sent.length,
      screenshot: 'off',
      attempts: 1,
    });
    await isWhole();
  });

  it('is planned once, however often the case asks, and taken once, however many are at it', async () => {
    say(TEXT);
    await complain();
    const again = await db.transaction(async (tx) =>
      addTextRecord(tx, caseId, (await getDocument(tx, documentId))!, null, clock.now()),
    );
    const [text] = await listRecords(db, caseId);
    expect(again).toEqual({
      seq: 1,
      sha256: text!.sha256,
      contentSha256: sha256(TEXT),
      link: `/cases/${caseId}/evidence#r1`,
    });
    const job = { caseId, documentId };
    const all = await Promise.all([1, 2, 3].map(() => takeEvidence(deps, job, never)));
    expect(all.sort()).toEqual(['nothing', 'nothing', 'taken']);
    expect(await kinds()).toEqual(['text', 'page']);
  });

  it('is looked at again after an hour, a day, a week and a month, and never after', async () => {
    say(TEXT);
    await complain();
    await work();
    for (const ms of [HOUR, 24 * HOUR, 7 * 24 * HOUR, 30 * 24 * HOUR]) {
      clock.pass(NOW.getTime() + ms - MINUTE - clock.now().getTime());
      expect(await work()).toEqual([]);
      clock.pass(MINUTE);
      expect(await work()).toEqual(['evidence taken']);
    }
    clock.pass(400 * 24 * HOUR);
    expect(await work()).toEqual([]);
    expect(await kinds()).toEqual(['text', 'page', 'seen', 'seen', 'seen', 'seen']);
    await isWhole();
  });

  it('that says something else later is recorded with its new text, and the page that shows it', async () => {
    say(TEXT);
    await complain();
    await work();
    say(`${TEXT}. Правка: всё решили, спасибо.`);
    clock.pass(HOUR);
    await work();
    expect(await kinds()).toEqual(['text', 'page', 'page', 'edit']);
    const edit = await last('edit');
    expect(await readText(db, edit.seq)).toBe(`${TEXT}. Правка: всё решили, спасибо.`);
    expect(edit.details).toMatchObject({ by: 'look' });
    clock.pass(24 * HOUR);
    await work();
    expect((await kinds()).at(-1)).toBe('seen');
    await isWhole();
  });

  it.each<[string, () => void]>([
    [
      'whose post is gone from it',
      () => {
        forum.posts = others;
      },
    ],
    [
      'whose post is gone while others still quote it',
      () => {
        forum.posts = [{ ...others[0]!, text: `анна писала: ${TEXT}` }, others[1]!];
      },
    ],
    [
      'that has a placeholder in its place',
      () => {
        forum.posts = [others[0]!, { id: 12, author: 'анна', text: TEXT, isDeleted: true }, others[1]!];
      },
    ],
  ])('%s is recorded as a deletion, once, and its return, too', async (_what, remove) => {
    say(TEXT);
    await complain();
    await work();
    remove();
    clock.pass(HOUR);
    await work();
    clock.pass(24 * HOUR);
    await work();
    expect(await kinds()).toEqual(['text', 'page', 'page', 'deletion', 'seen']);
    say(TEXT);
    clock.pass(7 * 24 * HOUR);
    await work();
    expect((await kinds()).slice(5)).toEqual(['page', 'returned']);
    await isWhole();
  });

  it('is looked at when the crawler notices another text or that it is gone, and what it saw is recorded', async () => {
    say(TEXT);
    await complain();
    await work();
    clock.pass(5 * MINUTE);
    const changed = await db.transaction((tx) =>
      saveDocuments(tx, source, [post('Ромашка: деньги вернули, спасибо')], clock.now()),
    );
    await lookNow(db, changed, clock.now());
    say('Ромашка: деньги вернули, спасибо');
    expect(await work()).toEqual(['evidence taken']);
    expect(await kinds()).toEqual(['text', 'page', 'edit', 'seen']);
    const edit = await last('edit');
    expect(edit.details).toMatchObject({ by: 'crawler', revision: 2 });
    clock.pass(5 * MINUTE);
    await lookNow(
      db,
      await db.transaction((tx) => markDeleted(tx, source, ['9/12'], clock.now())),
      clock.now(),
    );
    forum.posts = others;
    await work();
    expect((await kinds()).slice(4)).toEqual(['deletion', 'seen']);
    expect(await work()).toEqual([]);
    await isWhole();
  });

  it('on which the words never stood is never said to have lost them', async () => {
    forum.posts = others;
    await complain();
    await work();
    clock.pass(HOUR);
    await work();
    expect(await kinds()).toEqual(['text', 'page', 'seen']);
  });

  const answer = (
    path: string,
    status: number,
    headers: Record<string, string>,
    body: string | Buffer = '',
  ) => forum.answers.set(path, (_request, response) => void response.writeHead(status, headers).end(body));

  it('that is gone is a record of it, and that robots.txt forbids another', async () => {
    answer('/viewtopic.php', 410, {});
    await complain();
    await work();
    expect((await last('gone')).details).toMatchObject({ code: 'http-410', attempts: 1 });
    answer('/robots.txt', 200, { 'content-type': 'text/plain' }, 'User-agent: *\nDisallow: /private');
    const topic = await addTopic(db, 'other', 'самовар');
    const other = await addDocument(db, source, '77', {
      text: TEXT,
      url: `${forum.url}/private/1`,
      author: AUTHOR,
    });
    await addMention(db, other, topic);
    await db.transaction(async (tx) => addTextRecord(tx, caseId, (await getDocument(tx, other))!, null, NOW));
    // Rules that were read count for a while.
    const fresh = await openForum();
    fresh.answers.set(
      '/robots.txt',
      (_request, response) => void response.writeHead(200).end('User-agent: *\nDisallow: /private'),
    );
    await db.query('update documents set url = $2 where id = $1', [other, `${fresh.url}/private/1`]);
    expect(
      await takeEvidence({ ...deps, fetchFor: fresh.fetchFor }, { caseId, documentId: other }, never),
    ).toBe('taken');
    await fresh.close();
    expect((await last('refused')).details).toMatchObject({ code: 'robots' });
    expect(fresh.asked).toEqual(['/robots.txt']);
    await isWhole();
  });

  it('that cannot be had now is tried for an hour, and then that is the record; an hour later it is taken', async () => {
    answer('/viewtopic.php', 503, {});
    await complain();
    expect(await work()).toEqual(['evidence later']);
    for (let tries = 1; (await kinds()).length === 1; tries++) {
      expect(tries).toBeLessThan(10);
      expect(await work()).toEqual([]);
      clock.pass(37 * MINUTE);
      expect(await work()).toHaveLength(1);
    }
    expect((await last('failed')).details).toMatchObject({ code: 'http-503', attempts: 7 });
    forum.answers.clear();
    say(TEXT);
    clock.pass(24 * HOUR);
    await work();
    expect(await kinds()).toEqual(['text', 'failed', 'page']);
  });

  describe('however hostile', () => {
    const bomb = gzipSync(Buffer.alloc(60 * 2 ** 20));
    const HTML = { 'content-type': 'text/html' };
    it.each<[string, () => void, string, object]>([
      [
        'a bomb',
        () => answer('/viewtopic.php', 200, { ...HTML, 'content-encoding': 'gzip' }, bomb),
        'failed',
        { code: 'too-large' },
      ],
      [
        '50 MB that say so',
        () => answer('/viewtopic.php', 200, { ...HTML, 'content-length': String(50 * 2 ** 20) }),
        'failed',
        { code: 'too-large' },
      ],
      [
        '50 MB that do not',
        () => {
          forum.answers.set('/viewtopic.php', (_request, response) => {
            response.writeHead(200, HTML);
            for (let i = 0; i < 50 && !response.destroyed; i++) response.write(Buffer.alloc(2 ** 20, 65));
            response.end();
          });
        },
        'failed',
        { code: 'too-large' },
      ],
      [
        'a loop',
        () => answer('/viewtopic.php', 302, { location: '/viewtopic.php?t=9' }),
        'failed',
        { code: 'redirect-loop' },
      ],
      [
        'a way into the private network',
        () => answer('/viewtopic.php', 302, { location: 'http://169.254.169.254/latest/' }),
        'refused',
        {},
      ],
      [
        'a way into a neighbour’s port',
        () => answer('/viewtopic.php', 302, { location: 'http://127.0.0.1:22/' }),
        'refused',
        {},
      ],
      [
        'a file of this machine',
        () => answer('/viewtopic.php', 302, { location: 'file:///etc/passwd' }),
        'refused',
        {},
      ],
      ['nothing at all', () => answer('/viewtopic.php', 200, HTML), 'page', { size: 0 }],
      [
        'a picture',
        () =>
          answer('/viewtopic.php', 200, { 'content-type': 'image/png' }, Buffer.from([0x89, 0x50, 0, 0xff])),
        'page',
        { content_type: 'image/png', size: 4 },
      ],
      [
        'letters of no charset',
        () =>
          answer(
            '/viewtopic.php',
            200,
            { 'content-type': 'text/html; charset=klingon' },
            Buffer.from([0xff, 0xfe, 0, 0xd8, 0xc0, 0x80]),
          ),
        'page',
        { size: 6 },
      ],
      [
        'a header that never ends',
        () => answer('/viewtopic.php', 200, { 'content-type': `text/html; x=${'y'.repeat(5000)}` }, 'ок'),
        'page',
        { size: 4 },
      ],
    ])('%s becomes a record, and the next page is taken all the same', async (_what, prepare, kind, details) => {
      prepare();
      await complain();
      await work();
      expect((await last(kind)).details).toMatchObject(details);
      forum.answers.clear();
      say(TEXT);
      clock.pass(HOUR);
      await work();
      expect((await kinds()).at(-1)).toMatch(/page|seen/);
      await isWhole();
    });

    it('one that never ends is left after its time, and tried again', async () => {
      forum.answers.set('/viewtopic.php', (_request, response) => {
        response.writeHead(200, HTML);
        response.write('…');
      });
      await complain();
      const before = performance.now();
      expect(await takeEvidence(deps, { caseId, documentId }, never, 300)).toBe('later');
      expect(performance.now() - before).toBeLessThan(2000);
      expect(await kinds()).toEqual(['text']);
    });

    it('noise that hardly packs is cut to what may be kept, and the record says so', async () => {
      forum.close();
      forum = await openForum({ maxBytes: 8 * 2 ** 20 });
      deps = { ...deps, fetchFor: forum.fetchFor };
      const blocks = Array.from({ length: 200_000 }, (_, i) => sha256(String(i)));
      answer('/viewtopic.php', 200, HTML, blocks.join('').slice(0, 6 * 2 ** 20));
      await complain();
      await work();
      const { details, seq } = await last('page');
      expect(details).toMatchObject({
        whole_size: 6 * 2 ** 20,
        whole_sha256: sha256(blocks.join('').slice(0, 6 * 2 ** 20)),
      });
      expect((await readContent(db, seq))!.length).toBe(details.size);
      await isWhole();
    }, 30_000);
  });

  it('is left when the program stops, and is due again at once', async () => {
    const stop = new AbortController();
    forum.answers.set('/viewtopic.php', () => stop.abort());
    await complain();
    expect(await takeEvidence(deps, { caseId, documentId }, stop.signal)).toBe('later');
    expect(await kinds()).toEqual(['text']);
    forum.answers.clear();
    say(TEXT);
    expect(await work()).toEqual(['evidence taken']);
  });

  it('is taken by somebody else when whoever was at it died', async () => {
    say(TEXT);
    await complain();
    // Begun, and never ended.
    await db.query(`update evidence_looks set taken_until = $1, handed_at = null`, [
      new Date(NOW.getTime() + 4 * MINUTE),
    ]);
    expect(await work()).toEqual([]);
    clock.pass(4 * MINUTE);
    expect(await work()).toEqual(['evidence taken']);
    await isWhole();
  });

  it('brings nothing to a case that was withdrawn', async () => {
    await complain();
    await db.query(`update cases set status = 'withdrawn'`);
    expect(await work()).toEqual([]);
  });

  const executable = findChromium();
  it.skipIf(!executable)(
    'is seen in a browser where there is one: a picture of it, and what its programs made of it',
    async () => {
      await forum.close();
      forum = await openForum({ executable });
      deps = { ...deps, fetchFor: forum.fetchFor };
      say(TEXT);
      await complain();
      await work();
      expect(await kinds()).toEqual(['text', 'page', 'screenshot']);
      const { details, seq } = await last('screenshot');
      const png = Buffer.from((await readContent(db, seq))!);
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(png.readUInt32BE(16)).toBe(1280);
      expect(details).toMatchObject({
        width: 1280,
        browser: expect.stringMatching(/^Chromium \d+\./),
        content_sha256: sha256(png),
      });
      answer(
        '/viewtopic.php',
        200,
        { 'content-type': 'text/html; charset=utf-8' },
        `<html><body><div id="app"></div><script>document.getElementById('app').textContent = ${JSON.stringify(TEXT)}</script></body></html>`,
      );
      await db.query('delete from evidence_looks');
      await db.query(
        `insert into evidence_looks (case_id, document_id, started_at, due_at) values ($1, $2, $3, $3)`,
        [caseId, documentId, NOW],
      );
      await work();
      expect((await kinds()).slice(3)).toEqual(['page', 'rendered', 'screenshot']);
      expect(await readText(db, (await last('rendered')).seq)).toContain(`<div id="app">${TEXT}</div>`);
      expect((await db.query('select readable from evidence_looks'))[0]).toEqual({ readable: 'words' });
      await isWhole();
    },
    90_000,
  );
});
