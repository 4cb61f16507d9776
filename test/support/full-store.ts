import { newPage } from '../../crawlers/walk/reading.ts';
import { placeFinding } from '../../src/act/alerts/place.ts';
import { placeHold } from '../../src/jobs/evidence/hold.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { alertPolicySchema } from '../../src/model/alert.ts';
import type { CustomerId, DocumentId, MentionId } from '../../src/model/ids.ts';
import { addMessage } from '../../src/store/alert-messages.ts';
import { noteActed, saveAlert } from '../../src/store/alerts.ts';
import { addApiToken } from '../../src/store/api-tokens.ts';
import { addAudit } from '../../src/store/audit.ts';
import { linkCanaryMiss, plantCanary } from '../../src/store/canary-documents.ts';
import { saveCaseRecord } from '../../src/store/case-records.ts';
import { addCorrection } from '../../src/store/corrections.ts';
import { addPull, noteBatch } from '../../src/store/crm-pulls.ts';
import type { Database, Db } from '../../src/store/db.ts';
import { addDelivery, recordAttempt } from '../../src/store/deliveries.ts';
import { useLink } from '../../src/store/digest-actions.ts';
import { addDigest, syncRecipients } from '../../src/store/digests.ts';
import { dismissHint } from '../../src/store/dismissed-hints.ts';
import { getDocument } from '../../src/store/documents.ts';
import { disableEndpoint } from '../../src/store/endpoints.ts';
import { noteShared } from '../../src/store/generic-values.ts';
import { saveMapping } from '../../src/store/import-mappings.ts';
import { recordImport } from '../../src/store/imported-files.ts';
import { addInboundMessage } from '../../src/store/inbound-messages.ts';
import { addIncident } from '../../src/store/incidents.ts';
import { addWeights } from '../../src/store/match-weights.ts';
import { pointEntry } from '../../src/store/merges.ts';
import { addModel, addUse } from '../../src/store/models.ts';
import { savePages } from '../../src/store/pages.ts';
import { addPublicLink } from '../../src/store/public-links.ts';
import { addMiss } from '../../src/store/recall-misses.ts';
import { addReport, keepReportPdf, setReportParts } from '../../src/store/reports.ts';
import { addEffects, countAlert } from '../../src/store/rule-effects.ts';
import { startRun } from '../../src/store/rule-runs.ts';
import { saveRule } from '../../src/store/rules.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { addSavedView } from '../../src/store/saved-views.ts';
import { saveLabel } from '../../src/store/scorecard-items.ts';
import { addSample } from '../../src/store/scorecard-samples.ts';
import { beginFactor, replaceRecoveryCodes, setFactorRoles } from '../../src/store/second-factors.ts';
import { claimSeed } from '../../src/store/seeded-rules.ts';
import { addVisit } from '../../src/store/source-visits.ts';
import { makeStories, saveCarriers, saveStoryTexts } from '../../src/store/stories.ts';
import { addSuppressions } from '../../src/store/suppressions.ts';
import { addTeam, setTeam } from '../../src/store/teams.ts';
import { saveExample } from '../../src/store/topic-examples.ts';
import { rateDocument } from '../../src/store/topic-ratings.ts';
import { saveTopic } from '../../src/store/topics.ts';
import { userOfIdentity } from '../../src/store/user-logins.ts';
import { addUser, type NewUser } from '../../src/store/users.ts';
import { writeVaultCheck } from '../../src/store/vault-check.ts';
import {
  addDocument,
  addLink,
  addMention,
  addSources,
  addTopic,
  found,
  later,
  NEGATIVE,
  NOW,
  openCase,
  replaceTags,
  TEST_VAULT,
} from './rows.ts';

export const RECIPIENT = {
  key: 'pr@example.ru',
  email: 'pr@example.ru',
  language: 'ru' as const,
  zone: 'Europe/Moscow',
  sendAt: '09:00',
  weekdays: null,
  topics: null,
  unsubscribeToken: 'token',
  nextRunAt: NOW,
};

/** The user is known by the company's login server. */
async function linkLogin(db: Db, { email, ...newcomer }: NewUser): Promise<void> {
  const identity = { issuer: 'https://id.example', subject: 's', email, isEmailVerified: true, name: null };
  await userOfIdentity(db, identity, { domains: [], newUsers: null, trustsEmail: false }, newcomer, NOW);
}

async function addCustomer(db: Db) {
  const purchase = {
    externalId: 'p',
    at: NOW,
    amount: 12_345.67,
    currency: 'RUB',
    item: 'Чай',
    channel: null,
  };
  const identifiers = [{ kind: 'email' as const, value: 'anna@example.ru' }];
  const record = {
    externalId: 'c1',
    name: 'Анна',
    city: 'Уфа',
    tier: 'MVC' as const,
    identifiers,
    purchases: [purchase],
  };
  const { id } = await saveCustomer(db, TEST_VAULT, record, NOW);
  return id;
}

