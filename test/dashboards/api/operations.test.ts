import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../../config/schema.ts';
import { apiDocument } from '../../../dashboards/api/document.ts';
import type { AnyOperation } from '../../../dashboards/api/operation.ts';
import { operations } from '../../../dashboards/api/registry.ts';
import { createDashboard } from '../../../dashboards/server.ts';
import { printApi } from '../../../src/app/api-command.ts';
import type { Crm } from '../../../src/model/ports.ts';
import { API_SCOPES, addApiToken } from '../../../src/store/api-tokens.ts';
import { addWeights } from '../../../src/store/match-weights.ts';
import { makeUser, NOW, openDashboard, type TestDashboard } from '../dashboard.ts';
import { type Story, seedStory } from '../seed.ts';

interface Example {
  /** In the address. */
  params?(story: Story): Record<string, string | number>;
  query?: string;
  body?(story: Story): unknown;
  status?: number;
}

/** Bodies of what was answered, by operation. */
const answers: Record<string, { data?: { id: number }[] } & Record<string, unknown>> = {};
const answered = (id: string, field: string): string => String(answers[id]?.[field] ?? 999_999);
const firstOf = (id: string): number => answers[id]?.data?.[0]?.id ?? 999_999;

const ofMention = (s: Story) => ({ id: s.mention });
const ofDocument = (s: Story) => ({ id: s.document });
const ofCase = (s: Story) => ({ id: s.case });
const ofDelivery = (s: Story) => ({ id: s.delivery });
const ofTopic = () => ({ key: 'tea' });
const ofSource = () => ({ key: 'kettles-example-feed' });
const ofRule = () => ({ key: 'tea' });
const ofRun = (s: Story) => ({ id: s.run });
const alert = () => ({
  name: 'Refunds',
  kind: 'query',
  condition: 'some',
  tell: { webhooks: ['hook'] },
  policy: { quiet: { from: '22:00', to: '08:00' } },
  zone: 'Europe/Moscow',
});
const ofReader = () => ({ email: 'reader@example.com' });
const ofIncident = (s: Story) => ({ id: s.incident });
const ofCustomer = () => ({ external_id: 'c/1' });
const OTHER_CUSTOMER = 'plain-some customer number here';
const ofHook = () => ({ key: 'hook' });
const ofTeam = () => ({ id: answered('addTeam', 'id') });
const ofInvited = () => ({ id: answered('inviteUser', 'id') });
const ofItem = (s: Story) => ({ id: s.item });

