import { randomUUID } from 'node:crypto';
import { placeFinding } from '../../src/act/alerts/place.ts';
import { joinIncident } from '../../src/act/cases/join.ts';
import { reviseCase } from '../../src/act/cases/revise.ts';
import { alertPolicySchema } from '../../src/model/alert.ts';

import type { HttpExchange } from '../../src/model/exchange.ts';
import type {
  AuthorId,
  CaseId,
  CaseIncidentId,
  CorrectionId,
  CustomerId,
  DocumentId,
  MentionId,
  RuleRunId,
  SourceId,
  StoryId,
  TopicId,
} from '../../src/model/ids.ts';
import { addMessage } from '../../src/store/alert-messages.ts';
import { saveAlert } from '../../src/store/alerts.ts';
import { addAudit } from '../../src/store/audit.ts';
import { plantCanary } from '../../src/store/canary-documents.ts';
import { saveCaseRecord } from '../../src/store/case-records.ts';
import { addCorrection } from '../../src/store/corrections.ts';
import { type Db, json } from '../../src/store/db.ts';
import { addDelivery, recordAttempt } from '../../src/store/deliveries.ts';
import { addDigest, findRecipient, listRecipients, syncRecipients } from '../../src/store/digests.ts';
import { getDocument } from '../../src/store/documents.ts';
import { pauseEndpoint } from '../../src/store/endpoints.ts';
import { addRecords } from '../../src/store/evidence-chain.ts';
import { asPacked, packContent } from '../../src/store/evidence-content.ts';
import { listMentions } from '../../src/store/mentions.ts';
import { recordStage } from '../../src/store/progress.ts';
import { addMiss } from '../../src/store/recall-misses.ts';
import { addReport, keepReportPdf, setReportParts } from '../../src/store/reports.ts';
import { startRun } from '../../src/store/rule-runs.ts';
import { saveRule, setRuleTrouble } from '../../src/store/rules.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { saveLabel } from '../../src/store/scorecard-items.ts';
import { addSample } from '../../src/store/scorecard-samples.ts';
import { findSourceByKey, listSources, recordSourceFailure, syncSources } from '../../src/store/sources.ts';
import { makeStories, saveCarriers } from '../../src/store/stories.ts';
import { saveTopic } from '../../src/store/topics.ts';
import { NO_MODEL } from '../../src/value/score.ts';
import { addLink, openCase, replaceMentions, replaceTags, TEST_VAULT } from '../support/rows.ts';
import { NOW } from './dashboard.ts';

/** Everything that one complaint leaves behind, by its numbers. */
export interface Story {
  source: SourceId;
  document: DocumentId;
  author: AuthorId;
  mention: MentionId;
  customer: CustomerId;
  /** Of the customer, inferred. */
  interest: string;
  case: CaseId;
  /** That the case is part of. */
  caseIncident: CaseIncidentId;
  /** Of the case's evidence, the first; behind it the page, a picture, an edit, trouble. */
  record: number;
  delivery: string;
  digest: number;
  /** Number of whoever got it. */
  recipient: number;
  report: number;
  /** Of the rule with the story's key, over the past. */
  run: RuleRunId;
  /** A mention that this rule has put into the basket. */
  hidden: MentionId;
  unsubscribeToken: string;
  miss: number;
  /** Of the mention's tone, by a person. */
  correction: CorrectionId;
  /** Carried by the document and by a copy of it. */
  talk: StoryId;
  /** Of a sample for the scorecard: the mention, without a label. */
  item: number;
  /** Of the alert with the story's key. */
  incident: number;
}

/** Words that a story is told with: the web, the CRM and colleagues wrote them. */
export type Words = (field: string) => string;

const HOUR_MS = 3_600_000;
const NEUTRAL = { label: 'neutral', score: 0, confidence: 0.5 };
const later = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR_MS);

