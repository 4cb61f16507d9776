import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCommand } from '../../src/commands/registry.ts';
import { ROLES, type Role } from '../../src/model/rights.ts';
import type { Database } from '../../src/store/db.ts';
import { changeRole } from '../../src/store/user-roles.ts';
import { addSession, addUser, findUser, setUserDisabled } from '../../src/store/users.ts';
import { later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

describe.each(DRIVERS)('roles on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  async function add(role: Role, email = `${role}@example.com`) {
    const person = { email, name: role, role, language: 'ru' as const, zone: 'UTC', passwordHash: 'x' };
    const user = await addUser(db, person, NOW);
    if (!user) throw new Error('this address is taken');
    return user;
  }

  it.each(ROLES)('keep the role %s', async (role) => {
    await add(role);
    expect(await findUser(db, `${role}@example.com`)).toMatchObject({ role });
  });

  it('are no others than the six', async () => {
    await expect(add('chief' as Role)).rejects.toThrow();
  });

  it('change with an entry in the audit, and end the sessions of that user alone', async () => {
    const [boss, user] = [await add('admin'), await add('viewer')];
    for (const { id } of [boss, user])
      await addSession(db, {
        tokenHash: `h${id}`,
        userId: id,
        csrf: 'c',
        createdAt: NOW,
        expiresAt: later(60_000),
      });
    expect(await changeRole(db, user.id, 'care', boss.email, NOW)).toBe(true);
    expect(await findUser(db, user.email)).toMatchObject({ role: 'care' });
    expect(await db.query('select user_id as id from sessions')).toEqual([{ id: boss.id }]);
    expect(await db.query('select actor, action, subject, detail from audit')).toEqual([
      {
        actor: boss.email,
        action: 'user.role',
        subject: `user:${user.id}`,
        detail: { before: 'viewer', after: 'care' },
      },
    ]);
  });

  it('that are given again change nothing, and nothing is written down', async () => {
    await add('admin');
    const user = await add('care');
    expect(await changeRole(db, user.id, 'care', 'cli', NOW)).toBe(false);
    expect(await changeRole(db, 999 as never, 'care', 'cli', NOW)).toBe(false);
    expect(await db.query('select 1 from audit')).toEqual([]);
  });

  it('leave the last administrator who may log in as he is', async () => {
    const [boss, other] = [await add('admin'), await add('admin', 'other@example.com')];
    await setUserDisabled(db, other.id, NOW);
    await expect(changeRole(db, boss.id, 'viewer', 'cli', NOW)).rejects.toThrow('last administrator');
    expect(await findUser(db, boss.email)).toMatchObject({ role: 'admin' });
    await setUserDisabled(db, other.id, null);
    expect(await changeRole(db, boss.id, 'viewer', 'cli', NOW)).toBe(true);
  });

  it('are given by a command, in any case of the address', async () => {
    await add('admin');
    await add('viewer');
    const command = await findCommand('users role');
    const said: string[] = [];
    const out = { data: (_value: unknown, text: string) => void said.push(text), message: () => undefined };
    const deps = { jobs: { db, clock: { now: () => NOW } } } as never;
    await command?.run(deps, command.read(['Viewer@Example.com', 'auditor'], {}), out);
    expect(said).toEqual(['viewer@example.com is auditor now']);
    const wrong = command?.read(['viewer@example.com', 'chief'], {});
    expect(() => command?.run(deps, wrong, out)).toThrow('Invalid option');
  });
});