/** What stands beside a customer, besides what imports bring. */
async function addCustomerFacts(db: Db, id: CustomerId): Promise<void> {
  for (const [sql, ...values] of [
    ['insert into customer_segments values ($1, $2)', 'опт; "розница"'],
    ['insert into customer_addresses values ($1, 1, $2)', 'sealed'],
    [`insert into consents values ($1, 'email', 'marketing', 'given', $2, 'form')`, NOW],
    [
      `insert into contacts (customer_id, external_id, at, kind, channel, direction, answered) values ($1, 'k', $2, 'call', 'phone', 'in', null)`,
      NOW,
    ],
    [`insert into customer_interests values ($1, 'чай', 'inferred', 'purchases', $2, $2)`, NOW],
    [
      `insert into customer_values (customer_id, tier, tier_reasons, p_alive, stage, churn_reasons, scored_at) values ($1, 'MVC', '[]', 0.1, 'active', '[]', $2)`,
      NOW,
    ],
    [
      `insert into customer_tier_moves values ($1, $2, null, 'MVC', '[{"code": "growing", "values": {}}]')`,
      NOW,
    ],
  ] as const)
    await db.query(sql, [id, ...values]);
}

async function addRule(db: Db, mentionId: MentionId): Promise<void> {
  const actions = { tags: ['важное', 'a b'], alert: { mail: ['a@b.ru'], webhooks: [], per_hour: 2 } };
  const definition = { key: 'r', name: 'Правило', condition: 'ромашка\nлютик', actions, enabled: true };
  const by = { actor: 'a@b.ru', zone: 'UTC' };
  const { rule } = await db.transaction((tx) => saveRule(tx, definition, by, NOW));
  await claimSeed(db, 'seeded', NOW);
  const about = { ruleId: rule.id, version: 1 };
  const runId = await startRun(db, { ...about, since: NOW, alerts: true, requestedBy: 'a@b.ru' }, NOW);
  const before = { value: null, decision: null };
  await addEffects(db, [{ ...about, runId, mentionId, action: 'tag', value: 'важное', before, at: NOW }]);
  await countAlert(db, rule.id, NOW);
  const decided = { 'tag:важное': { rule: 'r', at: NOW.toISOString() } };
  await db.query(`update mentions set tags = '{важное,"a b"}', basket_at = $1, decided = $2::jsonb`, [
    NOW,
    JSON.stringify(decided),
  ]);
}