async function seedDocument(db: Db, key: string, words: Words): Promise<DocumentId> {
  const known = await listSources(db);
  const definitions = known.map(({ lastError: _, ...source }) => source);
  await syncSources(
    db,
    [
      ...definitions,
      {
        key,
        kind: 'feed',
        name: words('source name'),
        url: `https://${key}.example/feed`,
        settings: {},
        everyMs: HOUR_MS,
        schedule: { kind: 'fixed' },
        enabled: true,
      },
    ],
    NOW,
  );
  const source = (await findSourceByKey(db, key))!;
  await recordSourceFailure(
    db,
    source.id,
    { code: 'http-503', message: words('source error'), at: NOW },
    later(1),
  );
  const found = {
    externalId: '1',
    url: `javascript:alert(1)//${words('url')}`,
    kind: 'post' as const,
    title: words('title'),
    fullText: words('full text'),
    author: {
      site: words('site'),
      handle: `${key}-${words('handle')}`,
      name: words('author'),
      profileUrl: `javascript:alert(2)//${words('profile')}`,
    },
    thread: { externalId: '1', title: words('thread'), url: 'https://forum.example/1' },
    publishedAt: later(-5),
  };
  await saveDocument(db, source.id, { ...found, text: words('first text') }, later(-2));
  const id = (await saveDocument(db, source.id, { ...found, text: words('text') }, later(-1)))!;
  await recordStage(db, 'understood', [{ id, revision: 2 }], NOW);
  return id;
}

async function seedMention(db: Db, document: DocumentId, key: string, words: Words): Promise<MentionId> {
  const topic = await saveTopic(db, { key, name: words('topic'), query: words('query') }, 'user', NOW);
  const spans = [
    { field: 'text' as const, start: 2, end: 9 },
    { field: 'title' as const, start: 1, end: 6 },
  ];
  await replaceTags(db, document, [
    { kind: 'sentiment', target: key, version: '1', value: NEUTRAL, spans },
    { kind: 'language', target: '', version: '1', value: { code: 'en', confidence: 1 }, spans: [] },
  ]);
  await replaceMentions(
    db,
    document,
    [
      {
        topicId: topic.id,
        spans,
        sentiment: { label: 'negative', score: -0.8, confidence: 0.9 },
        complaint: { isComplaint: true, probability: 0.9, severity: 3, reason: 'delivery' },
      },
    ],
    NOW,
  );
  return (await listMentions(db, [document]))[0]!.id;
}

async function seedCustomer(db: Db, author: AuthorId, key: string, words: Words): Promise<CustomerId> {
  const { id } = await saveCustomer(
    db,
    TEST_VAULT,
    {
      externalId: `${key}-${words('customer number')}`,
      name: words('customer'),
      city: words('city'),
      tier: 'MVC',
      identifiers: [
        { kind: 'email', value: `${key}.person@example.com` },
        { kind: 'handle', value: words('customer handle') },
      ],
      purchases: [
        {
          externalId: '1',
          at: NOW,
          amount: 12.5,
          currency: 'EUR',
          item: words('item'),
          channel: words('channel'),
        },
        { externalId: '2', at: NOW, amount: 3, currency: words('currency'), item: 'cup', channel: null },
      ],
    },
    NOW,
  );
  const evidence = [
    { code: 'same-handle' as const, where: 'handle' as const, masked: words('masked') },
    { code: 'same-email' as const, where: 'profile' as const, masked: words('masked e-mail') },
  ];
  const link = { state: 'linked' as const, score: 0.98, decidedBy: 'matcher', decidedAt: NOW };
  await addLink(db, { authorId: author, customerId: id, evidence, ...link });
  return id;
}

