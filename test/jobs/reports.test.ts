import { createHash } from 'node:crypto';
import { load } from 'cheerio';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { createReportPdfs, reportPage } from '../../src/jobs/report-pdf.ts';
import { issueDueReports } from '../../src/jobs/reports.ts';
import { PermanentError } from '../../src/lib/errors.ts';
import type { Report } from '../../src/model/report.ts';
import type { Database } from '../../src/store/db.ts';
import { saveRecipient, syncRecipients } from '../../src/store/digests.ts';
import { redactReports } from '../../src/store/erasing.ts';
import { getReport } from '../../src/store/reports.ts';
import { makeStories, saveCarriers } from '../../src/store/stories.ts';
import { findChromium } from '../support/chromium.ts';
import { RECIPIENT } from '../support/full-store.ts';
import { addDocument, addMention, addSources, addTopic, countRows, later, NOW } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import { createHandQueue, createTestClock, createWorker, type TestClock } from './worker.ts';

const HOUR = 3_600_000;
let db: Database;
let deps: JobDeps;
let clock: TestClock;

beforeAll(async () => {
  db = await openTestStore('pglite');
});
afterAll(() => db.close());
beforeEach(async () => {
  await truncate(db);
  clock = createTestClock();
  deps = await createWorker(db, { queue: createHandQueue().queue, clock });
});

/** NOW is a Sunday morning; the week ends on Monday. */
const WISH = {
  ...RECIPIENT,
  weeklyOn: 1,
  weeklyAt: new Date('2026-11-23T06:00:00Z'),
  monthlyOn: 1,
  monthlyAt: new Date('2026-12-01T06:00:00Z'),
};

/** Two posts of one story, whose first text names somebody. */
async function seedTalk(): Promise<number> {
  const [source] = await addSources(db, 'forum');
  const topic = await addTopic(db, 'romashka');
  const ids = [];
  for (const at of [1, 2]) {
    const text = `Склад сгорел, звоните Анне ${at}`;
    const id = await addDocument(db, source!, String(at), { text }, later(-20 * HOUR));
    await addMention(db, id, topic);
    ids.push(id);
  }
  await db.query('update mentions set created_at = $1', [later(-20 * HOUR)]);
  const [storyId] = await makeStories(db, 1, NOW);
  const carrier = { storyId: storyId!, revision: 1, ofStory: 1, ofOwn: 1, saidAt: later(-20 * HOUR) };
  const carriers = ids.map((documentId, at) => ({
    ...carrier,
    documentId,
    relation: at === 0 ? ('first' as const) : ('copy' as const),
  }));
  await saveCarriers(db, carriers, later(-20 * HOUR));
  return ids[0]!;
}

async function theReport(): Promise<Report> {
  const [row] = await db.query<{ id: number }>('select id from reports order by id limit 1');
  return (await getReport(db, row!.id))!;
}