/** One good call of each operation, in an order in which they find what they need. One that is missing here fails the first test. */
const EXAMPLES: Record<string, Example> = {
  listMentions: { query: '?q=some&topic=plain&tone=negative&from=2026-11-01&zone=Europe/Moscow' },
  readMention: { params: ofMention },
  changeMention: { params: ofMention, body: () => ({ status: 'seen' }) },
  correctMention: {
    params: ofMention,
    body: () => ({ kind: 'sentiment', revision: 2, said: { label: 'positive' } }),
  },
  listBasket: { query: '?rule=plain' },
  restoreMention: { params: (s) => ({ id: s.hidden }) },
  restoreOfRule: { params: () => ({ key: 'plain' }) },
  readDocument: { params: ofDocument },
  correctDocument: {
    params: ofDocument,
    body: () => ({ kind: 'language', revision: 2, said: { code: 'uk' } }),
  },
  addTopic: { body: () => ({ key: 'tea', name: 'Tea', query: 'tea' }), status: 201 },
  listTopics: {},
  readTopic: { params: ofTopic },
  changeTopic: { params: ofTopic, body: () => ({ name: 'Tea', query: 'tea OR чай', about: 'a drink' }) },
  listTopicVersions: { params: ofTopic },
  addTopicExample: {
    params: ofTopic,
    body: () => ({ must_match: true, text: 'Our tea is cold' }),
    status: 201,
  },
  listTopicExamples: { params: ofTopic },
  restoreTopicVersion: { params: () => ({ key: 'tea', version: 1 }), body: () => ({}) },
  removeTopicExample: { params: () => ({ key: 'tea', id: answered('addTopicExample', 'id') }) },
  removeTopic: { params: ofTopic },
  addSource: {
    body: () => ({ kind: 'feed', url: 'https://kettles.example/feed', name: 'Kettles' }),
    status: 201,
  },
  listSources: {},
  readSource: { params: ofSource },
  changeSource: { params: ofSource, body: () => ({ enabled: false, every_minutes: 90 }) },
  listCases: { query: '?status=waiting&late=1' },
  changeCase: {
    params: ofCase,
    body: () => ({
      status: 'in_work',
      owner: null,
      note: 'called',
      promise: { text: 'a refund', until: '2026-12-01T12:00:00+03:00' },
    }),
  },
  readCase: { params: ofCase },
  checkEvidence: {},
  placeHold: { params: ofCase, body: () => ({ reason: 'a claim' }) },
  readHold: { params: ofCase },
  releaseHold: { params: ofCase, body: () => ({ reason: 'settled' }) },
  listEvidence: { params: ofCase },
  readEvidence: { params: (s) => ({ id: s.case, seq: s.record }) },
  listStories: { query: '?topic=all&days=30' },
  readStory: { params: (s) => ({ id: s.talk }) },
  saveCustomers: { body: () => [{ external_id: 'c/1', name: 'Anna', emails: ['anna@example.ru'] }] },
  saveCustomer: { params: ofCustomer, body: () => ({ city: 'Ufa' }) },
  readCustomer: { params: ofCustomer },
  findCustomers: { query: '?q=anna@example.ru' },
  readStanding: { params: ofCustomer, query: '?zone=Europe/Moscow' },
  declareInterest: { params: ofCustomer, body: () => ({ interest: 'green tea' }) },
  removeInterest: { params: ofCustomer, body: () => ({ interest: 'green tea' }) },
  joinCustomers: { params: ofCustomer, body: () => ({ external_id: OTHER_CUSTOMER }) },
  partCustomer: { params: () => ({ external_id: OTHER_CUSTOMER }) },
  listPortfolio: { params: () => ({ list: 'tier' }), query: '?part=none' },
  eraseCustomer: { params: ofCustomer },
  listLinkReviews: {},
  readAuthor: { params: (s) => ({ id: s.author }) },
  decideLink: {
    params: (s) => ({ id: s.author }),
    body: () => ({ decision: 'confirmed', customer: OTHER_CUSTOMER }),
    status: 201,
  },
  undoLinkAct: { params: () => ({ id: answered('decideLink', 'act') }) },
  listLinkWeights: {},
  useLinkWeights: { body: () => ({ version: null }) },
  listAlerts: {},
  saveAlert: { params: () => ({ key: 'refunds' }), body: alert, status: 201 },
  rehearseAlert: { body: alert },
  readAlert: { params: () => ({ key: 'refunds' }) },
  removeAlert: { params: () => ({ key: 'refunds' }) },
  listIncidents: {},
  readIncident: { params: ofIncident },
  takeIncident: { params: ofIncident },
  listDeliveries: {},
  readDelivery: { params: ofDelivery },
  replayDelivery: { params: ofDelivery },
  listCrms: {},
  checkCrm: { params: ofHook },
  resumeCrm: { params: ofHook },
  pullCrm: { params: ofHook },
  listRules: {},
  readRule: { params: () => ({ key: 'plain' }) },
  saveRule: {
    params: ofRule,
    body: () => ({
      name: 'Tea',
      condition: 'tea',
      actions: { tags: ['tea'], priority: 'high', alert: { webhooks: ['hook'] } },
    }),
    status: 201,
  },
  tryRule: {
    body: () => ({ name: 'Some', condition: 'some', actions: { tags: ['some'] }, since: null }),
  },
  switchRule: { params: ofRule, body: () => ({ enabled: false }) },
  moveRule: { params: ofRule, body: () => ({ by: 'up' }) },
  runRule: {
    params: ofRule,
    body: () => ({ since: '2026-11-01T00:00:00+03:00', alerts: true }),
    status: 201,
  },
  listRuleRuns: { params: ofRule },
  readRuleRun: { params: ofRun },
  undoRuleRun: { params: ofRun },
  removeRule: { params: ofRule },
  addSavedSearch: { body: () => ({ name: 'Tea', address: '/mentions?q=tea' }), status: 201 },
  listSavedSearches: {},
  makePublicLink: {
    body: () => ({ kind: 'feed', search: Number(answered('addSavedSearch', 'id')) }),
    status: 201,
  },
  listPublicLinks: {},
  revokePublicLink: { params: () => ({ id: answered('makePublicLink', 'id') }) },
  removeSavedSearch: { params: () => ({ id: answered('addSavedSearch', 'id') }) },
  readTalk: { query: '?topic=plain&days=7' },
  countMentions: { query: '?from=2026-11-01&to=2026-11-30&topic=plain' },
  readLatency: { query: '?by=team' },
  countLoyalty: {},
  makeReport: {
    body: () => ({ from: '2026-11-01', to: '2026-11-07', language: 'en', zone: 'Europe/London' }),
    status: 201,
  },
  listReports: {},
  readReport: { params: (s) => ({ id: s.report }) },
  listDigests: {},
  reportMiss: { body: () => ({ address: 'https://tea.example/feed' }), status: 201 },
  listMisses: {},
  readMiss: { params: (s) => ({ id: s.miss }) },
  saveDigestRecipient: {
    params: ofReader,
    body: () => ({
      language: 'en',
      zone: 'Europe/Moscow',
      weekdays: [1, 5],
      topics: ['plain'],
      weekly_on: 1,
    }),
    status: 201,
  },
  listDigestRecipients: {},
  readDigestRecipient: { params: ofReader },
  previewDigest: { params: ofReader },
  sendDigest: { params: ofReader, status: 201 },
  plantCanary: {
    body: () => ({ source: 'plain', words: 'a cup that leaks', within_hours: 24 }),
    status: 201,
  },
  listCanaries: {},
  removeCanary: { params: () => ({ id: answered('plantCanary', 'id') }) },
  readScorecard: {},
  listLabelItems: {},
  readLabelItem: { params: ofItem },
  skipItem: { params: ofItem },
  labelItem: { params: ofItem, body: () => ({ revision: 2, tone: 'negative', complaint: true }) },
  drawSample: { status: 201 },
  listCorrections: { query: '?kind=sentiment&topic=plain' },
  undoCorrection: { params: () => ({ id: firstOf('listCorrections') }) },
  listAudit: { query: '?action=rule&from=2026-01-01T00:00:00Z' },
  addTeam: { body: () => ({ name: 'Tea' }), status: 201 },
  setTeam: { params: ofTeam, body: () => ({ topics: ['plain'], members: [] }) },
  listTeams: {},
  inviteUser: {
    body: () => ({
      email: 'new@example.com',
      name: 'New',
      role: 'viewer',
      language: 'en',
      zone: 'Europe/London',
      teams: [Number(answered('addTeam', 'id'))],
    }),
    status: 201,
  },
  listUsers: {},
  changeUser: { params: ofInvited, body: () => ({ role: 'analyst', enabled: false }) },
  endSessions: { params: ofInvited },
  removeTeam: { params: ofTeam },
  readSchema: { params: () => ({ name: 'case' }) },
};

