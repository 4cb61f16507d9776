import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/lib/hash.ts';
import { emptyRecords } from '../../../src/store/evidence.ts';
import { NOW } from '../dashboard.ts';
import { useApi } from './use-api.ts';

const TEXT = 'write to anna@example.ru';
const api = useApi((field) => (field === 'recorded text' ? TEXT : `some ${field}`));
const get = (path: string, by?: string) => api.ask('get', `/cases/${path}`, by);
const looks = () =>
  api.dashboard.db.query(
    `select actor, subject, detail from audit where action = 'evidence.viewed' order by id`,
  );

describe('evidence of a case', () => {
  it('is told in pages, each record once and joined to the one before it, and each look is written down', async () => {
    const first = (await get(`${api.story.case}/evidence?limit=3`)).body;
    const second = (await get(`${api.story.case}/evidence?limit=3&cursor=${first.next_cursor}`)).body;
    const records: { seq: number; sha256: string; previous_sha256: string; kind: string }[] = [
      ...first.data,
      ...second.data,
    ];
    expect(records.map(({ kind }) => kind)).toEqual(['text', 'page', 'screenshot', 'edit', 'failed']);
    expect(second.next_cursor).toBeNull();
    for (const [at, record] of records.slice(1).entries())
      expect(record.previous_sha256).toBe(records[at]!.sha256);
    const look = { actor: 'api:all', subject: `case:${api.story.case}`, detail: {} };
    expect(await looks()).toEqual([look, look]);
  });

  it('has its texts whole for who may see contacts, and masked for others', async () => {
    const path = `${api.story.case}/evidence/${api.story.record}`;
    const { body } = await get(path);
    expect([body.text, sha256(body.text)]).toEqual([TEXT, body.content_sha256]);
    const least = await api.tokenFor('least', ['evidence:read']);
    const masked = await get(path, least);
    expect(masked.text).not.toContain('anna@example.ru');
    expect(masked.body.text).toContain('write to');
    expect(await looks()).toMatchObject([
      { actor: 'api:all', detail: { record: api.story.record } },
      { actor: 'api:least', detail: { record: api.story.record } },
    ]);
  });

  it('has no text of what is none, a page of the web among them', async () => {
    for (const seq of [api.story.record + 1, api.story.record + 2, api.story.record + 4])
      expect((await get(`${api.story.case}/evidence/${seq}`)).body.text).toBeNull();
  });

  it('that was emptied has its hashes alone', async () => {
    await api.dashboard.db.transaction((tx) => emptyRecords(tx, [api.story.record], 'erasure', NOW));
    expect((await get(`${api.story.case}/evidence/${api.story.record}`)).body).toMatchObject({
      text: null,
      address: null,
      content_sha256: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      emptied_at: NOW.toISOString(),
    });
  });

  it('is not found by a case that is none, by another case, or by a place that is none', async () => {
    const paths = [
      '999999/evidence',
      `999999/evidence/${api.story.record}`,
      `${api.story.case}/evidence/999999`,
    ];
    for (const path of paths) expect((await get(path)).status).toBe(404);
    expect((await get(`${api.story.case}/evidence/0`)).status).toBe(400);
    expect(await looks()).toEqual([]);
  });

  it('stays to be read when its case is gone', async () => {
    await api.dashboard.db.query('delete from cases where id = $1', [api.story.case]);
    expect((await get(`${api.story.case}/evidence`)).body.data).toHaveLength(5);
  });
});

describe('a hold', () => {
  const hold = (method: 'get' | 'put', body?: object) =>
    api.ask(method, `/cases/${api.story.case}/hold`).send(body);

  it('is placed with a reason, read and released; the second one changes nothing', async () => {
    expect((await hold('get')).status).toBe(404);
    expect((await hold('put', { reason: ' ' })).status).toBe(422);
    expect((await hold('put', { reason: 'a claim' })).body).toMatchObject({
      reason: 'a claim',
      placed_by: 'api:all',
    });
    expect((await hold('put', { reason: 'another' })).body.reason).toBe('a claim');
    const release = () =>
      api.ask('post', `/cases/${api.story.case}/hold/release`).send({ reason: 'settled' });
    expect((await release()).body).toEqual({ erased: null });
    expect((await release()).status).toBe(404);
    expect((await api.ask('put', '/cases/999999/hold').send({ reason: 'a claim' })).status).toBe(404);
  });

  it('keeps an erasure waiting, which the release carries out', async () => {
    await hold('put', { reason: 'a claim' });
    const customer = `/customers/${encodeURIComponent('plain-some customer number')}`;
    const { body } = await api.ask('delete', customer);
    expect(body.kept.cases).toBe(1);
    expect((await hold('get')).body.erasure_asked_at).not.toBeNull();
    const released = await api
      .ask('post', `/cases/${api.story.case}/hold/release`)
      .send({ reason: 'settled' });
    expect(released.body.erased.cases).toBe(1);
  });
});

describe('the chain of all records', () => {
  it('is whole until somebody changes it, and the check says where', async () => {
    expect((await api.ask('get', '/evidence-check')).body).toMatchObject({ records: 5, broken: null });
    await api.dashboard.db.query(`update evidence_records set details = '{}' where seq = $1`, [
      api.story.record + 1,
    ]);
    const { body } = await api.ask('get', '/evidence-check');
    expect(body.broken).toEqual({ seq: api.story.record + 1, code: 'details' });
  });
});
