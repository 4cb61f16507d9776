import { Meilisearch, type Settings } from 'meilisearch';
import { Agent, request } from 'undici';
import { errorMessage, RetryLaterError } from '../lib/errors.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Morphology } from '../model/ports.ts';
import type { Facet, SearchEngine, SearchPage, SearchRequest } from '../model/search.ts';
import { toLemmaQuery } from './box.ts';
import { buildFilter } from './filters.ts';
import type { SearchRecord } from './record.ts';

const SETTINGS: Settings = {
  searchableAttributes: ['lemmas', 'otherLemmas'],
  displayedAttributes: ['id'],
  filterableAttributes: [
    'topic',
    'sentiment',
    'topicSentiment',
    'complaint',
    'language',
    'source',
    'author',
    'mention',
    'time',
  ],
  sortableAttributes: ['time'],
  rankingRules: ['sort', 'words', 'proximity', 'attribute', 'exactness'],
  // The text is lemmatised: a typo or prefix would only find other words, and make totals wrong.
  typoTolerance: { enabled: false },
  prefixSearch: 'disabled',
  stopWords: [],
  proximityPrecision: 'byWord',
  pagination: { maxTotalHits: 10_000_000 },
  faceting: { maxValuesPerFacet: 500 },
};

const FACETS: readonly Facet[] = ['topic', 'language', 'sentiment', 'source'];
const TIMEOUT_MS = 10_000;
const TASK_TIMEOUT_MS = 300_000;

/** The index, as jobs see it. */
export interface SearchIndex extends SearchEngine {
  /** Makes sure that the index is there. True when it had to be made: everything must be indexed again. */
  prepare(): Promise<boolean>;
  /** Resolves when the engine has taken them. */
  upsert(records: SearchRecord[]): Promise<void>;
  remove(ids: DocumentId[]): Promise<void>;
  /** Fills a second index from `batches`, then puts it in place of the first in one step. */
  rebuild(batches: AsyncIterable<SearchRecord[]>): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  url: string;
  key: string;
  index: string;
  morphology: Morphology;
}

/** `undici.request` answers in 1–2 ms where global fetch, with compressed chunked replies, takes 44. */
function httpClient(agent: Agent) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<unknown> => {
    const { statusCode, body } = await request(String(input), {
      dispatcher: agent,
      method: (init?.method ?? 'GET') as 'GET',
      headers: { ...Object.fromEntries(new Headers(init?.headers)), 'accept-encoding': 'identity' },
      ...(init?.body === undefined || init.body === null ? {} : { body: init.body as string }),
    });
    const text = await body.text();
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    if (statusCode >= 400)
      throw new RetryLaterError(
        `meilisearch-${statusCode}`,
        (value as { message?: string } | undefined)?.message ?? text,
      );
    return value;
  };
}

async function away<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new RetryLaterError('meilisearch', `Meilisearch does not answer: ${errorMessage(error)}`, {
      cause: error,
    });
  });
}

function searchParams(request: SearchRequest) {
  return {
    filter: buildFilter(request),
    // hitsPerPage (not limit) makes the total exact.
    hitsPerPage: request.limit,
    page: Math.floor(request.offset / request.limit) + 1,
    facets: [...FACETS],
    sort: ['time:desc'],
    matchingStrategy: 'all' as const,
    attributesToRetrieve: ['id'],
  };
}

export function createMeilisearch(options: Options): SearchIndex {
  const agent = new Agent({
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connect: { timeout: 2000 },
  });
  const client = new Meilisearch({
    host: options.url,
    apiKey: options.key,
    httpClient: httpClient(agent) as never,
  });
  const { index: uid, morphology } = options;

  const finish = async (task: Promise<{ taskUid: number }>): Promise<void> => {
    const { taskUid } = await task;
    const done = await client.tasks.waitForTask(taskUid, { timeout: TASK_TIMEOUT_MS, interval: 20 });
    if (done.status !== 'succeeded')
      throw new RetryLaterError('meilisearch-task', done.error?.message ?? `task ${done.status}`);
  };
  const create = async (name: string): Promise<void> => {
    await finish(client.createIndex(name, { primaryKey: 'id' }));
    await finish(client.index(name).updateSettings(SETTINGS));
  };
  const exists = async (name: string): Promise<boolean> =>
    (await client.getIndexes({ limit: 1000 })).results.some((index) => index.uid === name);

  return {
    prepare: () =>
      away(
        (async () => {
          if (await exists(uid)) {
            await finish(client.index(uid).updateSettings(SETTINGS));
            return false;
          }
          await create(uid);
          return true;
        })(),
      ),
    upsert: (records) =>
      away(records.length === 0 ? Promise.resolve() : finish(client.index(uid).addDocuments(records))),
    remove: (ids) =>
      away(ids.length === 0 ? Promise.resolve() : finish(client.index(uid).deleteDocuments(ids))),
    rebuild: (batches) =>
      away(
        (async () => {
          const fresh = `${uid}-rebuild`;
          if (await exists(fresh)) await finish(client.deleteIndex(fresh));
          await create(fresh);
          for await (const records of batches) await finish(client.index(fresh).addDocuments(records));
          if (!(await exists(uid))) await create(uid);
          await finish(client.swapIndexes([{ indexes: [uid, fresh] }] as never));
          await finish(client.deleteIndex(fresh));
        })(),
      ),
    search: (request) =>
      away(client.index(uid).search(toLemmaQuery(request.text, morphology), searchParams(request))).then(
        (found): SearchPage => ({
          ids: found.hits.map((hit) => hit.id as DocumentId),
          total: found.totalHits,
          facets: found.facetDistribution as SearchPage['facets'],
        }),
      ),
    close: () => agent.close(),
  };
}