const document = apiDocument(operations, { version: '9.9.9', url: 'https://molva.example' }) as {
  paths: Record<string, Record<string, { responses: Record<string, unknown>; description?: string }>>;
  components: { schemas: object };
};
let dashboard: TestDashboard;
let story: Story;
let token: string;
/** Each operation is asked of one that has not counted anybody's requests. */
let app: TestDashboard['app'];

/** A CRM at the edge of the network, that lets everybody in and has no customers. */
const receive = async () => ({ externalId: null, summary: 'ok' });
const connector: Crm = {
  openCase: receive,
  updateCase: receive,
  withdrawCase: receive,
  tell: receive,
  check: async () => ({ account: 'Molva', user: null }),
  pullCustomers: async function* () {},
};

beforeAll(async () => {
  dashboard = await openDashboard({}, { connector, plan: { pulls: ['customers'] } });
  dashboard.deps.digests = { ...dashboard.deps.digests, hasMail: true };
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
  await dashboard.db.query(`update deliveries set state = 'dead'`);
  const heldOut = {
    authors: 9,
    before: 0.5,
    after: 0.4,
    error: 0.01,
    reliability: { before: [], after: [] },
  };
  const weights = { offset: 0, groups: { identifiers: 1, nick: 1, name: 1, place: 1, others: 1 } };
  const learned = { weights, learnedAt: NOW, by: 'system', decisions: 50, heldOut, state: 'active' as const };
  await dashboard.db.transaction((tx) => addWeights(tx, learned));
  const { email } = await makeUser(dashboard, 'admin');
  token = (await addApiToken(dashboard.db, 'all', API_SCOPES, NOW, { madeBy: email }))!;
});

