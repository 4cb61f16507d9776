import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rehearseAlert } from '../../../src/jobs/alerts/rehearse.ts';
import { unsavedAlert } from '../../../src/jobs/alerts/save-alerts.ts';
import { watchAlerts } from '../../../src/jobs/alerts/watch.ts';
import { saveAlert } from '../../../src/store/alerts.ts';
import type { Database } from '../../../src/store/db.ts';
import { addUser } from '../../../src/store/users.ts';
import { addSources, addTopic, countRows } from '../../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../../support/store.ts';
import { createHandQueue, createTestClock, createWorker } from '../worker.ts';
import { alertOf } from './alert-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const END = new Date('2026-11-22T12:00:00Z');
const CRISIS = new Date('2026-11-20T10:00:00Z');
const SPIKE = { kind: 'spike', condition: '', settings: {} };

/** Mentions at these times, found at once, as the pipeline would have stored them. */
async function fill(db: Database, topic: number, source: number, times: readonly Date[]): Promise<void> {
  await db.query(
    `with made as (insert into documents (source_id, external_id, url, kind, text, published_at, found_at, updated_at, content_hash)
       select $1, p.place::text || random(), 'https://forum.example/' || p.place, 'post', 'Ромашка', p.at, p.at, p.at, ''
       from unnest($2::timestamptz[]) with ordinality as p(at, place) order by p.at returning id, found_at)
     insert into mentions (document_id, topic_id, spans, sentiment, complaint, created_at)
     select id, $3, '[]', '{"label": "neutral", "score": 0, "confidence": 1}', '{"isComplaint": false}', found_at from made`,
    [source, times.map((at) => at.toISOString()), topic],
  );
}

describe.each(DRIVERS)('a rehearsal on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  /** Four posts an hour for seventy days, and a crisis of two hours. */
  async function livedThrough() {
    const clock = createTestClock(END);
    const deps = await createWorker(db, { queue: createHandQueue().queue, clock });
    const [source] = await addSources(db, 'forum');
    const topic = await addTopic(db, 'romashka', 'ромашка');
    const quiet = Array.from(
      { length: 70 * 24 * 4 },
      (_, at) => new Date(END.getTime() - 70 * DAY + at * 15 * MINUTE),
    );
    const crisis = Array.from({ length: 240 }, (_, at) => new Date(CRISIS.getTime() + at * 30_000));
    await fill(
      db,
      topic,
      source!,
      [...quiet, ...crisis].sort((a, b) => a.getTime() - b.getTime()),
    );
    return { deps, clock, topic, source: source! };
  }

  it('says when it would have woken somebody, with a post, and changes nothing', async () => {
    const { deps } = await livedThrough();
    const alert = unsavedAlert(alertOf(SPIKE), 'Europe/Moscow', END);
    const result = await rehearseAlert(deps, { alert, days: 60, withinMs: 60_000, language: 'en' });
    expect(result.ended).toBe('all');
    expect(result.incidents).toHaveLength(1);
    const [one] = result.incidents;
    expect(one!.openedAt.getTime() - CRISIS.getTime()).toBeLessThanOrEqual(10 * MINUTE);
    expect(one!.title).toMatch(/^A spike, romashka: \d+ posts in/);
    expect(one!.document).not.toBeNull();
    expect(await countRows(db, 'alert_incidents')).toBe(0);
  });

  it('is what the alert does when it lives through the same', async () => {
    const { deps, clock } = await livedThrough();
    await addUser(
      db,
      { email: 'boss@example.ru', name: 'B', role: 'pr', language: 'en', zone: 'UTC', passwordHash: '' },
      END,
    );
    const alert = unsavedAlert(alertOf(SPIKE), 'Europe/Moscow', END);
    const result = await rehearseAlert(deps, { alert, days: 60, withinMs: 60_000, language: 'en' });
    clock.pass(CRISIS.getTime() - HOUR - END.getTime());
    await db.transaction((tx) =>
      saveAlert(tx, alertOf(SPIKE), { actor: 'x', zone: 'Europe/Moscow' }, clock.now()),
    );
    for (let minute = 0; minute < 180; minute += 1) {
      await watchAlerts(deps);
      clock.pass(MINUTE);
    }
    const lived = await db.query<{ at: Date }>('select opened_at as at from alert_incidents');
    expect(lived.map(({ at }) => at)).toEqual(result.incidents.map(({ openedAt }) => openedAt));
    expect(await countRows(db, 'deliveries')).toBe(1);
  });

  it('stops when its time is up, and says so', async () => {
    const { deps } = await livedThrough();
    const alert = unsavedAlert(alertOf(SPIKE), 'Europe/Moscow', END);
    const result = await rehearseAlert(deps, { alert, days: 60, withinMs: 1, language: 'en' });
    expect(result.ended).toBe('time');
    expect(result.to.getTime()).toBeLessThan(END.getTime());
  });

  it('of a silence of people says when they fell silent while others were read', async () => {
    const { deps, topic, source } = await livedThrough();
    const other = await addTopic(db, 'lutik', 'лютик');
    await fill(
      db,
      other,
      source,
      Array.from({ length: 70 * 24 }, (_, at) => new Date(END.getTime() - 70 * DAY + at * HOUR)),
    );
    await db.query(
      `delete from mentions m using documents d where d.id = m.document_id and m.topic_id = $1 and d.published_at > $2`,
      [topic, new Date(END.getTime() - 2 * DAY)],
    );
    const silence = unsavedAlert(
      alertOf({ kind: 'people-silence', condition: '', topics: ['romashka'] }),
      'Europe/Moscow',
      END,
    );
    const result = await rehearseAlert(deps, { alert: silence, days: 30, withinMs: 60_000, language: 'en' });
    expect(result.incidents).toHaveLength(1);
    expect(result.incidents[0]!.title).toMatch(/^Nobody talks any more, romashka/);
  });
});
