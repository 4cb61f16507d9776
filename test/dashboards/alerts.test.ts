import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { placeFinding } from '../../src/act/alerts/place.ts';
import { takeLink } from '../../src/act/alerts/take-link.ts';
import type { Incident } from '../../src/model/alert.ts';
import { addMessage, markTold } from '../../src/store/alert-messages.ts';
import { findAlert } from '../../src/store/alerts.ts';
import { addApiToken } from '../../src/store/api-tokens.ts';
import { addTopic, TEST_VAULT } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';

let dashboard: TestDashboard;
let people: Record<'viewer' | 'pr' | 'admin', Visitor>;

beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  people = await visitors(dashboard);
  await addTopic(dashboard.db, 'romashka', 'ромашка');
});

const FORM = {
  name: 'Spikes of Ромашка',
  kind: 'spike',
  's.k': '5',
  's.minimum': '15',
  's.per': 'hour,day',
  's.negative_share': '60',
  topics: 'romashka',
  people: 'pr@example.com',
  by: 'mail',
  quietFrom: '22:00',
  quietTo: '08:00',
  perHour: '4',
  cooldown: '720',
  enabled: '1',
};

async function openIncident(): Promise<{ incident: Incident; message: number }> {
  const { db } = dashboard;
  return db.transaction(async (tx) => {
    const by = { alertId: null, ruleId: null, kind: 'spike', cooldownMs: 1e9 };
    const numbers = { count: 40, usual: 4, minutes: 60 };
    const about = {
      subjects: ['spike:1'],
      topicId: 1 as never,
      storyId: null,
      sourceId: null,
      documents: [],
      numbers,
    };
    const { incident } = await placeFinding(tx, by, about, NOW);
    const to = {
      incidentId: incident.id,
      alertId: null,
      recipient: 'pr@example.com',
      step: 'opened',
      dueAt: NOW,
    };
    const mail = await addMessage(tx, { ...to, way: 'mail' });
    const browser = await addMessage(tx, { ...to, way: 'browser' });
    for (const one of [mail!, browser!])
      await markTold(tx, one.id, { deliveryId: null, count: 1, batch: one.id }, NOW);
    return { incident, message: mail!.id };
  });
}

const takenBy = async (): Promise<unknown> =>
  (await dashboard.db.query('select acknowledged_by as who from alert_incidents'))[0];

