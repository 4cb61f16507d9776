import { describe, expect, it } from 'vitest';
import { API_SCOPES } from '../../../src/store/api-tokens.ts';
import { addAudit } from '../../../src/store/audit.ts';
import { findRecipient, unsubscribe } from '../../../src/store/digests.ts';
import { setUserDisabled } from '../../../src/store/users.ts';
import { addDocument, addMention, addSources, addTopic, later } from '../../support/rows.ts';
import { truncate } from '../../support/store.ts';
import { makeUser, NOW } from '../dashboard.ts';
import { useApi } from './use-api.ts';

const api = useApi((field) => (field === 'recipient' ? 'a@b.example' : `some ${field}`));

interface Row {
  id: number;
  at: string;
  subject: string;
}
/** All pages of two. */
async function walk(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more = cursor === '' ? '' : `&cursor=${cursor}`;
    const res = await api.ask('get', `${path}${path.includes('?') ? '&' : '?'}limit=2${more}`);
    expect([res.status, res.body.title]).toEqual([200, undefined]);
    rows.push(...res.body.data);
    cursor = res.body.next_cursor;
  }
  return rows;
}

describe('who gets digests', () => {
  const READER = '/digest-recipients/reader@example.com';
  const SETTINGS = { language: 'en', zone: 'Europe/Moscow' };

  it('is said by a program as on the page, whatever the case of the address', async () => {
    const first = await api.ask('put', READER).send(SETTINGS);
    const said = { weekdays: [5, 1, 5], topics: ['plain'], send_at: '18:30' };
    const again = await api
      .ask('put', READER.toUpperCase().replace('/DIGEST-RECIPIENTS', '/digest-recipients'))
      .send({
        ...SETTINGS,
        ...said,
      });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect((await api.ask('get', READER)).body).toMatchObject({
      email: 'reader@example.com',
      weekdays: [1, 5],
      topics: ['plain'],
      send_at: '18:30',
      enabled: true,
      origin: 'user',
    });
    const audit = await api.dashboard.db.query(
      `select 1 from audit where actor = 'api:all' and action = 'digest.saved'`,
    );
    expect(audit).toHaveLength(2);
  });

  it.each<[object, string]>([
    [{ topics: ['none'] }, '#/topics'],
    [{ zone: 'Mars/Phobos' }, '#/zone'],
    [{ send_at: '24:00' }, '#/send_at'],
    [{ weekdays: [8] }, '#/weekdays/0'],
    [{ monthly_on: 29 }, '#/monthly_on'],
    [{ unsubscribe_token: 'mine' }, '#/unsubscribe_token'],
  ])('is not changed by %j', async (change, pointer) => {
    const res = await api.ask('put', READER).send({ ...SETTINGS, ...change });
    expect([res.status, res.body.errors[0].pointer]).toEqual([422, pointer]);
    expect((await api.ask('get', READER)).status).toBe(404);
  });

  it('tells nobody the links of their readers', async () => {
    await api.ask('put', READER).send(SETTINGS);
    const { unsubscribeToken } = (await findRecipient(api.dashboard.db, 'reader@example.com'))!;
    const answers = [
      await api.ask('get', '/digest-recipients'),
      await api.ask('get', READER),
      await api.ask('get', `${READER}/preview`),
    ];
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toContain(unsubscribeToken);
    }
    expect(answers[2]!.body.html).toContain('/unsubscribe/shown');
    expect(answers[2]!.body.html).not.toMatch(/\/said\/(?!shown)/);
  });

  it('leaves those in peace who have unsubscribed, and lets them be switched off', async () => {
    await api.ask('put', READER).send(SETTINGS);
    const { unsubscribeToken } = (await findRecipient(api.dashboard.db, 'reader@example.com'))!;
    await unsubscribe(api.dashboard.db, unsubscribeToken, NOW);
    const res = await api.ask('put', READER).send(SETTINGS);
    expect([res.status, res.body.type]).toEqual([409, 'urn:molva:problem:unsubscribed']);
    const off = await api.ask('put', READER).send({ ...SETTINGS, enabled: false });
    expect([off.status, off.body.enabled, off.body.unsubscribed_at]).toEqual([200, false, NOW.toISOString()]);
  });

  it('is previewed only by who may read customers, whom it names', async () => {
    await api.ask('put', READER).send(SETTINGS);
    const least = await api.tokenFor('least', ['digests:read', 'digests:write']);
    expect((await api.ask('get', `${READER}/preview`, least)).status).toBe(403);
    expect((await api.ask('get', '/digest-recipients/nobody@example.com/preview')).status).toBe(404);
  });
});

