import { describe, expect, it } from 'vitest';
import { RetryLaterError } from '../../src/lib/errors.ts';
import { createLog } from '../../src/lib/log.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import { NO_FILTERS, type SearchEngine } from '../../src/model/search.ts';
import { createSearch } from '../../src/search/search.ts';

const log = createLog('silent');
const answering = (id: number): SearchEngine => ({
  search: async () => ({ ids: [id as DocumentId], total: 1, facets: null }),
});
const away: SearchEngine = {
  search: async () => {
    throw new RetryLaterError('meilisearch', 'it is away');
  },
};
const words = (n: number) => ({
  ...NO_FILTERS,
  text: Array.from({ length: n }, (_, i) => `слово${i}`).join(' '),
});

describe('search', () => {
  it('is answered by Meilisearch when it is there', async () => {
    const answer = await createSearch(answering(1), answering(2), '', log).search(words(2));
    expect(answer).toMatchObject({ ids: [1], engine: 'meilisearch', reason: '' });
  });

  it('is answered by the store, with the reason, when Meilisearch is away', async () => {
    const answer = await createSearch(away, answering(2), '', log).search(words(2));
    expect(answer).toMatchObject({ ids: [2], engine: 'store', reason: 'it is away' });
  });

  it('is answered by the store where there is no Meilisearch at all', async () => {
    const answer = await createSearch(null, answering(2), 'not installed', log).search(words(2));
    expect(answer).toMatchObject({ engine: 'store', reason: 'not installed' });
  });

  it('is answered by the store when the query is longer than Meilisearch reads', async () => {
    const search = createSearch(answering(1), answering(2), '', log);
    expect((await search.search(words(10))).engine).toBe('meilisearch');
    expect((await search.search(words(11))).engine).toBe('store');
  });
});
