import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { correct, undoCorrection } from '../../src/jobs/correct.ts';
import { understandDocuments } from '../../src/jobs/understand.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { CorrectionOutcome, CorrectionRequest } from '../../src/model/correction.ts';
import type { CorrectionId, DocumentId } from '../../src/model/ids.ts';
import type { Complaint, Sentiment } from '../../src/model/tag.ts';
import { correctionsInForce, listCorrections } from '../../src/store/corrections.ts';
import type { Database } from '../../src/store/db.ts';
import { getDocument } from '../../src/store/documents.ts';
import { takeBehind } from '../../src/store/index-queue.ts';
import { countTones, listTags } from '../../src/store/mentions.ts';
import { deleteOldDocuments } from '../../src/store/retention.ts';
import { addTopic, countRows, found, later } from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';
import { ANNA, openRuleWorld, type RuleWorld, ruleOf, TEXT } from './rules/rule-world.ts';
import { saveKnownCustomer } from './worker.ts';

const PRAISE = 'Ромашка работает отлично, заказ пришёл вовремя, спасибо!';
const FAR = later(1_000_000_000);

describe.each(DRIVERS)('a correction on %s', (kind) => {
  let db: Database;
  let world: RuleWorld;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    world = await openRuleWorld(db);
  });

  const onlyDocument = async (): Promise<DocumentId> =>
    (await db.query<{ id: DocumentId }>('select id from documents order by id'))[0]!.id;
  async function say(
    said: CorrectionRequest['said'],
    change: Partial<CorrectionRequest> = {},
  ): Promise<CorrectionOutcome> {
    const document = (await getDocument(db, change.documentId ?? (await onlyDocument())))!;
    const about = {
      documentId: document.id,
      revision: document.revision,
      kind: 'sentiment',
      target: 'romashka',
    };
    const request = { ...about, said, by: 'anna@pr.example', ...change };
    const outcome = await db.transaction((tx) => correct(tx, world.deps, request));
    await world.work();
    return outcome;
  }
  async function undo(by = 'anna@pr.example', id?: CorrectionId): Promise<CorrectionOutcome> {
    const [newest] = await correctionsInForce(db, [await onlyDocument()]);
    const { outcome } = await db.transaction((tx) =>
      undoCorrection(tx, world.deps, { id: id ?? newest!.id, by }),
    );
    await world.work();
    return outcome;
  }
  const tagOf = async (kindOfTag: string, target = 'romashka') =>
    (await listTags(db, await onlyDocument())).find(
      (tag) => tag.kind === kindOfTag && tag.target === target,
    )!;
  const understandAll = async () => {
    await understandDocuments(world.deps, { documentIds: [await onlyDocument()] });
    await world.work();
  };
  const indexed = async () => (await takeBehind(db, 10))[0]!;

  it('of a tone counts at once in mention, tag, counts and index, and stays when the document is understood again', async () => {
    await world.publish(PRAISE);
    const [before] = await world.mentions();
    expect(await say({ label: 'negative' })).toBe('done');
    for (const step of ['at once', 'again']) {
      if (step === 'again') await understandAll();
      const [mention] = await world.mentions();
      expect(mention).toMatchObject({
        id: before!.id,
        sentiment: { label: 'negative', score: -1, confidence: 1 },
        taggerSentiment: before!.sentiment,
        decided: { tone: { person: 'anna@pr.example' } },
      });
      expect(await tagOf('sentiment')).toMatchObject({
        value: { label: 'negative' },
        corrected: { by: 'anna@pr.example', tagger: before!.sentiment },
      });
      expect(await countTones(db)).toMatchObject([{ label: 'negative', count: 1 }]);
      expect((await indexed()).mentions).toMatchObject([{ topic: 'romashka', sentiment: 'negative' }]);
    }
    // The whole document was not spoken of.
    expect(await tagOf('sentiment', '')).not.toHaveProperty('corrected');
  });

  it('is undone by a row of its own, and the taggers count again', async () => {
    await world.publish(PRAISE);
    const [before] = await world.mentions();
    await say({ label: 'negative' });
    expect(await undo('boris@pr.example')).toBe('done');
    const [mention] = await world.mentions();
    expect(mention).toMatchObject({ sentiment: before!.sentiment, taggerSentiment: null, decided: {} });
    expect(await tagOf('sentiment')).not.toHaveProperty('corrected');
    const [undoing, undone] = await listCorrections(db, await onlyDocument());
    expect(undoing).toMatchObject({ after: null, undoes: undone!.id, by: 'boris@pr.example' });
    expect(await undo('anna@pr.example', undone!.id)).toBe('late');
  });

  it('by two people one after the other: both are kept, the newer counts, and undone it gives way to the older', async () => {
    await world.publish(PRAISE);
    await say({ label: 'negative' });
    await say({ label: 'neutral' }, { by: 'boris@pr.example' });
    expect((await world.mentions())[0]).toMatchObject({
      sentiment: { label: 'neutral' },
      decided: { tone: { person: 'boris@pr.example' } },
    });
    await undo();
    expect((await world.mentions())[0]).toMatchObject({
      sentiment: { label: 'negative' },
      decided: { tone: { person: 'anna@pr.example' } },
    });
  });

  it('by two people at the same moment: neither is lost', async () => {
    await world.publish(PRAISE);
    const outcomes = await Promise.all([
      say({ label: 'negative' }),
      say({ label: 'neutral' }, { by: 'boris@pr.example' }),
    ]);
    expect(outcomes).toEqual(['done', 'done']);
    const [newest, older] = await listCorrections(db, await onlyDocument());
    expect(new Set([newest!.by, older!.by]).size).toBe(2);
    // What the tagger said, not what the other person had said a moment before.
    expect(newest!.before).toEqual(older!.before);
    expect((await world.mentions())[0]!.sentiment).toMatchObject(newest!.after!);
  });

  it('said twice by the same person is one', async () => {
    await world.publish(PRAISE);
    await say({ label: 'negative' });
    expect(await say({ label: 'negative' })).toBe('same');
    expect(await countRows(db, 'corrections')).toBe(1);
  });

  it('that confirms is kept with what it confirms', async () => {
    await world.publish(TEXT);
    await say('right', { kind: 'complaint' });
    const { before, after } = (await listCorrections(db, await onlyDocument()))[0]!;
    const { isComplaint, reason, severity } = before as Complaint;
    expect(isComplaint).toBe(true);
    expect(after).toEqual({ isComplaint, reason, severity });
  });

  it('goes before a rule’s tone, whenever the rule looks again, and undone gives the rule its tone back', async () => {
    await world.save(ruleOf('calm', 'ромашка', { tone: 'unsure' }));
    await world.publish(PRAISE);
    const [ruled] = await world.mentions();
    expect(ruled).toMatchObject({ sentiment: { label: 'unsure' }, decided: { tone: { rule: 'calm' } } });
    await say({ label: 'negative' });
    await understandAll();
    expect((await world.mentions())[0]).toMatchObject({
      sentiment: { label: 'negative' },
      decided: { tone: { person: 'anna@pr.example' } },
    });
    const { before } = (await listCorrections(db, await onlyDocument()))[0]!;
    expect(before).toEqual(ruled!.taggerSentiment);
    await undo();
    expect((await world.mentions())[0]).toMatchObject({
      sentiment: ruled!.sentiment,
      taggerSentiment: ruled!.taggerSentiment,
      decided: ruled!.decided,
    });
  });

  it('does not count for a text that was edited since, is kept, and counts again when the old text is back', async () => {
    await world.publish(found('1', { text: PRAISE, author: ANNA }));
    await say({ label: 'negative' });
    await world.publish(found('1', { text: `${PRAISE} Рекомендую!`, author: ANNA }));
    const [mention] = await world.mentions();
    expect(mention).toMatchObject({ sentiment: { label: 'positive' }, taggerSentiment: null, decided: {} });
    expect(await countRows(db, 'corrections')).toBe(1);
    await world.publish(found('1', { text: PRAISE, author: ANNA }));
    expect((await world.mentions())[0]!.sentiment.label).toBe('negative');
  });

  it('of a text that is another one by now is not taken', async () => {
    await world.publish(found('1', { text: PRAISE, author: ANNA }));
    await world.publish(found('1', { text: TEXT, author: ANNA }));
    expect(await say({ label: 'positive' }, { revision: 1 })).toBe('edited');
    expect(await countRows(db, 'corrections')).toBe(0);
  });

  it('to a complaint opens the case of a known customer; taken back, the case stays and is not opened twice', async () => {
    const identifiers = [{ kind: 'handle' as const, value: 'forum.example/anna' }];
    const record = { externalId: 'c1', name: 'Анна', city: null, tier: null, identifiers, purchases: [] };
    await saveKnownCustomer(db, record, world.clock.now());
    await world.publish(PRAISE);
    expect(await countRows(db, 'cases')).toBe(0);
    await say({ reason: 'delivery' }, { kind: 'complaint' });
    expect((await world.mentions())[0]!.complaint).toMatchObject({
      isComplaint: true,
      probability: 1,
      reason: 'delivery',
    });
    expect(await db.query('select reason, status from cases')).toEqual([
      { reason: 'delivery', status: 'open' },
    ]);
    await say({ isComplaint: false }, { kind: 'complaint' });
    expect((await world.mentions())[0]!.complaint.isComplaint).toBe(false);
    expect(await db.query('select status from cases')).toEqual([{ status: 'open' }]);
    await undo();
    expect(await countRows(db, 'cases')).toBe(1);
  });

  it('adds to what was said of the same complaint before', async () => {
    await world.publish(TEXT);
    await say({ reason: 'price' }, { kind: 'complaint' });
    await say({ severity: 3 }, { kind: 'complaint', by: 'boris@pr.example' });
    expect((await world.mentions())[0]!.complaint).toMatchObject({ reason: 'price', severity: 3 });
    expect((await listCorrections(db, await onlyDocument()))[0]!.after).toEqual({
      isComplaint: true,
      reason: 'price',
      severity: 3,
    });
  });

  it('of the language has the topics that ask for it matched again', async () => {
    await addTopic(db, 'kiev', 'ромашка lang:uk');
    await world.publish(PRAISE);
    expect(await world.mentions()).toHaveLength(1);
    await say({ code: 'uk' }, { kind: 'language', target: '' });
    expect(await world.mentions()).toHaveLength(2);
    expect((await indexed()).language).toBe('uk');
    await undo();
    expect(await world.mentions()).toHaveLength(1);
  });

  it('makes rules that ask for a tone look at the mention', async () => {
    await world.save(ruleOf('bad', 'tone:negative', { tags: ['беда'] }));
    await world.publish(PRAISE);
    await say({ label: 'negative' });
    expect((await world.mentions())[0]!.tags).toEqual(['беда']);
  });

  it.each([
    ['a kind that there is not', 'kind', {}, { label: 'negative' }],
    ['the name of a property of every object', 'kind', { kind: 'constructor' }, { label: 'negative' }],
    ['a topic that is not named there', 'target', { target: 'lutik' }, { label: 'negative' }],
    ['a language towards a topic', 'target', { kind: 'language' }, { code: 'ru' }],
    ['a tone that there is not', 'label', { kind: 'sentiment' }, { label: 'angry' }],
    ['a field that there is not', 'mood', { kind: 'sentiment' }, { label: 'neutral', mood: 'angry' }],
    ['nothing', 'said', { kind: 'complaint' }, {}],
    ['a severity that there is not', 'severity', { kind: 'complaint' }, { severity: 4 }],
    ['a language that there is not', 'code', { kind: 'language', target: '' }, { code: 'xq' }],
  ])('of %s is refused by the name of the field', async (_what, at, change, said) => {
    await world.publish(PRAISE);
    const request = { ...(at === 'kind' && !('kind' in change) ? { kind: 'mood' } : {}), ...change };
    const refused = await say(said, request).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InputError);
    expect((refused as InputError).issues.map((issue) => issue.at)).toEqual([at]);
    expect(await countRows(db, 'corrections')).toBe(0);
  });

  it('goes with its document and with its topic', async () => {
    await world.publish(PRAISE);
    await say({ label: 'negative' });
    await say({ label: 'negative' }, { target: '' });
    await undo();
    await db.query('delete from mentions');
    await db.query('delete from topics');
    expect((await listCorrections(db, await onlyDocument())).every(({ target }) => target === '')).toBe(true);
    await db.transaction((tx) => deleteOldDocuments(tx, FAR, 10));
    expect(await countRows(db, 'corrections')).toBe(0);
  });

  it('of the whole document leaves mentions as they are', async () => {
    await world.publish(PRAISE);
    const before = await world.mentions();
    await say({ label: 'negative' }, { target: '' });
    expect(await world.mentions()).toEqual(before);
    expect((await tagOf('sentiment', '')).value as Sentiment).toMatchObject({ label: 'negative' });
  });
});