/** At least one row in every table that a backup keeps, with values that are easily damaged on the way. */
export async function fillStore(db: Db): Promise<void> {
  const user = {
    email: 'a@b.ru',
    name: 'A',
    role: 'admin' as const,
    language: 'ru' as const,
    zone: 'UTC',
    passwordHash: 'h',
  };
  await writeVaultCheck(db, TEST_VAULT);
  await addSuppressions(db, [{ kind: 'customer', hash: 'hash' }], NOW);
  const { id: ownerId } = (await addUser(db, user, NOW))!;
  await linkLogin(db, user);
  await beginFactor(db, ownerId, 'sealed', NOW);
  await replaceRecoveryCodes(db, ownerId, ['hash']);
  await setFactorRoles(db, ['admin']);
  await addAudit(db, {
    at: NOW,
    actor: 'system',
    action: 'x',
    subject: 'y',
    detail: { deep: [1, null, 'я'] },
  });
  await recordImport(db, 'customers.csv', 'hash', NOW);
  await saveMapping(db, 'hash', { columns: { Имя: 'name' } }, NOW);
  await addApiToken(db, 'crm', ['customers:write'], NOW);
  const [source] = await addSources(db, 'forum');
  const board = { url: 'https://forum.example/', role: 'list' as const, thread: '', number: 1 };
  await savePages(db, source!, [{ ...newPage(board, NOW, 2), validators: { etag: '"1"' }, items: ['p1'] }]);
  await addVisit(db, source!, {
    at: NOW,
    pages: 1,
    lists: 1,
    links: 2,
    documents: 3,
    stored: 1,
    withAuthor: 3,
    withDate: 2,
    error: null,
  });
  const document = await addDocument(db, source!, '1', {
    text: `строка "1"\nстрока \\2 \u2028 😀 ${'я'.repeat(90_000)}`,
    author: { site: 'f', handle: 'anna' },
    thread: { externalId: 't', title: 'T', url: 'https://f/' },
    publishedAt: new Date('1999-12-31T23:59:59.999Z'),
  });
  await saveDocument(db, source!, found('1', { text: 'другая строка' }), later(1));
  for (let i = 2; i < 130; i++) await addDocument(db, source!, String(i));
  await replaceTags(db, document, [{ kind: 'k', target: '', version: '1', value: null, spans: [] }]);
  const [storyId] = await makeStories(db, 1, NOW);
  const carrier = { documentId: document, storyId: storyId!, revision: 1, saidAt: NOW } as const;
  await saveCarriers(db, [{ ...carrier, relation: 'first', ofStory: 1, ofOwn: 1 }], NOW);
  await saveStoryTexts(
    db,
    [{ documentId: document, storyId: storyId!, fingerprints: Int32Array.of(1, -2) }],
    NOW,
  );
  await db.query('insert into stories_adrift (story_id) values ($1)', [storyId]);
  const topicId = await addTopic(db, 'romashka');
  const team = await addTeam(db, 'Tea', NOW);
  await setTeam(db, team ?? 0, { topics: [topicId], members: [ownerId] });
  const switched = {
    key: 'romashka',
    name: 'Ромашка',
    query: 'romashka',
    contextCheck: true,
    about: 'магазин',
  };
  await saveTopic(db, switched, 'user', NOW);
  const example = { mustMatch: true, url: null, title: null, author: null, note: '' };
  await saveExample(db, topicId, { ...example, text: 'строка "1"\n😀' }, 'a@b.ru', NOW);
  await rateDocument(db, topicId, document, 'not_ours', { by: 'a@b.ru', at: NOW });
  const mentionId = await addMention(db, document, topicId);
  const { contentHash: textHash } = (await getDocument(db, document))!;
  const word = {
    documentId: document,
    target: 'romashka',
    kind: 'sentiment',
    revision: 2,
    textHash,
    version: '1',
  };
  const standing = { value: NEGATIVE, decision: { rule: 'r', at: NOW.toISOString() } };
  const judged = { ...word, before: NEGATIVE, standing, targets: [], by: 'a@b.ru', at: NOW };
  const correction = await addCorrection(db, { ...judged, after: { label: 'positive' }, undoes: null });
  await addCorrection(db, { ...judged, after: null, undoes: correction });
  const strata = [{ language: 'ru', sourceKind: 'feed', documents: 1, mentions: 1 }];
  const drawn = {
    stratum: 0,
    documentId: document,
    topicId,
    language: 'ru',
    sourceKind: 'feed',
    mentions: 1,
  };
  const machine = { tone: 'neutral', toneVersion: '1', complaint: true, complaintVersion: '1' } as const;
  await addSample(db, { from: NOW, to: later(5) }, strata, [drawn], NOW);
  const given = { by: 'a@b.ru', at: NOW };
  await saveLabel(db, 1, { tone: 'negative', complaint: false }, machine, given);
  const figures = {
    questions: [],
    heldOut: { cases: 5, mended: 1, broken: 0, verdict: 'cannot tell' as const },
  };
  const learned = { by: 'cli', corrections: 50, version: 'v', base: 'opinion-ru b', documents: [document] };
  const model = await addModel(db, { ...learned, madeAt: NOW, bytes: Uint8Array.of(0, 255, 7), figures });
  await addUse(db, model, 'cli', NOW);
  const miss = { address: 'https://f/1', text: '«слова»\n', reportKey: 'k', topicId, sourceId: source! };
  const trace = {
    at: NOW.toISOString(),
    address: null,
    cause: 'gone' as const,
    steps: [],
    fix: null,
    source: 'forum',
    document,
    found: null,
  };
  const missId = await addMiss(
    db,
    { ...miss, reportedBy: 'a@b.ru', trace, closing: null, nextTraceAt: later(5) },
    NOW,
  );
  const planted = {
    sourceId: source!,
    address: 'https://f/1',
    words: 'слова',
    withinMs: 3_600_000,
    plantedBy: 'a@b.ru',
  };
  await linkCanaryMiss(db, await plantCanary(db, planted, NOW), missId);
  await addRule(db, mentionId);
  const customerId = await addCustomer(db);
  await addCustomerFacts(db, customerId);
  const authorId = (await getDocument(db, document))!.authorId!;
  const link = { authorId, customerId, score: 0.98, state: 'linked' as const, evidence: [] };
  await addLink(db, { ...link, decidedBy: 'matcher', decidedAt: NOW });
  await db.query(
    'insert into link_checks (author_id, customer_id, is_right, actor, at) values ($1, $2, true, $3, $4)',
    [authorId, customerId, 'a@b.ru', NOW],
  );
  const groups = { identifiers: 1, nick: 0.925, name: 1, place: 1, others: 1 };
  const bins = { before: [{ said: 0.5, right: 3, count: 7 }], after: [] };
  const measured = { authors: 120, before: 0.512345678901, after: 0.5, error: 0.01, reliability: bins };
  await addWeights(db, {
    weights: { offset: -0.25, groups },
    learnedAt: NOW,
    by: 'system',
    decisions: 120,
    heldOut: measured,
    state: 'active',
  });
  await noteShared(db, ['hash'], NOW);
  const entry = { externalId: 'c2', name: 'Анна', city: null, tier: null, identifiers: [], purchases: [] };
  const { id: other } = await saveCustomer(db, TEST_VAULT, entry, NOW);
  await db.transaction((tx) =>
    pointEntry(tx, { id: other, mergedInto: null }, customerId, { actor: 'a@b.ru', at: NOW }),
  );
  const c = { mentionId, customerId, authorId, severity: 2 as const, reason: 'app' as const };
  await addIncident(db, 'Склад сгорел', null, NOW);
  await addInboundMessage(db, 'crm', 'm1', NOW);
  const caseId = await openCase(db, { ...c, openedAt: NOW, dueAt: later(1000) });
  await placeHold(
    { db: db as Database, clock: { ...systemClock, now: () => NOW } },
    { caseId, reason: 'иск', actor: 'a@b.ru' },
  );
  await saveCaseRecord(db, { caseId, endpoint: 'crm', externalId: '275', url: 'https://crm.example/275' });
  await addPull(db, 'crm', 'customers', NOW);
  await noteBatch(
    db,
    { endpoint: 'crm', kind: 'customers' },
    { cursor: { after: '1', since: null }, records: 1, leftOut: 0, until: NOW },
  );
  await disableEndpoint(db, 'crm', 'gone', NOW);
  const id = '00000000-0000-4000-8000-000000000001';
  await addDelivery(db, {
    id,
    channel: 'crm',
    endpoint: 'crm',
    eventType: 'e',
    eventKey: 'k',
    payload: { a: 1.5 },
    createdAt: NOW,
  });
  await recordAttempt(
    db,
    id,
    { attempt: 0, at: NOW, durationMs: 5, outcome: 'delivered', detail: 'ok', exchanges: [] },
    null,
  );
  await syncRecipients(db, [RECIPIENT]);
  await fillAlerts(db, document);
  const digest = {
    recipient: RECIPIENT.key,
    periodKey: '2026-11-22',
    from: NOW,
    to: NOW,
    subject: 's',
    html: 'h',
    text: 't',
  };
  await addDigest(db, { ...digest, createdAt: NOW });
  const used = { tokenHash: 'h', recipientId: 1, mentionId, action: 'not-us', at: NOW };
  await useLink(db, { ...used, expiresAt: later(1000) });
  const span = {
    periodKey: '2026-11-22',
    from: NOW,
    to: NOW,
    language: 'ru' as const,
    zone: 'Europe/Moscow',
  };
  const whose = { kind: 'weekly' as const, recipient: RECIPIENT.key, madeBy: 'schedule', madeAt: NOW };
  const report = await addReport(db, { ...span, ...whose, facts: { version: 1, places: [] } });
  await setReportParts(db, report!, { html: 'h', text: 't' });
  await keepReportPdf(db, report!, Buffer.from([37, 80, 68, 70, 0, 255]));
  const view = { ownerId, name: 'Возвраты "все"', address: '/mentions?q=%D1%8F', isShared: true };
  const viewId = await addSavedView(db, view, NOW);
  await dismissHint(db, ownerId, 'first-run', NOW);
  await addPublicLink(
    db,
    { kind: 'feed', tokenHash: 'h', ownerId, viewId: viewId!, expiresAt: later(5) },
    NOW,
  );
}

/** An alert that has told of a document, and a document that it has not looked at yet. */
async function fillAlerts(db: Db, document: DocumentId): Promise<void> {
  const definition = {
    key: 'alarm',
    name: 'Всплеск',
    kind: 'spike',
    settings: { k: 5.5 },
    topics: [],
    condition: '',
    tell: { people: ['a@example.com'], by: ['mail' as const], chats: [], webhooks: [] },
    policy: alertPolicySchema.parse({}),
    enabled: true,
  };
  const numbers = { count: 20, usual: 1.5 };
  const about = { subjects: ['spike:1'], topicId: null, storyId: null, sourceId: null };
  await db.transaction(async (tx) => {
    const { id } = await saveAlert(tx, definition, { actor: 'a', zone: 'UTC' }, NOW);
    const by = { alertId: id, ruleId: null, kind: 'spike', cooldownMs: 1000 };
    const { incident } = await placeFinding(tx, by, { ...about, documents: [document], numbers }, NOW);
    const to = { way: 'mail' as const, recipient: 'a@example.com', step: 'opened', dueAt: NOW };
    await addMessage(tx, { ...to, incidentId: incident.id, alertId: id });
    await noteActed(tx, [document], NOW);
  });
}
