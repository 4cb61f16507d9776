import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import { ROLE_RIGHTS, ROLES, type Role } from '../model/rights.ts';
import type { Db } from '../store/db.ts';
import { makePasswordPath } from '../store/password-links.ts';
import { takeOff } from '../store/take-off-factor.ts';
import { changeRole } from '../store/user-roles.ts';
import { findUser, type ListedUser, listUsers } from '../store/users.ts';
import { type Command, register } from './command.ts';

const list: Command<object> = {
  name: 'users list',
  summary: 'list who may log in to the dashboard, with their roles',
  example: 'molva users list',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    for (const user of await listUsers(jobs.db))
      out.data(user, `${user.email}\t${user.role}\t${user.disabledAt ? '(locked out) ' : ''}${user.name}`);
    return 0;
  },
};

function mistake(message: string): InputError {
  return new InputError([{ at: 'email', message }]);
}

async function userOf(db: Db, email: string): Promise<ListedUser> {
  const user = await findUser(db, email.trim());
  if (!user) throw mistake(`there is no user ${email}; \`molva users list\` shows who there is`);
  return user;
}

/** The way back in for an administrator whom no other one can help. */
const link: Command<{ email: string }> = {
  name: 'users link',
  arguments: '<email>',
  summary: 'make a link with which this user sets a new password, once, within a day',
  example: 'molva users link boss@example.com',
  args: z.object({ email: z.string() }),
  read: ([email]) => ({ email }),
  run: async ({ jobs }, { email }, out) => {
    const user = await userOf(jobs.db, email);
    const path = await makePasswordPath(jobs.db, user.id, 'cli', jobs.clock.now());
    if (!path) throw mistake(`${email} is locked out; an administrator lets in again on the page Users`);
    const url = `${jobs.casePolicy.dashboardUrl}${path}`;
    out.message('It works once, within a day; links made before are void.');
    out.data({ url }, url);
    return 0;
  },
};

const roles: Command<object> = {
  name: 'users roles',
  summary: 'list the roles, and what each may do',
  example: 'molva users roles',
  args: z.object({}),
  read: () => ({}),
  run: async (_deps, _args, out) => {
    for (const role of ROLES)
      out.data({ role, rights: ROLE_RIGHTS[role] }, `${role}\t${ROLE_RIGHTS[role].join(' ')}`);
    return 0;
  },
};

const role: Command<{ email: string; role: Role }> = {
  name: 'users role',
  arguments: '<email> <role>',
  summary: `give a user another role (${ROLES.join(', ')}); all sessions of that user end`,
  example: 'molva users role anna@example.com care',
  args: z.object({ email: z.string(), role: z.enum(ROLES) }),
  read: ([email, role]) => ({ email, role }),
  run: async ({ jobs }, { email, role: wanted }, out) => {
    const user = await userOf(jobs.db, email);
    const isChanged = await changeRole(jobs.db, user.id, wanted, 'cli', jobs.clock.now());
    out.data(
      { email: user.email, role: wanted, isChanged },
      isChanged ? `${user.email} is ${wanted} now` : `${user.email} was ${wanted} before`,
    );
    return 0;
  },
};

/** The way back in for an administrator who has lost the telephone and the recovery codes. */
const factor: Command<{ email: string }> = {
  name: 'users no-code',
  arguments: '<email>',
  summary: 'let this user log in by the password alone: the telephone and the recovery codes are lost',
  example: 'molva users no-code boss@example.com',
  args: z.object({ email: z.string() }),
  read: ([email]) => ({ email }),
  run: async ({ jobs }, { email }, out) => {
    const user = await userOf(jobs.db, email);
    const isDone = await takeOff(jobs.db, user.id, 'cli', jobs.clock.now());
    out.data(
      { email: user.email, isDone },
      `${user.email} ${isDone ? 'needs no code now' : 'needed no code'}`,
    );
    return 0;
  },
};

export const commands = [register(list), register(link), register(roles), register(role), register(factor)];
