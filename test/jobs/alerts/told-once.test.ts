import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeIncident } from '../../../src/act/alerts/take.ts';
import { listOpenIncidents } from '../../../src/store/alert-incidents.ts';
import type { Database } from '../../../src/store/db.ts';
import { listDeliveries } from '../../../src/store/deliveries.ts';
import { countRows, found, MINUTE } from '../../support/rows.ts';
import { DRIVERS, openTestStore } from '../../support/store.ts';
import { type Receiver, startReceiver } from '../receiver.ts';
import { ruleOf } from '../rules/rule-world.ts';
import { SECRET } from '../worker.ts';
import { openAlertWorld } from './alert-world.ts';
import { type ChatServer, startSlack, startTelegram } from './chat-servers.ts';

const HOUR = 60 * MINUTE;
const STORY =
  'Ромашка отозвала партию чайников: у чайников плавится ручка, трое покупателей обожглись, магазин обещает вернуть деньги до пятницы. Компания просит не пользоваться чайниками и сдать их в любой магазин сети без чека.';

describe.each(DRIVERS)('alerts on %s', (kind) => {
  let db: Database;
  let telegram: ChatServer;
  let slack: ChatServer;
  let receiver: Receiver;
  let world: Awaited<ReturnType<typeof openAlertWorld>>;
  beforeAll(async () => {
    [db, telegram, slack, receiver] = await Promise.all([
      openTestStore(kind),
      startTelegram(),
      startSlack(),
      startReceiver(SECRET),
    ]);
  });
  afterAll(() => Promise.all([db.close(), telegram.close(), slack.close(), receiver.close()]));
  beforeEach(async () => {
    telegram.asked = [];
    slack.asked = [];
    receiver.received = [];
    world = await openAlertWorld(db, { telegram: telegram.url, slack: slack.url }, { crmUrl: receiver.url });
  });
  const copies = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) =>
      found(`copy-${from + at}`, {
        text: `${STORY} ${from + at}`,
        author: { site: 'forum.example', handle: `h${from + at}` },
      }),
    );
  const methods = () => telegram.asked.map(({ path }) => path.split('/').at(-1));

  it('a story that 40 posts carry is told once, whoever notices it, and brought up to date', async () => {
    const tell = { people: ['boss@example.ru'], chats: ['duty', 'room'], webhooks: ['crm'] };
    await world.put({ tell });
    await world.put({
      key: 'speed',
      kind: 'story-speed',
      condition: '',
      settings: { copies: 5, sources: 1 },
      tell,
    });
    await world.put({ key: 'spike', kind: 'spike', condition: '', tell });
    await world.save(ruleOf('rule', 'чайник', { alert: { mail: ['boss@example.ru'], webhooks: ['crm'] } }));
    for (let from = 0; from < 40; from += 10) {
      await world.publish(...copies(from, 10));
      await world.watch();
      world.clock.pass(2 * MINUTE);
    }
    await world.watch();
    expect(await world.mails()).toHaveLength(1);
    expect(await listOpenIncidents(db)).toMatchObject([{ count: 40 }]);
    expect(methods().filter((method) => method === 'sendMessage')).toHaveLength(1);
    expect(methods().filter((method) => method === 'editMessageText').length).toBeGreaterThan(0);
    expect(String(telegram.asked.at(-1)!.body.text)).toContain('40 постов');
    // Ten times as many as when it was told.
    expect(slack.asked.length).toBeLessThanOrEqual(2);
    const types = receiver.received.map(({ type }) => type);
    expect(types.filter((type) => type !== 'alert.updated')).toEqual(['mention.alerted']);
  });

  it('after its cool-down a story is told anew', async () => {
    await world.put({ policy: { cooldown_minutes: 60 } });
    await world.publish(...copies(0, 2));
    await world.watch();
    world.clock.pass(59 * MINUTE);
    await world.publish(...copies(2, 1));
    await world.watch();
    expect(await world.mails()).toHaveLength(1);
    world.clock.pass(61 * MINUTE);
    await world.publish(...copies(3, 1));
    await world.watch();
    expect(await world.mails()).toHaveLength(2);
    expect(await countRows(db, 'alert_incidents')).toBe(2);
  });

  it('two processes that look at once tell once', async () => {
    await world.put({});
    await world.publish(...copies(0, 3), 'Ромашка сама');
    await Promise.all([world.watch(), world.watch(), world.watch()]);
    expect(await world.mails()).toHaveLength(2);
  });

  it('what quiet hours hold back comes as one message at their end, and nothing of it is lost', async () => {
    // 12:00 in Moscow.
    await world.put({ policy: { quiet: { from: '11:00', to: '14:30' } } });
    await world.publish('Ромашка раз', 'Ромашка два', 'Ромашка три');
    await world.watch();
    world.clock.pass(2 * HOUR);
    await world.watch();
    expect(await world.mails()).toEqual([]);
    world.clock.pass(31 * MINUTE);
    await world.watch();
    const [mail, ...more] = await world.mails();
    expect(more).toEqual([]);
    expect(mail!.text.match(/\/alerts\/incidents\/\d+/g)).toHaveLength(3);
  });

  it('an urgent alert passes quiet hours', async () => {
    await world.put({ policy: { quiet: { from: '11:00', to: '14:30' }, urgent: true } });
    await world.publish('Ромашка раз');
    await world.watch();
    expect(await world.mails()).toHaveLength(1);
  });

  it('beyond the budget of an hour the others come as one when it is over', async () => {
    await world.put({ policy: { per_hour: 2 } });
    await world.publish(...Array.from({ length: 12 }, (_, at) => `Ромашка ${at}`));
    await world.watch();
    expect(await world.mails()).toHaveLength(2);
    world.clock.pass(HOUR);
    await world.watch();
    await world.watch();
    const mails = await world.mails();
    expect(mails).toHaveLength(3);
    const held = mails.filter(({ subject }) => subject.includes('10'));
    expect(held[0]!.text.match(/\/alerts\/incidents\/\d+/g)).toHaveLength(10);
  });

  it('what nobody takes is passed on once, and what somebody took is not', async () => {
    await world.person('chief@example.ru');
    await world.put({ policy: { escalate: { after_minutes: 10, to: ['chief@example.ru'] } } });
    await world.publish('Ромашка раз', 'Ромашка два');
    await world.watch();
    const [, first] = await listOpenIncidents(db);
    await db.transaction((tx) => takeIncident(tx, first!.id, 'boss@example.ru', world.clock.now()));
    world.clock.pass(9 * MINUTE);
    await world.watch();
    expect(await world.mails()).toHaveLength(2);
    world.clock.pass(2 * MINUTE);
    await world.watch();
    await world.watch();
    const chief = (await world.mails()).filter(({ to }) => to === 'chief@example.ru');
    expect(chief).toHaveLength(1);
    expect(chief[0]!.text).toContain('Nobody has answered');
  });

  it('tells of nothing that was found before the alert was saved', async () => {
    await world.publish('Ромашка раз');
    world.clock.pass(MINUTE);
    await world.put({});
    await world.watch();
    expect(await countRows(db, 'alert_incidents')).toBe(0);
  });

  it('a chat that is busy is left alone for as long as it asks, and gets the message once', async () => {
    await world.put({ tell: { chats: ['duty'] } });
    telegram.next = (response) =>
      response
        .writeHead(429)
        .end(JSON.stringify({ ok: false, error_code: 429, parameters: { retry_after: 40 } }));
    await world.publish('Ромашка <b>раз</b> & @all');
    await world.watch();
    world.clock.pass(30_000);
    await world.watch();
    expect(methods()).toEqual([]);
    world.clock.pass(11_000);
    await world.watch();
    expect(methods()).toEqual(['sendMessage']);
    expect(String(telegram.asked[0]!.body.text)).toContain('&lt;b&gt;');
  });

  it('a chat that goes silent after it was asked leaves the message in doubt, and no error names the token', async () => {
    await world.put({ tell: { chats: ['duty'] } });
    telegram.next = (response) => response.destroy();
    await world.publish('Ромашка раз');
    await world.watch();
    const [delivery] = await listDeliveries(db, 10, 0);
    expect(delivery).toMatchObject({ state: 'in_doubt', channel: 'chat', endpoint: 'chat:duty' });
    expect(JSON.stringify(delivery)).not.toContain('AAaaBB');
  });

  it('a message to a chat that was leaving when the program died is in doubt, and is not sent a second time', async () => {
    await world.put({ tell: { chats: ['duty'] } });
    await world.publish('Ромашка раз');
    await world.watch();
    expect(methods()).toEqual(['sendMessage']);
    // As it stands when the process ends before the answer is stored.
    await db.query(`update deliveries set state = 'sending', next_attempt_at = $1`, [world.clock.now()]);
    world.clock.pass(2 * MINUTE);
    await world.watch();
    await world.watch();
    expect(methods()).toEqual(['sendMessage']);
    expect(await listDeliveries(db, 10, 0)).toMatchObject([{ state: 'in_doubt' }]);
  });

  it('a text that would call everybody, or make a link, is only text in a chat', async () => {
    await world.put({ tell: { chats: ['room'] } });
    await world.publish('Ромашка <!channel> @all https://evil.example/x *жирно*');
    await world.watch();
    const text = String(slack.asked[0]!.body.text);
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).not.toContain('@all');
    expect(text).not.toContain('https://evil.example');
  });
});
