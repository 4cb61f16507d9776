import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { knownDocuments } from '../../../src/jobs/known-facts.ts';
import type { CustomerId } from '../../../src/model/ids.ts';
import { evaluate } from '../../../src/query/evaluate.ts';
import { parseQuery } from '../../../src/query/parse.ts';
import type { Database } from '../../../src/store/db.ts';
import { DRIVERS, openTestStore } from '../../support/store.ts';
import { saveKnownCustomer } from '../worker.ts';
import { openRuleWorld, ruleOf, TEXT } from './rule-world.ts';

describe.each(DRIVERS)('segments and tiers in conditions on %s', (kind) => {
  let db: Database;
  let world: Awaited<ReturnType<typeof openRuleWorld>>;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  beforeEach(async () => {
    world = await openRuleWorld(db);
  });
  afterAll(() => db.close());

  async function addAnna(tier: 'MGC' | null): Promise<CustomerId> {
    await saveKnownCustomer(
      db,
      {
        externalId: 'c1',
        name: 'Анна',
        city: null,
        tier,
        identifiers: [{ kind: 'handle', value: 'forum.example/anna' }],
        purchases: [],
      },
      world.clock.now(),
    );
    const [row] = await db.query<{ id: CustomerId }>('select id from customers');
    return row!.id;
  }

  async function join(id: CustomerId, segment: string): Promise<void> {
    await db.query('insert into customer_segments values ($1, $2)', [id, segment]);
  }

  async function compute(id: CustomerId, tier: string): Promise<void> {
    await db.query(
      `insert into customer_values (customer_id, tier, tier_reasons, stage, churn_reasons, scored_at) values ($1, $2, '[]', 'active', '[]', $3)`,
      [id, tier, world.clock.now()],
    );
  }

  it('a rule sees the segments of the customer behind the post, whatever their case', async () => {
    await join(await addAnna(null), 'VIP клиенты');
    await world.save(ruleOf('mine', 'segment:"vip клиенты"', { tags: ['мой'] }));
    await world.save(ruleOf('other', 'segment:опт', { tags: ['чужой'] }));
    await world.publish(TEXT);
    expect(await world.mentions()).toMatchObject([{ tags: ['мой'] }]);
  });

  it('a rule sees the tier that was worked out where the CRM states none', async () => {
    await compute(await addAnna(null), 'MVC');
    await world.save(ruleOf('top', 'tier:MVC', { priority: 'urgent' }));
    await world.publish(TEXT);
    expect(await world.mentions()).toMatchObject([{ priority: 'urgent' }]);
  });

  it('the tier that the CRM states goes before the one that was worked out', async () => {
    await compute(await addAnna('MGC'), 'MVC');
    await world.save(ruleOf('top', 'tier:MVC', { priority: 'urgent' }));
    await world.save(ruleOf('stated', 'tier:MGC', { tags: ['MGC'] }));
    await world.publish(TEXT);
    expect(await world.mentions()).toMatchObject([{ priority: 'normal', tags: ['MGC'] }]);
  });

  it('search decides by both, too', async () => {
    const id = await addAnna(null);
    await join(id, 'опт');
    await compute(id, 'MVC');
    await world.publish(TEXT);
    const [row] = await db.query<{ id: never }>('select id from documents');
    const document = (await knownDocuments(db, world.deps.resources, [row!.id], {})).get(row!.id)!;
    expect(document.facts).toMatchObject({ segment: ['опт'], tier: ['MVC'] });
    const holds = (text: string): boolean => {
      const read = parseQuery(text, 'search');
      if (!('query' in read)) throw new Error('not a query');
      return evaluate(read.query, document, world.deps.resources.morphology).matched;
    };
    expect(['segment:опт', 'tier:MVC', 'segment:розница', 'ромашка -segment:опт'].map(holds)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