/** What else is known of a customer, and what scoring made of it. */
async function seedKnown(db: Db, id: CustomerId, words: Words): Promise<string> {
  const interest = words('interest');
  const reasons = json([{ code: 'growing', values: { recent: 5, before: 2 } }]);
  const churn = json([{ code: 'open-case', values: { n: 1 } }]);
  for (const [sql, ...values] of [
    [
      `insert into contacts (customer_id, external_id, at, kind, channel, direction, answered, subject) values ($1, '1', $2, 'call', $3, 'in', false, $4)`,
      NOW,
      words('contact channel'),
      words('subject'),
    ],
    [
      `insert into consents (customer_id, channel, purpose, state, at) values ($1, $3, 'marketing', 'given', $2)`,
      NOW,
      words('consent channel'),
    ],
    [
      `insert into customer_interests (customer_id, interest, origin, source, at) values ($1, $3, 'inferred', $4, $2)`,
      NOW,
      interest,
      words('interest source'),
    ],
    [
      `insert into customer_values (customer_id, tier, tier_reasons, stage, silent_days, churn, churn_reasons, currency, realised, scored_at)
       values ($1, 'MGC', $3::jsonb, 'sleeping', 5, 0.7, $4::jsonb, $5, 12.5, $2)`,
      NOW,
      reasons,
      churn,
      words('currency'),
    ],
    [`insert into customer_tier_moves values ($1, $2, null, 'MGC', $3::jsonb)`, NOW, reasons],
  ] as const)
    await db.query(sql, [id, ...values]);
  await db.query(
    `insert into value_models (started_at, finished_at, customers, model) values ($1, $1, 1, $2::jsonb)`,
    [NOW, json(NO_MODEL)],
  );
  return interest;
}

/** With what people write into a case. */
async function seedIncident(db: Db, caseId: CaseId, words: Words): Promise<CaseIncidentId> {
  const by = { actor: words('case actor'), now: NOW };
  return db.transaction(async (tx) => {
    const promise = { text: words('promise'), until: later(1) };
    await reviseCase(
      tx,
      caseId,
      { note: words('case note'), promise, cause: words('cause').slice(0, 40) },
      by,
    );
    return joinIncident(tx, { cases: [caseId], incident: words('incident'), owner: null }, by);
  });
}

async function seedDelivery(db: Db, caseId: CaseId, words: Words): Promise<string> {
  const id = await addDelivery(db, {
    id: randomUUID(),
    channel: 'crm',
    endpoint: words('endpoint'),
    eventType: words('event'),
    eventKey: `case:${caseId}`,
    payload: { text: words('payload') },
    createdAt: NOW,
  });
  const attempt = {
    attempt: 1,
    at: NOW,
    durationMs: 12,
    outcome: 'dead' as const,
    exchanges: [seedExchange(words)],
  };
  await recordAttempt(db, id, { ...attempt, detail: words('delivery error') }, null);
  await saveCaseRecord(db, {
    caseId,
    endpoint: words('record endpoint'),
    externalId: words('record'),
    url: 'https://crm.example/1',
  });
  await pauseEndpoint(db, 'hook', words('pause reason'), NOW);
  return id;
}

function seedExchange(words: Words): HttpExchange {
  return {
    method: 'POST',
    url: words('asked address'),
    requestHeaders: { 'content-type': words('asked header') },
    status: 500,
    responseHeaders: { server: words('answer header') },
    responseBody: words('answer body'),
    error: words('exchange error'),
    durationMs: 12,
  };
}

async function seedDigest(db: Db, key: string, words: Words): Promise<number> {
  const recipient = {
    key,
    email: `${key}-${words('recipient')}`,
    language: 'ru' as const,
    zone: 'Europe/Moscow',
    sendAt: '09:00',
    weekdays: null,
    topics: null,
    unsubscribeToken: `unsubscribe-${key}`,
    nextRunAt: later(24),
  };
  await syncRecipients(db, [...(await listRecipients(db)), recipient]);
  const mail = {
    subject: words('subject'),
    html: '<html><head></head><b>mail</b></html>',
    text: words('mail text'),
  };
  const period = { periodKey: '2026-11-22', from: later(-24), to: NOW };
  return (await addDigest(db, { recipient: key, ...period, ...mail, createdAt: NOW }))!;
}

