import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentId, TopicId } from '../../src/model/ids.ts';
import type { SentimentLabel } from '../../src/model/tag.ts';
import {
  countAllSlots,
  countKinds,
  countSlots,
  countWhere,
  foldMentionHours,
  listMentionKinds,
  SLOT_MS,
} from '../../src/store/analytics.ts';
import type { Database } from '../../src/store/db.ts';
import { deleteOrphanAuthors } from '../../src/store/retention.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import {
  addSources,
  addTopic,
  COMPLAINT,
  found,
  later,
  MINUTE,
  NO_COMPLAINT,
  NOW,
  replaceMentions,
  replaceTags,
} from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const FROM = later(-48 * 60 * MINUTE);
const TONES: readonly SentimentLabel[] = ['negative', 'neutral', 'positive', 'unsure'];
const REASONS = ['delivery', 'price', null];

/** One row of plain counting: quarters since FROM, what is said, language, place by place. */
const PLAIN = `select floor(extract(epoch from coalesce(d.published_at, d.found_at) - $1::timestamptz) / ${SLOT_MS / 1000})::int as slot,
    (select jsonb_agg(jsonb_build_array(m.topic_id, m.sentiment->>'label',
      case when (m.complaint->>'isComplaint')::boolean then m.complaint->>'reason' end) order by m.topic_id)
      from mentions m where m.document_id = d.id and m.basket_at is null) as said,
    (select g.value->>'code' from tags g where g.document_id = d.id and g.kind = 'language') as language
  from documents d where exists (select 1 from mentions m where m.document_id = d.id and m.basket_at is null)`;

function tally(rows: readonly { key: string; n: number }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { key, n } of rows) counts[key] = (counts[key] ?? 0) + n;
  return Object.fromEntries(
    Object.entries(counts)
      .filter(([, n]) => n !== 0)
      .sort(),
  );
}

async function plainly(db: Database, size: number) {
  const rows = await db.query<{ slot: number; said: unknown; language: string | null }>(PLAIN, [FROM]);
  const by = (key: (row: (typeof rows)[number]) => unknown) =>
    tally(rows.map((row) => ({ key: JSON.stringify(key(row)), n: 1 })));
  const at = (slot: number): number => Math.floor(slot / size) * size;
  return {
    slots: by(({ slot, said }) => [at(slot), said]),
    all: by(({ slot }) => at(slot)),
    kinds: by(({ said }) => said),
    languages: by(({ language }) => language),
  };
}

/** The same from what triggers have kept. */
async function kept(db: Database, byQuarters: boolean) {
  const kinds = await listMentionKinds(db);
  const said = new Map(
    kinds.map((kind) => [kind.id, kind.said.map(({ topic, tone, reason }) => [topic, tone, reason])]),
  );
  const span = { from: FROM, to: later(60 * MINUTE) };
  const each = new Map(kinds.map(({ id }) => [id, id]));
  const { languages } = await countWhere(db, { ...span, kinds: null }, []);
  const rows = <Row>(all: readonly Row[], key: (row: Row) => unknown, n: (row: Row) => number) =>
    tally(all.map((row) => ({ key: JSON.stringify(key(row)), n: n(row) })));
  return {
    slots: rows(
      await countSlots(db, span, each, byQuarters),
      ([slot, kind]) => [slot, said.get(kind)],
      ([, , n]) => n,
    ),
    all: rows(
      await countAllSlots(db, span, byQuarters),
      ([slot]) => slot,
      ([, , n]) => n,
    ),
    kinds: rows(
      await countKinds(db, span, byQuarters),
      ([kind]) => said.get(kind),
      ([, n]) => n,
    ),
    languages: rows(
      languages,
      ({ code }) => code,
      ({ posts }) => posts,
    ),
  };
}

