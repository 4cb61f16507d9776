import { load } from 'cheerio';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ActionLink, actionToken, type DigestAction } from '../../src/act/digest/action-link.ts';
import type { DocumentId, MentionId } from '../../src/model/ids.ts';
import { findRecipient, syncRecipients, unsubscribe } from '../../src/store/digests.ts';
import { setUserDisabled } from '../../src/store/users.ts';
import { RECIPIENT } from '../support/full-store.ts';
import {
  addDocument,
  addMention,
  addSources,
  addTopic,
  NEGATIVE,
  replaceTags,
  TEST_VAULT,
} from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import { get, makeUser, NOW, openDashboard, post, type TestDashboard } from './dashboard.ts';

const DAY = 86_400_000;
const dashboard: TestDashboard = await openDashboard();
let mention: MentionId;
let document: DocumentId;
let recipient: number;

beforeEach(async () => {
  const { db } = dashboard;
  await truncate(db);
  dashboard.setNow(NOW);
  const [source] = await addSources(db, 'forum');
  document = await addDocument(db, source!, '1', {
    text: 'Третью неделю жду <b>возврат</b>, тел. 8 916 123-45-67',
  });
  mention = await addMention(db, document, await addTopic(db, 'romashka'));
  await replaceTags(db, document, [
    { kind: 'sentiment', target: 'romashka', version: '1', value: NEGATIVE, spans: [] },
  ]);
  await syncRecipients(db, [RECIPIENT]);
  recipient = (await findRecipient(db, RECIPIENT.key))!.id;
});

const token = (action: DigestAction, change: Partial<ActionLink> = {}) =>
  actionToken(TEST_VAULT.hash, {
    action,
    recipient,
    mention,
    revision: 1,
    expiresAt: new Date(NOW.getTime() + DAY),
    ...change,
  });
const look = (of: string) => get(dashboard, `/said/${of}`, null);
const use = (of: string, form: Record<string, string> = {}) => post(dashboard, `/said/${of}`, null, form);
const stored = async () =>
  (
    await dashboard.db.query<{ status: string; label: string }>(
      `select status, sentiment->>'label' as label from mentions`,
    )
  )[0];
const audit = () =>
  dashboard.db.query(`select actor, subject, detail from audit where action = 'digest.said' order by id`);

describe('a link of a mail', () => {
  it('shows what would happen and changes nothing, however often it is opened', async () => {
    for (const action of ['tone', 'not-us', 'answered'] as const) {
      for (const _ of [1, 2]) {
        const res = await look(token(action));
        expect(res.status).toBe(200);
        expect(res.text).toContain('pr@example.ru');
        expect(res.text).toContain('&lt;b&gt;');
        expect(res.text).not.toContain('123-45-67');
      }
    }
    expect(await stored()).toEqual({ status: 'new', label: 'negative' });
    expect(await audit()).toEqual([]);
  });

  it('does its work once, under the address to which it went', async () => {
    const once = token('not-us');
    const results = await Promise.all([use(once), use(once), use(once)]);
    expect(results.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
    expect(await stored()).toMatchObject({ status: 'not_us' });
    expect(await audit()).toEqual([
      { actor: 'pr@example.ru', subject: `mention:${mention}`, detail: { action: 'not-us' } },
    ]);
    expect(load((await look(once)).text)('form[method=post]:not(.logout)').length).toBe(0);
  });

  it('says that somebody has answered', async () => {
    expect((await use(token('answered'))).status).toBe(200);
    expect(await stored()).toMatchObject({ status: 'answered' });
  });

  it('corrects the sentiment as its reader chooses, and asks again when he did not', async () => {
    const link = token('tone');
    const page = load((await look(link)).text);
    expect(
      page('input[name=label]')
        .toArray()
        .map((input) => page(input).attr('value')),
    ).toEqual(['neutral', 'positive', 'unsure']);
    expect((await use(link)).status).toBe(400);
    expect((await use(link, { label: 'furious' })).status).toBe(400);
    expect(await stored()).toMatchObject({ label: 'negative' });
    expect((await use(link, { label: 'positive' })).status).toBe(200);
    expect(await stored()).toMatchObject({ label: 'positive' });
    expect(await dashboard.db.query('select by, after from corrections')).toMatchObject([
      { by: 'pr@example.ru', after: { label: 'positive' } },
    ]);
  });

  it('is good for its own post, action and reader only', async () => {
    const parts = token('not-us').split('.');
    const forged = [
      ['a', ...parts.slice(1)],
      [parts[0], '999', ...parts.slice(2)],
      [...parts.slice(0, 2), String(mention + 1), ...parts.slice(3)],
      [...parts.slice(0, 4), 'zzzzzz', parts[5]],
      [...parts.slice(0, 5), 'x'.repeat(20)],
      ['shown'],
    ];
    for (const one of forged) {
      expect((await look(one.join('.'))).status).toBe(404);
      expect((await use(one.join('.'))).status).toBe(404);
    }
    expect(await stored()).toMatchObject({ status: 'new' });
  });

  it('expires, and ends with the subscription or the access of its reader', async () => {
    const link = token('not-us');
    dashboard.setNow(new Date(NOW.getTime() + DAY + 60_000));
    expect((await use(link)).status).toBe(410);
    dashboard.setNow(NOW);
    const user = await makeUser(dashboard, 'pr', { email: RECIPIENT.key });
    await setUserDisabled(dashboard.db, user.id, NOW);
    expect((await use(link)).status).toBe(404);
    await setUserDisabled(dashboard.db, user.id, null);
    await unsubscribe(dashboard.db, 'token', NOW);
    expect((await use(link)).status).toBe(404);
    expect(await stored()).toMatchObject({ status: 'new' });
  });

  it('judges no text that its reader has not read', async () => {
    await dashboard.db.query('update documents set revision = 2');
    const link = token('not-us');
    expect((await look(link)).status).toBe(409);
    expect((await use(link)).status).toBe(409);
    expect(await stored()).toMatchObject({ status: 'new' });
  });

  it('can do nothing once the post is gone', async () => {
    await dashboard.db.query('delete from documents');
    expect((await use(token('answered'))).status).toBe(410);
  });
});