describe('the page of alerts', () => {
  it('teaches where there is nothing yet, and begins a form for each kind', async () => {
    const { text } = await get(dashboard, '/alerts', people.pr);
    expect(text).toContain('No alerts yet');
    for (const kind of ['complaint', 'query', 'spike', 'story-speed', 'source-silence', 'people-silence']) {
      expect(text).toContain(`href="/alerts?kind=${kind}#form"`);
      expect((await get(dashboard, `/alerts?kind=${kind}`, people.pr)).text).toContain(
        'Rehearse on the past',
      );
    }
  });

  it('saves what the form says, and shows it again', async () => {
    const res = await post(dashboard, '/alerts', people.pr, { ...FORM, what: 'save' });
    expect(res.headers.location).toBe('/alerts/spikes-of-romashka?done=1&what=saved');
    expect(await findAlert(dashboard.db, 'spikes-of-romashka')).toMatchObject({
      kind: 'spike',
      settings: { k: 5, minimum: 15, per: ['hour', 'day'], negative_share: 0.6 },
      topics: ['romashka'],
      tell: { people: ['pr@example.com'], by: ['mail'] },
      policy: { quiet: { from: '22:00', to: '08:00' }, per_hour: 4, escalate: null },
      zone: 'Europe/Moscow',
    });
    const { text } = await get(dashboard, '/alerts/spikes-of-romashka', people.pr);
    expect(text).toContain('name="s.negative_share" value="60"');
    expect(text).toContain('14 days by hours');
  });

  it('rehearses before anything is saved', async () => {
    const { text } = await post(dashboard, '/alerts', people.pr, { ...FORM, what: 'rehearse' });
    expect(text).toContain('This would not have woken you once.');
    expect(text).toContain('value="Spikes of Ромашка"');
    expect(await findAlert(dashboard.db, 'spikes-of-romashka')).toBeNull();
  });

  it.each([
    ['nobody to tell', { people: '' }, 'Choose who is told'],
    ['a stranger', { people: 'stranger@example.com' }, 'Choose who is told'],
    ['a setting out of range', { 's.k': '1' }, 'Spreads from the usual'],
    ['minutes without a person', { escalateAfter: '5' }, 'To pass it on'],
    [
      'a condition that cannot be read',
      { kind: 'query', condition: 'tea AND (' },
      'condition cannot be read',
    ],
  ])('refuses %s in words, and keeps what was typed', async (_what, change, words) => {
    const res = await post(dashboard, '/alerts', people.pr, { ...FORM, ...change, what: 'save' });
    expect(res.status).toBe(400);
    expect(res.text).toContain(words);
    expect(res.text).toContain('value="Spikes of Ромашка"');
    expect(await dashboard.db.query('select 1 from alerts')).toEqual([]);
  });

  it('shows what is open as a duty, until somebody takes it', async () => {
    const { incident } = await openIncident();
    const before = await get(dashboard, '/alerts', people.pr);
    expect(before.text).toContain('A spike, romashka: 40 posts in 1 hour, usually 4');
    expect(before.text).toContain('<span class="badge"');
    await post(dashboard, `/alerts/incidents/${incident.id}/take`, people.pr, {});
    expect(await takenBy()).toEqual({ who: 'pr@example.com' });
    expect((await get(dashboard, '/alerts', people.pr)).text).not.toContain('<span class="badge"');
    expect((await get(dashboard, `/alerts/incidents/${incident.id}`, people.viewer)).text).toContain(
      'Taken by pr@example.com',
    );
  });

  it('tells an open page of its reader’s alerts and of nobody else’s, each once', async () => {
    await openIncident();
    const own = await get(dashboard, '/alerts/stream?once=1', people.pr);
    expect(own.headers['content-type']).toContain('text/event-stream');
    expect(own.text).toContain('A spike, romashka');
    const last = /^id: (\d+)$/m.exec(own.text)![1]!;
    const again = await get(dashboard, '/alerts/stream?once=1', people.pr).set('last-event-id', last);
    expect(again.text).not.toContain('event: alert');
    expect((await get(dashboard, '/alerts/stream?once=1', people.viewer)).text).not.toContain('event: alert');
  });
});

describe('the link of a mail', () => {
  const pathOf = (message: number): string =>
    new URL(takeLink(TEST_VAULT.hash, 'http://m.example', message)).pathname;

  it('is not acknowledged by opening it, as programs do that look at mails', async () => {
    const { message } = await openIncident();
    const { status, text } = await get(dashboard, pathOf(message), null);
    expect(status).toBe(200);
    expect(text).toContain('<form method="post">');
    expect(await takenBy()).toEqual({ who: null });
  });

  it('is by its button, for whom the mail was to', async () => {
    const { message } = await openIncident();
    expect((await post(dashboard, pathOf(message), null, {})).text).toContain('Taken by pr@example.com');
    expect(await takenBy()).toEqual({ who: 'pr@example.com' });
  });

  it('of another number, or forged, is unknown', async () => {
    const { message } = await openIncident();
    const forged = pathOf(message).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await post(dashboard, forged, null, {})).status).toBe(404);
    expect((await post(dashboard, pathOf(message + 100), null, {})).status).toBe(404);
    expect(await takenBy()).toEqual({ who: null });
  });
});

describe('the API', () => {
  it('takes an incident with a token that may, and tells who has it', async () => {
    const { incident } = await openIncident();
    const path = `/api/v1/incidents/${incident.id}/take`;
    const may = await addApiToken(dashboard.db, 'pager', ['alerts:write'], NOW);
    const mayNot = await addApiToken(dashboard.db, 'shop', ['customers:write'], NOW);
    const ask = (token: string | null) =>
      request(dashboard.app).post(path).set('authorization', `Bearer ${token}`);
    expect((await ask('nobody')).status).toBe(401);
    expect((await ask(mayNot)).status).toBe(403);
    expect((await ask(may)).body).toMatchObject({ id: incident.id, acknowledged_by: 'api:pager' });
    expect((await ask(may).set('x', '1')).status).toBe(200);
    expect(
      (await request(dashboard.app).post('/api/v1/incidents/999/take').set('authorization', `Bearer ${may}`))
        .status,
    ).toBe(404);
  });
});
