import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SavedViewId, UserId } from '../../src/model/ids.ts';
import { savedViewSchema } from '../../src/model/saved-view.ts';
import type { Database } from '../../src/store/db.ts';
import { addSavedView, deleteSavedView, getSavedView, listSavedViews } from '../../src/store/saved-views.ts';
import { addUser } from '../../src/store/users.ts';
import { countRows, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const ADDRESS = '/mentions?q=%D0%B2%D0%BE%D0%B7%D0%B2%D1%80%D0%B0%D1%82&tone=negative';

describe.each(DRIVERS)('saved views on %s', (kind) => {
  let db: Database;
  let anna: UserId;
  let boris: UserId;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    const person = (name: string) => ({
      email: `${name}@example.ru`,
      name,
      role: 'viewer' as const,
      language: 'ru' as const,
      zone: 'Europe/Moscow',
      passwordHash: 'h',
    });
    anna = (await addUser(db, person('Анна'), NOW))!.id;
    boris = (await addUser(db, person('Борис'), NOW))!.id;
  });

  const add = (ownerId: UserId, name: string, isShared = false) =>
    addSavedView(db, { ownerId, name, address: ADDRESS, isShared }, NOW);
  const namesOf = async (user: UserId) => (await listSavedViews(db, user)).map(({ name }) => name);

  it('are listed with one’s own first, then what others share, by name', async () => {
    await add(boris, 'Яблоко', true);
    await add(boris, 'Тайное');
    await add(anna, 'возвраты');
    await add(anna, 'Банк', true);
    expect(await namesOf(anna)).toEqual(['Банк', 'возвраты', 'Яблоко']);
    expect(await namesOf(boris)).toEqual(['Тайное', 'Яблоко', 'Банк']);
    expect((await listSavedViews(db, anna))[1]).toEqual({
      id: expect.any(Number),
      ownerId: anna,
      ownerName: 'Анна',
      name: 'возвраты',
      address: ADDRESS,
      isShared: false,
      createdAt: NOW,
    });
  });

  it('have one name a person, however its letters are written', async () => {
    expect(await add(anna, 'Возвраты')).not.toBeNull();
    expect(await add(anna, 'ВОЗВРАТЫ')).toBeNull();
    expect(await add(boris, 'Возвраты')).not.toBeNull();
  });

  it('are at most two hundred a person', async () => {
    await db.query(
      `insert into saved_views (owner_id, name, address, is_shared, created_at) select $1, 'n' || i, '/mentions', false, $2 from generate_series(1, 199) i`,
      [anna, NOW],
    );
    expect(await add(anna, 'the last')).not.toBeNull();
    expect(await add(anna, 'one more')).toBeNull();
    expect(await add(boris, 'another’s')).not.toBeNull();
  });

  it('are read by others only when they are shared, and deleted by their owner alone', async () => {
    const own = (await add(anna, 'own'))!;
    const shared = (await add(anna, 'shared', true))!;
    expect(await getSavedView(db, own, boris)).toBeNull();
    expect((await getSavedView(db, shared, boris))?.name).toBe('shared');
    expect(await deleteSavedView(db, shared, boris)).toBe(false);
    expect(await deleteSavedView(db, shared, anna)).toBe(true);
    expect(await deleteSavedView(db, shared, anna)).toBe(false);
    expect(await getSavedView(db, 999 as SavedViewId, anna)).toBeNull();
    expect(await namesOf(anna)).toEqual(['own']);
  });

  it('go with their owner', async () => {
    await add(anna, 'own');
    await db.query('delete from users where id = $1', [anna]);
    expect(await countRows(db, 'saved_views')).toBe(0);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/mentions.evil.example',
    '/mentionsx',
    '/users',
    '',
    '/mentions?q=a\nb',
    '/mentions?q=a"b',
    '/mentions?q=a#b',
    `/mentions?q=${'a'.repeat(16_000)}`,
  ])('lead nowhere but to the mentions page: %s', async (address) => {
    expect(savedViewSchema.safeParse({ name: 'n', address, isShared: false }).success).toBe(false);
  });

  it('lead there with a query and without one', () => {
    for (const address of ['/mentions', ADDRESS])
      expect(savedViewSchema.parse({ name: ' n ', address, isShared: true })).toEqual({
        name: 'n',
        address,
        isShared: true,
      });
  });

  it('cannot be kept with another address, whoever writes them', async () => {
    const view = { ownerId: anna, name: 'n', address: 'https://evil.example/', isShared: false };
    await expect(addSavedView(db, view, NOW)).rejects.toThrow();
  });
});
