import { z } from 'zod';
import { addTeam, listTeams, removeTeam, setTeam, type Team } from '../../../src/store/teams.ts';
import { listTopics } from '../../../src/store/topics.ts';
import { listUsers } from '../../../src/store/users.ts';
import type { DashboardDeps } from '../../deps.ts';
import { changeTeam } from '../../people/change-team.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { ownerOf } from '../owner.ts';
import { byId, id } from '../shapes.ts';

const teamSchema = z
  .object({
    id,
    name: z.string(),
    topics: z.array(z.string()).describe('Keys: its members see what is about these'),
    members: z.array(z.string()).describe('E-mails of users'),
  })
  .meta({ id: 'Team' });

/** Keys and e-mails of what teams know by number. */
async function readNames(deps: DashboardDeps) {
  const [topics, users] = await Promise.all([listTopics(deps.db), listUsers(deps.db)]);
  return { topics, users };
}
type Names = Awaited<ReturnType<typeof readNames>>;

function teamOf({ topics, users }: Names, team: Team): z.input<typeof teamSchema> {
  return {
    id: team.id,
    name: team.name,
    topics: topics.filter((one) => team.topics.includes(one.id)).map(({ key }) => key),
    members: users.filter((one) => team.members.includes(one.id)).map(({ email }) => email),
  };
}

async function read(deps: DashboardDeps, number: number): Promise<z.input<typeof teamSchema>> {
  const team = (await listTeams(deps.db)).find((one) => one.id === number);
  return teamOf(await readNames(deps), found(team, 'team'));
}

const content = z.strictObject({
  topics: z.array(z.string().max(64)).max(500).describe('Keys; none: its members see nothing'),
  members: z.array(z.string().max(254)).max(500).describe('E-mails of users'),
});

/** The numbers of what is named; whoever names what is not there is told so. */
function numbersIn({ topics, users }: Names, { topics: keys, members }: z.output<typeof content>) {
  const byKey = new Map(topics.map((one) => [one.key, one.id]));
  const byEmail = new Map(users.map((one) => [one.email, one.id]));
  const mistakes = [
    ...keys.map((key, at) => ({
      at: `#/topics/${at}`,
      isThere: byKey.has(key),
      detail: `there is no topic ${key}`,
    })),
    ...members.map((email, at) => ({
      at: `#/members/${at}`,
      isThere: byEmail.has(email.toLowerCase()),
      detail: `there is no user ${email}`,
    })),
  ].filter(({ isThere }) => !isThere);
  if (mistakes.length > 0)
    return refuse({
      status: 422,
      code: 'invalid-team',
      title: 'The team names what is not there; nothing was saved',
      errors: mistakes.map(({ at, detail }) => ({ in: 'body', pointer: at, detail })),
    });
  return {
    topics: keys.flatMap((key) => byKey.get(key) ?? []),
    members: members.flatMap((email) => byEmail.get(email.toLowerCase()) ?? []),
  };
}

const newTeam = content.partial().extend({ name: z.string().trim().min(1).max(60) });

async function add(deps: DashboardDeps, call: Call<unknown, unknown, z.output<typeof newTeam>>) {
  await ownerOf(deps, call, 'users:edit');
  const { name, topics = [], members = [] } = call.body;
  const wish = numbersIn(await readNames(deps), { topics, members });
  const team = await changeTeam(
    deps,
    { action: 'team.added', actor: call.actor, detail: { name, ...wish } },
    async (tx) => {
      const number = await addTeam(tx, name, deps.clock.now());
      if (number !== null) await setTeam(tx, number, wish);
      return number;
    },
  );
  if (team !== null) return read(deps, team);
  return refuse({ status: 409, code: 'taken', title: 'There is a team of this name' });
}

type OfTeam<Body = unknown> = Call<{ id: number }, unknown, Body>;

async function set(deps: DashboardDeps, call: OfTeam<z.output<typeof content>>) {
  await ownerOf(deps, call, 'users:edit');
  const { id: number } = call.params;
  const wish = numbersIn(await readNames(deps), call.body);
  const team = await changeTeam(
    deps,
    { action: 'team.changed', actor: call.actor, detail: wish },
    async (tx) => ((await setTeam(tx, number, wish)) ? number : null),
  );
  return read(deps, found(team, 'team'));
}

async function remove(deps: DashboardDeps, call: OfTeam) {
  await ownerOf(deps, call, 'users:edit');
  const team = await read(deps, call.params.id);
  await changeTeam(deps, { action: 'team.removed', actor: call.actor, detail: {} }, async (tx) =>
    (await removeTeam(tx, team.id)) ? team.id : null,
  );
  return team;
}

export const teams = [
  operation({
    id: 'listTeams',
    method: 'get',
    path: '/teams',
    scope: 'users:read',
    summary: 'List teams: whoever is in one sees what is about its topics, and nothing else',
    answer: z.object({ data: z.array(teamSchema) }),
    handle: async (deps) => {
      const [teams, names] = await Promise.all([listTeams(deps.db), readNames(deps)]);
      return { data: teams.map((team) => teamOf(names, team)) };
    },
  }),
  operation({
    id: 'addTeam',
    method: 'post',
    path: '/teams',
    scope: 'users:write',
    summary: 'Make a team',
    body: newTeam,
    answer: teamSchema,
    status: 201,
    handle: add,
  }),
  operation({
    id: 'setTeam',
    method: 'put',
    path: '/teams/{id}',
    scope: 'users:write',
    summary: 'Say whose team it is, and of which topics',
    params: byId,
    body: content,
    answer: teamSchema,
    handle: set,
  }),
  operation({
    id: 'removeTeam',
    method: 'delete',
    path: '/teams/{id}',
    scope: 'users:write',
    summary: 'Dissolve a team: its members see all again, unless they are in another one',
    params: byId,
    answer: teamSchema,
    handle: remove,
  }),
];
