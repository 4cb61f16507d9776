import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TopicId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import { limitReads, limitStatement, presentSight, seeOnly } from '../../src/store/limited-reads.ts';
import { addTeam, asSeenBy, setTeam } from '../../src/store/teams.ts';
import { addUser } from '../../src/store/users.ts';
import { addDocument, addMention, addSources, addTopic, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const TABLES = new Map([['mentions', 'mentions as (select 1)']]);

it.each([
  ['select * from mentions', /^with mentions as \(select 1\)\nselect \* from mentions$/],
  ['\n  with a as (select 1) select * from mentions', /^with mentions as \(select 1\),\n a as/],
  [
    'with recursive a as (select 1) select * from mentions, a',
    /^with recursive mentions as \(select 1\),\n a as/,
  ],
  ['-- why\nselect 1 from mentions', /^with mentions/],
  ['(select 1 from mentions) union select 2', /^with mentions/],
])('cuts down what a reading statement names: %s', (sql, limited) => {
  expect(limitStatement(sql, TABLES)).toMatch(limited);
});

it.each([
  'select 1 from users',
  'update mentions set tags = null',
  'insert into mentions select 1',
  'delete from mentions',
])('leaves as it is what names none of its tables, or changes rows: %s', (sql) => {
  expect(limitStatement(sql, TABLES)).toBe(sql);
});

describe.each(DRIVERS)('on %s', (kind) => {
  let db: Database;
  let topics: { id: TopicId; key: string }[];
  beforeAll(async () => {
    db = limitReads(await openTestStore(kind));
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    const [source] = await addSources(db, 'forum');
    topics = [];
    for (const key of ['tea', "o'hara"]) {
      const id = await addTopic(db, key);
      const document = await addDocument(db, source!, key);
      await addMention(db, document, id);
      topics.push({ id, key });
    }
  });

  const count = async (table: string): Promise<number> =>
    (await db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? -1;
  const sight = (at: number) => ({ topics: topics.slice(at, at + 1), email: "it's@example.com" });

  it('shows all outside, and one topic’s rows inside, also in transactions and after waiting', async () => {
    expect(await count('mentions')).toBe(2);
    for (const at of [0, 1])
      await seeOnly(sight(at), async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        for (const table of ['topics', 'mentions', 'documents']) expect(await count(table)).toBe(1);
        await db.transaction(async (tx) => {
          expect(await tx.query('select key from topics')).toEqual([{ key: topics[at]?.key }]);
        });
      });
    expect(await count('documents')).toBe(2);
    expect(presentSight()).toBeNull();
  });

  it('keeps apart what two people read at once', async () => {
    const read = (at: number) =>
      seeOnly(sight(at), () =>
        Promise.all(Array.from({ length: 10 }, () => db.query('select key from topics'))),
      );
    const [one, other] = await Promise.all([read(0), read(1)]);
    expect(new Set(one.flat().map((row) => JSON.stringify(row))).size).toBe(1);
    expect(one[0]).not.toEqual(other[0]);
  });

  it('writes for a member of a team what he may see, and never more than who asks may see', async () => {
    const person = {
      name: 'A',
      role: 'pr' as const,
      language: 'ru' as const,
      zone: 'UTC',
      passwordHash: 'x',
    };
    const user = await addUser(db, { ...person, email: 'a@example.com' }, NOW);
    const team = await addTeam(db, 'Tea', NOW);
    await setTeam(db, team ?? 0, { topics: [topics[0]?.id ?? 0], members: [user?.id ?? 0] });
    const read = () => db.query<{ key: string }>('select key from topics order by key');
    expect(await asSeenBy(db, 'A@Example.com', read)).toEqual([{ key: 'tea' }]);
    expect(await asSeenBy(db, 'nobody@example.com', read)).toHaveLength(2);
    expect(await seeOnly(sight(1), () => asSeenBy(db, 'a@example.com', read))).toEqual([{ key: "o'hara" }]);
    await setTeam(db, team ?? 0, { topics: [], members: [user?.id ?? 0] });
    expect(await asSeenBy(db, 'a@example.com', read)).toEqual([]);
  });

  it('can read every table that it cuts down, with no topic at all too', async () => {
    const tables = await db.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const seen of [sight(0), { topics: [], email: '' }])
      await seeOnly(seen, async () => {
        for (const { name } of tables) expect(await count(name), name).toBeGreaterThanOrEqual(0);
      });
  });
});
