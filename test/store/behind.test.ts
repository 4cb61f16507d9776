import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWaiting } from '../../src/model/case.ts';
import { endIncidents, listEndedIncidents, listOpenIncidents } from '../../src/store/alert-incidents.ts';
import { listCases } from '../../src/store/cases.ts';
import type { Database } from '../../src/store/db.ts';
import { addDelivery, listDeliveries } from '../../src/store/deliveries.ts';
import { listDigests } from '../../src/store/digests.ts';
import { listMisses } from '../../src/store/recall-misses.ts';
import { listReports } from '../../src/store/reports.ts';
import { fillStore } from '../support/full-store.ts';
import { later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';

/** More of each than the store of the test has, at times of which several are the same. */
async function addMore(db: Database): Promise<void> {
  const copies = [
    `insert into reports (kind, period_key, period_from, period_to, language, zone, facts, html, text, made_by, made_at)
     select 'hand', 'x', now(), now(), 'ru', 'UTC', '{}', '', '', 'x', $1::timestamptz + i % 3 * interval '1 hour' from generate_series(1, 7) i`,
    `insert into digests (recipient, period_key, period_from, period_to, subject, html, text, created_at)
     select recipient, 'x' || i, period_from, period_to, subject, html, text, $1::timestamptz from digests, generate_series(1, 7) i`,
    `insert into recall_misses (address, text, report_key, reported_by, reported_at, last_reported_at, state, cause, trace, traced_at, looked_at)
     select '', 'x', 'x' || i, 'x', $1::timestamptz, $1::timestamptz + i % 3 * interval '1 hour', 'open', 'unknown', '{}', $1::timestamptz, $1::timestamptz
     from generate_series(1, 7) i`,
  ];
  for (const copy of copies) await db.query(copy, [NOW]);
  for (let n = 2; n < 9; n += 1) {
    const id = `00000000-0000-4000-8000-00000000000${n}`;
    const about = { channel: 'crm' as const, endpoint: 'crm', eventType: 'e', payload: {} };
    await addDelivery(db, { id, ...about, eventKey: `k${n}`, createdAt: later((n % 3) * 1000) });
  }
  await db.query(
    `insert into alert_incidents (kind, facts, opened_at, last_seen_at, changed_at, cooldown_ms, count, peak)
     select kind, facts, $1::timestamptz + i % 3 * interval '1 hour', last_seen_at, changed_at, cooldown_ms, count, peak from alert_incidents, generate_series(1, 7) i`,
    [NOW],
  );
  await endIncidents(
    db,
    (await listOpenIncidents(db)).map(({ id }) => id),
    later(9),
  );
  for (let n = 0; n < 7; n += 1) {
    const [row] = await db.query<{ id: number }>(
      `insert into cases (topic_id, customer_id, author_id, severity, reason, status, opened_at, due_at, last_post_at)
       select topic_id, customer_id, author_id, 1, 'other', $2, $1::timestamptz, $1::timestamptz + $3 * interval '1 hour', $1::timestamptz
       from cases order by id limit 1 returning id`,
      [NOW, ['open', 'in_work', 'answered', 'closed'][n % 4], n % 3],
    );
    await db.query(
      'insert into case_mentions (case_id, mention_id, added_at, current) select $1, mention_id, $2, false from case_mentions order by case_id limit 1',
      [row!.id, NOW],
    );
  }
}

/** All rows, one after the other, each found behind the one before. */
async function walked<Row>(next: (last: Row | null) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const [row] = await next(rows.at(-1) ?? null);
    if (!row) return rows;
    rows.push(row);
    if (rows.length > 50) throw new Error('goes round in circles');
  }
}

describe.each(DRIVERS)('what stands behind a row, on %s,', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
    await fillStore(db);
    await addMore(db);
  });
  afterAll(() => db.close());

  it.each<[string, (last: never, limit: number) => Promise<object[]>]>([
    ['deliveries', (last, limit) => listDeliveries(db, limit, 0, last)],
    ['reports', (last, limit) => listReports(db, limit, 0, last)],
    ['digests', (last: { id: number } | null, limit) => listDigests(db, limit, last?.id ?? null)],
    ['incidents that have ended', (last, limit) => listEndedIncidents(db, limit, 0, last)],
    ['misses', (last, limit) => listMisses(db, { state: null, cause: null, behind: last }, limit, 0)],
    [
      'cases',
      (last: Parameters<typeof isWaiting>[0] & { dueAt: Date; id: never }, limit) =>
        listCases(db, last ? { behind: { ...last, isWaiting: isWaiting(last) } } : {}, NOW, limit, 0),
    ],
  ])('of %s, is the rest of the list', async (_what, list) => {
    const all = await list(null as never, 100);
    expect(all.length).toBeGreaterThan(6);
    expect(await walked((last) => list(last as never, 1))).toEqual(all);
  });
});
