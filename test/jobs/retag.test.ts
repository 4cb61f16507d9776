import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { correct } from '../../src/jobs/correct.ts';
import { goOnWithPast } from '../../src/jobs/rematch.ts';
import { requestRetag, retagOutdated, versionsOf } from '../../src/jobs/retag.ts';
import { forecastRetag } from '../../src/jobs/retag-dry-run.ts';
import { recoverLostWork } from '../../src/jobs/tidy.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import { setMentionStatus } from '../../src/store/mentions.ts';
import { listRematchRuns } from '../../src/store/rematch-runs.ts';
import { taggerVersions } from '../../src/understand/versions.ts';
import { addTopic, countRows, found, MINUTE } from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';
import { ANNA, openRuleWorld, type RuleWorld, ruleOf, TEXT } from './rules/rule-world.ts';
import { saveKnownCustomer } from './worker.ts';

const DAY = 24 * 60 * MINUTE;
const PRAISE = 'Ромашка работает отлично, заказ пришёл вовремя, спасибо!';
const WAS_PRAISED = { label: 'positive', score: 0.9, confidence: 0.9 };

describe.each(DRIVERS)('making tags again on %s', (kind) => {
  let db: Database;
  let world: RuleWorld;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    world = await openRuleWorld(db);
  });

  /** As if an older program had tagged what is stored, and had found it all well. */
  async function age(...kinds: string[]): Promise<void> {
    await db.query(`update tags set version = 'old' where kind = any($1::text[])`, [kinds]);
    if (kinds.includes('sentiment')) {
      await db.query(`update tags set value = $1::jsonb where kind = 'sentiment'`, [
        JSON.stringify(WAS_PRAISED),
      ]);
      await db.query(`update mentions set sentiment = $1::jsonb where not decided ? 'tone'`, [
        JSON.stringify(WAS_PRAISED),
      ]);
    }
    if (kinds.includes('complaint')) {
      await db.query(`update tags set value = value || '{"isComplaint": false}' where kind = 'complaint'`);
      await db.query(`update mentions set complaint = complaint || '{"isComplaint": false}'`);
    }
  }
  const tags = (where = 'true') =>
    db.query(
      `select document_id, kind, target, version, value, spans from tags where ${where} order by document_id, kind, target`,
    );
  const mentions = () => db.query(`select * from mentions order by id`);
  const publishMany = (count: number) =>
    world.publish(...Array.from({ length: count }, (_, at) => `${TEXT} Номер ${at}.`));
  /** What a program does when it starts. */
  const start = () => retagOutdated(world.deps);

  it('restores what taggers say today, of the outdated kind alone, and leaves numbers, status and people’s words', async () => {
    await publishMany(3);
    await start();
    const fresh = { tags: await tags(), mentions: await mentions() };
    await setMentionStatus(db, (await world.mentions())[0]!.id, 'seen');
    await db.query(`update mentions set status = 'new'`);
    await age('sentiment');
    const others = await tags(`kind <> 'sentiment'`);
    expect(await start()).toMatchObject({ documents: 3, versions: versionsOf(['sentiment'], world.deps) });
    expect(await listRematchRuns(db)).toMatchObject([{ done: 0, total: 3 }]);
    await world.work();
    expect({ tags: await tags(), mentions: await mentions() }).toEqual(fresh);
    expect(await tags(`kind <> 'sentiment'`)).toEqual(others);
    expect(await listRematchRuns(db)).toEqual([]);
    expect(await db.query('select done, total, changed from rematch_runs order by id desc limit 1')).toEqual([
      { done: 3, total: 3, changed: 3 },
    ]);
  });

  it('is begun once for a version, and not at all where nothing is outdated', async () => {
    await publishMany(2);
    expect(await start()).toMatchObject({ run: null });
    const runs = await countRows(db, 'rematch_runs');
    expect(await start()).toEqual({ run: null, versions: {}, documents: 0 });
    expect(await countRows(db, 'rematch_runs')).toBe(runs);
    await age('complaint');
    expect(await start()).toMatchObject({ documents: 2 });
    expect(await start()).toMatchObject({ run: null, documents: 0 });
    expect(await listRematchRuns(db)).toHaveLength(1);
  });

  it('gives a kind to documents that have none of it, and does not look for it for ever where there is none', async () => {
    await publishMany(2);
    await db.query(`delete from tags where kind = 'language'`);
    expect(await start()).toMatchObject({ documents: 2 });
    await world.work();
    expect(await tags(`kind = 'language'`)).toHaveLength(2);
    await db.query(`delete from tags where kind = 'language'`);
    expect(await start()).toMatchObject({ documents: 0 });
  });

  it('goes on where a killed process ended, and counts nothing twice', async () => {
    await publishMany(121);
    await start();
    const fresh = { tags: await tags(), mentions: await mentions() };
    await age('sentiment', 'complaint');
    await start();
    const [first] = world.hand.take();
    await goOnWithPast(world.deps, first!.data);
    expect(await listRematchRuns(db)).toMatchObject([{ done: 25, total: 121 }]);
    // Killed once the batch was stored, but before the queue knew: the job is tried again, beside the next.
    await goOnWithPast(world.deps, first!.data);
    expect(await listRematchRuns(db)).toMatchObject([{ done: 25 }]);
    expect(world.hand.take().map(({ name }) => name)).toEqual(
      [...Array(50).fill(0)]
        .map(() => 'act')
        .slice(0, 1)
        .concat('rematch'),
    );
    // Killed in the middle of a batch: what it wrote is gone with its transaction.
    const dying = {
      ...world.deps,
      queue: { ...world.deps.queue, send: () => Promise.reject(new Error('killed')) },
    };
    const [run] = await listRematchRuns(db);
    const second = { runId: run!.id, after: run!.after };
    await expect(goOnWithPast(dying, second)).rejects.toThrow('killed');
    expect(await listRematchRuns(db)).toMatchObject([{ done: 25 }]);
    // And its job with it: it is found by the run, once it has stood still for a while.
    await recoverLostWork(world.deps);
    expect(world.hand.take().filter(({ name }) => name === 'rematch')).toEqual([]);
    world.clock.pass(11 * MINUTE);
    await recoverLostWork(world.deps);
    await world.work();
    expect(await listRematchRuns(db)).toEqual([]);
    const [done] = await db.query('select done, total, changed from rematch_runs order by id desc limit 1');
    expect(done).toEqual({ done: 121, total: 121, changed: 121 });
    expect({ tags: await tags(), mentions: await mentions() }).toEqual(fresh);
  });

  it('keeps what people and rules have decided, and says beneath it what taggers say now', async () => {
    await world.save(ruleOf('calm', '"Номер 1"', { tone: 'unsure' }));
    await publishMany(3);
    const [person, ruled, plain] = await world.mentions();
    const request = {
      kind: 'sentiment',
      target: 'romashka',
      said: { label: 'neutral' },
      by: 'anna@pr.example',
    };
    await db.transaction((tx) =>
      correct(tx, world.deps, { documentId: person!.documentId, revision: 1, ...request }),
    );
    await world.work();
    await start();
    await age('sentiment');
    await start();
    await world.work();
    expect(await world.mentions()).toMatchObject([
      {
        id: person!.id,
        sentiment: { label: 'neutral' },
        taggerSentiment: person!.sentiment,
        decided: { tone: { person: 'anna@pr.example' } },
      },
      { id: ruled!.id, sentiment: { label: 'unsure' }, decided: ruled!.decided },
      { id: plain!.id, sentiment: plain!.sentiment, taggerSentiment: null, decided: {} },
    ]);
  });

  it('alerts nobody and opens no case about old posts, and does about today’s', async () => {
    const identifiers = [{ kind: 'handle' as const, value: 'forum.example/anna' }];
    const record = { externalId: 'c1', name: 'Анна', city: null, tier: null, identifiers, purchases: [] };
    await saveKnownCustomer(db, record, world.clock.now());
    // As the older tagger saw it, neither was a complaint.
    const hush = async () => {
      await age('complaint', 'kind');
      await db.query(`update tags set value = value || '{"kind": "news"}' where kind = 'kind'`);
      await db.query('delete from cases');
      await db.query('delete from deliveries');
      await db.query('delete from rule_effects');
    };
    await world.publish(found('old', { text: TEXT, author: ANNA }));
    await world.save(ruleOf('told', 'intent:complaint', { alert: { mail: ['pr@example.ru'] } }));
    await start();
    await hush();
    world.clock.pass(2 * DAY);
    await start();
    await world.work();
    expect((await world.mentions())[0]!.complaint.isComplaint).toBe(true);
    expect([await countRows(db, 'cases'), await countRows(db, 'deliveries')]).toEqual([0, 0]);
    await world.publish(found('new', { text: `${TEXT} Сегодня.`, author: ANNA }));
    await hush();
    await start();
    await world.work();
    expect(
      await db.query(`select d.external_id from rule_effects e join mentions m on m.id = e.mention_id
      join documents d on d.id = m.document_id where e.action = 'alert'`),
    ).toEqual([{ external_id: 'new' }]);
    expect(await countRows(db, 'cases')).toBe(1);
  });

  it('of a kind that topics ask for finds their mentions', async () => {
    await addTopic(db, 'thanks', 'ромашка intent:thanks');
    await world.publish(TEXT, PRAISE);
    const found = await world.mentions();
    expect(found).toHaveLength(3);
    await db.query(
      `update tags set version = 'old', value = value || '{"kind": "news"}' where kind = 'kind'`,
    );
    await db.query('delete from mentions where topic_id = (select id from topics where key = $1)', [
      'thanks',
    ]);
    await start();
    await world.work();
    expect((await world.mentions()).map(({ topicId }) => topicId).sort()).toEqual(
      found.map(({ topicId }) => topicId).sort(),
    );
  });

  it('leaves alone what is being understood anew: it gets its tags there', async () => {
    await publishMany(1);
    await start();
    await age('sentiment');
    await db.query('update document_progress set understood = 0');
    expect(await start()).toMatchObject({ documents: 0 });
    expect(await tags(`version = 'old'`)).not.toHaveLength(0);
  });

  it('of some kinds, of documents found since a day, on request', async () => {
    await publishMany(2);
    world.clock.pass(DAY);
    const since = world.clock.now();
    await publishMany(1);
    await start();
    await age('sentiment', 'complaint');
    const versions = versionsOf(['complaint'], world.deps);
    const { documents } = await db.transaction((tx) => requestRetag(tx, world.deps, { versions, since }));
    expect(documents).toBe(1);
    await world.work();
    expect(await tags(`kind = 'complaint' and target = '' and version = 'old'`)).toHaveLength(2);
    expect(await tags(`kind = 'sentiment' and target = '' and version = 'old'`)).toHaveLength(3);
    expect(() => versionsOf(['mood'], world.deps)).toThrow(InputError);
  });

  it('takes over what a run under way still had to do', async () => {
    await publishMany(2);
    await start();
    await age('sentiment', 'complaint');
    await start();
    const versions = versionsOf(['complaint'], world.deps);
    await db.transaction((tx) => requestRetag(tx, world.deps, { versions, since: world.clock.now() }));
    expect(await listRematchRuns(db)).toHaveLength(1);
    await world.work();
    expect(await tags(`version = 'old'`)).toEqual([]);
  });

  it('is foretold on a sample, without changing anything', async () => {
    await publishMany(3);
    await start();
    await age('sentiment');
    const before = { tags: await tags(), mentions: await mentions() };
    const asked = { versions: versionsOf(['sentiment'], world.deps), since: null };
    const forecast = await forecastRetag(world.deps, asked, 2);
    expect(forecast).toMatchObject({ documents: 3, sampled: 2, changed: 2 });
    expect(forecast.turns).toEqual([{ kind: 'sentiment', before: 'positive', after: 'negative', count: 4 }]);
    expect({ tags: await tags(), mentions: await mentions() }).toEqual(before);
  });

  it('waits for new posts to be understood first, but not for ever', async () => {
    await publishMany(1);
    await start();
    await age('sentiment');
    await start();
    const [job] = world.hand.take();
    const at = world.clock.now().getTime();
    await world.deps.queue.send(db, 'understand', { documentIds: [] as DocumentId[] });
    await goOnWithPast(world.deps, job!.data);
    expect(world.clock.now().getTime() - at).toBeGreaterThanOrEqual(10_000);
    expect(await tags(`version = 'old'`)).toEqual([]);
  });

  it('names a version for every kind of the registry', () => {
    expect([...taggerVersions(world.deps.resources).values()].every((version) => version !== '')).toBe(true);
  });

  it('of praise and of blame gives each its own', async () => {
    await world.publish(PRAISE, TEXT);
    await start();
    await age('sentiment');
    await start();
    await world.work();
    expect((await world.mentions()).map(({ sentiment }) => sentiment.label)).toEqual([
      'positive',
      'negative',
    ]);
  });
});
