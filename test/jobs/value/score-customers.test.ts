import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSimulated } from '../../../bench/value/stored-customers.ts';
import { scoreCustomers, scoreWhenDue } from '../../../src/jobs/value/score-customers.ts';
import type { CustomerId } from '../../../src/model/ids.ts';
import { declareInterest, interestsOf, removeInterest } from '../../../src/store/customer-interests.ts';
import { listTierMoves } from '../../../src/store/customer-values.ts';
import type { Database } from '../../../src/store/db.ts';
import { recordImport } from '../../../src/store/imported-files.ts';
import { pairsOfItems } from '../../../src/store/item-pairs.ts';
import { claimScoring, newestScoring } from '../../../src/store/value-models.ts';
import { addDocument, addMention, addSources, addTopic, countRows, later, NOW } from '../../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../../support/store.ts';
import { createTestClock, loadResources, log } from '../worker.ts';
import { addBuyer } from './register.ts';

const DAY_MS = 86_400_000;

describe.each(DRIVERS)('scoring on %s', (kind) => {
  let db: Database;
  let clock: ReturnType<typeof createTestClock>;
  const deps = async () => ({ db, clock, resources: await loadResources(), log });
  const score = async () => (await scoreCustomers(await deps()))!;
  const rowOf = async (id: CustomerId) =>
    (
      await db.query<Record<string, unknown>>('select * from customer_values where customer_id = $1', [id])
    )[0]!;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  beforeEach(async () => {
    await truncate(db);
    clock = createTestClock();
  });
  afterAll(() => db.close());

  it('foretells from enough customers, and keeps one row for each, those without purchases too', async () => {
    await addSimulated(db, 400, { now: NOW });
    const silent = await addBuyer(db, 'prospect', []);
    const steady = await addBuyer(
      db,
      'steady',
      [100, 70, 40, 10].map((daysAgo) => ({ daysAgo })),
    );
    const { customers, model } = await score();
    expect(customers).toBe(402);
    expect(model.refusals).toEqual({ buying: null, spending: {} });
    expect(await countRows(db, 'customer_values')).toBe(402);
    expect(await rowOf(silent)).toMatchObject({
      stage: 'prospect',
      churn: null,
      expected_value: null,
      tier: null,
      refusal: null,
    });
    const row = await rowOf(steady);
    expect(row).toMatchObject({ stage: 'active', currency: 'EUR', realised: 80, refusal: null });
    for (const name of ['p_alive', 'expected_purchases', 'expected_value']) {
      expect(row[`${name}_low`]).toBeLessThan(row[name] as number);
      expect(row[`${name}_high`]).toBeGreaterThan(row[name] as number);
    }
  });

  it('says why it does not foretell from few, and uses RFM all the same', async () => {
    const id = await addBuyer(db, 'one', [{ daysAgo: 40 }, { daysAgo: 5 }]);
    await addBuyer(db, 'two', [{ daysAgo: 300, amount: 5 }]);
    await score();
    expect(await rowOf(id)).toMatchObject({
      expected_purchases: null,
      refusal: { code: 'few-repeaters', has: 1, needs: 100 },
      rfm: { recency: 5, frequency: 5, money: 5 },
    });
  });

  it('says the same when it is run twice, and moves nobody', async () => {
    await addSimulated(db, 300, { now: NOW });
    await score();
    const rows = () => db.query('select * from customer_values order by customer_id');
    const before = await rows();
    await score();
    expect(await rows()).toEqual(before);
    expect(await countRows(db, 'customer_tier_moves')).toBe(0);
    expect(await countRows(db, 'value_models')).toBe(1);
  });

  it('notes who moved from which tier to which, when and why', async () => {
    await addSimulated(db, 300, { now: NOW });
    const id = await addBuyer(
      db,
      'star',
      [300, 200, 100, 10].map((daysAgo) => ({ daysAgo, amount: 900 })),
    );
    await score();
    expect((await rowOf(id)).tier).toBe('MVC');
    for (const n of [1, 2, 3, 4])
      await db.query(
        `insert into purchases (customer_id, external_id, at, amount, currency, item) values ($1, $2, $3, -900, 'EUR', 'Чай')`,
        [id, `back${n}`, NOW],
      );
    clock.pass(DAY_MS);
    await score();
    expect(await listTierMoves(db, id, 5)).toMatchObject([
      { at: later(DAY_MS), from: 'MVC', to: 'BZC', reasons: [{ code: 'refunds', values: { n: 4 } }] },
    ]);
  });

  it('counts open cases, negative posts of the own accounts and unanswered contacts into the risk', async () => {
    const id = await addBuyer(
      db,
      'c',
      [60, 30, 2].map((daysAgo) => ({ daysAgo })),
    );
    const [source] = await addSources(db, 'forum');
    const document = await addDocument(db, source!, '1', {
      author: { site: 'f', handle: 'anna' },
      publishedAt: later(-DAY_MS),
    });
    const mention = await addMention(db, document, await addTopic(db, 'romashka'));
    const [{ author } = { author: 0 }] = await db.query<{ author: number }>(
      'select author_id as author from documents where id = $1',
      [document],
    );
    await db.query(`insert into identity_links values ($1, $2, 'proposed', 0.5, '[]', 'matcher', $3)`, [
      author,
      id,
      NOW,
    ]);
    await score();
    expect((await rowOf(id)).churn_reasons).toEqual([]);
    await db.query(`update identity_links set state = 'confirmed'`);
    await db.query(
      `insert into cases (topic_id, customer_id, author_id, severity, reason, opened_at, due_at, last_post_at)
       select topic_id, $2, $3, 2, 'delivery', $4, $4, $4 from mentions where id = $1`,
      [mention, id, author, NOW],
    );
    await db.query(
      `insert into contacts (customer_id, external_id, at, kind, channel, direction, answered) values ($1, 'x', $2, 'call', 'phone', 'in', false)`,
      [id, NOW],
    );
    await score();
    const { churn_reasons: reasons } = await rowOf(id);
    expect((reasons as { code: string }[]).map(({ code }) => code)).toEqual([
      'open-case',
      'negative-posts',
      'unanswered',
    ]);
    await db.query('update mentions set basket_at = $1', [NOW]);
    await score();
    expect(JSON.stringify((await rowOf(id)).churn_reasons)).not.toContain('negative-posts');
  });

  it('infers interests, never again what was taken away, nothing of what is guarded, nothing of who has refused offers', async () => {
    const tea = { item: 'Чай чёрный' };
    const both = [
      { daysAgo: 1, ...tea },
      { daysAgo: 2, ...tea },
      { daysAgo: 3, item: 'Витамины D3' },
      { daysAgo: 4, item: 'Витамины D3' },
    ];
    const ids = [
      await addBuyer(db, 'a', both),
      await addBuyer(db, 'b', both),
      await addBuyer(db, 'c', both),
      await addBuyer(db, 'd', both),
    ] as const;
    // Enough others that tea tells something.
    for (let n = 0; n < 12; n += 1) await addBuyer(db, `o${n}`, [{ daysAgo: 9, item: 'Дрель' }]);
    await declareInterest(db, ids[1], { interest: 'Чай', by: 'import', at: NOW });
    await db.query(
      `insert into consents (customer_id, channel, purpose, state, at) values ($1, 'any', 'marketing', 'objected', $2)`,
      [ids[2], NOW],
    );
    await score();
    const told = async (id: CustomerId) =>
      (await interestsOf(db, { first: id, last: id })).map(({ interest, origin, removedAt }) => [
        interest,
        origin,
        removedAt !== null,
      ]);
    expect(await told(ids[0])).toEqual([['чай', 'inferred', false]]);
    expect(await told(ids[1])).toEqual([['Чай', 'declared', false]]);
    expect(await told(ids[2])).toEqual([]);
    expect(await removeInterest(db, ids[0], 'чай', NOW)).toBe(true);
    await db.query('delete from purchases where customer_id = $1', [ids[3]]);
    await score();
    expect(await told(ids[0])).toEqual([['чай', 'inferred', true]]);
    expect(await told(ids[3])).toEqual([]);
  });

  it('keeps what is bought together, and nothing guarded', async () => {
    for (let n = 0; n < 12; n += 1) {
      await addBuyer(db, `t${n}`, [
        { daysAgo: 9, item: 'Чай' },
        { daysAgo: 5, item: 'Чашка' },
        { daysAgo: 2, item: 'Витамины' },
      ]);
      await addBuyer(db, `d${n}`, [{ daysAgo: 9, item: 'Дрель' }]);
    }
    await score();
    expect(await pairsOfItems(db, ['чай', 'витамины'])).toMatchObject([
      { item: 'чай', also: 'чашка', itemName: 'Чай', alsoName: 'Чашка', customers: 12, of: 12 },
    ]);
  });

  it('is run once at a time, and again when the last run died', async () => {
    await claimScoring(db, clock.now());
    expect(await scoreCustomers(await deps())).toBeNull();
    clock.pass(4 * 3_600_000);
    expect(await scoreCustomers(await deps())).not.toBeNull();
    expect(await newestScoring(db)).toMatchObject({ customers: 0 });
  });

  it('is due at first, each night, and some minutes after an import', async () => {
    await addBuyer(db, 'one', [{ daysAgo: 5 }]);
    const due = async () => scoreWhenDue(await deps());
    expect([await due(), await due()]).toEqual([1, 0]);
    clock.pass(15 * 3_600_000);
    expect([await due(), await due()]).toEqual([1, 0]);
    clock.pass(3_600_000);
    await recordImport(db, 'customers.csv', 'h', clock.now());
    expect(await due()).toBe(0);
    clock.pass(3 * 60_000);
    expect([await due(), await due()]).toEqual([1, 0]);
  });
});
