import type { Morphology } from '../../src/model/ports.ts';
import { NO_FILTERS, type SearchFilters } from '../../src/model/search.ts';
import { type Asker, candidatesOf } from '../../src/query/candidates.ts';
import type { Asked } from '../../src/search/engine.ts';
import type { SearchRequest } from '../../src/search/search.ts';
import { mustParse } from '../query/samples.ts';

export const EVERYTHING: SearchFilters = { ...NO_FILTERS, mentionsOnly: false };

const NOBODY: Asker = { reader: {}, sourceKeys: () => [] };

/** What an engine is asked for the query; '' asks for everything. */
export function asking(text: string, morphology: Morphology, filters: Partial<SearchFilters> = {}): Asked {
  const query = text === '' ? null : mustParse(text, 'search');
  return {
    filters: { ...EVERYTHING, ...filters },
    condition: query ? candidatesOf(query, morphology, NOBODY).condition : null,
    pattern: null,
  };
}

/** The first hundred of everything that the query finds; '' finds everything. */
export function requestOf(text: string, change: Partial<SearchRequest> = {}): SearchRequest {
  const query = text === '' ? null : mustParse(text, 'search');
  return { query, filters: EVERYTHING, zone: 'UTC', limit: 100, offset: 0, ...change };
}
