import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import {
  addPublicLink,
  listPublicLinks,
  type NewPublicLink,
  openPublicLink,
  revokePublicLink,
} from '../../src/store/public-links.ts';
import { addSavedView } from '../../src/store/saved-views.ts';
import { addUser, setUserDisabled } from '../../src/store/users.ts';
import { later, MINUTE, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

describe.each(DRIVERS)('public links on %s', (kind) => {
  let db: Database;
  let owner: UserId;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    const person = { email: 'a@b.ru', name: 'Анна', role: 'pr' as const, language: 'ru' as const };
    owner = (await addUser(db, { ...person, zone: 'Europe/Moscow', passwordHash: 'h' }, NOW))!.id;
  });
  const add = (change: Partial<NewPublicLink> = {}) =>
    addPublicLink(db, { kind: 'calendar', tokenHash: 'h', ownerId: owner, ...change }, NOW);

  it('open by their token and kind, with whose they are and what they show', async () => {
    const view = { ownerId: owner, name: 'v', address: '/mentions?q=a', isShared: false };
    const viewId = (await addSavedView(db, view, NOW))!;
    const id = await add({ kind: 'feed', viewId });
    expect(await openPublicLink(db, 'feed', 'h', NOW)).toEqual({
      id,
      owner: { id: owner, email: 'a@b.ru', language: 'ru', zone: 'Europe/Moscow', role: 'pr' },
      view: { name: 'v', address: '/mentions?q=a' },
      reportId: null,
    });
    expect(await openPublicLink(db, 'calendar', 'h', NOW)).toBeNull();
    expect(await openPublicLink(db, 'feed', 'other', NOW)).toBeNull();
  });

  it('end with their time, when they are revoked, and while their owner is locked out', async () => {
    const id = (await add({ expiresAt: later(MINUTE) }))!;
    const isOpen = async (at: Date) => (await openPublicLink(db, 'calendar', 'h', at)) !== null;
    expect([await isOpen(NOW), await isOpen(later(MINUTE))]).toEqual([true, false]);
    await setUserDisabled(db, owner, NOW);
    expect(await isOpen(NOW)).toBe(false);
    await setUserDisabled(db, owner, null);
    expect(await revokePublicLink(db, id, 999 as UserId, NOW)).toBeNull();
    expect(await isOpen(NOW)).toBe(true);
    expect(await revokePublicLink(db, id, owner, NOW)).toBe('calendar');
    expect([await isOpen(NOW), await revokePublicLink(db, id, null, NOW)]).toEqual([false, null]);
  });

  it('tell when they were read, to the hour', async () => {
    await add();
    const readAt = async () => (await listPublicLinks(db, owner, 10))[0]!.lastReadAt;
    expect(await readAt()).toBeNull();
    for (const minute of [0, 59, 60, 61]) {
      await openPublicLink(db, 'calendar', 'h', later(minute * MINUTE));
    }
    expect(await readAt()).toEqual(later(61 * MINUTE));
  });

  it('show one thing each, as their kind says', async () => {
    await expect(add({ kind: 'feed' })).rejects.toThrow();
    await expect(add({ kind: 'report' })).rejects.toThrow();
    await add();
    await expect(add()).rejects.toThrow();
  });
});
