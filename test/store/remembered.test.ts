import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { TopicId } from '../../src/model/ids.ts';
import type { Db } from '../../src/store/db.ts';
import { limitReads, seeOnly } from '../../src/store/limited-reads.ts';
import { remembered } from '../../src/store/remembered.ts';
import { openTestStore, truncate } from '../support/store.ts';

const HOUR_MS = 3_600_000;

describe('what is remembered', () => {
  const opened = openTestStore('pglite');
  let asked: unknown[][] = [];
  const read = async (_db: Db, ...args: unknown[]) => {
    asked.push(args);
    return args.length;
  };
  beforeEach(async () => {
    await truncate(await opened);
    asked = [];
  });
  afterAll(async () => (await opened).close());

  /** A store that has given so many documents their numbers. */
  async function storeOf(documents: number): Promise<Db> {
    const db = limitReads(await opened);
    await db.query(`select setval('documents_id_seq', $1)`, [documents]);
    return db;
  }

  it('is told again for the same arguments, and moments that are near each other, until it is forgotten', async () => {
    const db = await storeOf(30_000);
    const ask = remembered(HOUR_MS, read);
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute));
    await Promise.all([ask(db, { from: at(1) }, 'a'), ask(db, { from: at(59) }, 'a')]);
    expect(asked).toHaveLength(1);
    await ask(db, { from: at(61) }, 'a');
    await ask(db, { from: at(1) }, 'b');
    expect(asked).toHaveLength(3);
    ask.forget(db);
    expect(await ask(db, { from: at(1) }, 'b')).toBe(2);
    expect(asked).toHaveLength(4);
  });

  it('is told to nobody who may see less', async () => {
    const db = await storeOf(30_000);
    const ask = remembered(HOUR_MS, read);
    const see = (id: number) => ({ topics: [{ id: id as TopicId, key: `t${id}` }], email: 'a@example.org' });
    await ask(db, 'a');
    for (const id of [1, 2, 1]) await seeOnly(see(id), () => ask(db, 'a'));
    expect(asked).toHaveLength(3);
  });

  it('is nothing where there are few documents, and no failure', async () => {
    const few = await storeOf(20_000);
    const ask = remembered(HOUR_MS, read);
    await ask(few, 'a');
    await ask(few, 'a');
    expect(asked).toHaveLength(2);
    const many = await storeOf(20_001);
    let fails = true;
    const sometimes = remembered(HOUR_MS, async () => {
      if (fails) throw new Error('no');
      return 'told';
    });
    await expect(sometimes(many)).rejects.toThrow('no');
    fails = false;
    expect(await sometimes(many)).toBe('told');
  });
});