/** What the document says of an answer, as a check. */
function checkOf(
  { path, method, mediaType = 'application/json' }: AnyOperation,
  status: number,
): ValidateFunction {
  const ajv = new Ajv2020.default({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'https://molva.example/openapi.json', ...document }, 'document');
  const place = ['paths', path, method, 'responses', String(status), 'content', mediaType, 'schema'];
  const pointer = place.map(
    (part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`,
  );
  return ajv.getSchema(`https://molva.example/openapi.json#${pointer.join('')}`)!;
}

function addressOf({ path }: AnyOperation, { params, query = '' }: Example): string {
  const values = params?.(story) ?? {};
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name] ?? 'x')),
  );
  return `/api/v1${filled}${query}`;
}

const find = (id: string): AnyOperation => operations.find((one) => one.id === id)!;

function send(one: AnyOperation, example: Example, given: string | null) {
  const asks = request(app)[one.method](addressOf(one, example));
  if (given !== null) void asks.set('authorization', `Bearer ${given}`);
  return one.body === null ? asks : asks.send(example.body?.(story) as object);
}

it('has an example of every operation here', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(operations.map(({ id }) => id).sort());
});

describe('the document', () => {
  it('is OpenAPI 3.1 that a validator accepts', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('is the same at the command line', () => {
    const said: unknown[] = [];
    const out = { data: (value: unknown) => void said.push(value), message: () => undefined };
    const config = configSchema.parse({ web: { public_url: 'https://molva.example' } });
    expect(printApi({ config } as never, out)).toBe(0);
    expect(said).toMatchObject([
      { paths: document.paths, servers: [{ url: 'https://molva.example/api/v1' }] },
    ]);
  });

  it('tells of every operation and of nothing else, each with the scope that it needs', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(told.sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
    for (const { path, method, scope } of operations)
      expect(document.paths[path]![method]!.description ?? '').toContain(scope ?? '');
  });

  it('is served to whoever asks, and is the same', async () => {
    const res = await request(dashboard.app).get('/api/v1/openapi.json');
    expect(res.status).toBe(200);
    expect(JSON.parse(res.text).paths).toEqual(document.paths);
  });
});

describe.each(Object.keys(EXAMPLES))('%s', (id) => {
  const one = find(id);
  const example = EXAMPLES[id]!;
  beforeAll(() => {
    app = createDashboard(dashboard.deps);
  });

  it.skipIf(one.scope === null)(
    'is refused without a token, and with one that may everything else',
    async () => {
      expect((await send(one, example, null)).status).toBe(401);
      const others = API_SCOPES.filter((scope) => scope !== one.scope);
      const other = (await addApiToken(dashboard.db, `not-${id}`, others, NOW))!;
      const res = await send(one, example, other);
      expect([res.status, res.body.type]).toEqual([403, 'urn:molva:problem:insufficient-scope']);
    },
  );

  it('refuses names that it does not know', async () => {
    const res = await send(one, { ...example, query: `${example.query ?? '?'}&constructor=1` }, token);
    expect(res.status).toBe(400);
    expect(res.body.errors).toContainEqual(
      expect.objectContaining({ in: 'query', pointer: '#/constructor' }),
    );
  });

  it.skipIf(one.body === null || one.checksBody)('refuses fields that it does not know', async () => {
    const body = () => ({ ...(example.body?.(story) as object), owner_id: 1, is_admin: true });
    const res = await send(one, { ...example, body }, token);
    expect(res.status).toBe(422);
    expect(res.body.errors).toContainEqual(expect.objectContaining({ in: 'body', pointer: '#/is_admin' }));
  });

  it('answers what the document says', async () => {
    const res = await send(one, example, token);
    expect([res.status, res.status === (example.status ?? 200) ? '' : res.text]).toEqual([
      example.status ?? 200,
      '',
    ]);
    const check = checkOf(one, res.status);
    check(res.body);
    answers[id] = res.body;
    expect(check.errors ?? []).toEqual([]);
    if (one.scope !== null) expect(res.headers.ratelimit).toMatch(/r=\d+/);
  });
});
