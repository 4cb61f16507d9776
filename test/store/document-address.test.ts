import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SourceId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import {
  findByExternalId,
  findByPage,
  findByPostNumber,
  findByThread,
} from '../../src/store/document-address.ts';
import { addDocument, addSources } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

describe.each(DRIVERS)('documents by their address on %s', (driver) => {
  let db: Database;
  let source: SourceId;
  let other: SourceId;
  beforeAll(async () => {
    db = await openTestStore(driver);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    [source, other] = (await addSources(db, 'forum', 'other')) as [SourceId, SourceId];
  });

  it('are found whatever the scheme, the twin host, the last slash, the fragment and the marks of campaigns', async () => {
    const id = await addDocument(db, source, '1', { url: 'https://www.tea.example/posts/1/' });
    for (const address of [
      'http://tea.example/posts/1',
      'https://m.tea.example/posts/1/#comments',
      'https://tea.example/posts/1/?utm_source=mail&fbclid=x',
      'https://tea.example/posts/1//',
      'https://tea.example/posts/1/amp/',
      'https://tea.example/posts/1/index.html',
    ])
      expect([address, await findByPage(db, address)]).toEqual([address, [id]]);
    for (const address of [
      'https://tea.example/posts/2',
      'https://tea.example/posts',
      'https://news.tea.example/posts/1',
    ])
      expect([address, await findByPage(db, address)]).toEqual([address, []]);
  });

  it('are found by any address that a crawler could have stored', async () => {
    const addresses = fc.webUrl({
      withQueryParameters: true,
      withFragments: true,
      validSchemes: ['http', 'https'],
    });
    let n = 0;
    await fc.assert(
      fc.asyncProperty(addresses, async (address) => {
        const url = new URL(address).href;
        n += 1;
        const id = await addDocument(db, source, `p${n}`, { url });
        return (await findByPage(db, url)).includes(id);
      }),
      { numRuns: 60 },
    );
  });

  it('are found by an index, not by looking through all', async () => {
    const plan = await db.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      return tx.query<Record<string, string>>(
        `explain select id from documents where md5(rtrim(split_part(regexp_replace(url, '^https?://(?:(?:www|m|mobile|amp|wap)[.])?', ''), '#', 1), '/')) = any(array(select md5(form) from unnest(array['a']) as forms(form)))`,
      );
    });
    expect(JSON.stringify(plan)).toContain('documents_page');
  });

  it('are found by their own id, by the number of the post and by their thread', async () => {
    const thread = { externalId: '9', title: 'T', url: 'https://forum.example/t/9' };
    const id = await addDocument(db, source, '9/77', {
      url: 'https://forum.example/t/9/page-2#post-77',
      thread,
    });
    await addDocument(db, source, '9/177', { url: 'https://forum.example/t/9/page-3', thread });
    expect(await findByExternalId(db, [source], ['nothing', '9/77'])).toEqual([id]);
    expect(await findByExternalId(db, [other], ['9/77'])).toEqual([]);
    expect(await findByPostNumber(db, [source], '77')).toEqual([id]);
    expect(await findByThread(db, [source], 'http://www.forum.example/t/9/')).toHaveLength(2);
    expect(await findByThread(db, [other], 'http://www.forum.example/t/9/')).toEqual([]);
  });
});
