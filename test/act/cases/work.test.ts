import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../../config/schema.ts';
import { loadComplaint } from '../../../src/act/cases/facts.ts';
import { joinIncident, mergeCases, reviseIncident, splitCase } from '../../../src/act/cases/join.ts';
import { actOnComplaint, type Opened } from '../../../src/act/cases/open.ts';
import { reviseCase } from '../../../src/act/cases/revise.ts';
import { tellCaseNow } from '../../../src/act/cases/tell.ts';
import { withdrawCasesOf } from '../../../src/act/cases/withdraw.ts';
import { casePolicyOf } from '../../../src/app/case-policy.ts';
import { escalateCases } from '../../../src/jobs/cases/escalate.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { CASE_OPENED, type Case } from '../../../src/model/case.ts';
import { casePayload } from '../../../src/model/case-payload.ts';
import type { CaseId, CustomerId, MentionId, SourceId, TopicId, UserId } from '../../../src/model/ids.ts';
import { aftermathOf } from '../../../src/store/case-aftermath.ts';
import { listCaseEvents } from '../../../src/store/case-events.ts';
import { getCase, listCasePosts, mergedInto } from '../../../src/store/cases.ts';
import type { Database } from '../../../src/store/db.ts';
import { getDocument } from '../../../src/store/documents.ts';
import { listMentions } from '../../../src/store/mentions.ts';
import { saveCustomer } from '../../../src/store/save-customers.ts';
import { addUser } from '../../../src/store/users.ts';
import { addDocument, addMention, addSources, addTopic, later, NOW, TEST_VAULT } from '../../support/rows.ts';
import { openTestStore, truncate } from '../../support/store.ts';

const hour = 3_600_000;
const day = 24 * hour;
const BY = { actor: 'anna@m.example', now: later(hour) };

