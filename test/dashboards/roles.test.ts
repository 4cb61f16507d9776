import { load } from 'cheerio';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Right, ROLES, type Role, roleHas } from '../../src/model/rights.ts';
import { get, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { ROUTES, type Row } from './route-table.ts';
import { allRoutes } from './routes.ts';
import { type Story, seedStory } from './seed.ts';

/** Open to everybody: each has a guard of its own and tests of its own. */
const OPEN = [
  'GET /healthz',
  'GET /version',
  'GET /readyz',
  'GET /setup/:token',
  'POST /setup/:token',
  'GET /password/:token',
  'POST /password/:token',
  'GET /login',
  'POST /login',
  'POST /login/code',
  'POST /logout',
  'GET /unsubscribe/:token',
  'POST /unsubscribe/:token',
  'GET /take/:token',
  'POST /take/:token',
  'GET /said/:token',
  'POST /said/:token',
  'GET /feeds/:token.rss',
  'GET /feeds/:token.atom',
  'GET /feeds/:token.json',
  'GET /calendar/:token.ics',
  'GET /shared/:token',
  'GET /hooks/websub/:id',
  'POST /hooks/websub/:id',
];

let dashboard: TestDashboard;
let story: Story;
let people: Record<Role, Visitor>;

beforeAll(async () => {
  dashboard = await openDashboard();
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
  people = await visitors(dashboard);
});

/** Everything that a refused change could have touched; what people merely looked at is not a change. */
async function contents(): Promise<string> {
  const tables = [
    'users',
    'topics',
    'topic_ratings',
    'mentions',
    'cases',
    'identity_links',
    'api_tokens',
    'deliveries',
    'sessions',
    'second_factors',
    'recovery_codes',
    'second_factor_roles',
    'teams',
    'team_topics',
    'team_members',
    'one_time_links',
    'digest_recipients',
    'digest_actions',
    'reports',
    'public_links',
    'sources',
    'recall_misses',
    'canary_documents',
    'topic_examples',
    'rules',
    'rule_versions',
    'rule_runs',
    'alerts',
    'alert_incidents',
    'scorecard_samples',
    'scorecard_items',
    'evidence_records',
    'evidence_holds',
    'dismissed_hints',
  ];
  const rows = await Promise.all(
    tables.map((table) => dashboard.db.query(`select * from ${table} t order by t::text`)),
  );
  return JSON.stringify([rows, dashboard.asked]);
}

function ask(row: Row, visitor: Visitor | null, change: Record<string, string> = {}) {
  return row.form
    ? post(dashboard, row.path(story), visitor, { ...row.form(story), ...change })
    : get(dashboard, row.path(story), visitor);
}

it('lists every route that the routers have', () => {
  const found = allRoutes(dashboard.deps);
  expect(Object.keys(ROUTES).sort()).toEqual(found.pages.sort());
  expect([...OPEN].sort()).toEqual(found.open.sort());
});

describe.each(Object.entries(ROUTES))('%s', (_name, row) => {
  it('sends strangers to the login, or refuses them, and changes nothing', async () => {
    const before = await contents();
    const res = await ask(row, null);
    expect(res.status).toBe(row.form ? 403 : 303);
    if (!row.form) expect(res.headers.location).toBe(`/login?next=${encodeURIComponent(row.path(story))}`);
    expect(await contents()).toBe(before);
  });

  it.each(ROLES)('gives the role %s what its access says', async (role) => {
    const may = roleHas(role, row.right);
    const before = may ? '' : await contents();
    const res = await ask(row, people[role]);
    expect(res.status).toBe(may ? row.answer : 403);
    if (!may) expect(await contents()).toBe(before);
    // What can be done once (a dead delivery is sent again) is made possible for the next role.
    await dashboard.db.query(`update deliveries set state = 'dead'`);
    await dashboard.db.query(`update endpoints set paused_at = now(), paused_reason = 'x'`);
    await dashboard.db.query('update rules set removed_at = null');
    await dashboard.db.query('update alerts set removed_at = null');
    await dashboard.db.query('delete from corrections where undoes is not null');
  });
});

describe.each(
  Object.entries(ROUTES).filter(([, row]) => row.form),
)('%s without the session’s secret', (_name, row) => {
  it.each([
    ['none', ''],
    ['another session’s', 'csrf-of-viewer@example.co'],
    ['one of the right length', 'csrf-of-admin@example.coM'],
  ])('is refused and changes nothing: %s', async (_what, _csrf) => {
    const before = await contents();
    const res = await ask(row, people.admin, { _csrf });
    expect(res.status).toBe(403);
    expect(await contents()).toBe(before);
  });
});

it('refuses a secret that arrives twice, or as a number of fields', async () => {
  const { cookie, csrf } = people.admin;
  const res = await post(dashboard, '/settings', { cookie, csrf }, {}).send(`_csrf=${csrf}&_csrf=${csrf}`);
  expect(res.status).toBe(403);
});

it.each(ROLES)('shows contacts whole to the role %s only if it may see them', async (role) => {
  const { text } = await get(dashboard, `/customers/${story.customer}`, people[role]);
  const whole = roleHas(role, 'customers:unmask');
  expect(text.includes('plain.person@example.com')).toBe(whole);
  expect(text.includes('p…@example.com')).toBe(!whole);
});

it('writes down who looked at a customer', async () => {
  await get(dashboard, `/customers/${story.customer}`, people.viewer);
  const rows = await dashboard.db.query(
    `select 1 from audit where action = 'customer.viewed' and actor = 'viewer@example.com' and subject = $1`,
    [`customer:${story.customer}`],
  );
  expect(rows.length).toBeGreaterThan(0);
});

/** `/cases/:id` as what addresses of it look like, numbers and keys filled in. */
function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`);
}

const KNOWN = Object.entries(ROUTES).map(([name, { right, own }]) => {
  const [method = '', path = ''] = name.split(' ');
  return { method, path, right: own ?? right, looks: pattern(path) };
});

/** The right that an address on a page asks for; null for what is open or elsewhere. A route without parameters comes first. */
function rightFor(method: string, address: string): Right | null {
  const path = address.split(/[?#]/, 1)[0] ?? '';
  const found = KNOWN.filter((one) => one.method === method && one.looks.test(path));
  return (found.find((one) => one.path === path) ?? found[0])?.right ?? null;
}

/** Where its links lead and its forms go, by method. */
function leads(markup: string): [string, string][] {
  const $ = load(markup);
  return [
    ...$('a[href^="/"]').map((_, a) => [['GET', $(a).attr('href') ?? '']]),
    ...$('form').map((_, form) => [
      [($(form).attr('method') ?? 'get').toUpperCase(), $(form).attr('action') ?? ''],
    ]),
    ...$('button[formaction]').map((_, button) => [['POST', $(button).attr('formaction') ?? '']]),
  ] as [string, string][];
}

const SEEN = Object.entries(ROUTES).filter(([, row]) => !row.form && row.answer === 200);

it.each(ROLES)('shows the role %s no form and no link that it may not use', async (role) => {
  const wrong: string[] = [];
  for (const [name, row] of SEEN) {
    const res = roleHas(role, row.right) ? await ask(row, people[role]) : null;
    if (!res?.type.includes('html')) continue;
    for (const [method, address] of leads(res.text)) {
      const right = rightFor(method, address);
      if (right !== null && !roleHas(role, right)) wrong.push(`${name}: ${method} ${address}`);
    }
  }
  expect(wrong).toEqual([]);
});
