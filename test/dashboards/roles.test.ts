import { randomUUID } from 'node:crypto';
import { load } from 'cheerio';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Right, ROLES, type Role, roleHas } from '../../src/model/rights.ts';
import { get, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { allRoutes } from './routes.ts';
import { type Story, seedStory } from './seed.ts';

interface Row {
  /** Who has it is let through. */
  right: Right;
  path(story: Story): string;
  /** Suffices for what is one's own; the path here is somebody else's. */
  own?: Right;
  /** Present for changes. */
  form?(story: Story): Record<string, string>;
  /** What those who may are answered. */
  answer: number;
}

const page = (path: string, right: Right): Row => ({ right, path: () => path, answer: 200 });

const change = (action: string, form: Record<string, string>, answer: number): Row => ({
  right: 'sources:edit',
  path: () => `/sources/plain/${action}`,
  form: () => form,
  answer,
});

/** The password is wrong, and nothing was begun. */
const factor = (action: string): Row => ({
  right: 'account:own',
  path: () => `/second-factor/${action}`,
  form: () => ({ present: 'not the one', code: '000000' }),
  answer: 400,
});

/** Every route of every page. A route that is missing here fails the first test. */
const ROUTES: Record<string, Row> = {
  'GET /today': page('/today', 'mentions:read'),
  'GET /mentions': page('/mentions', 'mentions:read'),
  'GET /mentions/:id': { right: 'mentions:read', path: (s) => `/mentions/${s.document}`, answer: 200 },
  'POST /mentions/status': {
    right: 'mentions:work',
    path: () => '/mentions/status',
    form: (s) => ({ mention: String(s.mention), status: 'seen' }),
    answer: 303,
  },
  'GET /cases': page('/cases', 'cases:read'),
  'GET /latency': page('/latency', 'cases:read'),
  'GET /loyalty': page('/loyalty', 'cases:read'),
  'GET /loyalty/cases.csv': { right: 'reports:make', path: () => '/loyalty/cases.csv', answer: 200 },
  'GET /cases/:id': { right: 'cases:read', path: (s) => `/cases/${s.case}`, answer: 200 },
  'POST /cases/:id/revise': {
    right: 'cases:work',
    path: (s) => `/cases/${s.case}/revise`,
    form: () => ({ status: 'in_work', note: 'звонили' }),
    answer: 303,
  },
  // Nothing can be made one with itself, and the only post is not parted from its case.
  'POST /cases/:id/merge': {
    right: 'cases:work',
    path: (s) => `/cases/${s.case}/merge`,
    form: (s) => ({ other: String(s.case) }),
    answer: 400,
  },
  'POST /cases/:id/split': {
    right: 'cases:work',
    path: (s) => `/cases/${s.case}/split`,
    form: (s) => ({ mention: String(s.mention) }),
    answer: 400,
  },
  'POST /cases/:id/incident': {
    right: 'cases:work',
    path: (s) => `/cases/${s.case}/incident`,
    form: () => ({ name: 'Склад' }),
    answer: 303,
  },
  'GET /cases/incidents/:id': {
    right: 'cases:read',
    path: (s) => `/cases/incidents/${s.caseIncident}`,
    answer: 200,
  },
  'POST /cases/incidents/:id': {
    right: 'cases:work',
    path: (s) => `/cases/incidents/${s.caseIncident}`,
    form: () => ({ owner: '', closed: '1' }),
    answer: 303,
  },
  'GET /cases/:id/evidence': { right: 'cases:work', path: (s) => `/cases/${s.case}/evidence`, answer: 200 },
  'GET /cases/:id/evidence/print': {
    right: 'cases:work',
    path: (s) => `/cases/${s.case}/evidence/print`,
    answer: 200,
  },
  'GET /cases/:id/evidence/:seq/file': {
    right: 'cases:work',
    path: (s) => `/cases/${s.case}/evidence/${s.record}/file`,
    answer: 200,
  },
  'GET /cases/:id/evidence/:seq/image': {
    right: 'cases:work',
    path: (s) => `/cases/${s.case}/evidence/${s.record + 2}/image`,
    answer: 200,
  },
  'POST /cases/:id/evidence/verify': {
    right: 'cases:work',
    path: (s) => `/cases/${s.case}/evidence/verify`,
    form: () => ({}),
    answer: 200,
  },
  'POST /cases/:id/evidence/hold': {
    right: 'cases:work',
    path: (s) => `/cases/${s.case}/evidence/hold`,
    form: () => ({ reason: 'a claim' }),
    answer: 303,
  },
  'POST /cases/:id/evidence/release': {
    right: 'evidence:release',
    path: (s) => `/cases/${s.case}/evidence/release`,
    form: () => ({ reason: 'settled' }),
    answer: 303,
  },
  'GET /customers/import': page('/customers/import', 'customers:bulk'),
  'POST /customers/import': {
    right: 'customers:bulk',
    path: () => '/customers/import',
    form: () => ({}),
    answer: 400,
  },
  'POST /customers/import/choose': {
    right: 'customers:bulk',
    path: () => '/customers/import/choose',
    form: () => ({}),
    answer: 303,
  },
  'POST /customers/import/plan': {
    right: 'customers:bulk',
    path: () => '/customers/import/plan',
    form: () => ({}),
    answer: 303,
  },
  'POST /customers/import/run': {
    right: 'customers:bulk',
    path: () => '/customers/import/run',
    form: () => ({}),
    answer: 303,
  },
  'POST /customers/import/back': {
    right: 'customers:bulk',
    path: () => '/customers/import/back',
    form: () => ({}),
    answer: 303,
  },
  'POST /customers/import/drop': {
    right: 'customers:bulk',
    path: () => '/customers/import/drop',
    form: () => ({}),
    answer: 303,
  },
  // There is none before a file was checked.
  'GET /customers/import/mistakes.csv': {
    right: 'customers:bulk',
    path: () => '/customers/import/mistakes.csv',
    answer: 404,
  },
  'GET /customers': page('/customers', 'customers:read'),
  'GET /customers/:id': { right: 'customers:read', path: (s) => `/customers/${s.customer}`, answer: 200 },
  'POST /customers/:id/link': {
    right: 'customers:work',
    path: (s) => `/customers/${s.customer}/link`,
    form: (s) => ({ author: String(s.author), decision: 'confirmed' }),
    answer: 303,
  },
  'GET /customers/:id/export': {
    right: 'customers:erase',
    path: (s) => `/customers/${s.customer}/export`,
    answer: 200,
  },
  'GET /customers/:id/erase': {
    right: 'customers:erase',
    path: (s) => `/customers/${s.customer}/erase`,
    answer: 200,
  },
  'POST /customers/:id/erase': {
    right: 'customers:erase',
    path: (s) => `/customers/${s.customer}/erase`,
    form: () => ({ number: 'another' }),
    answer: 422,
  },
  'POST /customers/:id/merge': {
    right: 'customers:work',
    path: (s) => `/customers/${s.customer}/merge`,
    form: () => ({ entry: 'nobody' }),
    answer: 303,
  },
  'POST /customers/:id/split': {
    right: 'customers:work',
    path: (s) => `/customers/${s.customer}/split`,
    form: (s) => ({ entry: String(s.customer) }),
    answer: 303,
  },
  'GET /review': page('/review', 'customers:work'),
  'POST /review': {
    right: 'customers:work',
    path: () => '/review',
    form: (s) => ({ author: String(s.author), say: 'skip' }),
    answer: 303,
  },
  'POST /review/undo': {
    right: 'customers:work',
    path: () => '/review/undo',
    form: () => ({ act: '999' }),
    answer: 404,
  },
  'POST /customers/:id/interests': {
    right: 'customers:work',
    path: (s) => `/customers/${s.customer}/interests`,
    form: () => ({ interest: 'tea' }),
    answer: 303,
  },
  'POST /customers/:id/interests/remove': {
    right: 'customers:work',
    path: (s) => `/customers/${s.customer}/interests/remove`,
    form: (s) => ({ interest: s.interest }),
    answer: 303,
  },
  'POST /customers/:id/interests/restore': {
    right: 'customers:work',
    path: (s) => `/customers/${s.customer}/interests/restore`,
    form: (s) => ({ interest: s.interest }),
    answer: 303,
  },
  'GET /portfolio': page('/portfolio', 'customers:read'),
  'GET /portfolio/:list': page('/portfolio/at-risk', 'customers:read'),
  'POST /portfolio/:list/export': {
    right: 'customers:bulk',
    path: () => '/portfolio/at-risk/export',
    form: () => ({ part: 'all' }),
    answer: 200,
  },
  'POST /portfolio/:list/segment': {
    right: 'customers:bulk',
    path: () => '/portfolio/at-risk/segment',
    form: () => ({ part: 'all', segment: 'tea' }),
    answer: 303,
  },
  'POST /review/weights': {
    right: 'settings:edit',
    path: () => '/review/weights',
    form: () => ({ version: 'shipped' }),
    answer: 303,
  },
  'GET /topics': page('/topics', 'mentions:read'),
  'POST /topics': {
    right: 'topics:edit',
    path: () => '/topics',
    // A key that is taken is refused: the second role makes a topic of its own.
    form: () => ({ key: `tea-${randomUUID()}`, name: 'Tea', query: 'tea' }),
    answer: 303,
  },
  'GET /topics/lab': page('/topics/lab?topic=plain', 'topics:edit'),
  'POST /topics/lab': {
    right: 'topics:edit',
    path: () => '/topics/lab',
    form: (s) => ({ topic: 'plain', query: 'tea', do: `rate ${s.document} ours` }),
    answer: 200,
  },
  'GET /topics/language': page('/topics/language', 'mentions:read'),
  'POST /topics/language': {
    right: 'mentions:read',
    path: () => '/topics/language',
    form: () => ({ query: 'tea AND (cup', text: 'a cup of tea' }),
    answer: 200,
  },
  'GET /mentions/rules/:mention': {
    right: 'mentions:read',
    path: (s) => `/mentions/rules/${s.mention}`,
    answer: 200,
  },
  'POST /mentions/decide': {
    right: 'mentions:work',
    path: () => '/mentions/decide',
    form: (s) => ({ mention: String(s.mention), tags: 'tea', priority: 'low', assigned: '' }),
    answer: 303,
  },
  'POST /mentions/correct': {
    right: 'mentions:work',
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
    right: 'mentions:work',
    path: () => '/mentions/correct/undo',
    form: (s) => ({ correction: String(s.correction) }),
    answer: 303,
  },
  'GET /alerts': page('/alerts', 'mentions:read'),
  'GET /alerts/stream': page('/alerts/stream?once=1', 'mentions:read'),
  'GET /alerts/incidents/:id': {
    right: 'mentions:read',
    path: (s) => `/alerts/incidents/${s.incident}`,
    answer: 200,
  },
  'GET /alerts/:key': page('/alerts/plain', 'mentions:read'),
  'POST /alerts': {
    right: 'rules:edit',
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
    right: 'mentions:work',
    path: (s) => `/alerts/incidents/${s.incident}/take`,
    form: () => ({}),
    answer: 303,
  },
  'POST /alerts/:key/remove': {
    right: 'rules:edit',
    path: () => '/alerts/plain/remove',
    form: () => ({}),
    answer: 303,
  },
  'GET /rules': page('/rules', 'mentions:read'),
  'GET /rules/:key': page('/rules/plain', 'mentions:read'),
  'POST /rules': {
    right: 'rules:edit',
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
    right: 'rules:edit',
    path: () => '/rules/plain/move',
    form: () => ({ by: 'up' }),
    answer: 303,
  },
  'POST /rules/:key/switch': {
    right: 'rules:edit',
    path: () => '/rules/plain/switch',
    form: () => ({ enabled: '0' }),
    answer: 303,
  },
  'POST /rules/:key/run': {
    right: 'rules:edit',
    path: () => '/rules/plain/run',
    form: () => ({ days: '7' }),
    answer: 303,
  },
  'POST /rules/runs/:id/undo': {
    right: 'rules:edit',
    path: (s) => `/rules/runs/${s.run}/undo`,
    form: () => ({}),
    answer: 303,
  },
  'POST /rules/:key/remove': {
    right: 'rules:edit',
    path: () => '/rules/plain/remove',
    form: () => ({}),
    answer: 303,
  },
  'GET /basket': page('/basket', 'mentions:read'),
  'GET /talk': page('/talk', 'mentions:read'),
  'GET /stories': page('/stories', 'mentions:read'),
  'GET /stories/:id': { right: 'mentions:read', path: (s) => `/stories/${s.talk}`, answer: 200 },
  'POST /basket/restore': {
    right: 'mentions:work',
    path: () => '/basket/restore',
    form: (s) => ({ mention: String(s.hidden) }),
    answer: 303,
  },
  'GET /topics/language/words': page('/topics/language/words', 'mentions:read'),
  'POST /topics/language/read': {
    right: 'mentions:read',
    path: () => '/topics/language/read',
    form: () => ({ query: 'tea AND (cup' }),
    answer: 200,
  },
  'GET /sources': page('/sources', 'mentions:read'),
  'GET /sources/:key': page('/sources/plain', 'mentions:read'),
  'GET /sources/export.opml': page('/sources/export.opml', 'sources:edit'),
  'POST /sources/find': {
    right: 'sources:edit',
    path: () => '/sources/find',
    form: () => ({ address: 'tea.example/feed' }),
    answer: 200,
  },
  'POST /sources/preview': {
    right: 'sources:edit',
    path: () => '/sources/preview',
    form: () => ({ kind: 'feed', url: 'https://tea.example/feed', name: 'Tea' }),
    answer: 200,
  },
  'POST /sources/add': {
    right: 'sources:edit',
    path: () => '/sources/add',
    form: () => ({ kind: 'feed', url: 'https://tea.example/feed', name: 'Tea' }),
    answer: 303,
  },
  'POST /sources/import': {
    right: 'sources:edit',
    path: () => '/sources/import',
    form: () => ({
      opml: '<opml version="2.0"><body><outline text="x" xmlUrl="https://x.example/"/></body></opml>',
    }),
    answer: 200,
  },
  'GET /sources/new/selectors': page('/sources/new/selectors', 'sources:edit'),
  'POST /sources/new/selectors': {
    right: 'sources:edit',
    path: () => '/sources/new/selectors',
    form: () => ({ address: 'https://kettle.example/reviews' }),
    answer: 200,
  },
  // Nothing was told of what to collect.
  'POST /sources/new/selectors/save': {
    right: 'sources:edit',
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
  'GET /recall': page('/recall', 'mentions:read'),
  'GET /recall/:id': { right: 'mentions:read', path: (s) => `/recall/${s.miss}`, answer: 200 },
  'POST /recall': {
    right: 'mentions:work',
    path: () => '/recall',
    form: () => ({ address: 'https://tea.example/feed', text: '', topic: '' }),
    answer: 303,
  },
  'POST /recall/:id/trace': {
    right: 'mentions:work',
    path: (s) => `/recall/${s.miss}/trace`,
    form: () => ({}),
    answer: 303,
  },
  'POST /recall/:id/state': {
    right: 'mentions:work',
    path: (s) => `/recall/${s.miss}/state`,
    form: () => ({ state: 'dismissed' }),
    answer: 303,
  },
  'POST /recall/:id/example': {
    right: 'mentions:work',
    path: (s) => `/recall/${s.miss}/example`,
    form: () => ({ topic: 'plain' }),
    answer: 303,
  },
  'POST /recall/:id/rematch': {
    right: 'mentions:work',
    path: (s) => `/recall/${s.miss}/rematch`,
    form: () => ({}),
    answer: 303,
  },
  'POST /recall/canaries': {
    right: 'mentions:work',
    path: () => '/recall/canaries',
    form: () => ({ source: 'plain', address: 'https://tea.example/1', words: '', hours: '24' }),
    answer: 303,
  },
  'POST /recall/canaries/:id/remove': {
    right: 'mentions:work',
    path: () => '/recall/canaries/9999/remove',
    form: () => ({}),
    answer: 303,
  },
  'GET /scorecard': page('/scorecard', 'mentions:work'),
  'POST /scorecard/draw': {
    right: 'mentions:work',
    path: () => '/scorecard/draw',
    form: () => ({}),
    answer: 303,
  },
  'GET /scorecard/label': {
    right: 'mentions:work',
    path: (s) => `/scorecard/label?item=${s.item}`,
    answer: 200,
  },
  'POST /scorecard/label': {
    right: 'mentions:work',
    path: () => '/scorecard/label',
    form: (s) => ({ item: String(s.item), revision: '2', tone: 'negative', complaint: 'yes' }),
    answer: 303,
  },
  'GET /deliveries': page('/deliveries', 'deliveries:work'),
  'GET /deliveries/:id': { right: 'deliveries:work', path: (s) => `/deliveries/${s.delivery}`, answer: 200 },
  'POST /deliveries/:id/replay': {
    right: 'deliveries:work',
    path: (s) => `/deliveries/${s.delivery}/replay`,
    form: () => ({}),
    answer: 303,
  },
  'GET /deliveries/replay': page('/deliveries/replay?endpoint=hook&from=2026-11-01T00:00', 'deliveries:work'),
  'POST /deliveries/replay': {
    right: 'deliveries:work',
    path: () => '/deliveries/replay',
    form: () => ({ endpoint: 'hook', from: '', to: '', also: '1' }),
    answer: 303,
  },
  // Its endpoint is none of the configuration's: the answer says so.
  'POST /deliveries/:id/dry-run': {
    right: 'deliveries:work',
    path: (s) => `/deliveries/${s.delivery}/dry-run`,
    form: () => ({}),
    answer: 502,
  },
  'POST /deliveries/endpoints/:key/resume': {
    right: 'deliveries:work',
    path: () => '/deliveries/endpoints/hook/resume',
    form: () => ({}),
    answer: 303,
  },
  'GET /crm': page('/crm', 'settings:edit'),
  'GET /crm/connect/:kind': page('/crm/connect/bitrix24', 'settings:edit'),
  'GET /crm/:key': page('/crm/hook', 'settings:edit'),
  // A webhook has nobody to ask, and nothing to read.
  'POST /crm/:key/check': {
    right: 'settings:edit',
    path: () => '/crm/hook/check',
    form: () => ({}),
    answer: 404,
  },
  'POST /crm/:key/discover': {
    right: 'settings:edit',
    path: () => '/crm/hook/discover',
    form: () => ({}),
    answer: 404,
  },
  'POST /crm/:key/preview': {
    right: 'settings:edit',
    path: () => '/crm/hook/preview',
    form: () => ({}),
    answer: 404,
  },
  'POST /crm/:key/test': {
    right: 'settings:edit',
    path: () => '/crm/hook/test',
    form: () => ({}),
    answer: 400,
  },
  'POST /crm/:key/pull': {
    right: 'settings:edit',
    path: () => '/crm/hook/pull',
    form: () => ({}),
    answer: 404,
  },
  'GET /digests': page('/digests', 'digests:own'),
  'GET /digests/:id': { right: 'digests:own', path: (s) => `/digests/${s.digest}`, answer: 200 },
  'GET /digests/:id/mail': { right: 'digests:own', path: (s) => `/digests/${s.digest}/mail`, answer: 200 },
  'GET /digests/new': page('/digests/new', 'digests:own'),
  'POST /digests/save': {
    right: 'settings:edit',
    own: 'digests:own',
    path: () => '/digests/save',
    form: () => ({ email: 'other@example.com', language: 'en', at: '09:00', zone: 'UTC' }),
    answer: 303,
  },
  'GET /digests/of/:id': {
    right: 'settings:edit',
    own: 'digests:own',
    path: (s) => `/digests/of/${s.recipient}`,
    answer: 200,
  },
  'GET /digests/of/:id/preview': {
    right: 'settings:edit',
    own: 'digests:own',
    path: (s) => `/digests/of/${s.recipient}/preview`,
    answer: 200,
  },
  'GET /digests/of/:id/preview/mail': {
    right: 'settings:edit',
    own: 'digests:own',
    path: (s) => `/digests/of/${s.recipient}/preview/mail`,
    answer: 200,
  },
  'POST /digests/of/:id/send': {
    right: 'settings:edit',
    own: 'digests:own',
    path: (s) => `/digests/of/${s.recipient}/send`,
    form: () => ({}),
    answer: 303,
  },
  'GET /reports': page('/reports', 'mentions:read'),
  'POST /reports': {
    right: 'reports:make',
    path: () => '/reports',
    form: () => ({ from: '2026-11-01', to: '2026-11-20' }),
    answer: 303,
  },
  'GET /reports/:id': { right: 'mentions:read', path: (s) => `/reports/${s.report}`, answer: 200 },
  'GET /reports/:id/page': { right: 'mentions:read', path: (s) => `/reports/${s.report}/page`, answer: 200 },
  'GET /reports/:id/pdf': { right: 'mentions:read', path: (s) => `/reports/${s.report}/pdf`, answer: 200 },
  'GET /roles': page('/roles', 'account:own'),
  'GET /tokens': page('/tokens', 'users:edit'),
  'POST /tokens': {
    right: 'users:edit',
    path: () => '/tokens',
    form: () => ({ name: 'crm', scopes: 'metrics:read', days: '30' }),
    answer: 200,
  },
  'POST /tokens/revoke': {
    right: 'users:edit',
    path: () => '/tokens/revoke',
    form: () => ({ name: 'crm' }),
    answer: 303,
  },
  'GET /users': page('/users', 'users:edit'),
  'POST /users': {
    right: 'users:edit',
    path: () => '/users',
    form: () => ({ name: 'no more' }),
    answer: 400,
  },
  'POST /users/:id/access': {
    right: 'users:edit',
    path: () => '/users/9999/access',
    form: () => ({ open: '0' }),
    answer: 303,
  },
  'POST /users/:id/role': {
    right: 'users:edit',
    path: () => '/users/1/role',
    form: () => ({ role: 'viewer' }),
    answer: 303,
  },
  'GET /users/:id/sessions': page('/users/1/sessions', 'users:edit'),
  'POST /users/:id/sessions': {
    right: 'users:edit',
    path: () => '/users/1/sessions',
    form: () => ({ session: '999999' }),
    answer: 303,
  },
  'GET /sessions': page('/sessions', 'account:own'),
  'POST /sessions': {
    right: 'account:own',
    path: () => '/sessions',
    form: () => ({ session: '999999' }),
    answer: 303,
  },
  'POST /users/:id/second-factor': {
    right: 'users:edit',
    path: () => '/users/1/second-factor',
    form: () => ({}),
    answer: 303,
  },
  'POST /roles/second-factor': {
    right: 'users:edit',
    path: () => '/roles/second-factor',
    form: () => ({}),
    answer: 303,
  },
  'GET /second-factor': page('/second-factor', 'account:own'),
  'POST /second-factor/begin': factor('begin'),
  'POST /second-factor/confirm': factor('confirm'),
  'POST /second-factor/codes': factor('codes'),
  'POST /second-factor/off': factor('off'),
  'POST /users/:id/link': { right: 'users:edit', path: () => '/users/1/link', form: () => ({}), answer: 200 },
  'GET /audit': page('/audit', 'audit:read'),
  'GET /settings': page('/settings', 'account:own'),
  'POST /settings': {
    right: 'account:own',
    path: () => '/settings',
    form: () => ({ language: 'en', zone: 'Europe/Moscow' }),
    answer: 303,
  },
  'POST /settings/password': {
    right: 'account:own',
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
  'POST /login/code',
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
    'api_tokens',
    'deliveries',
    'sessions',
    'second_factors',
    'recovery_codes',
    'second_factor_roles',
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