/** One by hand, whose PDF is there already. */
async function seedReport(db: Db, words: Words): Promise<number> {
  const said = { periodKey: '2026-11-22', language: 'ru' as const, zone: 'Europe/Moscow' };
  const row = { kind: 'hand' as const, recipient: null, from: later(-24), to: NOW, facts: {}, ...said };
  const id = (await addReport(db, { ...row, madeBy: words('maker'), madeAt: NOW }))!;
  await setReportParts(db, id, { html: '<html><head></head><b>report</b></html>', text: words('report') });
  await keepReportPdf(db, id, Buffer.from('%PDF-1.4'));
  return id;
}

/** A post that somebody missed, and one that was planted. */
async function seedMiss(db: Db, key: string, source: SourceId, words: Words): Promise<number> {
  const said = { ru: words('message'), en: words('message') };
  const step = { stage: 'query' as const, result: 'failed' as const, code: 'query.narrow', message: said };
  const facts = {
    source: key,
    url: `javascript:alert(3)//${words('fact')}`,
    topic: words('fact'),
    tookMs: 5,
  };
  const trace = {
    at: NOW.toISOString(),
    address: null,
    cause: 'query-too-narrow' as const,
    steps: [{ ...step, facts, reasons: [said] }],
    fix: { kind: 'add-example' as const, topic: key },
    source: key,
    document: null,
    found: { title: words('found title'), text: words('found text') },
  };
  const address = `https://missed.example/${encodeURIComponent(words('address'))}`;
  const miss = { address, text: words('pasted'), reportKey: `miss ${key}`, topicId: null, sourceId: null };
  const how = { reportedBy: words('reporter'), trace, closing: null, nextTraceAt: later(1) };
  const canary = { sourceId: source, address: '', words: words('canary'), withinMs: HOUR_MS };
  await plantCanary(db, { ...canary, plantedBy: words('planter') }, NOW);
  return addMiss(db, { ...miss, ...how }, NOW);
}

/** A rule that has done something to the mention, on the past. */
async function seedRule(db: Db, key: string, mention: MentionId, words: Words): Promise<RuleRunId> {
  const definition = {
    key,
    name: words('rule'),
    condition: words('condition'),
    actions: {
      tags: [words('tag')],
      priority: 'high' as const,
      alert: { mail: [], webhooks: [words('hook')], per_hour: 1 },
    },
    enabled: true,
  };
  const { rule } = await db.transaction((tx) =>
    saveRule(tx, definition, { actor: words('saver'), zone: 'UTC' }, NOW),
  );
  await setRuleTrouble(db, rule.id, { messages: [{ ru: words('trouble'), en: words('trouble') }] });
  const run = { ruleId: rule.id, version: 1, since: later(-9), alerts: false, requestedBy: words('runner') };
  const id = await startRun(db, run, NOW);
  const tag = words('tag');
  const at = NOW.toISOString();
  await db.query(
    `update mentions set tags = $2::text[], priority = 'high', decided = $3::jsonb where id = $1`,
    [mention, [tag], json({ priority: { rule: key, at }, [`tag:${tag}`]: { person: words('decider'), at } })],
  );
  return id;
}

/** An alert that has told of the document. */
async function seedAlert(db: Db, key: string, document: DocumentId, words: Words): Promise<number> {
  const definition = {
    key,
    name: words('alert'),
    kind: 'query',
    settings: {},
    topics: [],
    condition: words('alert condition'),
    tell: { people: [], by: ['mail' as const], chats: [words('chat')], webhooks: [words('hook')] },
    policy: alertPolicySchema.parse({}),
    enabled: true,
  };
  return db.transaction(async (tx) => {
    const { id } = await saveAlert(tx, definition, { actor: words('saver'), zone: 'UTC' }, NOW);
    const by = { alertId: id, ruleId: null, kind: 'query', cooldownMs: HOUR_MS };
    const subjects = [`document:${document}`];
    const about = {
      subjects,
      topicId: null,
      storyId: null,
      sourceId: null,
      documents: [document],
      numbers: {},
    };
    const { incident } = await placeFinding(tx, by, about, NOW);
    const message = {
      incidentId: incident.id,
      alertId: id,
      way: 'chat' as const,
      step: 'opened',
      dueAt: NOW,
    };
    await addMessage(tx, { ...message, recipient: words('chat') });
    return incident.id;
  });
}

