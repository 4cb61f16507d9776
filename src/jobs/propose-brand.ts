import { composeQuery } from '../query/suggest/compose.ts';
import type { BrandProposal, BrandWish } from '../query/suggest/proposal.ts';
import { suggestForms } from '../query/suggest/suggest.ts';
import { type CountDeps, countInStore } from './count-suggestions.ts';

const NOTHING = { counts: [], query: '', texts: 0, found: 0, sample: [], seen: [] };

/** Proposes how a brand is looked for, and tries it on what is stored. Takes some seconds where very much is stored. */
export async function proposeBrand(deps: CountDeps, wish: BrandWish): Promise<BrandProposal> {
  const { name, aliases, about, take } = wish;
  const suggestions = suggestForms(name, aliases, deps.resources.morphology);
  const taken = suggestions.filter((_, at) => take === null || take.includes(at));
  if (suggestions.length === 0) return { ...NOTHING, suggestions };
  const query = taken.length === 0 ? '' : composeQuery(taken, about);
  const counted = await countInStore(deps, suggestions, query);
  return { suggestions, query, ...counted };
}
