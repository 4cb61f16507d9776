import { beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../src/model/user.ts';
import { setTeam } from '../../src/store/teams.ts';
import {
  get,
  makeUser,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';
import { ROUTES } from './route-table.ts';
import { type Story, seedStory } from './seed.ts';

/** What was said in public, and what it is about: all else of a story (the source, the customer) belongs to no topic. */
const SAID = [
  ...['title', 'text', 'first text', 'full text', 'thread', 'topic', 'query'],
  ...['copy text', 'copy title', 'hidden text', 'hidden title', 'recorded text', 'page', 'edit'],
  ...['case note', 'promise', 'incident', 'found text', 'found title', 'pasted'],
  ...['mail text', 'report', 'payload', 'message', 'fact', 'answer body', 'asked address'],
];
const SECRET = 'zebrawood';

let dashboard: TestDashboard;
let ours: Story;
let theirs: Story;
let user: User;
let member: Visitor;
let outsider: Visitor;

async function makeTeam(name: string, topic: string, members: readonly User[]): Promise<void> {
  const [team] = await dashboard.db.query<{ id: number }>(
    'insert into teams (name, made_at) values ($1, now()) returning id',
    [name],
  );
  const topics = await dashboard.db.query<{ id: number }>('select id from topics where key = $1', [topic]);
  await setTeam(dashboard.db, team?.id ?? 0, {
    topics: topics.map(({ id }) => id),
    members: members.map(({ id }) => id),
  });
}

beforeAll(async () => {
  dashboard = await openDashboard();
  ours = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
  theirs = await seedStory(dashboard.db, 'their', (field) =>
    SAID.includes(field) ? `${SECRET} ${field} here` : `some ${field} here`,
  );
  user = await makeUser(dashboard, 'admin');
  member = await visitAs(dashboard, user);
  outsider = await visitAs(dashboard, await makeUser(dashboard, 'admin', { email: 'free@example.com' }));
  await makeTeam('Tea', 'plain', [user]);
});

const READ = Object.entries(ROUTES).filter(([, row]) => !row.form);

describe.each(READ)('%s', (_name, row) => {
  it('shows a member nothing of another team’s topic, by its own address and by theirs', async () => {
    for (const story of [ours, theirs]) {
      const res = await get(dashboard, row.path(story), member);
      expect(res.status, row.path(story)).toBeLessThan(500);
      expect(res.text ?? '', row.path(story)).not.toContain(SECRET);
    }
  });
});

it('shows it to whoever is in no team: the test above can fail', async () => {
  const seen: string[] = [];
  for (const [name, row] of READ) {
    const { text } = await get(dashboard, row.path(theirs), outsider);
    if (text?.includes(SECRET)) seen.push(name);
  }
  expect(seen.length).toBeGreaterThan(15);
  expect(seen).toContain('GET /mentions');
  expect(seen).toContain('GET /cases/:id');
});

it('shows a member what is about the topics of the team', async () => {
  const { text } = await get(dashboard, `/mentions/${ours.document}`, member);
  expect(text).toContain('some title here');
  expect((await get(dashboard, `/cases/${ours.case}`, member)).status).toBe(200);
  expect((await get(dashboard, '/mentions', member)).text).toMatch(
    new RegExp(`open=${ours.document}\\b|/mentions/${ours.document}\\b`),
  );
});

it.each([
  ['GET', () => `/mentions/${theirs.document}`],
  ['GET', () => `/cases/${theirs.case}`],
  ['GET', () => `/stories/${theirs.talk}`],
  ['GET', () => `/alerts/incidents/${theirs.incident}`],
  ['GET', () => `/cases/${theirs.case}/evidence`],
])('answers %s of what is not seen as if it were not there', async (_method, path) => {
  expect((await get(dashboard, path(), member)).status).toBe(404);
});

it('lets a member change nothing of another team’s topic', async () => {
  const before = async () =>
    JSON.stringify(
      await Promise.all(
        ['mentions', 'cases', 'corrections', 'topics', 'case_events', 'scorecard_items'].map((table) =>
          dashboard.db.query(`select * from ${table} order by 1, 2`),
        ),
      ),
    );
  const were = await before();
  const asked: [string, Record<string, string>][] = [
    ['/mentions/status', { mention: String(theirs.mention), status: 'done' }],
    ['/mentions/decide', { mention: String(theirs.mention), tags: 'x', priority: 'low', assigned: '' }],
    ['/mentions/correct/undo', { correction: String(theirs.correction) }],
    [`/cases/${theirs.case}/revise`, { status: 'in_work', note: 'x' }],
    [`/cases/${ours.case}/merge`, { other: String(theirs.case) }],
    ['/scorecard/label', { item: String(theirs.item), revision: '2', tone: 'negative', complaint: 'yes' }],
    ['/basket/restore', { mention: String(theirs.hidden) }],
  ];
  for (const [path, form] of asked)
    expect((await post(dashboard, path, member, form)).status, path).toBe(404);
  expect(await before()).toBe(were);
});

it('lets a member work on what is about the topics of the team', async () => {
  const res = await post(dashboard, '/mentions/status', member, {
    mention: String(ours.mention),
    status: 'seen',
  });
  expect(res.status).toBe(303);
  const note = await post(dashboard, `/cases/${ours.case}/revise`, member, { status: 'in_work', note: 'x' });
  expect(note.status).toBe(303);
});

it('shows a member of a team without topics nothing of what was said', async () => {
  const nobody = await makeUser(dashboard, 'viewer');
  await makeTeam('Empty', 'no such topic', [nobody]);
  const visitor = await visitAs(dashboard, nobody);
  for (const path of ['/today', '/mentions', '/cases', '/stories']) {
    const { text, status } = await get(dashboard, path, visitor);
    expect(status, path).toBe(200);
    expect(text).not.toContain('some title here');
  }
});

it('is made, filled and dissolved on its page, each with an entry in the audit', async () => {
  await post(dashboard, '/teams', outsider, { name: 'Coffee' });
  expect((await post(dashboard, '/teams', outsider, { name: 'Coffee' })).text).toContain('There is a team');
  const [team] = await dashboard.db.query<{ id: number }>(`select id from teams where name = 'Coffee'`);
  const [topic] = await dashboard.db.query<{ id: number }>(`select id from topics where key = 'their'`);
  const other = await makeUser(dashboard, 'pr');
  const visitor = await visitAs(dashboard, other);
  const path = `/mentions/${ours.document}`;
  expect((await get(dashboard, path, visitor)).status).toBe(200);
  const form = { topics: String(topic?.id), members: String(other.id) };
  expect((await post(dashboard, `/teams/${team?.id}`, outsider, form)).status).toBe(303);
  expect((await get(dashboard, path, visitor)).status).toBe(404);
  await post(dashboard, `/teams/${team?.id}/remove`, outsider, {});
  expect((await get(dashboard, path, visitor)).status).toBe(200);
  const rows = await dashboard.db.query<{ action: string }>(
    `select action from audit where subject = $1 and actor = 'free@example.com' order by id`,
    [`team:${team?.id}`],
  );
  expect(rows.map(({ action }) => action)).toEqual(['team.added', 'team.changed', 'team.removed']);
});

it('lets a member make topics, which the team sees, and write over none of another team', async () => {
  const { db } = dashboard;
  const queries = () =>
    db.query<{ key: string; query: string }>('select key, query from topics order by key');
  const before = await queries();
  for (const path of ['/topics', '/topics/lab']) {
    const form = { key: 'their', name: 'Mine', query: 'tea', topic: '', do: 'save' };
    expect((await post(dashboard, path, member, form)).status, path).toBe(400);
  }
  expect(await queries()).toEqual(before);
  const form = { key: '', name: 'Plain', query: 'coffee', topic: '', do: 'save' };
  expect((await post(dashboard, '/topics/lab', member, form)).status).toBe(303);
  const made = await db.query<{ key: string }>(
    `select t.key from topics t join team_topics x on x.topic_id = t.id join teams m on m.id = x.team_id where m.name = 'Tea' and t.query = 'coffee'`,
  );
  expect(made).toEqual([{ key: 'plain-2' }]);
  expect((await get(dashboard, '/topics', member)).text).toContain('plain-2');
});

it('lets a member write over no alert of another team, new or known', async () => {
  const { db } = dashboard;
  const alert = { name: 'Spikes', kind: 'spike', 's.k': '5', 's.minimum': '15', 's.per': 'hour,day' };
  const told = { people: user.email, by: 'mail', perHour: '4', cooldown: '720', enabled: '1', what: 'save' };
  const form = { ...alert, ...told, quietFrom: '22:00', quietTo: '08:00' };
  const made = await post(dashboard, '/alerts', outsider, { ...form, topics: 'their' });
  expect(made.headers.location).toBe('/alerts/spikes?done=1&what=saved');
  const topics = () => db.query('select key, topics from alerts order by key');
  const before = await topics();
  const ours = { ...form, topics: 'plain' };
  expect((await post(dashboard, '/alerts', member, { ...ours, key: 'spikes' })).status).toBe(400);
  const known = await post(dashboard, '/alerts', member, { ...ours, key: 'spikes', known: '1' });
  expect(known.headers.location).toBe('/alerts');
  expect(await topics()).toEqual(before);
  const named = await post(dashboard, '/alerts', member, ours);
  expect(named.headers.location).toBe('/alerts/spikes-2?done=1&what=saved');
});

it('counts nothing of it for a member who tries a brand, and saves beside a topic of others, not over it', async () => {
  const form = { name: SECRET, chosen: '1', take: '0', do: 'recount' };
  const found = async (who: Visitor): Promise<number> => {
    const { text } = await post(dashboard, '/start/brand', who, form);
    return Number(/Found in what is stored: (\d+)/.exec(text)?.[1]);
  };
  expect(await found(member)).toBe(0);
  expect(await found(outsider)).toBeGreaterThan(0);
  const before = await dashboard.db.query(`select query from topics where key = 'their'`);
  const saved = await post(dashboard, '/start/brand', member, { ...form, name: 'Their', do: 'save' });
  expect(saved.status).toBe(303);
  expect(await dashboard.db.query(`select query from topics where key = 'their'`)).toEqual(before);
  expect(await dashboard.db.query(`select 1 from topics where key = 'their-2'`)).toHaveLength(1);
});