it('writes the week once when it is over, and mails it to its reader', async () => {
  await seedTalk();
  await syncRecipients(db, [WISH]);
  expect(await issueDueReports(deps)).toBe(0);
  clock.pass(24 * HOUR);
  expect([await issueDueReports(deps), await issueDueReports(deps)]).toEqual([1, 0]);
  const report = await theReport();
  expect(report).toMatchObject({
    kind: 'weekly',
    recipient: RECIPIENT.key,
    periodKey: '2026-11-23',
    from: new Date('2026-11-15T21:00:00Z'),
    to: new Date('2026-11-22T21:00:00Z'),
    madeBy: 'schedule',
  });
  for (const part of [load(report.html).text(), report.text]) {
    expect(part).toContain('2 упоминания');
    expect(part).toContain('16 ноября 2026 г. — 22 ноября 2026 г.');
    expect(part).toContain('Склад сгорел');
    expect(part).toMatch(/2 публикации в 1 источнике/);
  }
  const [mail] = await db.query<{
    payload: { html: string; headers: Record<string, string>; subject: string };
  }>('select payload from deliveries');
  expect(mail!.payload.html).toBe(report.html);
  expect(mail!.payload.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  expect(mail!.payload.subject).toBe('Молва: отчёт за неделю, 16 ноября 2026 г. — 22 ноября 2026 г.');
  expect(await db.query('select weekly_at as at from digest_recipients')).toEqual([
    { at: new Date('2026-11-30T06:00:00Z') },
  ]);
});

it('writes one report after a standstill, and none for whoever has unsubscribed', async () => {
  await syncRecipients(db, [WISH]);
  clock.pass(40 * 24 * HOUR);
  // A week and a month.
  expect(await issueDueReports(deps)).toBe(2);
  expect(await countRows(db, 'reports')).toBe(2);
  await db.query('update digest_recipients set unsubscribed_at = $1', [NOW]);
  clock.pass(40 * 24 * HOUR);
  expect(await issueDueReports(deps)).toBe(0);
  await saveRecipient(
    db,
    { ...WISH, weeklyAt: later(200 * 24 * HOUR), monthlyAt: null, monthlyOn: null },
    true,
  );
  expect(await issueDueReports(deps)).toBe(0);
});

it('opens the same a year later, whatever has become of the data', async () => {
  const document = await seedTalk();
  await syncRecipients(db, [WISH]);
  clock.pass(24 * HOUR);
  await issueDueReports(deps);
  const before = await theReport();
  const page = reportPage(before, 'https://molva.example');
  await db.query(
    `update mentions set sentiment = '{"label":"positive","score":1,"confidence":1,"target":""}', status = 'not_us'`,
  );
  await db.query(`update topics set name = 'Другое имя', enabled = false`);
  await db.query('delete from documents where id <> $1', [document]);
  clock.pass(365 * 24 * HOUR);
  const after = await theReport();
  expect(after).toEqual(before);
  expect(reportPage(after, 'https://molva.example')).toBe(page);
});

it('keeps its numbers when texts in it are erased', async () => {
  const document = await seedTalk();
  await syncRecipients(db, [WISH]);
  clock.pass(24 * HOUR);
  await issueDueReports(deps);
  const traces = {
    documents: [{ id: document, url: 'https://forum.example/1', sourceId: 1 }],
    cases: [],
    externalIds: [],
  };
  expect(await redactReports(db, traces as never)).toBe(1);
  const report = await theReport();
  expect(JSON.stringify(report)).not.toContain('Анне');
  const page = reportPage(report, 'https://molva.example');
  expect(page).not.toContain('Анне');
  expect(load(page).text()).toContain('2 упоминания');
});

it('says how a PDF could be had where there is no browser', async () => {
  await syncRecipients(db, [WISH]);
  clock.pass(24 * HOUR);
  await issueDueReports(deps);
  const { pdfOf } = createReportPdfs(deps, '/no/such/browser');
  const failed = await pdfOf((await theReport()).id).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(PermanentError);
  expect(await pdfOf(999)).toBeNull();
});

it.runIf(findChromium())('prints a PDF once: later it has the same bytes', async () => {
  await seedTalk();
  await syncRecipients(db, [WISH]);
  clock.pass(24 * HOUR);
  await issueDueReports(deps);
  const { id } = await theReport();
  const { pdfOf } = createReportPdfs(deps, findChromium() ?? undefined);
  const hash = (pdf: Uint8Array | null) =>
    createHash('sha256')
      .update(pdf ?? '')
      .digest('hex');
  const [first, second] = await Promise.all([pdfOf(id), pdfOf(id)]);
  expect(Buffer.from(first!.subarray(0, 5)).toString()).toBe('%PDF-');
  expect(first!.length).toBeGreaterThan(10_000);
  await db.query('delete from mentions');
  expect([hash(second), hash(await pdfOf(id))]).toEqual([hash(first), hash(first)]);
});