describe('planted posts', () => {
  const CANARY = { source: 'plain', words: 'a cup that leaks', within_hours: 24 };

  it('are listed newest first, and waited for no longer once they are removed', async () => {
    const ids = [];
    for (let turn = 0; turn < 3; turn += 1)
      ids.unshift((await api.ask('post', '/canaries').send(CANARY)).body.id);
    expect((await walk('/canaries')).map(({ id }) => id).slice(0, 3)).toEqual(ids);
    expect((await api.ask('delete', `/canaries/${ids[0]}`)).body.id).toBe(ids[0]);
    expect((await api.ask('delete', `/canaries/${ids[0]}`)).status).toBe(404);
    expect((await walk('/canaries')).map(({ id }) => id).slice(0, 2)).toEqual(ids.slice(1));
  });

  it.each<[string, object]>([
    ['a source that is none', { source: 'none' }],
    ['neither address nor words', { words: '' }],
    ['an address that is none', { address: 'tea' }],
    ['too little time', { within_hours: 0 }],
    ['too much time', { within_hours: 9999 }],
  ])('with %s are refused', async (_what, change) => {
    const res = await api.ask('post', '/canaries').send({ ...CANARY, ...change });
    expect(res.status).toBe(422);
    expect(
      await api.dashboard.db.query(`select 1 from canary_documents where planted_by = 'api:all'`),
    ).toEqual([]);
  });
});

describe('corrections', () => {
  it('are listed by what was said, of what and by whom, in pages', async () => {
    const all = await walk('/corrections');
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a));
    expect(all).toHaveLength(2);
    expect(await walk('/corrections?kind=sentiment')).toMatchObject([
      {
        id: api.story.correction,
        topic: 'plain',
        said: { label: 'negative' },
        undone_by: null,
        by: 'some corrector',
      },
    ]);
    const counts = [
      'kind=none',
      'topic=',
      'by=SOME%20CORRECTOR',
      `document=${api.story.document}`,
      'document=999999',
    ];
    const found = [];
    for (const query of counts) found.push((await walk(`/corrections?${query}`)).length);
    expect(found).toEqual([0, 0, 2, 2, 0]);
  });

  it('are taken back once, and one that is none is not known', async () => {
    const undo = () => api.ask('post', `/corrections/${api.story.correction}/undo`);
    expect((await undo()).body).toEqual({ outcome: 'done' });
    expect([(await undo()).status, (await api.ask('post', '/corrections/999999/undo')).status]).toEqual([
      409, 404,
    ]);
    const [taken] = await walk('/corrections?by=api:all');
    expect(taken).toMatchObject({ said: null, undoes: api.story.correction });
    expect((await walk('/corrections?by=some%20corrector&kind=sentiment'))[0]).toMatchObject({
      undone_by: taken!.id,
    });
  });
});

