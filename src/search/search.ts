import { errorMessage } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { pause } from '../lib/pause.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Clock, Morphology } from '../model/ports.ts';
import type { SearchFilters } from '../model/search.ts';
import { asksFacts, type Query } from '../query/ast.ts';
import { type Asker, type Candidates, candidatesOf } from '../query/candidates.ts';
import type { QueryableDocument } from '../query/document.ts';
import { createTrial, type Trial } from '../query/trial.ts';
import type { FoundPage, SearchEngine } from './engine.ts';
import { estimateTotal, type Patience, verify } from './verify.ts';

export interface SearchRequest {
  /** null: everything that the filters let through. */
  query: Query | null;
  filters: SearchFilters;
  /** Whose days conditions mean; IANA. */
  zone: string;
  limit: number;
  offset: number;
  /**
   * Where candidates must be read to be decided on, and the index knows which they are: how long counting goes on once the page is full, in ms; a
   * second unless said otherwise. What is not counted to the end is an estimate, without facets.
   */
  countMs?: number;
}

export interface SearchAnswer extends FoundPage {
  /** There may be more or fewer: `looked.documents` of `looked.of` were looked at. */
  isEstimate: boolean;
  /** Documents that were read to decide; null when the engine knew. */
  looked: { documents: number; of: number } | null;
  engine: 'meilisearch' | 'store';
  /** Why Meilisearch did not answer; '' when it did. */
  reason: string;
}

export interface Search {
  /** Newest first. Every document of the page matches the query, as the evaluator sees it. */
  search(request: SearchRequest): Promise<SearchAnswer>;
}

/** What is read to decide whether a candidate matches. */
export interface SearchStore {
  /** Key and name of every source. */
  sources(): Promise<{ key: string; name: string }[]>;
  words(ids: readonly DocumentId[]): Promise<Map<DocumentId, QueryableDocument>>;
  /** With everything that a query can ask. */
  known(ids: readonly DocumentId[], reader: Asker['reader']): Promise<Map<DocumentId, QueryableDocument>>;
}

interface Parts {
  /** null where there is none; `absence` says why. */
  primary: SearchEngine | null;
  absence: string;
  fallback: SearchEngine;
  store: SearchStore;
  morphology: Morphology;
  clock: Clock;
  log: Log;
  patience?: Patience;
}

/** After a failure Meilisearch is left alone for a moment, so that nobody waits for it at every search. */
const PAUSE_MS = 3000;
const PATIENCE: Patience = { countMs: 1000, searchMs: 4000 };
/** Of so many documents facets are still counted one by one. */
const FACETS_AT_MOST = 20_000;

/** A query made ready for one search. */
interface Prepared extends Candidates {
  /** Compiled when it is first asked for: most queries the index decides alone. */
  trial(): Trial;
  read(ids: readonly DocumentId[]): Promise<Map<DocumentId, QueryableDocument>>;
}

/** Meilisearch when it answers, the store when not; what neither can decide is decided by reading the documents. */
export function createSearch(parts: Parts): Search {
  const { primary, fallback, log } = parts;
  let reason = primary ? '' : parts.absence;
  let tryAgainAt = 0;
  return {
    search: async (request) => {
      const prepared = request.query ? await prepare(parts, request.query, request) : null;
      if (primary && Date.now() >= tryAgainAt) {
        try {
          const answer = await ask(parts, primary, request, prepared);
          return { ...answer, engine: 'meilisearch', reason: '' };
        } catch (error) {
          reason = errorMessage(error);
          tryAgainAt = Date.now() + PAUSE_MS;
          log.warn({ reason }, 'search answers from the store');
        }
      }
      return { ...(await ask(parts, fallback, request, prepared)), engine: 'store', reason };
    },
  };
}

async function prepare(
  { store, morphology, clock }: Parts,
  query: Query,
  { filters, zone }: SearchRequest,
): Promise<Prepared> {
  const [subject] = filters.topics;
  // Whole seconds, as the index has them.
  const now = new Date(Math.floor(clock.now().getTime() / 1000) * 1000);
  const reader = { now, zone, ...(subject !== undefined && filters.topics.length === 1 ? { subject } : {}) };
  const needsFacts = asksFacts([query]);
  const sources = needsFacts ? await store.sources() : [];
  let trial: Trial | undefined;
  const asker: Asker = { reader, sourceKeys: (name) => keysOf(sources, name) };
  return {
    ...candidatesOf(query, morphology, asker),
    trial: () => {
      trial ??= createTrial([query], morphology);
      return trial;
    },
    read: (ids) => (needsFacts ? store.known(ids, reader) : store.words(ids)),
  };
}

function keysOf(sources: readonly { key: string; name: string }[], name: string): string[] {
  const wanted = name.toLowerCase();
  return sources.flatMap((one) =>
    one.key.toLowerCase() === wanted || one.name.toLowerCase() === wanted ? one.key : [],
  );
}

type Answer = Omit<SearchAnswer, 'engine' | 'reason'>;

async function ask(
  { patience = PATIENCE }: Parts,
  engine: SearchEngine,
  request: SearchRequest,
  prepared: Prepared | null,
): Promise<Answer> {
  const { filters, limit, offset, countMs } = request;
  const asked = { filters, condition: prepared?.condition ?? null };
  if (prepared === null || (prepared.isExact && engine.decidesConditions))
    return { ...(await engine.page(asked, limit, offset)), isEstimate: false, looked: null };
  const started = performance.now();
  const walk = await engine.candidates({ ...asked, pattern: prepared.trial().filter });
  const counting = engine.decidesConditions && countMs !== undefined ? { countMs } : {};
  const verified = await verify(walk, (ids) => matching(prepared, ids), request, {
    ...patience,
    ...counting,
    started,
  });
  const { ids, found, looked, of } = verified;
  const isEstimate = looked < of;
  return {
    ids,
    total: isEstimate ? estimateTotal(verified) : found.length,
    isEstimate,
    looked: { documents: looked, of },
    facets: isEstimate || found.length > FACETS_AT_MOST ? null : await engine.facets(found),
  };
}

/** Those that match, in their order. The embedded database and the evaluator work in this thread: others get their turn. */
async function matching(prepared: Prepared, ids: readonly DocumentId[]): Promise<DocumentId[]> {
  if (ids.length === 0) return [];
  const { read } = prepared;
  const trial = prepared.trial();
  const documents = await read(ids);
  await pause();
  return ids.filter((id) => {
    const document = documents.get(id);
    if (!document) return false;
    trial.read(document);
    return trial.holds(0);
  });
}
