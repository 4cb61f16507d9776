import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { correct, undoCorrection } from '../../src/jobs/correct.ts';
import { knownDocuments } from '../../src/jobs/known-facts.ts';
import { retagOutdated } from '../../src/jobs/retag.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import type { PostKind } from '../../src/model/tag.ts';
import { correctionsInForce, listCorrections } from '../../src/store/corrections.ts';
import type { Database } from '../../src/store/db.ts';
import { getDocument } from '../../src/store/documents.ts';
import { takeBehind } from '../../src/store/index-queue.ts';
import { addTopic, found } from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';
import { ANNA, openRuleWorld, type RuleWorld, ruleOf } from './rules/rule-world.ts';

const VACANCY =
  'Вакансия: в компанию Ромашка требуется курьер. Зарплата 80 000, график 5/2, оформление по ТК. Резюме отправляйте в личку';
const QUESTION = 'Подскажите, когда Ромашка откроет магазин на Лесной?';

describe.each(DRIVERS)('the kind of a post on %s', (driver) => {
  let db: Database;
  let world: RuleWorld;
  beforeAll(async () => {
    db = await openTestStore(driver);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    world = await openRuleWorld(db);
  });

  const document = async (): Promise<DocumentId> =>
    (await db.query<{ id: DocumentId }>('select id from documents order by id'))[0]!.id;
  async function say(kind: PostKind): Promise<void> {
    const { id, revision } = (await getDocument(db, await document()))!;
    const about = { documentId: id, revision, kind: 'kind', target: '', by: 'anna@pr.example' };
    const outcome = await db.transaction((tx) => correct(tx, world.deps, { ...about, said: { kind } }));
    expect(outcome).toBe('done');
    await world.work();
  }
  async function undo(): Promise<void> {
    const [newest] = await correctionsInForce(db, [await document()]);
    const asked = { id: newest!.id, by: 'anna@pr.example' };
    await db.transaction((tx) => undoCorrection(tx, world.deps, asked));
    await world.work();
  }
  /** As facts of queries, and as the index has it. */
  async function told() {
    const id = await document();
    const known = (await knownDocuments(db, world.deps.resources, [id], {})).get(id)!;
    const [indexed] = await takeBehind(db, 10);
    expect(indexed!.postKind).toBe(known.facts!.intent);
    return { kind: known.facts!.intent, sure: known.facts!.sure };
  }
  const topicsFound = async (): Promise<string[]> =>
    (
      await db.query<{ key: string }>(
        'select t.key from mentions m join topics t on t.id = m.topic_id order by 1',
      )
    ).map(({ key }) => key);

  it('is asked by topics when a post arrives', async () => {
    await addTopic(db, 'offers', 'ромашка intent:вакансия');
    await addTopic(db, 'talk', 'ромашка NOT (intent:(vacancy | spam) sure>=90)');
    await world.publish(VACANCY);
    expect(await topicsFound()).toEqual(['offers', 'romashka']);
    await world.publish(QUESTION);
    expect(await topicsFound()).toEqual(['offers', 'romashka', 'romashka', 'talk']);
  });

  it('corrected by a person counts in search, index and topics at once, and undone no more', async () => {
    await addTopic(db, 'talk', 'ромашка -intent:vacancy');
    await world.publish(VACANCY);
    expect(await told()).toMatchObject({ kind: 'vacancy' });
    await say('question');
    expect(await told()).toEqual({ kind: 'question', sure: 100 });
    expect(await topicsFound()).toEqual(['romashka', 'talk']);
    await undo();
    expect(await told()).toMatchObject({ kind: 'vacancy' });
    expect(await topicsFound()).toEqual(['romashka']);
    expect(await listCorrections(db, await document())).toHaveLength(2);
  });

  it('follows the text when it is edited, and a person’s word does not', async () => {
    await world.publish(found('1', { text: VACANCY, author: ANNA }));
    await say('news');
    await world.publish(found('1', { text: QUESTION, author: ANNA }));
    expect(await told()).toMatchObject({ kind: 'question' });
  });

  it('made again stays as a person has said it, and is mended where nobody has', async () => {
    await world.publish(VACANCY, QUESTION);
    await say('news');
    await db.query(
      `update tags set version = 'old', value = '{"kind": "spam", "confidence": 0.3}' where kind = 'kind' and corrected is null`,
    );
    await retagOutdated(world.deps);
    await world.work();
    const kinds = await db.query(
      `select value->>'kind' as kind, corrected->'tagger'->>'kind' as tagger from tags where kind = 'kind' order by document_id`,
    );
    expect(kinds).toEqual([
      { kind: 'news', tagger: 'vacancy' },
      { kind: 'question', tagger: null },
    ]);
  });

  it('is a condition of rules, with how sure it is', async () => {
    await world.save(ruleOf('ask', 'intent:вопрос sure>=50', { tags: ['вопрос'] }));
    await world.save(ruleOf('certain', 'intent:question sure>=100', { tags: ['точно'] }));
    await world.publish(QUESTION);
    expect((await world.mentions())[0]!.tags).toEqual(['вопрос']);
    await say('question');
    expect((await world.mentions())[0]!.tags).toEqual(['вопрос', 'точно']);
  });

  it('that was a slip of the key brings back what a rule has hidden for it', async () => {
    await world.save(ruleOf('hide', 'intent:advert', { basket: true }));
    await world.save(ruleOf('word', 'лесной', { tags: ['улица'] }));
    await world.publish(QUESTION);
    await say('advert');
    expect((await world.mentions())[0]!.basketAt).not.toBeNull();
    await undo();
    const [mention] = await world.mentions();
    expect(mention).toMatchObject({ basketAt: null, tags: ['улица'] });
    expect(mention!.decided).not.toHaveProperty('basket');
  });

  it('corrected leaves in the basket what a rule has hidden for its words, or a rule that is gone', async () => {
    await world.save(ruleOf('word', 'лесной', { basket: true }));
    await world.publish(QUESTION);
    await say('news');
    expect((await world.mentions())[0]!.basketAt).not.toBeNull();
    await db.query('update rules set enabled = false');
    await say('thanks');
    expect((await world.mentions())[0]!.basketAt).not.toBeNull();
  });
});