describe('the audit', () => {
  it('is told in pages, each line once, by who, what, of what and when', async () => {
    const { db } = api.dashboard;
    await db.query('delete from audit');
    for (const [minute, subject] of ['user:1', 'user:1', 'user:12', 'case:1'].entries()) {
      const action = subject === 'case:1' ? 'case.changed' : 'user.role';
      const actor = minute === 0 ? 'Anna@example.com' : 'cli';
      await addAudit(db, { at: later(minute === 1 ? 0 : minute * 60_000), actor, action, subject });
    }
    const all = await walk('/audit');
    expect(all.map(({ subject }) => subject)).toEqual(['case:1', 'user:12', 'user:1', 'user:1']);
    const queries = [
      'actor=anna',
      'action=user',
      'action=user.role',
      'action=use',
      'subject=user:1',
      'subject=user',
      `from=${later(120_000).toISOString()}`,
      `to=${later(120_000).toISOString()}`,
    ];
    const found = [];
    for (const query of queries) found.push((await walk(`/audit?${query}`)).length);
    expect(found).toEqual([1, 3, 3, 0, 2, 3, 2, 2]);
  });

  it.each([
    'from=2026-13-01T00:00:00Z',
    'from=2026-11-01',
    'to=0000-01-01T00:00:00Z',
    'who=anna',
  ])('is not asked by %s', async (query) => {
    expect((await api.ask('get', `/audit?${query}`)).status).toBe(400);
  });
});

describe('users', () => {
  it('are told without what lets them in', async () => {
    const user = await makeUser(api.dashboard, 'pr');
    await setUserDisabled(api.dashboard.db, user.id, NOW);
    const res = await api.ask('get', '/users');
    expect(res.body.data).toEqual([
      {
        id: user.id,
        email: 'pr@example.com',
        name: 'The pr',
        role: 'pr',
        language: 'en',
        zone: 'Europe/Moscow',
        disabled_at: NOW.toISOString(),
      },
    ]);
  });
});