/** What people have said of the document's tags: of tone, and of a kind that pages do not know. */
async function seedCorrections(
  db: Db,
  document: DocumentId,
  key: string,
  words: Words,
): Promise<CorrectionId> {
  const { contentHash } = (await getDocument(db, document))!;
  const judged = {
    documentId: document,
    revision: 2,
    textHash: contentHash,
    version: '1',
    undoes: null,
    at: NOW,
  };
  const about = { ...judged, target: key, standing: null, targets: [{ key, spans: [] }] };
  const said = { before: { label: words('before') }, after: { label: words('after') } };
  await addCorrection(db, { ...about, ...said, kind: words('kind'), by: words('corrector') });
  const tone = { before: NEUTRAL, after: { label: 'negative' } };
  return (await addCorrection(db, { ...about, ...tone, kind: 'sentiment', by: words('corrector') }))!;
}

/** Another mention of the same topic, which the rule has hidden. */
async function seedHidden(db: Db, source: SourceId, key: string, words: Words): Promise<MentionId> {
  const url = 'https://forum.example/hidden';
  const found = {
    externalId: 'hidden',
    url,
    kind: 'post' as const,
    title: words('hidden title'),
    text: words('hidden text'),
  };
  const document = (await saveDocument(db, source, found, later(-1)))!;
  const mention = await seedMention(db, document, key, words);
  const decided = { basket: { rule: key, at: NOW.toISOString() } };
  await db.query('update mentions set basket_at = $2, decided = $3::jsonb where id = $1', [
    mention,
    NOW,
    json(decided),
  ]);
  return mention;
}

/** The document's text, passed on by somebody else. */
async function seedTalk(db: Db, source: SourceId, document: DocumentId, words: Words): Promise<StoryId> {
  const copy = (await saveDocument(
    db,
    source,
    {
      externalId: 'copy',
      url: `javascript:alert(4)//${words('copy url')}`,
      kind: 'post',
      title: words('copy title'),
      text: `${words('copy text')} ${words('text')}`,
      guestName: words('guest'),
      signs: { reach: 1200 },
    },
    later(-1),
  ))!;
  const [id] = await makeStories(db, 1, NOW);
  const carrier = { storyId: id!, revision: 1, ofStory: 1, ofOwn: 1 };
  await saveCarriers(
    db,
    [
      { ...carrier, documentId: document, saidAt: later(-5), relation: 'first' },
      { ...carrier, documentId: copy, saidAt: later(-1), relation: 'copy' },
    ],
    NOW,
  );
  return id!;
}

