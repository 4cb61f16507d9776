import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuthorId, CustomerId, TopicId } from '../../src/model/ids.ts';
import { addCase, addToCase } from '../../src/store/cases.ts';
import { identifierHash, listIdentifiers, searchCustomers } from '../../src/store/customers.ts';
import type { Database } from '../../src/store/db.ts';
import {
  addDigest,
  type DigestRecipient,
  findRecipientByToken,
  listRecipients,
  lockDueRecipient,
  syncRecipients,
  unsubscribe,
} from '../../src/store/digests.ts';
import { getDocument } from '../../src/store/documents.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import {
  addSession,
  addUser,
  deleteExpiredSessions,
  findCredentials,
  findSession,
  setUserDisabled,
} from '../../src/store/users.ts';
import { RECIPIENT } from '../support/full-store.ts';
import {
  addDocument,
  addMention,
  addSources,
  addTopic,
  countRows,
  later,
  NOW,
  openCase,
  TEST_VAULT,
} from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const record = {
  externalId: 'c1',
  name: 'Анна 100%',
  city: null,
  tier: null,
  identifiers: [],
  purchases: [],
};
const email = (value: string) => ({ kind: 'email' as const, value });

describe.each(DRIVERS)('people on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  describe('customers', () => {
    const purchase = { externalId: 'p1', at: NOW, amount: 10.5, currency: 'RUB', item: 'Чай', channel: null };

    it('are updated by external id; identifiers are replaced, purchases only added and corrected', async () => {
      const first = await saveCustomer(
        db,
        TEST_VAULT,
        {
          ...record,
          identifiers: [email('a@b.ru'), email('a@b.ru')],
          purchases: [purchase, { ...purchase, externalId: 'p2' }],
        },
        NOW,
      );
      const second = await saveCustomer(
        db,
        TEST_VAULT,
        {
          ...record,
          identifiers: [email('c@d.ru')],
          purchases: [
            { ...purchase, amount: 7 },
            { ...purchase, amount: 8 },
          ],
        },
        NOW,
      );
      expect([first.created, second]).toEqual([true, { id: first.id, created: false }]);
      expect(await listIdentifiers(db, TEST_VAULT, first.id)).toEqual([email('c@d.ru')]);
      const bought = await db.query<{ id: string; amount: number }>(
        'select external_id as id, amount from purchases',
      );
      expect(bought.map(({ id, amount }) => [id, amount]).toSorted()).toEqual([
        ['p1', 8],
        ['p2', 10.5],
      ]);
    });

    it('are found by part of their name, in any letter case, in which wildcards mean nothing', async () => {
      await saveCustomer(db, TEST_VAULT, record, NOW);
      const count = async (text: string) => (await searchCustomers(db, { text, hashes: [] }, 10, 0)).length;
      expect([
        await count('АННА'),
        await count('0%'),
        await count('%н'),
        await count('_'),
        await count(''),
      ]).toEqual([1, 1, 0, 0, 1]);
    });
  });

  it('customers are found by a whole identifier, by none of its parts', async () => {
    await saveCustomer(db, TEST_VAULT, { ...record, identifiers: [email('anna@b.ru')] }, NOW);
    const count = async (value: string) => {
      const hashes = [identifierHash(TEST_VAULT, email(value))];
      return (await searchCustomers(db, { text: value, hashes }, 10, 0)).length;
    };
    expect([await count('anna@b.ru'), await count('nobody@b.ru'), await count('@')]).toEqual([1, 0, 0]);
  });

  describe('links', () => {
    let authorId: AuthorId;
    let customerId: CustomerId;
    let documentId: Awaited<ReturnType<typeof addDocument>>;
    beforeEach(async () => {
      const [source] = await addSources(db, 'forum');
      documentId = await addDocument(db, source!, '1', { author: { site: 'f', handle: 'a' } });
      authorId = (await getDocument(db, documentId))!.authorId!;
      customerId = (await saveCustomer(db, TEST_VAULT, record, NOW)).id;
    });
    it('a mention is in one case, also when two put it into theirs at once', async () => {
      const mentionId = await addMention(db, documentId, await addTopic(db, 't'));
      const c = { customerId, authorId, severity: 1 as const, reason: 'app', openedAt: NOW, dueAt: NOW };
      await openCase(db, { ...c, mentionId });
      const [mention] = await db.query<{ topicId: TopicId }>('select topic_id as "topicId" from mentions');
      const other = await addCase(db, { ...c, topicId: mention!.topicId, ownerId: null, lastPostAt: NOW });
      const added = await Promise.all([1, 2].map(() => addToCase(db, other, mentionId, NOW)));
      expect(added).toEqual([false, false]);
    });
  });

  describe('digest recipients', () => {
    const sync = (changes: Partial<DigestRecipient> = {}) =>
      syncRecipients(db, [{ ...RECIPIENT, ...changes }]);
    const stored = async () => (await listRecipients(db))[0];

    it('stay unsubscribed, and keep their token, until their address changes', async () => {
      await sync();
      expect([
        await unsubscribe(db, 'token', NOW),
        await unsubscribe(db, 'token', later(1)),
        await unsubscribe(db, 'x', NOW),
      ]).toEqual([true, true, false]);
      await sync({ unsubscribeToken: 'new' });
      expect(await stored()).toMatchObject({ unsubscribedAt: NOW, unsubscribeToken: 'token' });
      expect(await lockDueRecipient(db, later(1), [])).toBeNull();
      await sync({ email: 'other@example.ru' });
      expect(await stored()).toMatchObject({ unsubscribedAt: null });
      expect((await findRecipientByToken(db, 'token'))?.key).toBe(RECIPIENT.key);
    });

    it('keep their next time unless hour, zone or weekdays change', async () => {
      await sync();
      await sync({ nextRunAt: later(1) });
      expect((await stored())?.nextRunAt).toEqual(NOW);
      await sync({ nextRunAt: later(1), weekdays: [1] });
      expect((await stored())?.nextRunAt).toEqual(later(1));
      await sync({ nextRunAt: later(2), weekdays: [1], sendAt: '10:00' });
      expect((await stored())?.nextRunAt).toEqual(later(2));
    });

    it('are due unless they were left out or the configuration has dropped them', async () => {
      await sync();
      expect((await lockDueRecipient(db, NOW, []))?.key).toBe(RECIPIENT.key);
      expect(await lockDueRecipient(db, NOW, [RECIPIENT.key])).toBeNull();
      await syncRecipients(db, []);
      expect(await lockDueRecipient(db, NOW, [])).toBeNull();
    });

    it('get one digest per period', async () => {
      await sync();
      const digest = {
        recipient: RECIPIENT.key,
        periodKey: 'p',
        from: NOW,
        to: NOW,
        subject: '',
        html: '',
        text: '',
        createdAt: NOW,
      };
      expect([await addDigest(db, digest), await addDigest(db, digest)]).toEqual([1, null]);
    });
  });

  describe('users', () => {
    const user = {
      email: 'Anna@Example.ru',
      name: 'A',
      role: 'pr' as const,
      language: 'ru' as const,
      zone: 'UTC',
      passwordHash: 'h',
    };
    const session = (userId: never) =>
      addSession(db, { tokenHash: 't', userId, csrf: 'c', createdAt: NOW, expiresAt: later(1000) });

    it('have one account per address, in any letter case', async () => {
      expect(await addUser(db, user, NOW)).toMatchObject({ email: 'anna@example.ru' });
      expect(await addUser(db, { ...user, email: 'ANNA@example.ru' }, NOW)).toBeNull();
      expect(await findCredentials(db, 'aNNa@example.ru')).toMatchObject({ passwordHash: 'h' });
    });

    it('lose their sessions when these expire or they are locked out', async () => {
      const { id } = (await addUser(db, user, NOW))!;
      await session(id as never);
      expect((await findSession(db, 't', NOW))?.user.id).toBe(id);
      expect(await findSession(db, 't', later(1000))).toBeNull();
      await setUserDisabled(db, id, NOW);
      expect([await countRows(db, 'sessions'), await findCredentials(db, user.email)]).toEqual([0, null]);
      await setUserDisabled(db, id, null);
      expect(await findCredentials(db, user.email)).not.toBeNull();
      await session(id as never);
      await deleteExpiredSessions(db, later(1000));
      expect(await countRows(db, 'sessions')).toBe(0);
    });
  });
});
