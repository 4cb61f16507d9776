import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import { makePasswordPath } from '../store/password-links.ts';
import { findUser, listUsers } from '../store/users.ts';
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

/** The way back in for an administrator whom no other one can help. */
const link: Command<{ email: string }> = {
  name: 'users link',
  arguments: '<email>',
  summary: 'make a link with which this user sets a new password, once, within a day',
  example: 'molva users link boss@example.com',
  args: z.object({ email: z.string() }),
  read: ([email]) => ({ email }),
  run: async ({ jobs }, { email }, out) => {
    const user = await findUser(jobs.db, email.trim());
    if (!user) throw mistake(`there is no user ${email}; \`molva users list\` shows who there is`);
    const path = await makePasswordPath(jobs.db, user.id, 'cli', jobs.clock.now());
    if (!path) throw mistake(`${email} is locked out; an administrator lets in again on the page Users`);
    const url = `${jobs.casePolicy.dashboardUrl}${path}`;
    out.message('It works once, within a day; links made before are void.');
    out.data({ url }, url);
    return 0;
  },
};

export const commands = [register(list), register(link)];