/** A sample of the mention alone, and last week's of another one that was labelled and is gone. */
async function seedSample(db: Db, document: DocumentId, mention: MentionId, key: string): Promise<number> {
  const [known] = await db.query<{ samples: number; topicId: TopicId }>(
    'select (select count(*)::int from scorecard_samples) as samples, topic_id as "topicId" from mentions where id = $1',
    [mention],
  );
  const { samples, topicId } = known!;
  const strata = [{ language: 'en', sourceKind: 'feed', documents: 1, mentions: 1 }];
  const drawn = { stratum: 0, topicId, language: 'en', sourceKind: 'feed', mentions: 1 };
  const week = (n: number) => ({ from: later(24 * 7 * (n - 40)), to: later(24 * 7 * (n - 39)) });
  await addSample(db, week(samples), strata, [{ ...drawn, documentId: null as never }], NOW);
  const machine = { tone: 'neutral', toneVersion: key, complaint: true, complaintVersion: key } as const;
  const gone = await db.query<{ id: number }>('select max(id) as id from scorecard_items');
  const by = { by: 'a@b.example', at: NOW };
  await saveLabel(db, gone[0]!.id, { tone: 'negative', complaint: true }, machine, by);
  await addSample(db, week(samples + 1), strata, [{ ...drawn, documentId: document }], NOW);
  return (await db.query<{ id: number }>('select max(id) as id from scorecard_items'))[0]!.id;
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What was read, the page as it came, a picture, an edit, trouble: with words that others wrote in every field. Returns the first record's number. */
async function seedEvidence(db: Db, caseId: CaseId, documentId: DocumentId, words: Words): Promise<number> {
  const address = `https://forum.example/1?${encodeURIComponent(words('address'))}`;
  const base = { caseId, documentId, at: later(-2), address };
  const page = await packContent(Buffer.from(`<html>${words('page')}<script>alert(1)</script></html>`));
  const text = await packContent(Buffer.from(words('recorded text')));
  const edit = await packContent(Buffer.from(`${words('recorded text')} ${words('edit')}`));
  const author = { site: words('site'), handle: words('handle'), name: words('author name') };
  const [first] = await db.transaction((tx) =>
    addRecords(tx, [
      { ...base, kind: 'text', content: text, details: { author, title: null, program: words('program') } },
      {
        ...base,
        kind: 'page',
        content: page,
        details: { status: 200, content_type: words('type'), screenshot: words('why') },
      },
      {
        ...base,
        kind: 'screenshot',
        content: asPacked(PNG),
        details: { browser: words('browser'), height: 1, page_height: 2 },
      },
      { ...base, kind: 'edit', content: edit, details: { by: 'look', title: null } },
      { ...base, kind: 'failed', details: { code: words('code'), message: words('message'), attempts: 1 } },
    ]),
  );
  return first!.seq;
}

/** A complaint by a known customer, and all that it led to. `key` tells stories apart. */
export async function seedStory(db: Db, key: string, words: Words): Promise<Story> {
  const document = await seedDocument(db, key, words);
  const { authorId, sourceId } = (await getDocument(db, document))!;
  const mention = await seedMention(db, document, key, words);
  const customer = await seedCustomer(db, authorId!, key, words);
  const interest = await seedKnown(db, customer, words);
  const opened = { severity: 3 as const, reason: 'delivery' as const, openedAt: later(-3), dueAt: later(-1) };
  const caseId = await openCase(db, {
    mentionId: mention,
    customerId: customer,
    authorId: authorId!,
    ...opened,
  });
  const caseIncident = await seedIncident(db, caseId, words);
  const record = await seedEvidence(db, caseId, document, words);
  const delivery = await seedDelivery(db, caseId, words);
  const digest = await seedDigest(db, key, words);
  const run = await seedRule(db, key, mention, words);
  const hidden = await seedHidden(db, sourceId, key, words);
  const subject = `customer:${customer}`;
  await addAudit(db, {
    at: NOW,
    actor: words('actor'),
    action: words('action'),
    subject,
    detail: { note: words('detail') },
  });
  return {
    source: sourceId,
    document,
    author: authorId!,
    mention,
    customer,
    interest,
    case: caseId,
    caseIncident,
    record,
    delivery,
    digest,
    report: await seedReport(db, words),
    recipient: (await findRecipient(db, key))!.id,
    run,
    hidden,
    unsubscribeToken: `unsubscribe-${key}`,
    correction: await seedCorrections(db, document, key, words),
    miss: await seedMiss(db, key, sourceId, words),
    talk: await seedTalk(db, sourceId, document, words),
    item: await seedSample(db, document, mention, key),
    incident: await seedAlert(db, key, document, words),
  };
}
