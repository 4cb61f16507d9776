import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideByPerson } from '../../../src/act/rules/by-person.ts';
import type { Wish } from '../../../src/act/rules/decide.ts';
import { actOnDocuments } from '../../../src/jobs/act.ts';
import { dryRun } from '../../../src/jobs/rules/dry-run.ts';
import { explainRules } from '../../../src/jobs/rules/explain-rules.ts';
import { goOnWithRun } from '../../../src/jobs/rules/run.ts';
import { recoverLostWork } from '../../../src/jobs/tidy.ts';
import type { RuleRunId } from '../../../src/model/ids.ts';
import type { Database, Db } from '../../../src/store/db.ts';
import { getRun } from '../../../src/store/rule-runs.ts';
import { findRule } from '../../../src/store/rules.ts';
import { countRows, MINUTE } from '../../support/rows.ts';
import { DRIVERS, openTestStore } from '../../support/store.ts';
import { openRuleWorld, type RuleWorld, ruleOf, TEXT } from './rule-world.ts';

const MANY = Array.from(
  { length: 130 },
  (_, at) => `Ромашка номер ${at}, ${at % 2 === 0 ? 'скидка' : 'отзыв'} дня`,
);

describe.each(DRIVERS)('a rule on past mentions on %s', (kind) => {
  let db: Database;
  let world: RuleWorld;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    world = await openRuleWorld(db);
  });

  const decide = async (at: number, ...wishes: Wish[]) => {
    const mention = (await world.mentions())[at]!;
    world.clock.pass(1);
    await db.transaction((tx) =>
      decideByPerson(tx, mention.id, () => wishes, 'anna@example.ru', world.clock.now()),
    );
  };
  const count = async (where: string) => (await db.query(`select 1 from mentions where ${where}`)).length;

  it('is done in batches, each mention seen once, and taken back whole', async () => {
    await world.publish(...MANY);
    world.clock.pass(MINUTE);
    await world.save(ruleOf('sale', 'скидка', { tags: ['скидка'], priority: 'low', basket: true }));
    const run = await world.ask('sale');
    await world.work();
    expect(await getRun(db, run)).toMatchObject({ state: 'done', seen: 130, total: 130, changed: 65 });
    expect(await count(`basket_at is not null and priority = 'low' and tags = '{скидка}'`)).toBe(65);
    await world.undo(run);
    expect(await getRun(db, run)).toMatchObject({ state: 'undone', restored: 195, kept: 0 });
    expect(await count(`basket_at is null and priority = 'normal' and tags = '{}' and decided = '{}'`)).toBe(
      130,
    );
  });

  it('a second run finds nothing left to do', async () => {
    await world.publish(TEXT);
    await world.save(ruleOf('r', 'ромашка', { tags: ['x'], tone: 'positive' }));
    await world.ask('r');
    await world.work();
    const again = await world.ask('r');
    await world.work();
    expect(await getRun(db, again)).toMatchObject({ state: 'done', seen: 1, changed: 0 });
    expect(await countRows(db, 'rule_effects')).toBe(2);
  });

  it('undoing leaves alone what a person has changed meanwhile, and says how much', async () => {
    await world.publish(TEXT, 'Ромашка и чай');
    await world.save(ruleOf('r', 'ромашка', { tags: ['x'], priority: 'high', tone: 'positive' }));
    const run = await world.ask('r');
    await world.work();
    await decide(0, { action: 'priority', priority: 'urgent' }, { action: 'tag', tag: 'x', isThere: false });
    await world.undo(run);
    const [one, other] = await world.mentions();
    expect(one).toMatchObject({
      priority: 'urgent',
      tags: [],
      sentiment: { label: 'negative' },
      taggerSentiment: null,
      decided: { priority: { person: 'anna@example.ru' } },
    });
    expect(other).toMatchObject({ priority: 'normal', tags: [], taggerSentiment: null, decided: {} });
    expect(await getRun(db, run)).toMatchObject({ restored: 4, kept: 2 });
  });

  it('undoing brings back what an earlier decision of another rule had made of it', async () => {
    await world.save(ruleOf('early', 'ромашка', { priority: 'low', tone: 'neutral' }));
    await world.publish(TEXT);
    world.clock.pass(MINUTE);
    await world.save(ruleOf('first', 'ромашка', { priority: 'urgent', tone: 'positive' }));
    await db.query(`update rules set position = 0 where key = 'first'`);
    const run = await world.ask('first');
    await world.work();
    expect(await world.mentions()).toMatchObject([{ priority: 'urgent', sentiment: { label: 'positive' } }]);
    await world.undo(run);
    expect(await world.mentions()).toMatchObject([
      {
        priority: 'low',
        sentiment: { label: 'neutral' },
        taggerSentiment: { label: 'negative' },
        decided: { priority: { rule: 'early' }, tone: { rule: 'early' } },
      },
    ]);
  });

  it('a process that dies in the middle of a batch leaves no trace of it, and the run goes on to the end', async () => {
    await world.publish(...MANY);
    await world.save(ruleOf('sale', 'скидка', { tags: ['скидка'] }));
    const run = await world.ask('sale');
    world.hand.take();
    await goOnWithRun(world.deps, { runId: run });
    world.hand.take();
    const dying: Db['transaction'] = (work) =>
      db.transaction(async (tx) => {
        await work(tx);
        throw new Error('killed');
      });
    const deps = { ...world.deps, db: { ...db, query: db.query.bind(db), transaction: dying } };
    await expect(goOnWithRun(deps as never, { runId: run })).rejects.toThrow('killed');
    world.hand.take();
    expect(await getRun(db, run)).toMatchObject({ state: 'running', seen: 100 });
    world.clock.pass(11 * MINUTE);
    await recoverLostWork(world.deps);
    await world.work();
    expect(await getRun(db, run)).toMatchObject({ state: 'done', seen: 130, changed: 65 });
    expect(await countRows(db, 'rule_effects')).toBe(65);
  });

  it('two workers with the same run and the same documents make each effect once', async () => {
    await world.publish(...MANY.slice(0, 110));
    await world.save(ruleOf('sale', 'скидка', { tags: ['скидка'], priority: 'low' }));
    const run = await world.ask('sale');
    const ids = await db.query<{ id: never }>('select id from documents order by id');
    const act = () => actOnDocuments(world.deps, { documentIds: ids.map(({ id }) => id) });
    const go = () => goOnWithRun(world.deps, { runId: run });
    await Promise.all([go(), act(), go(), act(), go()]);
    await world.work();
    expect(await countRows(db, 'rule_effects')).toBe(110);
    expect(await getRun(db, run)).toMatchObject({ state: 'done', seen: 110 });
    expect(await count(`tags = '{скидка}' and priority = 'low'`)).toBe(55);
  });

  it('a run uses the version that was asked for, though the rule is changed meanwhile', async () => {
    await world.publish(...MANY.slice(0, 110));
    await world.save(ruleOf('r', 'скидка', { tags: ['old'] }));
    const run = await world.ask('r');
    world.hand.take();
    await goOnWithRun(world.deps, { runId: run });
    await world.save(ruleOf('r', 'отзыв', { tags: ['new'] }));
    await world.work();
    expect(await count(`tags = '{old}'`)).toBe(55);
    expect(await count(`tags = '{new}'`)).toBe(0);
  });

  it('undoing a run that is under way stops it', async () => {
    await world.publish(...MANY);
    await world.save(ruleOf('r', 'ромашка', { tags: ['x'] }));
    const run = await world.ask('r');
    world.hand.take();
    await goOnWithRun(world.deps, { runId: run });
    await world.undo(run);
    expect(await getRun(db, run)).toMatchObject({ state: 'undone', seen: 100, restored: 100 });
    expect(await count(`tags <> '{}'`)).toBe(0);
  });

  it('only mentions since the day that was named are seen', async () => {
    await world.publish('Ромашка вчера');
    world.clock.pass(10 * MINUTE);
    const since = world.clock.now();
    await world.publish('Ромашка сегодня');
    await world.save(ruleOf('r', 'ромашка', { tags: ['x'] }));
    const run = await world.ask('r', { since });
    await world.work();
    expect(await getRun(db, run)).toMatchObject({ total: 1, seen: 1, changed: 1 });
  });

  const draft = async (key: string) => (await findRule(db, key))!;
  const asked = { since: new Date(0), limit: 100_000, withinMs: 60_000, samples: 5 };

  it('a dry run changes nothing and says what the run then does', async () => {
    await world.publish(...MANY);
    await world.save(ruleOf('r', 'скидка', { tags: ['скидка'], priority: 'high' }));
    await decide(0, { action: 'priority', priority: 'low' });
    await decide(2, { action: 'tag', tag: 'Скидка', isThere: true });
    const before = await db.query('select * from mentions order by id');
    const result = await dryRun(world.deps, { rule: await draft('r'), ...asked });
    expect(await db.query('select * from mentions order by id')).toEqual(before);
    expect(await countRows(db, 'rule_effects')).toBe(0);
    expect(result).toMatchObject({ looked: 130, total: 130, ended: 'all', matched: 65, changed: 65 });
    expect(result.actions).toEqual([
      { action: 'tag', value: 'скидка', counts: { done: 64, same: 1, person: 0, rule: 0, case: 0 } },
      { action: 'priority', value: 'high', counts: { done: 64, same: 0, person: 1, rule: 0, case: 0 } },
    ]);
    expect(result.sample).toHaveLength(5);
    const run = await world.ask('r');
    await world.work();
    expect(await getRun(db, run)).toMatchObject({ changed: 65 });
    expect(await countRows(db, 'rule_effects')).toBe(128);
  });

  it('a dry run ends at its limit, and when its time is up, and says so', async () => {
    await world.publish(...MANY);
    await world.save(ruleOf('r', 'скидка', { tags: ['скидка'] }));
    const rule = await draft('r');
    expect(await dryRun(world.deps, { rule, ...asked, limit: 10 })).toMatchObject({
      looked: 10,
      ended: 'limit',
    });
    expect(await dryRun(world.deps, { rule, ...asked, withinMs: 0 })).toMatchObject({ ended: 'time' });
    const signal = AbortSignal.abort();
    expect(await dryRun(world.deps, { rule, ...asked }, signal)).toMatchObject({ ended: 'aborted' });
  });

  it('explains who had the last word, and why a rule does not apply', async () => {
    await world.save(ruleOf('first', 'ромашка', { priority: 'high' }));
    await world.save(ruleOf('second', 'tone:negative', { priority: 'low', tags: ['беда'] }));
    await world.save(ruleOf('third', 'лютик', { tags: ['нет'] }));
    await world.save(ruleOf('off', 'ромашка', { tags: ['нет'] }, { enabled: false }));
    await world.publish(TEXT);
    world.clock.pass(MINUTE);
    await world.save(ruleOf('late', 'ромашка', { tags: ['поздно'] }));
    const [mention] = await world.mentions();
    const explained = await explainRules(world.deps, mention!.id);
    expect(explained).toMatchObject([
      { verdict: 'meets', outcomes: [{ result: 'same', standing: { rule: 'first' } }] },
      { verdict: 'meets', outcomes: [{ result: 'same' }, { result: 'rule', standing: { rule: 'first' } }] },
      { verdict: 'misses', reasons: [{ message: { en: expect.stringContaining('лютик') } }] },
      { verdict: 'off' },
      { verdict: 'older', outcomes: [{ result: 'done' }] },
    ]);
    expect(await world.mentions()).toMatchObject([{ tags: ['беда'] }]);
    expect(await explainRules(world.deps, 999_999 as never)).toBeNull();
    expect(await getRun(db, 999 as RuleRunId)).toBeNull();
  });
});
