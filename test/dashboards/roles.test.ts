import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/model/user.ts';
import { get, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { allRoutes } from './routes.ts';
import { type Story, seedStory } from './seed.ts';

interface Row {
  /** The least role that is let through. */
  role: Role;
  path(story: Story): string;
  /** Present for changes. */
  form?(story: Story): Record<string, string>;
  /** What those who may are answered. */
  answer: number;
}

const page = (path: string, role: Role): Row => ({ role, path: () => path, answer: 200 });

const change = (action: string, form: Record<string, string>, answer: number): Row => ({
  role: 'pr',
  path: () => `/sources/plain/${action}`,
  form: () => form,
  answer,
});

/** Every route of every page. A route that is missing here fails the first test. */
const ROUTES: Record<string, Row> = {
  'GET /today': page('/today', 'viewer'),
  'GET /mentions': page('/mentions', 'viewer'),
  'GET /mentions/:id': { role: 'viewer', path: (s) => `/mentions/${s.document}`, answer: 200 },
  'POST /mentions/status': {
    role: 'pr',
    path: () => '/mentions/status',
    form: (s) => ({ mention: String(s.mention), status: 'seen' }),
    answer: 303,
  },
  'GET /cases': page('/cases', 'viewer'),
  'GET /latency': page('/latency', 'viewer'),
  'GET /loyalty': page('/loyalty', 'viewer'),
  'GET /loyalty/cases.csv': { role: 'pr', path: () => '/loyalty/cases.csv', answer: 200 },
  'GET /cases/:id': { role: 'viewer', path: (s) => `/cases/${s.case}`, answer: 200 },
  'POST /cases/:id/revise': {
    role: 'pr',
    path: (s) => `/cases/${s.case}/revise`,
    form: () => ({ status: 'in_work', note: 'звонили' }),
    answer: 303,
  },
  // Nothing can be made one with itself, and the only post is not parted from its case.
  'POST /cases/:id/merge': {
    role: 'pr',
    path: (s) => `/cases/${s.case}/merge`,
    form: (s) => ({ other: String(s.case) }),
    answer: 400,
  },
  'POST /cases/:id/split': {
    role: 'pr',
    path: (s) => `/cases/${s.case}/split`,
    form: (s) => ({ mention: String(s.mention) }),
    answer: 400,
  },
  'POST /cases/:id/incident': {
    role: 'pr',
    path: (s) => `/cases/${s.case}/incident`,
    form: () => ({ name: 'Склад' }),
    answer: 303,
  },
  'GET /cases/incidents/:id': {
    role: 'viewer',
    path: (s) => `/cases/incidents/${s.caseIncident}`,
    answer: 200,
  },
  'POST /cases/incidents/:id': {
    role: 'pr',
    path: (s) => `/cases/incidents/${s.caseIncident}`,
    form: () => ({ owner: '', closed: '1' }),
    answer: 303,
  },
  'GET /cases/:id/evidence': { role: 'pr', path: (s) => `/cases/${s.case}/evidence`, answer: 200 },
  'GET /cases/:id/evidence/print': {
    role: 'pr',
    path: (s) => `/cases/${s.case}/evidence/print`,
    answer: 200,
  },
  'GET /cases/:id/evidence/:seq/file': {
    role: 'pr',
    path: (s) => `/cases/${s.case}/evidence/${s.record}/file`,
    answer: 200,
  },
  'GET /cases/:id/evidence/:seq/image': {
    role: 'pr',
    path: (s) => `/cases/${s.case}/evidence/${s.record + 2}/image`,
    answer: 200,
  },
  'POST /cases/:id/evidence/verify': {
    role: 'pr',
    path: (s) => `/cases/${s.case}/evidence/verify`,
    form: () => ({}),
    answer: 200,
  },
  'POST /cases/:id/evidence/hold': {
    role: 'pr',
    path: (s) => `/cases/${s.case}/evidence/hold`,
    form: () => ({ reason: 'a claim' }),
    answer: 303,
  },
  'POST /cases/:id/evidence/release': {
    role: 'admin',
    path: (s) => `/cases/${s.case}/evidence/release`,
    form: () => ({ reason: 'settled' }),
    answer: 303,
  },
  'GET /customers/import': page('/customers/import', 'pr'),
  'POST /customers/import': {
    role: 'pr',
    path: () => '/customers/import',
    form: () => ({}),
    answer: 400,
  },
  'POST /customers/import/choose': {
    role: 'pr',
    path: () => '/customers/import/choose',
    form: () => ({}),
    answer: 303,
  },
  'POST /customers/import/plan': {
    role: 'pr',
    path: () => '/customers/import/plan',
    form: () => ({}),
    answer: 303,
  },
  'POST /customers/import/run': {
    role: 'pr',
    path: () => '/customers/import/run',
    form: () => ({}),
    answer: 303,
  },
  'POST /customers/import/back': {
    role: 'pr',
    path: () => '/customers/import/back',
    form: () => ({}),
    answer: 303,
  },
  'POST /customers/import/drop': {
    role: 'pr',
    path: () => '/customers/import/drop',
    form: () => ({}),
    answer: 303,
  },
  // There is none before a file was checked.
  'GET /customers/import/mistakes.csv': {
    role: 'pr',
    path: () => '/customers/import/mistakes.csv',
    answer: 404,
  },
  'GET /customers': page('/customers', 'viewer'),
  'GET /customers/:id': { role: 'viewer', path: (s) => `/customers/${s.customer}`, answer: 200 },
  'POST /customers/:id/link': {
    role: 'pr',
    path: (s) => `/customers/${s.customer}/link`,
    form: (s) => ({ author: String(s.author), decision: 'confirmed' }),
    answer: 303,
  },
  'GET /customers/:id/export': { role: 'admin', path: (s) => `/customers/${s.customer}/export`, answer: 200 },
  'GET /customers/:id/erase': { role: 'admin', path: (s) => `/customers/${s.customer}/erase`, answer: 200 },
  'POST /customers/:id/erase': {
    role: 'admin',
    path: (s) => `/customers/${s.customer}/erase`,
    form: () => ({ number: 'another' }),
    answer: 422,
  },
  'POST /customers/:id/merge': {
    role: 'pr',
    path: (s) => `/customers/${s.customer}/merge`,
    form: () => ({ entry: 'nobody' }),
    answer: 303,
  },
  'POST /customers/:id/split': {
    role: 'pr',
    path: (s) => `/customers/${s.customer}/split`,
    form: (s) => ({ entry: String(s.customer) }),
    answer: 303,
  },
  'GET /review': page('/review', 'pr'),
  'POST /review': {
    role: 'pr',
    path: () => '/review',
    form: (s) => ({ author: String(s.author), say: 'skip' }),
    answer: 303,
  },
  'POST /review/undo': {
    role: 'pr',
    path: () => '/review/undo',
    form: () => ({ act: '999' }),
    answer: 404,
  },
  'POST /customers/:id/interests': {
    role: 'pr',
    path: (s) => `/customers/${s.customer}/interests`,
    form: () => ({ interest: 'tea' }),
    answer: 303,
  },
  'POST /customers/:id/interests/remove': {
    role: 'pr',
    path: (s) => `/customers/${s.customer}/interests/remove`,
    form: (s) => ({ interest: s.interest }),
    answer: 303,
  },
  'POST /customers/:id/interests/restore': {
    role: 'pr',
    path: (s) => `/customers/${s.customer}/interests/restore`,
    form: (s) => ({ interest: s.interest }),
    answer: 303,
  },
  'GET /portfolio': page('/portfolio', 'viewer'),
  'GET /portfolio/:list': page('/portfolio/at-risk', 'viewer'),
  'POST /portfolio/:list/export': {
    role: 'pr',
    path: () => '/portfolio/at-risk/export',
    form: () => ({ part: 'all' }),
    answer: 200,
  },
  'POST /portfolio/:list/segment': {
    role: 'pr',
    path: () => '/portfolio/at-risk/segment',
    form: () => ({ part: 'all', segment: 'tea' }),
    answer: 303,
  },
  'POST /review/weights': {
    role: 'admin',
    path: () => '/review/weights',
    form: () => ({ version: 'shipped' }),
    answer: 303,
  },
  'GET /topics': page('/topics', 'viewer'),
  'POST /topics': {
    role: 'pr',
    path: () => '/topics',
    // A key that is taken is refused: the second role makes a topic of its own.
    form: () => ({ key: `tea-${randomUUID()}`, name: 'Tea', query: 'tea' }),
    answer: 303,
  },
  'GET /topics/lab': page('/topics/lab?topic=plain', 'pr'),
  'POST /topics/lab': {
    role: 'pr',
    path: () => '/topics/lab',
    form: (s) => ({ topic: 'plain', query: 'tea', do: `rate ${s.document} ours` }),
    answer: 200,
  },
  'GET /topics/language': page('/topics/language', 'viewer'),
  'POST /topics/language': {
    role: 'viewer',
    path: () => '/topics/language',
    form: () => ({ query: 'tea AND (cup', text: 'a cup of tea' }),
    answer: 200,
  },
  'GET /mentions/rules/:mention': {
    role: 'viewer',
    path: (s) => `/mentions/rules/${s.mention}`,
    answer: 200,
  },
  'POST /mentions/decide': {
    role: 'pr',
    path: () => '/mentions/decide',
    form: (s) => ({ mention: String(s.mention), tags: 'tea', priority: 'low', assigned: '' }),
    answer: 303,
  },
  'POST /mentions/correct': {
    role: 'pr',
    path: () => '/mentions/correct',
    form: (s) => ({
      document: String(s.document),
      revision: '2',
      kind: 'language',
      target: '',
      word: 'code=uk',
    }),
    answer: 303,
  },
  'POST /mentions/correct/undo': {
    role: 'pr',
    path: () => '/mentions/correct/undo',
    form: (s) => ({ correction: String(s.correction) }),
    answer: 303,
  },
  'GET /alerts': page('/alerts', 'viewer'),
  'GET /alerts/stream': page('/alerts/stream?once=1', 'viewer'),
  'GET /alerts/incidents/:id': {
    role: 'viewer',
    path: (s) => `/alerts/incidents/${s.incident}`,
    answer: 200,
  },
  'GET /alerts/:key': page('/alerts/plain', 'viewer'),
  'POST /alerts': {
    role: 'pr',
    path: () => '/alerts',
    form: () => ({
      known: '1',
      key: 'plain',
      name: 'Tea',
      kind: 'spike',
      people: 'pr@example.com',
      by: 'mail',
      what: 'save',
    }),
    answer: 303,
  },
  'POST /alerts/incidents/:id/take': {
    role: 'pr',
    path: (s) => `/alerts/incidents/${s.incident}/take`,
    form: () => ({}),
    answer: 303,
  },
  'POST /alerts/:key/remove': {
    role: 'pr',
    path: () => '/alerts/plain/remove',
    form: () => ({}),
    answer: 303,
  },
  'GET /rules': page('/rules', 'viewer'),
  'GET /rules/:key': page('/rules/plain', 'viewer'),
  'POST /rules': {
    role: 'pr',
    path: () => '/rules',
    form: () => ({
      known: '1',
      key: 'plain',
      name: 'Tea',
      condition: 'tea',
      basket: '1',
      enabled: '1',
      what: 'save',
    }),
    answer: 303,
  },
  'POST /rules/:key/move': {
    role: 'pr',
    path: () => '/rules/plain/move',
    form: () => ({ by: 'up' }),
    answer: 303,
  },
  'POST /rules/:key/switch': {
    role: 'pr',
    path: () => '/rules/plain/switch',
    form: () => ({ enabled: '0' }),
    answer: 303,
  },
  'POST /rules/:key/run': {
    role: 'pr',
    path: () => '/rules/plain/run',
    form: () => ({ days: '7' }),
    answer: 303,
  },
  'POST /rules/runs/:id/undo': {
    role: 'pr',
    path: (s) => `/rules/runs/${s.run}/undo`,
    form: () => ({}),
    answer: 303,
  },
  'POST /rules/:key/remove': { role: 'pr', path: () => '/rules/plain/remove', form: () => ({}), answer: 303 },
  'GET /basket': page('/basket', 'viewer'),
  'GET /talk': page('/talk', 'viewer'),
  'GET /stories': page('/stories', 'viewer'),
  'GET /stories/:id': { role: 'viewer', path: (s) => `/stories/${s.talk}`, answer: 200 },
  'POST /basket/restore': {
    role: 'pr',
    path: () => '/basket/restore',
    form: (s) => ({ mention: String(s.hidden) }),
    answer: 303,
  },
  'GET /topics/language/words': page('/topics/language/words', 'viewer'),
  'POST /topics/language/read': {
    role: 'viewer',
    path: () => '/topics/language/read',
    form: () => ({ query: 'tea AND (cup' }),
    answer: 200,
  },
  'GET /sources': page('/sources', 'viewer'),
  'GET /sources/:key': page('/sources/plain', 'viewer'),
  'GET /sources/export.opml': page('/sources/export.opml', 'pr'),
  'POST /sources/find': {
    role: 'pr',
    path: () => '/sources/find',
    form: () => ({ address: 'tea.example/feed' }),
    answer: 200,
  },
  'POST /sources/preview': {
    role: 'pr',
    path: () => '/sources/preview',
    form: () => ({ kind: 'feed', url: 'https://tea.example/feed', name: 'Tea' }),
    answer: 200,
  },
  'POST /sources/add': {
    role: 'pr',
    path: () => '/sources/add',
    form: () => ({ kind: 'feed', url: 'https://tea.example/feed', name: 'Tea' }),
    answer: 303,
  },
  'POST /sources/import': {
    role: 'pr',
    path: () => '/sources/import',
    form: () => ({
      opml: '<opml version="2.0"><body><outline text="x" xmlUrl="https://x.example/"/></body></opml>',
    }),
    answer: 200,
  },
  'GET /sources/new/selectors': page('/sources/new/selectors', 'pr'),
  'POST /sources/new/selectors': {
    role: 'pr',
    path: () => '/sources/new/selectors',
    form: () => ({ address: 'https://kettle.example/reviews' }),
    answer: 200,
  },
  // Nothing was told of what to collect.
  'POST /sources/new/selectors/save': {
    role: 'pr',
    path: () => '/sources/new/selectors/save',
    form: () => ({ address: 'https://kettle.example/reviews' }),
    answer: 400,
  },
  'POST /sources/:key/now': change('now', {}, 303),
  // It stands in the configuration, where it is to be changed.
  'POST /sources/:key/remove': change('remove', {}, 400),
  'POST /sources/:key/enabled': change('enabled', { enabled: '0' }, 400),
  'POST /sources/:key/schedule': change('schedule', { kind: 'fixed', every: '30', cron: '' }, 400),
  'POST /sources/:key/backfill': change('backfill', { go: '0' }, 303),
  'POST /sources/:key/canary': change('canary', { url: '', text: '' }, 303),
  'GET /recall': page('/recall', 'viewer'),
  'GET /recall/:id': { role: 'viewer', path: (s) => `/recall/${s.miss}`, answer: 200 },
  'POST /recall': {
    role: 'pr',
    path: () => '/recall',
    form: () => ({ address: 'https://tea.example/feed', text: '', topic: '' }),
    answer: 303,
  },
  'POST /recall/:id/trace': {
    role: 'pr',
    path: (s) => `/recall/${s.miss}/trace`,
    form: () => ({}),
    answer: 303,
  },
  'POST /recall/:id/state': {
    role: 'pr',
    path: (s) => `/recall/${s.miss}/state`,
    form: () => ({ state: 'dismissed' }),
    answer: 303,
  },
  'POST /recall/:id/example': {
    role: 'pr',
    path: (s) => `/recall/${s.miss}/example`,
    form: () => ({ topic: 'plain' }),
    answer: 303,
  },
  'POST /recall/:id/rematch': {
    role: 'pr',
    path: (s) => `/recall/${s.miss}/rematch`,
    form: () => ({}),
    answer: 303,
  },
  'POST /recall/canaries': {
    role: 'pr',
    path: () => '/recall/canaries',
    form: () => ({ source: 'plain', address: 'https://tea.example/1', words: '', hours: '24' }),
    answer: 303,
  },
  'POST /recall/canaries/:id/remove': {
    role: 'pr',
    path: () => '/recall/canaries/9999/remove',
    form: () => ({}),
    answer: 303,
  },
  'GET /scorecard': page('/scorecard', 'pr'),
  'POST /scorecard/draw': { role: 'pr', path: () => '/scorecard/draw', form: () => ({}), answer: 303 },
  'GET /scorecard/label': { role: 'pr', path: (s) => `/scorecard/label?item=${s.item}`, answer: 200 },
  'POST /scorecard/label': {
    role: 'pr',
    path: () => '/scorecard/label',
    form: (s) => ({ item: String(s.item), revision: '2', tone: 'negative', complaint: 'yes' }),
    answer: 303,
  },
  'GET /deliveries': page('/deliveries', 'pr'),
  'GET /deliveries/:id': { role: 'pr', path: (s) => `/deliveries/${s.delivery}`, answer: 200 },
  'POST /deliveries/:id/replay': {
    role: 'pr',
    path: (s) => `/deliveries/${s.delivery}/replay`,
    form: () => ({}),
    answer: 303,
  },
  'GET /deliveries/replay': page('/deliveries/replay?endpoint=hook&from=2026-11-01T00:00', 'pr'),
  'POST /deliveries/replay': {
    role: 'pr',
    path: () => '/deliveries/replay',
    form: () => ({ endpoint: 'hook', from: '', to: '', also: '1' }),
    answer: 303,
  },
  // Its endpoint is none of the configuration's: the answer says so.
  'POST /deliveries/:id/dry-run': {
    role: 'pr',
    path: (s) => `/deliveries/${s.delivery}/dry-run`,
    form: () => ({}),
    answer: 502,
  },
  'POST /deliveries/endpoints/:key/resume': {
    role: 'pr',
    path: () => '/deliveries/endpoints/hook/resume',
    form: () => ({}),
    answer: 303,
  },
  'GET /crm': page('/crm', 'admin'),
  'GET /crm/connect/:kind': page('/crm/connect/bitrix24', 'admin'),
  'GET /crm/:key': page('/crm/hook', 'admin'),
  // A webhook has nobody to ask, and nothing to read.
  'POST /crm/:key/check': { role: 'admin', path: () => '/crm/hook/check', form: () => ({}), answer: 404 },
  'POST /crm/:key/discover': {
    role: 'admin',
    path: () => '/crm/hook/discover',
    form: () => ({}),
    answer: 404,
  },
  'POST /crm/:key/preview': { role: 'admin', path: () => '/crm/hook/preview', form: () => ({}), answer: 404 },
  'POST /crm/:key/test': { role: 'admin', path: () => '/crm/hook/test', form: () => ({}), answer: 400 },
  'POST /crm/:key/pull': { role: 'admin', path: () => '/crm/hook/pull', form: () => ({}), answer: 404 },
  'GET /digests': page('/digests', 'pr'),
  'GET /digests/:id': { role: 'pr', path: (s) => `/digests/${s.digest}`, answer: 200 },
  'GET /digests/:id/mail': { role: 'pr', path: (s) => `/digests/${s.digest}/mail`, answer: 200 },
  'GET /digests/new': page('/digests/new', 'pr'),
  'POST /digests/save': {
    role: 'admin',
    path: () => '/digests/save',
    form: () => ({ email: 'other@example.com', language: 'en', at: '09:00', zone: 'UTC' }),
    answer: 303,
  },
  'GET /digests/of/:id': { role: 'admin', path: (s) => `/digests/of/${s.recipient}`, answer: 200 },
  'GET /digests/of/:id/preview': {
    role: 'admin',
    path: (s) => `/digests/of/${s.recipient}/preview`,
    answer: 200,
  },
  'GET /digests/of/:id/preview/mail': {
    role: 'admin',
    path: (s) => `/digests/of/${s.recipient}/preview/mail`,
    answer: 200,
  },
  'POST /digests/of/:id/send': {
    role: 'admin',
    path: (s) => `/digests/of/${s.recipient}/send`,
    form: () => ({}),
    answer: 303,
  },
  'GET /reports': page('/reports', 'viewer'),
  'POST /reports': {
    role: 'pr',
    path: () => '/reports',
    form: () => ({ from: '2026-11-01', to: '2026-11-20' }),
    answer: 303,
  },
  'GET /reports/:id': { role: 'viewer', path: (s) => `/reports/${s.report}`, answer: 200 },
  'GET /reports/:id/page': { role: 'viewer', path: (s) => `/reports/${s.report}/page`, answer: 200 },
  'GET /reports/:id/pdf': { role: 'viewer', path: (s) => `/reports/${s.report}/pdf`, answer: 200 },
  'GET /users': page('/users', 'admin'),
  'POST /users': { role: 'admin', path: () => '/users', form: () => ({ name: 'no more' }), answer: 400 },
  'POST /users/:id/access': {
    role: 'admin',
    path: () => '/users/9999/access',
    form: () => ({ open: '0' }),
    answer: 303,
  },
  'POST /users/:id/role': {
    role: 'admin',
    path: () => '/users/1/role',
    form: () => ({ role: 'viewer' }),
    answer: 303,
  },
  'POST /users/:id/link': { role: 'admin', path: () => '/users/1/link', form: () => ({}), answer: 200 },
  'GET /audit': page('/audit', 'admin'),
  'GET /settings': page('/settings', 'viewer'),
  'POST /settings': {
    role: 'viewer',
    path: () => '/settings',
    form: () => ({ language: 'en', zone: 'Europe/Moscow' }),
    answer: 303,
  },
  'POST /settings/password': {
    role: 'viewer',
    path: () => '/settings/password',
    form: () => ({ present: 'not the one', password: 'too short' }),
    answer: 400,
  },
};

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
  'POST /logout',
  'GET /unsubscribe/:token',
  'POST /unsubscribe/:token',
  'GET /take/:token',
  'POST /take/:token',
  'GET /said/:token',
  'POST /said/:token',
  'GET /hooks/websub/:id',
  'POST /hooks/websub/:id',
  'POST /api/v1/customers',
  'PUT /api/v1/customers/:id',
  'DELETE /api/v1/customers/:id',
  'POST /api/v1/incidents/:id/take',
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
    'deliveries',
    'sessions',
    'one_time_links',
    'digest_recipients',
    'digest_actions',
    'reports',
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
  ];
  const rows = await Promise.all(
    tables.map((table) => dashboard.db.query(`select * from ${table} order by 1, 2`)),
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
    const may = ROLES.indexOf(role) >= ROLES.indexOf(row.role);
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

it('shows contacts whole to PR staff and masked to viewers', async () => {
  const path = `/customers/${story.customer}`;
  expect((await get(dashboard, path, people.pr)).text).toContain('plain.person@example.com');
  const { text } = await get(dashboard, path, people.viewer);
  expect(text).toContain('p…@example.com');
  expect(text).not.toContain('plain.person@example.com');
});

it('writes down who looked at a customer', async () => {
  await get(dashboard, `/customers/${story.customer}`, people.viewer);
  const rows = await dashboard.db.query(
    `select 1 from audit where action = 'customer.viewed' and actor = 'viewer@example.com' and subject = $1`,
    [`customer:${story.customer}`],
  );
  expect(rows.length).toBeGreaterThan(0);
});

it('shows viewers no form and no link that they may not use', async () => {
  const paths = [
    '/cases',
    '/latency',
    '/loyalty',
    `/cases/${story.case}`,
    `/cases/incidents/${story.caseIncident}`,
    `/mentions/${story.document}`,
    `/customers/${story.customer}`,
    '/topics',
    '/rules',
    '/rules/plain',
    `/mentions/rules/${story.mention}`,
    '/basket',
    '/alerts',
    '/alerts/plain',
    '/reports',
    `/reports/${story.report}`,
    `/alerts/incidents/${story.incident}`,
    '/sources',
    '/sources/plain',
    '/recall',
    `/recall/${story.miss}`,
  ];
  for (const path of paths) {
    const { text } = await get(dashboard, path, people.viewer);
    const actions = [...text.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"/g)].map(
      (match) => match[1],
    );
    expect(actions, path).toEqual(['/logout']);
    expect(text, path).not.toMatch(/href="\/(deliveries|users|audit|digests)/);
  }
});
