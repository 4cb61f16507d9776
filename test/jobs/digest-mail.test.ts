import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nextDigestAt } from '../../src/act/digest/schedule.ts';
import { createSmtpMailer } from '../../src/act/mail/smtp.ts';
import { deliverDue } from '../../src/jobs/deliver.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { issueDueDigests } from '../../src/jobs/digests.ts';
import type { Database } from '../../src/store/db.ts';
import { syncRecipients } from '../../src/store/digests.ts';
import { type FakeSmtp, startScripted, startSmtp } from '../act/mail/smtp-fake.ts';
import { RECIPIENT } from '../support/full-store.ts';
import { addDocument, addMention, addSources, addTopic, later } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import { createHandQueue, createTestClock, createWorker, type TestClock } from './worker.ts';

const HOUR = 3_600_000;
const pem = (name: string): string =>
  readFileSync(new URL(`../act/mail/tls/${name}.pem`, import.meta.url), 'utf8');
/** Letters to test with: a header that would be another, markup, direction, a text that never ends. */
const HOSTILE = `Ромашка\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>\u202egnp.exe ${'👩‍👩‍👧‍👦'.repeat(40)} ${'ж'.repeat(100_000)}`;

let db: Database;
let deps: JobDeps;
let clock: TestClock;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  db = await openTestStore('pglite');
});
afterAll(() => db.close());
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
beforeEach(async () => {
  await truncate(db);
  clock = createTestClock();
  deps = await createWorker(db, { queue: createHandQueue().queue, clock });
  const [source] = await addSources(db, 'forum');
  const author = { site: 'forum.example', handle: 'a', name: HOSTILE.slice(0, 300) };
  const document = await addDocument(db, source!, '1', { title: HOSTILE, text: HOSTILE, author });
  const topic = await addTopic(db, 'romashka');
  await db.query('update topics set name = $1', [HOSTILE]);
  await addMention(db, document, topic);
  await db.query('update mentions set created_at = $1', [later(-HOUR - 3 * HOUR)]);
  await syncRecipients(db, [RECIPIENT]);
  await issueDueDigests(deps);
});

async function kept<T extends FakeSmtp>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  closers.push(() => server.close());
  return server;
}

function sendThrough(url: string, ca?: string): void {
  deps.delivery.mailer = createSmtpMailer({
    url,
    from: 'molva@example.org',
    name: 'Молва',
    timeoutMs: 1500,
    ca,
  });
}

/** Delivers as often as the clock says it is due, for two days. */
async function live(): Promise<number> {
  let attempts = 0;
  for (let step = 0; step < 48; step += 1) {
    attempts += await deliverDue(deps);
    clock.pass(HOUR);
  }
  return attempts;
}

const state = async (): Promise<string> =>
  (await db.query<{ state: string }>(`select state from deliveries where channel = 'mail'`))[0]!.state;

const TLS = { key: pem('key'), cert: pem('cert'), authOptional: false, allowInsecureAuth: false };

describe.each([
  ['STARTTLS', 'smtp', { ...TLS, disabledCommands: [] }],
  ['TLS from the beginning', 'smtps', { ...TLS, secure: true, disabledCommands: [] }],
])('a digest of hostile texts by %s with a login', (_name, scheme, options) => {
  it('arrives once, as one letter to one reader', async () => {
    const server = await kept(startSmtp(options));
    sendThrough(`${scheme}://u:right@localhost:${server.port}`, pem('cert'));
    await live();
    expect(await state()).toBe('delivered');
    expect(server.letters).toHaveLength(1);
    const { to, raw } = server.letters[0]!;
    expect(to).toEqual([RECIPIENT.email]);
    const [head = ''] = raw.split('\r\n\r\n');
    expect(head).not.toMatch(/^bcc:/im);
    expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    expect(head).toMatch(/^List-Unsubscribe: <http[^>]+\/unsubscribe\/token>$/m);
    expect(raw.length).toBeLessThan(200_000);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it('is not handed to a server whose certificate nobody vouches for', async () => {
    const server = await kept(startSmtp(options));
    sendThrough(`${scheme}://u:right@localhost:${server.port}`);
    await deliverDue(deps);
    expect(await state()).toBe('pending');
    expect(server.letters).toEqual([]);
  });
});

describe('a digest', () => {
  it.each([
    ['clocks go forward', '2027-03-26T12:00:00Z'],
    ['clocks go back', '2027-10-29T12:00:00Z'],
  ])('is written once a day when %s, though the scheduler looks every ten minutes', async (_name, start) => {
    await truncate(db);
    clock = createTestClock(new Date(start));
    deps = await createWorker(db, { queue: createHandQueue().queue, clock });
    const nextRunAt = nextDigestAt({ at: '02:30', zone: 'Europe/Berlin' }, clock.now());
    await syncRecipients(db, [{ ...RECIPIENT, zone: 'Europe/Berlin', sendAt: '02:30', nextRunAt }]);
    for (let look = 0; look < 5 * 24 * 6; look += 1) {
      await issueDueDigests(deps);
      clock.pass(600_000);
    }
    const rows = await db.query<{ key: string; from: Date; to: Date }>(
      'select period_key as key, period_from as from, period_to as to from digests order by id',
    );
    expect(new Set(rows.map(({ key }) => key)).size).toBe(5);
    expect(rows).toHaveLength(5);
    for (const [at, { from }] of rows.entries()) if (at > 0) expect(from).toEqual(rows[at - 1]!.to);
  });

  it('is tried again after greylisting and after an hour without a server, under the same Message-ID', async () => {
    const gone = await startSmtp();
    await gone.close();
    sendThrough(`smtp://127.0.0.1:${gone.port}`);
    await deliverDue(deps);
    clock.pass(HOUR);
    let refused = 0;
    const server = await kept(
      startSmtp({
        onRcptTo: (_address, _session, done) => {
          refused += 1;
          if (refused > 2) return done();
          done(Object.assign(new Error('greylisted, come back'), { responseCode: 451 }));
        },
      }),
    );
    sendThrough(`smtp://127.0.0.1:${server.port}`);
    expect(await state()).toBe('pending');
    await live();
    expect([await state(), refused]).toEqual(['delivered', 3]);
    const [delivery] = await db.query<{ id: string }>('select id from deliveries');
    expect(server.letters.map(({ raw }) => /^Message-ID: <([^@]+)@/m.exec(raw)?.[1])).toEqual([delivery!.id]);
  });

  it('is not sent a second time by itself when the line broke after DATA', async () => {
    const server = await kept(startScripted({ '.': 'drop' }));
    sendThrough(`smtp://127.0.0.1:${server.port}`);
    expect(await live()).toBe(1);
    expect(await state()).toBe('in_doubt');
    expect(server.lines.filter((line) => line === 'DATA')).toHaveLength(1);
  });

  it('is reported dead when the server refuses its reader for good', async () => {
    const server = await kept(startScripted({ RCPT: '550 no such user' }));
    sendThrough(`smtp://127.0.0.1:${server.port}`);
    expect(await live()).toBe(1);
    expect(await state()).toBe('dead');
  });

  it('is sent once when the message is refused for now after DATA', async () => {
    const full = await kept(startScripted({ '.': '452 disk full' }));
    sendThrough(`smtp://127.0.0.1:${full.port}`);
    await deliverDue(deps);
    expect(await state()).toBe('pending');
    const server = await kept(startSmtp());
    sendThrough(`smtp://127.0.0.1:${server.port}`);
    clock.pass(HOUR);
    await live();
    expect(server.letters).toHaveLength(1);
  });
});
