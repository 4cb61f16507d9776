import { knownDocuments, wordsOfDocuments } from '../jobs/known-facts.ts';
import type { Log } from '../lib/log.ts';
import type { Clock, TagResources } from '../model/ports.ts';
import type { SearchEngine } from '../search/engine.ts';
import { createSearch, type Search, type SearchStore } from '../search/search.ts';
import type { Db } from '../store/db.ts';
import {
  countFacets,
  countFacetsOf,
  countFiltered,
  type FilteredPlace,
  pageFiltered,
  walkFiltered,
} from '../store/search-filters.ts';
import { listSources } from '../store/sources.ts';

/** Documents a look. */
const WINDOW = 2000;
/** Of more documents the store counts no facets: it would take seconds. */
const FACETS_AT_MOST = 10_000;

/** `primary`: Meilisearch, or why there is none. */
export function openSearch(
  db: Db,
  primary: SearchEngine | string,
  { resources, clock, log }: { resources: TagResources; clock: Clock; log: Log },
): Search {
  return createSearch({
    primary: typeof primary === 'string' ? null : primary,
    absence: typeof primary === 'string' ? primary : '',
    fallback: storeEngine(db),
    store: searchStore(db, resources),
    morphology: resources.morphology,
    clock,
    log,
  });
}

/** The store as an engine: it knows the filters, and every query is decided by reading. */
function storeEngine(db: Db): SearchEngine {
  return {
    decidesConditions: false,
    page: async ({ filters }, limit, offset) => {
      const total = await countFiltered(db, filters);
      const ids = await pageFiltered(db, filters, total, limit, offset);
      return { ids, total, facets: total > FACETS_AT_MOST ? null : await countFacets(db, filters) };
    },
    candidates: async ({ filters, pattern }) => {
      let after: FilteredPlace | null = null;
      const total = await countFiltered(db, filters);
      return {
        total,
        next: async () => {
          const walked = await walkFiltered(db, { filters, pattern, total }, after, WINDOW);
          after = walked?.last ?? null;
          return walked;
        },
      };
    },
    facets: (ids) => countFacetsOf(db, ids),
  };
}

function searchStore(db: Db, resources: TagResources): SearchStore {
  return {
    sources: () => listSources(db),
    words: (ids) => wordsOfDocuments(db, ids),
    known: (ids, reader) => knownDocuments(db, resources, ids, reader),
  };
}
