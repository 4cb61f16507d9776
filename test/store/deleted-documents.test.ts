import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/db.ts';
import { getDocument } from '../../src/store/documents.ts';
import { markDeleted, saveDocument } from '../../src/store/save-documents.ts';
import { addSources, found, later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';

describe.each(DRIVERS)('on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());

  it('a deleted document keeps what it said, and is alive again when it is seen again', async () => {
    const [id] = await addSources(db, 'a');
    const document = (await saveDocument(db, id!, found('1', { text: 'слова' }), NOW))!;
    expect(await markDeleted(db, id!, ['1', 'unknown'], later(1000))).toEqual([document]);
    expect(await markDeleted(db, id!, ['1'], later(2000))).toEqual([]);
    expect(await getDocument(db, document)).toMatchObject({ text: 'слова', deletedAt: later(1000) });
    await saveDocument(db, id!, found('1', { text: 'слова' }), later(3000));
    expect(await getDocument(db, document)).toMatchObject({ deletedAt: null });
  });
});