const step = fc.oneof(
  fc.record({
    do: fc.constant('say' as const),
    post: fc.nat(5),
    topics: fc.uniqueArray(fc.nat(2), { maxLength: 3 }),
    tone: fc.constantFrom(...TONES),
    reason: fc.constantFrom(...REASONS),
  }),
  fc.record({
    do: fc.constantFrom('basket' as const, 'restore' as const, 'delete' as const, 'move' as const),
    post: fc.nat(5),
  }),
  fc.record({ do: fc.constant('language' as const), post: fc.nat(5), code: fc.constantFrom('ru', 'en') }),
  fc.constant({ do: 'fold' as const }),
  fc.constant({ do: 'orphans' as const }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

describe.each(DRIVERS)('what analytics counts on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  async function run(one: Step, posts: readonly DocumentId[], topics: readonly TopicId[]): Promise<unknown> {
    if (one.do === 'fold') return foldMentionHours(db);
    if (one.do === 'orphans') return deleteOrphanAuthors(db);
    const id = posts[one.post]!;
    switch (one.do) {
      case 'say': {
        const complaint = one.reason === null ? NO_COMPLAINT : { ...COMPLAINT, reason: one.reason };
        const sentiment = { label: one.tone, score: 0, confidence: 1 };
        const isThere = await db.query('select 1 from documents where id = $1', [id]);
        if (isThere.length === 0) return;
        const said = one.topics.map((at) => ({ topicId: topics[at]!, spans: [], sentiment, complaint }));
        return db.transaction((tx) => replaceMentions(tx, id, said, NOW));
      }
      case 'language': {
        const isThere = await db.query('select 1 from documents where id = $1', [id]);
        const tag = {
          kind: 'language',
          target: '',
          version: '1',
          value: { code: one.code, confidence: 1 },
          spans: [],
        };
        return isThere.length > 0 && db.transaction((tx) => replaceTags(tx, id, [tag]));
      }
      case 'basket':
        return db.query('update mentions set basket_at = $2 where document_id = $1', [id, NOW]);
      case 'restore':
        return db.query('update mentions set basket_at = null where document_id = $1', [id]);
      case 'move':
        return db.query(
          `update documents set published_at = published_at - interval '50 minutes' where id = $1`,
          [id],
        );
      case 'delete':
        return db.query('delete from documents where id = $1', [id]);
    }
  }

  it('is what plain counting finds, whatever happened in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        await truncate(db);
        const [source] = await addSources(db, 'forum');
        const topics: TopicId[] = [];
        for (const key of ['a', 'b', 'c']) topics.push(await addTopic(db, key));
        const posts: DocumentId[] = [];
        for (let at = 0; at < 6; at++) {
          const publishedAt = later(-at * 37 * MINUTE);
          posts.push((await saveDocument(db, source!, found(String(at), { publishedAt }), NOW))!);
        }
        for (const one of steps) await run(one, posts, topics);
        expect(await kept(db, false)).toEqual(await plainly(db, 4));
        expect(await kept(db, true)).toEqual(await plainly(db, 1));
      }),
      { numRuns: kind === 'pglite' ? 40 : 15 },
    );
  });

  it('keeps one row of each hour and kind once they were folded', async () => {
    const [source] = await addSources(db, 'forum');
    const topicId = await addTopic(db, 'a');
    const said = {
      topicId,
      spans: [],
      sentiment: { label: 'neutral' as const, score: 0, confidence: 1 },
      complaint: NO_COMPLAINT,
    };
    const posts: DocumentId[] = [];
    for (let at = 0; at < 5; at++) {
      posts.push((await saveDocument(db, source!, found(String(at), { publishedAt: NOW }), NOW))!);
      await replaceMentions(db, posts[at]!, [said], NOW);
    }
    expect(await foldMentionHours(db)).toBe(5);
    expect(await db.query('select n, is_folded from mention_hours')).toEqual([{ n: 5, is_folded: true }]);
    expect(await foldMentionHours(db)).toBe(0);
    await db.query('delete from documents');
    await foldMentionHours(db);
    expect(await db.query('select 1 from mention_hours')).toEqual([]);
  });
});
