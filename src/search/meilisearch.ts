import { type Index, Meilisearch, type Settings } from 'meilisearch';
import { Agent, request } from 'undici';
import { errorMessage, RetryLaterError } from '../lib/errors.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Facet, Facets } from '../model/search.ts';
import type { Asked, FoundPage, SearchEngine } from './engine.ts';
import { buildFilters, writeCondition } from './filters.ts';
import type { SearchRecord } from './record.ts';

const equal = { facetSearch: false, filter: { equality: true, comparison: false } };

/** A hundred days of hours; of anything else there are fewer, or the rest is not told. */
const VALUES_PER_FACET = 2400;

/** Everything is looked for by filters: they say exactly what they find, in any combination, and count it. */
const SETTINGS: Settings = {
  searchableAttributes: ['searched by filters only'],
  displayedAttributes: ['id'],
  filterableAttributes: [
    {
      attributePatterns: [
        ...[
          'words',
          'authorWords',
          'topic',
          'sentiment',
          'topicSentiment',
          'complaint',
          'complaintLevel',
          'intent',
        ],
        ...['language', 'kind', 'source', 'site', 'author', 'mention', 'hour', 'day'],
      ],
      features: equal,
    },
    {
      attributePatterns: ['time', 'published', 'found', 'id'],
      features: { facetSearch: false, filter: { equality: true, comparison: true } },
    },
  ],
  sortableAttributes: ['time', 'id'],
  rankingRules: ['sort'],
  typoTolerance: { enabled: false },
  prefixSearch: 'disabled',
  stopWords: [],
  pagination: { maxTotalHits: 10_000_000 },
  faceting: { maxValuesPerFacet: VALUES_PER_FACET },
};

const FACETS: readonly Facet[] = ['topic', 'language', 'sentiment', 'source', 'intent', 'hour', 'day'];
/** Raised with every change of SearchRecord: what holds others is not the index that the store has filled. */
const RECORDS = 'records 4';
/** Candidates at once, of those that were asked for; the first request asks for no more, as most pages are full with them. */
const BATCH = 500;
/** Candidates of the second request, and of each that follows: every request costs a search, and every candidate 35 µs of sorting where there are many. */
const PAGES = { second: 2000, next: 5000 };
const TIMEOUT_MS = 10_000;
const TASK_TIMEOUT_MS = 300_000;

/** The index, as jobs see it. */
export interface SearchIndex extends SearchEngine {
  name: string;
  /** Tells this index from any other that had or will have its name; null when there is none. */
  identity(): Promise<string | null>;
  /** Gives an index that is there the settings of this program. */
  prepare(): Promise<void>;
  /** Documents in it. */
  count(): Promise<number>;
  /** Resolves when the engine has taken them. */
  upsert(records: SearchRecord[]): Promise<void>;
  remove(ids: DocumentId[]): Promise<void>;
  /** Fills a second index from `batches`, then puts it in place of the first in one step. Returns its identity. */
  rebuild(batches: AsyncIterable<SearchRecord[]>): Promise<string>;
  close(): Promise<void>;
}

