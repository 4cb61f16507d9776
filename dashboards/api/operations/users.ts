import { z } from 'zod';
import type { UserId } from '../../../src/model/ids.ts';
import { ROLES } from '../../../src/model/rights.ts';
import { LANGUAGES } from '../../../src/model/user.ts';
import { invite } from '../../../src/store/invitations.ts';
import { endSessions } from '../../../src/store/sessions.ts';
import { changeRole } from '../../../src/store/user-roles.ts';
import { findUser, getUser, type ListedUser, listUsers } from '../../../src/store/users.ts';
import { NOBODY } from '../../auth/password.ts';
import type { DashboardDeps } from '../../deps.ts';
import { letIn } from '../../people/let-in.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { ownerOf } from '../owner.ts';
import { at, byId, id, isoOrNull, namedZone } from '../shapes.ts';

const userSchema = z
  .object({
    id,
    email: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    language: z.enum(LANGUAGES),
    zone: z.string(),
    disabled_at: at.nullable().describe('Since when the access is closed'),
  })
  .meta({ id: 'User' });

const userOf = ({ disabledAt, ...user }: ListedUser): z.input<typeof userSchema> => ({
  ...user,
  disabled_at: isoOrNull(disabledAt),
});

/** Somebody whom whoever made the token may change: not himself, so that somebody is always left who lets people in. */
async function anotherUser(deps: DashboardDeps, call: Call<{ id: number }>): Promise<ListedUser> {
  const owner = await ownerOf(deps, call, 'users:edit');
  const user = found(await getUser(deps.db, call.params.id as UserId), 'user');
  if (user.id !== owner.id) return user;
  return refuse({
    status: 409,
    code: 'oneself',
    title: 'Nobody changes the access of whoever made the token',
  });
}

const inviteBody = z.strictObject({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(200),
  role: z.enum(ROLES),
  language: z.enum(LANGUAGES),
  zone: namedZone.describe('IANA zone'),
  teams: z.array(id).max(100).default([]).describe('Numbers of teams; empty: sees all'),
});

async function inviteUser(deps: DashboardDeps, call: Call<unknown, unknown, z.output<typeof inviteBody>>) {
  await ownerOf(deps, call, 'users:edit');
  const { teams, ...person } = call.body;
  const user = { ...person, passwordHash: NOBODY };
  const path = await invite(deps.db, user, teams, call.actor, deps.clock.now());
  if (path)
    return {
      ...userOf(found(await findUser(deps.db, person.email), 'user')),
      link: `${deps.publicUrl}${path}`,
    };
  return refuse({ status: 409, code: 'taken', title: 'There is a user of this address' });
}

const changeBody = z.strictObject({
  role: z.enum(ROLES).optional().describe('All sessions of this user end'),
  enabled: z.boolean().optional().describe('false: the access is closed, and all sessions end'),
});

async function change(
  deps: DashboardDeps,
  call: Call<{ id: number }, unknown, z.output<typeof changeBody>>,
): Promise<z.input<typeof userSchema>> {
  const { id: number, disabledAt } = await anotherUser(deps, call);
  const { body, actor } = call;
  if (body.role !== undefined) await changeRole(deps.db, number, body.role, actor, deps.clock.now());
  if (body.enabled !== undefined && body.enabled !== (disabledAt === null))
    await letIn(deps, { id: number, isOpen: body.enabled, actor });
  return userOf(found(await getUser(deps.db, number), 'user'));
}

export const users = [
  operation({
    id: 'listUsers',
    method: 'get',
    path: '/users',
    scope: 'users:read',
    summary: 'List who may log in, and who might',
    answer: z.object({ data: z.array(userSchema) }),
    handle: async ({ db }) => ({ data: (await listUsers(db)).map(userOf) }),
  }),
  operation({
    id: 'inviteUser',
    method: 'post',
    path: '/users',
    scope: 'users:write',
    summary:
      'Invite somebody: the link is for him, sets a password once, within a week, and is told here only',
    detail: 'Whoever made the token must be an administrator who may log in.',
    body: inviteBody,
    answer: userSchema.extend({ link: z.url() }),
    status: 201,
    isSecret: true,
    handle: inviteUser,
  }),
  operation({
    id: 'changeUser',
    method: 'patch',
    path: '/users/{id}',
    scope: 'users:write',
    summary: 'Give somebody another role, or close or open the access',
    detail: 'Whoever made the token must be an administrator who may log in, and cannot be changed by it.',
    params: byId,
    body: changeBody,
    answer: userSchema,
    handle: change,
  }),
  operation({
    id: 'endSessions',
    method: 'post',
    path: '/users/{id}/log-out',
    scope: 'users:write',
    summary: 'Log somebody out everywhere',
    params: byId,
    answer: z.object({ ended: z.int() }),
    handle: async (deps, call) => {
      const user = await anotherUser(deps, call);
      return { ended: await endSessions(deps.db, user.id, {}, call.actor, deps.clock.now()) };
    },
  }),
];