describe('the scorecard', () => {
  it('has figures of what was labelled, and how far people are', async () => {
    const { db, deps } = api.dashboard;
    await truncate(db);
    api.token = await api.tokenFor('all', API_SCOPES);
    const [source] = await addSources(db, 'forum');
    const found = new Date(NOW.getTime() - 1_800_000);
    await addMention(
      db,
      await addDocument(db, source!, '1', { text: 'tea' }, found),
      await addTopic(db, 'tea'),
    );
    expect(await deps.scorecard.drawNow()).toBe(1);
    expect((await api.ask('get', '/scorecard')).body.sample).toMatchObject({ labelled: 0, open: 1 });
    const [drawn] = await db.query<{ id: number }>('select id from scorecard_items');
    const label = { item: drawn!.id, revision: 1, by: 'a@b.example', isAgain: false };
    const said = { tone: 'negative' as const, complaint: true };
    expect(await db.transaction((tx) => deps.scorecard.label(tx, { ...label, ...said }))).toBe('done');
    const { body } = await api.ask('get', '/scorecard');
    expect(body.sample).toMatchObject({ labelled: 1, open: 0 });
    expect(body.groups[0]).toMatchObject({ labels: 1, language: 'und', source_kind: null, is_newest: true });
    const classes: { name: string; truths: number }[] = body.groups[0].classes;
    expect(classes.find(({ name }) => name === 'negative')).toMatchObject({
      truths: 1,
      recall: { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
    });
    expect(body.weeks.length).toBeGreaterThan(0);
  });

  it('is empty where nothing was labelled', async () => {
    await truncate(api.dashboard.db);
    api.token = await api.tokenFor('all', API_SCOPES);
    expect((await api.ask('get', '/scorecard')).body).toEqual({
      sample: null,
      groups: [],
      weeks: [],
      falls: [],
      covered: null,
    });
  });
});

describe('a report', () => {
  const DAYS = { from: '2026-11-01', to: '2026-11-07', language: 'en', zone: 'Europe/London' };

  it('is written of whole days that are over, and noted', async () => {
    const made = await api.ask('post', '/reports').send(DAYS);
    expect([made.status, made.body.made_by]).toEqual([201, 'api:all']);
    expect((await api.ask('get', `/reports/${made.body.id}`)).body).toMatchObject({
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-08T00:00:00.000Z',
    });
    const [noted] = (await api.ask('get', '/audit?action=report.made')).body.data;
    expect(noted).toMatchObject({ actor: 'api:all', subject: `report:${made.body.id}` });
  });

  it.each([
    [{ to: '2026-11-30' }, '#/to'],
    [{ from: '2020-01-01' }, '#/to'],
    [{ topics: ['unknown'] }, '#/topics'],
  ])('is refused with the place of what is wrong: %j', async (change, pointer) => {
    const { status, body } = await api.ask('post', '/reports').send({ ...DAYS, ...change });
    expect([status, body.errors.map((one: { pointer: string }) => one.pointer)]).toEqual([422, [pointer]]);
  });
});

describe('labels', () => {
  const item = (path = '') => `/scorecard/items/${api.story.item}${path}`;
  const label = (body: object = {}) =>
    api.ask('put', item('/label')).send({ revision: 2, tone: 'negative', complaint: true, ...body });

  it('are given once, to the text that was read, and again only by whoever says so', async () => {
    expect((await api.ask('get', item())).body.label).toBeNull();
    expect((await label({ revision: 1 })).body.type).toBe('urn:molva:problem:edited');
    expect((await label()).body.label).toEqual({ tone: 'negative', complaint: true });
    expect((await label({ tone: 'neutral' })).body.type).toBe('urn:molva:problem:known');
    expect((await label({ tone: 'neutral', again: true })).body.label.tone).toBe('neutral');
    expect((await api.ask('post', item('/skip'))).status).toBe(409);
    expect(
      (
        await api
          .ask('put', '/scorecard/items/999999/label')
          .send({ revision: 1, tone: 'neutral', complaint: false })
      ).status,
    ).toBe(404);
  });

  it('are asked for anew only when nothing is open', async () => {
    expect((await api.ask('post', '/scorecard/samples')).status).toBe(409);
    await api.ask('post', item('/skip'));
    expect((await api.ask('get', '/scorecard/items')).body.data).toEqual([
      { id: api.story.item, is_open: false },
    ]);
    expect((await api.ask('post', '/scorecard/samples')).status).toBe(201);
  });

  it('do not tell contacts to whoever may not see them', async () => {
    const reader = await api.tokenFor('reader', ['scorecard:read']);
    await api.dashboard.db.query(`update documents set text = 'ask anna@example.ru' where id = $1`, [
      api.story.document,
    ]);
    expect((await api.ask('get', item())).text).toContain('anna@example.ru');
    expect((await api.ask('get', item(), reader)).text).not.toContain('anna@example.ru');
  });
});

describe('the basket', () => {
  it('tells what lies in it, and gives it back', async () => {
    const listed = (await api.ask('get', '/basket')).body.data;
    expect(listed).toMatchObject([{ mention: api.story.hidden, rule: 'plain' }]);
    expect((await api.ask('post', `/mentions/${api.story.hidden}/restore`)).body).toEqual({ restored: 1 });
    expect((await api.ask('post', `/mentions/${api.story.hidden}/restore`)).status).toBe(404);
    expect((await api.ask('get', '/basket')).body.data).toEqual([]);
  });

  it('gives back all that a rule put there', async () => {
    expect((await api.ask('post', '/rules/plain/restore')).body).toEqual({ restored: 1 });
    expect((await api.ask('post', '/rules/plain/restore')).body).toEqual({ restored: 0 });
  });
});

describe('a digest', () => {
  it('is not sent where there is no mail server', async () => {
    await api
      .ask('put', '/digest-recipients/reader@example.com')
      .send({ language: 'en', zone: 'Europe/Moscow' });
    const { status, body } = await api.ask('post', '/digest-recipients/reader@example.com/send');
    expect([status, body.type]).toEqual([409, 'urn:molva:problem:no-mail']);
  });
});