describe('a case as it is worked', () => {
  let db: Database;
  let topic: TopicId;
  let source: SourceId;
  let customer: CustomerId;
  let count = 0;
  const policy = {
    ...casePolicyOf(
      configSchema.parse({ cases: { owner: 'boss@m.example', escalate_to: ['boss@m.example'] } }),
      'http://m',
    ),
  };
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    const [added] = await addSources(db, 'forum');
    source = added!;
    topic = await addTopic(db, 't');
    customer = await addCustomer('c1');
  });

  async function addCustomer(externalId: string, owner: string | null = null): Promise<CustomerId> {
    const record = { externalId, name: externalId, city: null, tier: null, owner };
    const facts = { identifiers: [], purchases: [] };
    return (await saveCustomer(db, TEST_VAULT, { ...record, ...facts }, NOW)).id;
  }
  async function person(email: string): Promise<UserId> {
    const user = { email, name: email, role: 'pr' as const, language: 'en' as const, zone: 'UTC' };
    return (await addUser(db, { ...user, passwordHash: 'x' }, NOW))!.id;
  }
  async function complain(
    { handle = 'anna', at = NOW, severity = 2 as Case['severity'], customerId = customer } = {},
    now = at,
  ): Promise<{ opened: Opened | null; mention: MentionId }> {
    count += 1;
    const document = await addDocument(
      db,
      source,
      String(count),
      { author: { site: 'f', handle }, publishedAt: at, text: `Верните деньги ${count}` },
      at,
    );
    const mention = await addMention(db, document, topic, {
      isComplaint: true,
      probability: 0.9,
      severity,
      reason: 'price',
    });
    const stored = await getDocument(db, document);
    const known = { authorId: stored!.authorId!, customerId, topicId: topic } as Case;
    const complaint = (await loadComplaint(db, { ...known, openedAt: now } as Case, mention))!;
    return {
      opened: await db.transaction((tx) => actOnComplaint(tx, complaint, policy, ['crm'], now)),
      mention,
    };
  }
  const at = (now: Date) => ({ db, casePolicy: policy, clock: { ...systemClock, now: () => now } });
  const kinds = async (id: CaseId) => (await listCaseEvents(db, id)).map(({ kind }) => kind);
  const events = () =>
    db.query<{ type: string; payload: never }>(
      'select event_type as type, payload from deliveries order by seq',
    );
  const revise = (id: CaseId, revision: Parameters<typeof reviseCase>[2], now = BY.now) =>
    db.transaction((tx) => reviseCase(tx, id, revision, { ...BY, now }));

  it('takes in what its author adds, tells the CRM of each post once, and becomes worse with the worst', async () => {
    const first = await complain({ severity: 1 });
    const second = await complain({ at: later(hour), severity: 3 });
    const { id } = first.opened!;
    expect(second.opened).toEqual({ id, kind: 'append' });
    const c = (await getCase(db, id))!;
    expect([c.severity, c.posts, c.mentionId]).toEqual([3, 2, first.mention]);
    expect((await events()).map(({ type }) => type)).toEqual(['complaint.detected', 'complaint.updated']);
    expect(await kinds(id)).toEqual(['opened', 'post']);
  });

  it('tells of itself in the documented form', async () => {
    await complain();
    const [event] = await events();
    expect(casePayload.parse(event!.payload)).toEqual(event!.payload);
  });

  it('is opened again by what its author writes after the answer, with a new time to answer', async () => {
    const { opened } = await complain();
    await revise(opened!.id, { status: 'answered', outcome: 'explained' });
    const again = await complain({ at: later(2 * day) });
    expect(again.opened).toEqual({ id: opened!.id, kind: 'reopen' });
    const c = (await getCase(db, opened!.id))!;
    expect([c.status, c.answeredAt, c.outcome, c.dueAt]).toEqual(['open', null, null, later(3 * day)]);
  });

  it('does not mix people, nor topics', async () => {
    const { opened } = await complain();
    const other = await complain({ handle: 'boris', customerId: await addCustomer('c2') });
    expect(other.opened!.id).not.toBe(opened!.id);
  });

  it('two posts of one author at once make one case', async () => {
    const [one, two] = await Promise.all([complain(), complain()]);
    expect(new Set([one!.opened!.id, two!.opened!.id]).size).toBe(1);
  });

  it('goes to whoever looks after the customer, else to who gets what nobody owns', async () => {
    const [boss, ivan] = [await person('boss@m.example'), await person('ivan@m.example')];
    const plain = await complain();
    const owned = await complain({ handle: 'boris', customerId: await addCustomer('c2', 'ivan@m.example') });
    const named = await complain({ handle: 'vera', customerId: await addCustomer('c3', 'Отдел 7') });
    const owners = [plain, owned, named].map(({ opened }) => getCase(db, opened!.id));
    expect((await Promise.all(owners)).map((c) => c!.ownerId)).toEqual([boss, ivan, boss]);
    const payloads = (await events()).map(({ payload }) => casePayload.parse(payload).case.suggested_owner);
    expect(payloads).toEqual(['boss@m.example', 'ivan@m.example', 'Отдел 7']);
  });

  it('keeps each step of its way, and its mentions follow', async () => {
    const { opened, mention } = await complain();
    const { id } = opened!;
    await revise(id, { status: 'in_work' });
    await revise(id, { status: 'answered', cause: 'staff', note: 'перезвонили' }, later(2 * hour));
    await revise(id, { status: 'closed', outcome: 'put_right' }, later(3 * hour));
    const c = (await getCase(db, id))!;
    expect([c.takenAt, c.answeredAt, c.closedAt, c.cause]).toEqual([
      later(hour),
      later(2 * hour),
      later(3 * hour),
      'staff',
    ]);
    expect(await kinds(id)).toEqual(['opened', 'status', 'status', 'cause', 'note', 'status', 'outcome']);
    const [row] = await listMentions(db, [c.documentId]);
    expect([row!.id, row!.status]).toEqual([mention, 'closed']);
  });

  it('notes nothing where nothing changes', async () => {
    const { opened } = await complain();
    expect(await revise(opened!.id, { status: 'open', owner: null })).toEqual([]);
    expect(await kinds(opened!.id)).toEqual(['opened']);
  });

  it('remembers what was promised, until when, and whether it was kept', async () => {
    const { opened } = await complain();
    await expect(revise(opened!.id, { promiseKept: true })).rejects.toThrow(/nothing was promised/);
    await revise(opened!.id, { promise: { text: 'вернём к пятнице', until: later(day) } });
    await revise(opened!.id, { promiseKept: false });
    expect((await getCase(db, opened!.id))!.promise).toEqual({
      text: 'вернём к пятнице',
      until: later(day),
      kept: false,
    });
  });

  it('becomes part of another of the same customer, and the CRM is told; of another customer it does not', async () => {
    const [first, second] = [await complain(), await complain({ at: later(9 * day) })];
    const [into, other] = [first.opened!.id, second.opened!.id];
    await db.transaction((tx) => mergeCases(tx, { into, other }, 'http://m', BY));
    expect(await listCasePosts(db, into)).toHaveLength(2);
    expect(await mergedInto(db, other)).toBe(into);
    // What had not left is cancelled, so there is nothing to take back.
    expect((await events()).map(({ type }) => type)).toEqual(['complaint.detected', 'complaint.detected']);
    const stranger = await complain({ handle: 'boris', customerId: await addCustomer('c2') });
    const wrong = { into, other: stranger.opened!.id };
    await expect(db.transaction((tx) => mergeCases(tx, wrong, 'http://m', BY))).rejects.toThrow(/incident/);
  });

  it('that is withdrawn before it has left takes with it what was to be told of its later posts', async () => {
    const { opened } = await complain();
    await complain({ at: later(hour) });
    const author = (await getCase(db, opened!.id))!.authorId;
    await db.transaction((tx) =>
      withdrawCasesOf(tx, author, [customer], 'not_the_customer', 'http://m', BY.now),
    );
    const states = await db.query('select distinct state from deliveries');
    expect(states).toEqual([{ state: 'cancelled' }]);
    expect(await kinds(opened!.id)).toEqual(['opened', 'post', 'withdrawn']);
    // Who says that he is the customer after all has a case again.
    expect((await complain({ at: later(2 * hour) })).opened!.kind).toBe('open');
  });

  it('gives posts to a case of their own, of which the CRM is told', async () => {
    const first = await complain();
    const second = await complain({ at: later(hour) });
    const { id } = first.opened!;
    const part = await db.transaction(async (tx) => {
      const made = await splitCase(tx, { id, mentions: [second.mention] }, BY);
      await tellCaseNow(tx, made, { type: CASE_OPENED, key: `case:${made}` }, ['crm'], policy, BY.now);
      return made;
    });
    expect((await listCasePosts(db, part)).map(({ mentionId }) => mentionId)).toEqual([second.mention]);
    expect((await events()).at(-1)!.payload).toMatchObject({ case: { id: part, posts: 1 } });
    await expect(
      db.transaction((tx) => splitCase(tx, { id, mentions: [first.mention] }, BY)),
    ).rejects.toThrow(/not all/);
  });

  it('is joined with others into an incident, whose owner owns them all', async () => {
    const ivan = await person('ivan@m.example');
    const one = (await complain()).opened!.id;
    const two = (await complain({ handle: 'boris', customerId: await addCustomer('c2') })).opened!.id;
    const id = await db.transaction((tx) =>
      joinIncident(tx, { cases: [one, two], incident: 'Склад сгорел', owner: null }, BY),
    );
    await db.transaction((tx) => reviseIncident(tx, { id, owner: ivan, isClosed: false }, BY));
    expect((await getCase(db, two))!.ownerId).toBe(ivan);
    expect(await kinds(one)).toEqual(['opened', 'incident', 'owner']);
  });

  it('warns its owner before its time is up, and those above once it is; each once, also after it was late for long', async () => {
    await person('boss@m.example');
    const { opened } = await complain();

    const mails = async () =>
      (
        await db.query<{ type: string }>(
          "select event_type as type from deliveries where channel = 'mail' order by seq",
        )
      ).map(({ type }) => type);
    await escalateCases(at(later(22 * hour)));
    expect(await mails()).toEqual([]);
    for (const hours of [23.5, 23.6]) await escalateCases(at(later(hours * hour)));
    expect(await mails()).toEqual(['case.due_soon']);
    for (const hours of [25, 26]) await escalateCases(at(later(hours * hour)));
    expect(await mails()).toEqual(['case.due_soon', 'case.breached']);
    expect(await kinds(opened!.id)).toEqual(['opened', 'warned', 'breached']);
  });

  it('says of a case that was late before anybody looked only that it is late', async () => {
    await person('boss@m.example');
    const { opened } = await complain();
    await escalateCases(at(later(30 * hour)));
    expect(await kinds(opened!.id)).toEqual(['opened', 'breached']);
  });

  it('knows what the customer did after the answer', async () => {
    const { opened } = await complain();
    expect(await aftermathOf(db, opened!.id)).toMatchObject({ since: null });
    await revise(opened!.id, { status: 'answered' });
    const purchase = { at: later(2 * day), amount: 10, currency: 'RUB', item: 'x', channel: null };
    const purchases = [
      { ...purchase, externalId: 'p1' },
      { ...purchase, externalId: 'p0', at: later(-day) },
    ];
    await saveCustomer(db, TEST_VAULT, { externalId: 'c1', identifiers: [], purchases }, NOW);
    await complain({ at: later(20 * day) });
    expect(await aftermathOf(db, opened!.id)).toEqual({
      since: later(hour),
      purchases: 1,
      spent: { RUB: 10 },
      contacts: 0,
      posts: 1,
      negative: 1,
    });
  });
});
