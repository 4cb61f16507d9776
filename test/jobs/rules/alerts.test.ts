import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AlertPayload, AlertsPayload } from '../../../src/act/rules/alert-event.ts';
import { actOnDocuments } from '../../../src/jobs/act.ts';
import { deliverDue } from '../../../src/jobs/deliver.ts';
import { enqueueRematch } from '../../../src/jobs/rematch.ts';
import { summariseAlerts } from '../../../src/jobs/rules/summaries.ts';
import type { Mail } from '../../../src/model/ports.ts';
import type { Database } from '../../../src/store/db.ts';
import { listDeliveries } from '../../../src/store/deliveries.ts';
import { saveTopic } from '../../../src/store/topics.ts';
import { countRows, found, MINUTE } from '../../support/rows.ts';
import { DRIVERS, openTestStore } from '../../support/store.ts';
import { type Receiver, startReceiver } from '../receiver.ts';
import { SECRET, saveKnownCustomer } from '../worker.ts';
import { ANNA, openRuleWorld, type RuleWorld, ruleOf, TEXT } from './rule-world.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(DRIVERS)('alerts of rules on %s', (kind) => {
  let db: Database;
  let receiver: Receiver;
  let world: RuleWorld;
  beforeAll(async () => {
    [db, receiver] = await Promise.all([openTestStore(kind), startReceiver(SECRET)]);
  });
  afterAll(() => Promise.all([db.close(), receiver.close()]));
  beforeEach(async () => {
    receiver.received = [];
    world = await openRuleWorld(db, { crmUrl: receiver.url });
    await world.person('boss@example.ru');
  });

  const alertRule = (changes: object = {}, condition = 'ромашка') =>
    world.save(
      ruleOf('alarm', condition, { alert: { mail: ['boss@example.ru'], webhooks: ['crm'], ...changes } }),
    );
  const actAgain = async () => {
    const ids = await db.query<{ id: never }>('select id from documents order by id');
    await actOnDocuments(world.deps, { documentIds: ids.map(({ id }) => id) });
  };
  const mails = async () =>
    (await listDeliveries(db, 1000, 0))
      .filter(({ channel }) => channel === 'mail')
      .map(({ payload }) => payload as Mail);
  const events = () => receiver.received.map(({ data }) => data as unknown as AlertPayload & AlertsPayload);

  it('each mention is told once to everybody whom the rule names, with the customer', async () => {
    await saveKnownCustomer(
      db,
      {
        externalId: 'c1',
        name: 'Анна <b>',
        city: null,
        tier: 'MVC',
        identifiers: [{ kind: 'handle', value: 'forum.example/anna' }],
        purchases: [],
      },
      world.clock.now(),
    );
    await world.save(
      ruleOf('tags', 'ромашка', { tags: ['срочное'], priority: 'urgent', assign: 'boss@example.ru' }),
    );
    await alertRule({}, 'tag:срочное');
    await world.publish(TEXT);
    await actAgain();
    await db.transaction((tx) => enqueueRematch(world.deps.queue, tx, world.clock.now()));
    await world.work();
    await deliverDue(world.deps);
    const told = receiver.received.filter(({ data }) => 'rule' in data);
    expect(told).toHaveLength(1);
    expect(told[0]!.bytes).toBeLessThan(20_000);
    expect(told[0]!.data).toMatchObject({
      rule: { key: 'alarm', link: 'http://molva.example/rules/alarm' },
      mention: { tags: ['срочное'], priority: 'urgent', assigned_to: 'boss@example.ru', status: 'new' },
      topic: { key: 'romashka' },
      customer: { external_id: 'c1', name: 'Анна <b>', tier: 'MVC' },
      document: { text: TEXT, author: { handle: 'anna' } },
      sentiment: { label: 'negative' },
    });
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: 'boss@example.ru', headers: { 'Auto-Submitted': 'auto-generated' } });
    expect(mail!.subject).toBe('Molva, Rule alarm: romashka, forum.example');
    expect(mail!.text).toContain('Customer: Анна <b>, MVC');
    expect(mail!.html).toContain('Анна &lt;b&gt;');
    expect(mail!.html).not.toContain('<b>,');
  });

  it('a long text fits into the webhook', async () => {
    await alertRule();
    await world.publish(`Ромашка ${'"ы\\'.repeat(50_000)}`);
    await deliverDue(world.deps);
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]!.bytes).toBeLessThan(20_000);
  });

  it('beyond the limit of an hour mentions wait for one summary, and the next hour begins anew', async () => {
    await alertRule({ per_hour: 2 });
    await world.publish(...Array.from({ length: 40 }, (_, at) => `Ромашка ${at}`));
    await summariseAlerts(world.deps);
    expect(await mails()).toHaveLength(2);
    world.clock.pass(HOUR + MINUTE);
    await summariseAlerts(world.deps);
    await summariseAlerts(world.deps);
    await deliverDue(world.deps);
    expect(await mails()).toHaveLength(3);
    const summary = events().find((event) => 'count' in event);
    expect(summary).toMatchObject({ rule: { key: 'alarm' }, count: 38 });
    expect(summary!.mentions).toHaveLength(25);
    expect(receiver.received.every(({ bytes }) => bytes < 20_000)).toBe(true);
    const [mail] = (await mails()).filter(({ subject }) => subject.includes('38'));
    expect(mail!.text).toContain('there were 38 more mentions');
    await world.publish('Ромашка позже');
    expect(await mails()).toHaveLength(4);
  });

  it('nothing is told of what lies in the basket, of old posts, and of what a new topic finds in the past', async () => {
    await alertRule();
    await world.save(ruleOf('spam', 'купите', { basket: true }));
    await world.publish(
      'Ромашка: купите сейчас',
      found('old', {
        text: 'Ромашка в прошлом году',
        author: ANNA,
        publishedAt: new Date(world.clock.now().getTime() - 40 * DAY),
      }),
      'Лютик без неё',
    );
    world.clock.pass(2 * DAY);
    await db.transaction(async (tx) => {
      await saveTopic(tx, { key: 'lutik', name: 'Лютик', query: 'лютик' }, 'user', world.clock.now());
      await enqueueRematch(world.deps.queue, tx, world.clock.now());
    });
    await alertRule({}, 'ромашка OR лютик');
    await world.work();
    expect(await world.mentions()).toHaveLength(3);
    expect(await countRows(db, 'deliveries')).toBe(0);
  });

  it('on the past nothing is told unless somebody asks for it, and then once', async () => {
    await world.publish(TEXT, 'Ромашка и чай');
    world.clock.pass(MINUTE);
    await alertRule();
    await world.ask('alarm');
    await world.work();
    expect(await countRows(db, 'deliveries')).toBe(0);
    await world.ask('alarm', { alerts: true });
    await world.work();
    await world.ask('alarm', { alerts: true });
    await world.work();
    expect(await countRows(db, 'deliveries')).toBe(4);
  });

  it('two workers with one document tell once, also when their rules are read apart', async () => {
    await alertRule({ per_hour: 1 });
    await world.publish('Ромашка сама');
    await db.query('delete from rule_effects');
    await db.query('delete from deliveries');
    await Promise.all([actAgain(), actAgain(), actAgain()]);
    expect(await countRows(db, 'rule_effects')).toBe(1);
  });

  it('a mention that was lost and found again is not told a second time', async () => {
    await alertRule();
    await world.publish(TEXT);
    const rewrite = async (query: string) => {
      await db.transaction(async (tx) => {
        await saveTopic(tx, { key: 'romashka', name: 'romashka', query }, 'config', world.clock.now());
        await enqueueRematch(world.deps.queue, tx, world.clock.now());
      });
      await world.work();
    };
    await rewrite('лютик');
    expect(await world.mentions()).toEqual([]);
    await rewrite('ромашка');
    expect(await world.mentions()).toHaveLength(1);
    expect(await countRows(db, 'deliveries')).toBe(2);
  });

  it('an endpoint that takes cases only, or that is gone, is named as the trouble of the rule, which mails all the same', async () => {
    await alertRule({ webhooks: ['gone'] });
    await world.publish(TEXT);
    const [rule] = await db.query<{ trouble: { messages: { en: string }[] } }>('select trouble from rules');
    expect(rule!.trouble.messages[0]!.en).toMatch(/no endpoint “gone”/);
    expect(await countRows(db, 'deliveries')).toBe(1);
  });
});
