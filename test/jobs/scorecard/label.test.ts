import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { correct } from '../../../src/jobs/correct.ts';
import { drawNow } from '../../../src/jobs/scorecard/draw.ts';
import { labelItem } from '../../../src/jobs/scorecard/label.ts';
import { readScorecard } from '../../../src/jobs/scorecard/read.ts';
import { forgetOld } from '../../../src/jobs/tidy.ts';
import type { DocumentId } from '../../../src/model/ids.ts';
import type { LabelRequest, MachineWord } from '../../../src/model/scorecard.ts';
import { correctionsInForce, nextCases } from '../../../src/store/corrections.ts';
import type { Database } from '../../../src/store/db.ts';
import { saveDocument } from '../../../src/store/save-documents.ts';
import { getScorecardCard, listItems, listMistakes, saveSkip } from '../../../src/store/scorecard-items.ts';
import { addTopic, countRows, found } from '../../support/rows.ts';
import { DRIVERS, openTestStore } from '../../support/store.ts';
import { openRuleWorld, type RuleWorld, TEXT } from '../rules/rule-world.ts';

const PRAISE = 'Ромашка работает отлично, заказ пришёл вовремя, спасибо!';
const DAY_MS = 24 * 3_600_000;

describe.each(DRIVERS)('a label on %s', (kind) => {
  let db: Database;
  let world: RuleWorld;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    world = await openRuleWorld(db);
  });

  /** Publishes, draws, and tells the items in the order in which they are labelled. */
  async function drawn(...texts: string[]): Promise<{ id: number; document: DocumentId }[]> {
    await world.publish(...texts.map((text, at) => found(String(at), { text })));
    world.clock.pass(60_000);
    await drawNow(world.deps);
    return db.query('select id, document_id as document from scorecard_items order by document_id');
  }
  async function label(item: number, change: Partial<LabelRequest> = {}) {
    const said = { tone: 'negative', complaint: true, isAgain: false } as const;
    const request = { item, revision: 1, by: 'anna@pr.example', ...said, ...change };
    const outcome = await db.transaction((tx) => labelItem(tx, world.deps, request));
    await world.work();
    return outcome;
  }
  const rows = () =>
    db.query<{ tone: string; complaint: boolean; machine: MachineWord; by: string }>(
      'select tone, complaint, machine, by from scorecard_items where labelled_at is not null order by id',
    );
  const inForce = (document: DocumentId) => correctionsInForce(db, [document]);

  it('counts as corrections, also where it says what the taggers say, and is a case to learn from', async () => {
    const [bad, good] = await drawn(TEXT, PRAISE);
    expect(await label(bad!.id)).toBe('done');
    expect(await label(good!.id, { tone: 'negative', complaint: false })).toBe('done');
    const [right, wrong] = [await inForce(bad!.document), await inForce(good!.document)];
    expect(right.map(({ kind: of, after, by }) => [of, after, by])).toEqual([
      ['complaint', { isComplaint: true }, 'anna@pr.example'],
      ['sentiment', { label: 'negative' }, 'anna@pr.example'],
    ]);
    expect(right.find((one) => one.kind === 'sentiment')!.before).toMatchObject({ label: 'negative' });
    expect(wrong.find((one) => one.kind === 'sentiment')!.before).toMatchObject({ label: 'positive' });
    const tones = (await world.mentions()).map(({ sentiment }) => sentiment.label);
    expect(tones).toEqual(['negative', 'negative']);
    expect(await nextCases(db, { after: 0, isEdited: false, limit: 10 })).toHaveLength(4);
  });

  it('keeps what the taggers said then, with their versions, whoever had corrected it before', async () => {
    const [one] = await drawn(PRAISE);
    const about = { documentId: one!.document, revision: 1, kind: 'sentiment', target: 'romashka' };
    await db.transaction((tx) =>
      correct(tx, world.deps, { ...about, said: { label: 'neutral' }, by: 'boris@pr.example' }),
    );
    await label(one!.id, { tone: 'positive', complaint: false });
    const [tag] = await db.query<{ version: string }>(
      `select version from tags where kind = 'sentiment' and target = 'romashka'`,
    );
    const [row] = await rows();
    expect(row!.machine).toMatchObject({ tone: 'positive', toneVersion: tag!.version, complaint: false });
    // Tags that are made again later change no figure.
    await db.query(
      `update tags set version = 'next', value = '{"label": "negative"}' where kind = 'sentiment'`,
    );
    const { groups } = await readScorecard(world.deps);
    expect(groups[0]).toMatchObject({ measure: 'tone', version: tag!.version, labels: 1, f1: { value: 1 } });
  });

  it('that arrives twice, or of two people, counts once', async () => {
    const [one] = await drawn(TEXT);
    expect(await label(one!.id)).toBe('done');
    const before = [await rows(), await countRows(db, 'corrections')];
    expect(await label(one!.id)).toBe('known');
    expect(await label(one!.id, { tone: 'positive', by: 'boris@pr.example' })).toBe('known');
    expect([await rows(), await countRows(db, 'corrections')]).toEqual(before);
  });

  it('is changed by whoever comes back to it', async () => {
    const [one] = await drawn(TEXT);
    await label(one!.id);
    const { machine } = (await rows())[0]!;
    expect(await label(one!.id, { tone: 'neutral', complaint: false, isAgain: true })).toBe('done');
    expect(await rows()).toEqual([{ tone: 'neutral', complaint: false, machine, by: 'anna@pr.example' }]);
    expect((await world.mentions())[0]!.sentiment.label).toBe('neutral');
  });

  it('of a text that was edited meanwhile is refused, and taken for the new text', async () => {
    const [one] = await drawn(TEXT);
    await saveDocument(db, world.source, found('0', { text: `${PRAISE} Правка.` }), world.clock.now());
    expect(await label(one!.id)).toBe('edited');
    expect(await rows()).toEqual([]);
    await world.deps.queue.send(db, 'understand', { documentIds: [one!.document] });
    await world.work();
    const card = (await getScorecardCard(db, one!.id))!;
    expect(card.text).toBe(`${PRAISE} Правка.`);
    expect(await label(one!.id, { revision: card.revision, tone: 'positive', complaint: false })).toBe(
      'done',
    );
    expect((await rows())[0]!.machine.tone).toBe('positive');
  });

  it('of what is gone, or not about the topic any more, changes nothing', async () => {
    const [one, two] = await drawn(TEXT, PRAISE);
    await db.query('delete from documents where id = $1', [one!.document]);
    await db.query('delete from mentions where document_id = $1', [two!.document]);
    expect(await label(one!.id)).toBe('gone');
    expect(await label(two!.id)).toBe('gone');
    expect(await label(99_999)).toBe('gone');
    expect(await listItems(db)).toEqual([]);
    const { sample } = await readScorecard(world.deps);
    expect(sample).toMatchObject({ open: 0, labelled: 0, skipped: 0 });
    expect(await countRows(db, 'corrections')).toBe(0);
  });

  it('outlives its text as a figure without words, and goes with the audit', async () => {
    const [one] = await drawn(TEXT);
    await label(one!.id);
    const before = (await readScorecard(world.deps)).groups;
    await db.query('delete from documents where id = $1', [one!.document]);
    expect((await readScorecard(world.deps)).groups).toEqual(before);
    expect(await listMistakes(db, 5)).toEqual([]);
    expect(JSON.stringify(await db.query('select * from scorecard_items'))).not.toContain('Ромашка');
    world.clock.pass(366 * DAY_MS);
    await forgetOld(world.deps);
    expect([await countRows(db, 'scorecard_samples'), await countRows(db, 'scorecard_items')]).toEqual([
      0, 0,
    ]);
  });

  it('is asked of what is skipped no more, unless somebody comes back', async () => {
    const [one] = await drawn(TEXT);
    expect(await saveSkip(db, one!.id, world.clock.now())).toBe(true);
    expect(await listItems(db)).toEqual([{ id: one!.id, isOpen: false }]);
    expect((await readScorecard(world.deps)).sample).toMatchObject({ open: 0, skipped: 1 });
    expect(await label(one!.id)).toBe('done');
    expect(await saveSkip(db, one!.id, world.clock.now())).toBe(false);
    expect((await readScorecard(world.deps)).sample).toMatchObject({ labelled: 1, skipped: 0 });
  });

  it('that contradicts the taggers is told of, in tone or complaint', async () => {
    const [bad, good] = await drawn(TEXT, PRAISE);
    await label(bad!.id);
    await label(good!.id, { tone: 'negative', complaint: true });
    expect(await listMistakes(db, 5)).toMatchObject([
      {
        documentId: good!.document,
        label: { tone: 'negative', complaint: true },
        machine: { tone: 'positive', complaint: false },
      },
    ]);
  });

  it('is about one topic of a document that names several', async () => {
    await addTopic(db, 'lutik', 'лютик');
    const [one] = await drawn('Ромашка подвела, зато Лютик молодец');
    await label(one!.id);
    const targets = (await inForce(one!.document)).map(({ target }) => target);
    expect(new Set(targets).size).toBe(1);
    expect(await countRows(db, 'scorecard_items')).toBe(1);
  });
});
