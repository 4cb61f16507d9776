import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nextCronTime } from '../../src/jobs/next-visit.ts';
import type { Database } from '../../src/store/db.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { publishedSince } from '../../src/store/sources.ts';
import { addSources, found, later, NOW } from '../support/rows.ts';
import { openTestPglite } from '../support/store.ts';

describe('the next time of a cron expression', () => {
  test('is the next one, not a day from now', () => {
    expect(nextCronTime('*/5 * * * *').getTime()).toBeLessThanOrEqual(Date.now() + 5 * 60_000);
    expect(nextCronTime('*/5 * * * *').getMinutes() % 5).toBe(0);
  });

  test.each(['never', '0 0 30 2 *'])('"%s" never comes and is refused', (expression) => {
    expect(() => nextCronTime(expression)).toThrow(/cron/);
  });
});

describe('what tells the pace of a source', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestPglite();
  });
  afterAll(() => db.close());

  test('is what was published, not what is announced for years to come or from another age', async () => {
    const [source] = await addSources(db, 'calendar');
    const day = 24 * 3_600_000;
    for (const [at, ms] of [-5 * day, -60_000, 30 * day, 9000 * day, -9000 * day].entries())
      await saveDocument(db, source!, found(String(at), { publishedAt: later(ms) }), NOW);
    expect(await publishedSince(db, source!, later(-28 * day), 10)).toEqual([
      later(-60_000),
      later(-5 * day),
    ]);
  });
});