interface Options {
  url: string;
  key: string;
  index: string;
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

/** Meilisearch refuses requests of more than 100 MB. */
const MAX_REQUEST_CHARS = 8_000_000;

/** In portions of bounded size, at least one record each. */
function* portions(records: readonly SearchRecord[]): Generator<SearchRecord[]> {
  let portion: SearchRecord[] = [];
  let size = 0;
  for (const record of records) {
    const length = record.words.reduce((sum, word) => sum + word.length + 3, 0);
    if (portion.length > 0 && size + length > MAX_REQUEST_CHARS) {
      yield portion;
      portion = [];
      size = 0;
    }
    portion.push(record);
    size += length;
  }
  if (portion.length > 0) yield portion;
}

/** Newest first; of one moment, the last found first, so that pages have no gap and no double. */
const NEWEST_FIRST = ['time:desc', 'id:desc'];

function filtersOf({ filters, condition }: Asked): string[] {
  return [...buildFilters(filters), ...(condition ? [writeCondition(condition)] : [])];
}

/** Hours that were cut off would be read as hours without posts: then there are only days. null: none were asked for. */
function toFacets(found: Partial<Facets> | undefined): Facets | null {
  if (!found?.hour) return null;
  const facets = found as Facets;
  const isCut = Object.keys(facets.hour).length >= VALUES_PER_FACET;
  return isCut ? { ...facets, hour: {} } : facets;
}

/** All of them, newest first. A page begins at a multiple of its size, so what is known of it is asked for again. */
async function* batchesOf(
  first: FoundPage,
  ask: (limit: number, offset: number) => Promise<FoundPage>,
): AsyncGenerator<DocumentId[], undefined> {
  yield first.ids;
  for (let known = BATCH, size = PAGES.second; known < first.total; size = PAGES.next) {
    const from = known - (known % size);
    const { ids } = await ask(size, from);
    for (let at = known - from; at < ids.length; at += BATCH) yield ids.slice(at, at + BATCH);
    known = from + size;
  }
}

function createEngine(index: Index): SearchEngine {
  const find = async (filter: string[], limit: number, offset: number, facets: readonly Facet[]) => {
    const found = await index.search('', {
      filter,
      // hitsPerPage (not limit) makes the total exact.
      hitsPerPage: limit,
      page: Math.floor(offset / Math.max(1, limit)) + 1,
      facets: [...facets],
      sort: NEWEST_FIRST,
      attributesToRetrieve: ['id'],
    });
    return {
      ids: found.hits.map((hit) => hit.id as DocumentId),
      total: found.totalHits,
      facets: toFacets(found.facetDistribution),
    };
  };
  const page = (asked: Asked, limit: number, offset: number): Promise<FoundPage> =>
    away(find(filtersOf(asked), limit, offset, FACETS));
  return {
    decidesConditions: true,
    page,
    candidates: async (asked) => {
      const filter = filtersOf(asked);
      const ask = (limit: number, offset: number) => away(find(filter, limit, offset, []));
      const first = await ask(BATCH, 0);
      const batches = batchesOf(first, ask);
      return {
        total: first.total,
        next: async () => {
          const { value: ids } = await batches.next();
          return ids ? { ids, passed: ids.length } : null;
        },
      };
    },
    facets: async (ids) => (await away(find([`id IN [${ids.join(', ')}]`], 0, 0, FACETS))).facets,
  };
}

/** What the engine does in tasks, each followed to its end. */
function createTasks(client: Meilisearch) {
  const finish = async (task: Promise<{ taskUid: number }>): Promise<void> => {
    const { taskUid } = await task;
    const done = await client.tasks.waitForTask(taskUid, { timeout: TASK_TIMEOUT_MS, interval: 20 });
    if (done.status !== 'succeeded')
      throw new RetryLaterError('meilisearch-task', done.error?.message ?? `task ${done.status}`);
  };
  return {
    identity: async (name: string): Promise<string | null> => {
      const { results } = await client.getRawIndexes({ limit: 1000 });
      const found = results.find((index) => index.uid === name);
      return found ? `${found.createdAt} ${RECORDS}` : null;
    },
    create: (name: string) => finish(client.createIndex(name, { primaryKey: 'id' })),
    configure: (name: string) => finish(client.index(name).updateSettings(SETTINGS)),
    add: async (name: string, records: readonly SearchRecord[]): Promise<void> => {
      for (const portion of portions(records)) await finish(client.index(name).addDocuments(portion));
    },
    remove: async (name: string, ids: DocumentId[]): Promise<void> => {
      if (ids.length > 0) await finish(client.index(name).deleteDocuments(ids));
    },
    swap: (one: string, other: string) => finish(client.swapIndexes([{ indexes: [one, other] }] as never)),
    drop: (name: string) => finish(client.deleteIndex(name)),
  };
}

type Tasks = ReturnType<typeof createTasks>;

async function rebuildIndex(
  tasks: Tasks,
  name: string,
  batches: AsyncIterable<SearchRecord[]>,
): Promise<string> {
  const fresh = `${name}-rebuild`;
  if (await tasks.identity(fresh)) await tasks.drop(fresh);
  await tasks.create(fresh);
  await tasks.configure(fresh);
  for await (const records of batches) await tasks.add(fresh, records);
  // Without settings it refuses our filters, so nobody finds nothing in it before the swap: the store answers.
  if (!(await tasks.identity(name))) await tasks.create(name);
  await tasks.swap(name, fresh);
  await tasks.drop(fresh);
  return (await tasks.identity(name)) ?? '';
}

export function createMeilisearch({ url, key, index: name }: Options): SearchIndex {
  const agent = new Agent({
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connect: { timeout: 2000 },
  });
  const client = new Meilisearch({ host: url, apiKey: key, httpClient: httpClient(agent) as never });
  const tasks = createTasks(client);
  const index = client.index(name);
  const prepare = async (): Promise<void> => {
    if (await tasks.identity(name)) await tasks.configure(name);
  };
  return {
    name,
    identity: () => away(tasks.identity(name)),
    prepare: () => away(prepare()),
    count: () => away(index.getStats().then((stats) => stats.numberOfDocuments)),
    upsert: (records) => away(tasks.add(name, records)),
    remove: (ids) => away(tasks.remove(name, ids)),
    rebuild: (batches) => away(rebuildIndex(tasks, name, batches)),
    ...createEngine(index),
    close: () => agent.close(),
  };
}
