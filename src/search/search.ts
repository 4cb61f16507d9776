import { errorMessage } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { SearchEngine, SearchPage, SearchRequest } from '../model/search.ts';

export interface SearchAnswer extends SearchPage {
  engine: 'meilisearch' | 'store';
  /** Why Meilisearch did not answer; '' when it did. */
  reason: string;
}

export interface Search {
  search(request: SearchRequest): Promise<SearchAnswer>;
}

/** After a failure Meilisearch is left alone for a moment, so that nobody waits for it at every search. */
const PAUSE_MS = 3000;

/** Meilisearch looks at the first ten words of a query and leaves the rest out, which would find too much. */
const MAX_WORDS = 10;
const TOO_MANY_WORDS = 'Meilisearch takes ten words at most.';

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

/** Meilisearch when it answers, the store's own full text when not. `primary` is null where there is none; `absence` says why. */
export function createSearch(
  primary: SearchEngine | null,
  fallback: SearchEngine,
  absence: string,
  log: Log,
): Search {
  let reason = primary ? '' : absence;
  let tryAgainAt = 0;
  return {
    search: async (request) => {
      if (primary && countWords(request.text) > MAX_WORDS)
        return { ...(await fallback.search(request)), engine: 'store', reason: TOO_MANY_WORDS };
      if (primary && Date.now() >= tryAgainAt) {
        try {
          return { ...(await primary.search(request)), engine: 'meilisearch', reason: '' };
        } catch (error) {
          reason = errorMessage(error);
          tryAgainAt = Date.now() + PAUSE_MS;
          log.warn({ reason }, 'search answers from the store');
        }
      }
      return { ...(await fallback.search(request)), engine: 'store', reason };
    },
  };
}
