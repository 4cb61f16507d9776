import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideByPerson } from '../../../src/act/rules/by-person.ts';
import { actOnDocuments } from '../../../src/jobs/act.ts';
import { enqueueRematch } from '../../../src/jobs/rematch.ts';
import type { Database } from '../../../src/store/db.ts';
import { listRules, moveRule, removeRule } from '../../../src/store/rules.ts';
import { saveTopic } from '../../../src/store/topics.ts';
import { setUserDisabled } from '../../../src/store/users.ts';
import { countRows, found, MINUTE } from '../../support/rows.ts';
import { DRIVERS, openTestStore } from '../../support/store.ts';
import { saveKnownCustomer } from '../worker.ts';
import { ANNA, openRuleWorld, type RuleWorld, ruleOf, TEXT } from './rule-world.ts';

describe.each(DRIVERS)('rules on new mentions on %s', (kind) => {
  let db: Database;
  let world: RuleWorld;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    world = await openRuleWorld(db);
  });

  const actAgain = async () => {
    const ids = await db.query<{ id: never }>('select id from documents order by id');
    await actOnDocuments(world.deps, { documentIds: ids.map(({ id }) => id) });
  };
  const decide = async (
    ...wishes: Parameters<typeof decideByPerson>[2] extends (s: never) => infer W ? W : never
  ) => {
    const [mention] = await world.mentions();
    await db.transaction((tx) =>
      decideByPerson(tx, mention!.id, () => wishes, 'anna@example.ru', world.clock.now()),
    );
  };

  it('every action of a rule that a mention meets is done once', async () => {
    const boss = await world.person('boss@example.ru');
    await world.save(
      ruleOf('all', 'tone:negative "вернуть деньги"', {
        tags: ['Возврат', 'возврат', 'срочное'],
        tone: 'unsure',
        priority: 'high',
        assign: 'Boss@example.ru',
      }),
    );
    await world.publish(TEXT, 'Ромашка открыла магазин');
    const [one, other] = await world.mentions();
    expect(one).toMatchObject({
      tags: ['Возврат', 'срочное'],
      sentiment: { label: 'unsure', confidence: 1 },
      taggerSentiment: { label: 'negative' },
      priority: 'high',
      assignedTo: boss.id,
      decided: { tone: { rule: 'all' }, priority: { rule: 'all' }, 'tag:возврат': { rule: 'all' } },
    });
    expect(other).toMatchObject({ tags: [], priority: 'normal', assignedTo: null, decided: {} });
    expect(await countRows(db, 'rule_effects')).toBe(5);
    await actAgain();
    expect(await countRows(db, 'rule_effects')).toBe(5);
  });

  it('understanding a document again keeps what rules and people have decided', async () => {
    await world.save(ruleOf('calm', 'tone:negative', { tone: 'neutral', tags: ['жалоба'] }));
    await world.publish(TEXT);
    await decide({ action: 'priority', priority: 'urgent' });
    await db.transaction((tx) => enqueueRematch(world.deps.queue, tx, world.clock.now()));
    await world.work();
    expect(await world.mentions()).toMatchObject([
      {
        tags: ['жалоба'],
        priority: 'urgent',
        sentiment: { label: 'neutral', confidence: 1 },
        taggerSentiment: { label: 'negative' },
      },
    ]);
  });

  it('a mention of which a person has decided something stays when its topic finds it no more', async () => {
    await world.publish(TEXT);
    await decide({ action: 'tag', tag: 'важное', isThere: true });
    await db.transaction(async (tx) => {
      await saveTopic(tx, { key: 'romashka', name: 'romashka', query: 'лютик' }, 'config', world.clock.now());
      await enqueueRematch(world.deps.queue, tx, world.clock.now());
    });
    await world.work();
    expect(await world.mentions()).toMatchObject([{ tags: ['важное'] }]);
  });

  it('what a person has decided goes before every rule, also what was taken away', async () => {
    await world.save(ruleOf('a', 'ромашка', { tags: ['скидка', 'чай'], priority: 'low', tone: 'positive' }));
    await world.publish(TEXT);
    await decide({ action: 'tag', tag: 'СКИДКА', isThere: false }, { action: 'priority', priority: 'high' });
    world.clock.pass(MINUTE);
    await world.save(ruleOf('b', 'ромашка', { tags: ['скидка'], priority: 'urgent' }));
    await world.ask('b');
    await world.work();
    await actAgain();
    expect(await world.mentions()).toMatchObject([
      { tags: ['чай'], priority: 'high', decided: { 'tag:скидка': { person: 'anna@example.ru' } } },
    ]);
  });

  it('where two rules want the same, the first in order has it, whichever fired earlier', async () => {
    await world.save(ruleOf('first', 'has:customer', { priority: 'urgent' }));
    await world.save(ruleOf('second', 'ромашка', { priority: 'low', tags: ['x'] }));
    await world.publish(TEXT);
    expect(await world.mentions()).toMatchObject([{ priority: 'low' }]);
    await saveKnownCustomer(
      db,
      {
        externalId: 'c1',
        name: 'Анна',
        city: null,
        tier: 'MVC',
        identifiers: [{ kind: 'handle', value: 'forum.example/anna' }],
        purchases: [],
      },
      world.clock.now(),
    );
    await actAgain();
    expect(await world.mentions()).toMatchObject([{ priority: 'urgent', tags: ['x'] }]);
    await actAgain();
    expect(await world.mentions()).toMatchObject([
      { priority: 'urgent', decided: { priority: { rule: 'first' } } },
    ]);
    await db.transaction((tx) => moveRule(tx, 'first', 1));
    await actAgain();
    expect(await world.mentions()).toMatchObject([
      { priority: 'low', decided: { priority: { rule: 'second' } } },
    ]);
  });

  it('the first in order also has it when it was so already', async () => {
    await world.save(ruleOf('first', 'ромашка', { tone: 'negative', priority: 'normal' }));
    await world.save(ruleOf('second', 'ромашка', { tone: 'positive', priority: 'urgent' }));
    await world.publish(TEXT);
    expect(await world.mentions()).toMatchObject([
      { sentiment: { label: 'negative' }, priority: 'normal', decided: {} },
    ]);
    expect(await countRows(db, 'rule_effects')).toBe(0);
  });

  it('a rule sees what the rules before it have done', async () => {
    await world.save(ruleOf('one', '"вернуть деньги"', { tags: ['возврат'] }));
    await world.save(ruleOf('two', 'tag:ВОЗВРАТ', { priority: 'high', tone: 'unsure' }));
    await world.save(ruleOf('three', 'tone:unsure', { tags: ['проверить'] }));
    await world.publish(TEXT);
    expect(await world.mentions()).toMatchObject([{ tags: ['возврат', 'проверить'], priority: 'high' }]);
  });

  it('topic, tone and status are those of the mention, each of a document on its own', async () => {
    await saveTopic(db, { key: 'lutik', name: 'Лютик', query: 'лютик' }, 'user', world.clock.now());
    await world.save(ruleOf('r', 'topic:romashka', { tags: ['r'] }));
    await world.save(ruleOf('l', 'topic:Лютик status:new', { tags: ['l'] }));
    await world.save(ruleOf('both', 'tone(romashka):negative topic:lutik', { tags: ['рядом с бедой'] }));
    await world.publish(`${TEXT} А лютик вчера привёз всё вовремя.`);
    const tags = (await world.mentions()).map((mention) => mention.tags);
    expect(tags).toEqual([['r'], ['l', 'рядом с бедой']]);
  });

  it('a mention that a rule hides opens no case, and one with a case is not hidden', async () => {
    await saveKnownCustomer(
      db,
      {
        externalId: 'c1',
        name: 'Анна',
        city: null,
        tier: null,
        identifiers: [{ kind: 'handle', value: 'forum.example/anna' }],
        purchases: [],
      },
      world.clock.now(),
    );
    await world.publish(TEXT);
    expect(await countRows(db, 'cases')).toBe(1);
    await world.save(ruleOf('hide', 'ромашка', { basket: true, tags: ['реклама'] }));
    await world.publish(`${TEXT} Ещё раз!`);
    expect(await countRows(db, 'cases')).toBe(1);
    await world.ask('hide');
    await world.work();
    const [first, second] = await world.mentions();
    expect(first).toMatchObject({ basketAt: null, tags: ['реклама'] });
    expect(second!.basketAt).toEqual(world.clock.now());
  });

  it('mentions that were found before a rule was saved are left alone, also when they are acted on again', async () => {
    await world.publish(TEXT);
    world.clock.pass(MINUTE);
    await world.save(ruleOf('late', 'ромашка', { tags: ['x'] }));
    await actAgain();
    expect(await world.mentions()).toMatchObject([{ tags: [] }]);
    await world.publish('И снова Ромашка');
    expect((await world.mentions()).map(({ tags }) => tags)).toEqual([[], ['x']]);
  });

  it('a rule that is off or removed does nothing, and one that comes back acts from then on', async () => {
    await world.save(ruleOf('a', 'ромашка', { tags: ['a'] }, { enabled: false }));
    await world.save(ruleOf('b', 'ромашка', { tags: ['b'] }));
    await db.transaction((tx) => removeRule(tx, 'b', world.clock.now()));
    await world.publish(TEXT);
    world.clock.pass(MINUTE);
    await world.save(ruleOf('b', 'ромашка', { tags: ['b2'] }));
    await world.publish('Ромашка вернулась');
    expect((await world.mentions()).map(({ tags }) => tags)).toEqual([[], ['b2']]);
  });

  it('a rule that cannot be used is passed over with its trouble, and holds up neither the others nor cases', async () => {
    const gone = await world.person('gone@example.ru');
    await saveTopic(db, { key: 'a', name: 'a', query: 'saved:"b" слово' }, 'user', world.clock.now());
    await saveTopic(db, { key: 'b', name: 'b', query: 'saved:"a" слово' }, 'user', world.clock.now());
    await world.save(ruleOf('circle', 'saved:"a"', { tags: ['никогда'] }));
    await world.save(ruleOf('nobody', 'ромашка', { assign: 'gone@example.ru', tags: ['никогда'] }));
    await world.save(ruleOf('fine', 'ромашка', { tags: ['да'], alert: { mail: ['gone@example.ru'] } }));
    await setUserDisabled(db, gone.id, world.clock.now());
    await world.publish(TEXT);
    expect(await world.mentions()).toMatchObject([{ tags: ['да'], assignedTo: null }]);
    const troubles = (await listRules(db)).map(({ trouble }) => trouble?.messages.map(({ en }) => en).join());
    expect(troubles[0]).toMatch(/a → b → a/);
    expect(troubles[1]).toMatch(/no user gone@example.ru/);
    expect(troubles[2]).toMatch(/gets no mail/);
    await setUserDisabled(db, gone.id, null);
    await world.publish('Ромашка, третий раз');
    expect((await listRules(db)).map(({ trouble }) => trouble)).toEqual([
      { messages: [expect.anything()] },
      null,
      null,
    ]);
  });

  it('a rule that names another topic by saved: follows its query', async () => {
    await saveTopic(
      db,
      { key: 'refund', name: 'Возвраты', query: 'вернуть ONEAR/2 деньги' },
      'user',
      world.clock.now(),
    );
    await world.save(ruleOf('s', 'saved:"Возвраты" topic:romashka', { tags: ['возврат'] }));
    await world.publish(
      found('1', { text: TEXT, author: ANNA }),
      found('2', { text: 'Ромашка хороша', author: ANNA }),
    );
    const tagged = (await world.mentions()).filter(({ tags }) => tags.length > 0);
    expect(tagged).toHaveLength(1);
  });
});
