import { InputError } from '../lib/errors.ts';
import type { Candidate } from '../model/discovery.ts';
import { discover } from './discover.ts';
import type { DiscoverDeps } from './discovery-search.ts';

/**
 * What a person means by an address: the best that is found there, of the kind that they name; the
 * address as it stands when nothing of that kind is found.
 * @throws InputError when nothing is found, with what was tried
 */
export async function chooseCandidate(
  deps: DiscoverDeps,
  pasted: string,
  kind: string | undefined,
  signal: AbortSignal,
): Promise<Candidate> {
  const { address, candidates, notes } = await discover(deps, pasted, signal);
  const best = kind === undefined ? candidates[0] : candidates.find((found) => found.kind === kind);
  if (best) return best;
  if (kind !== undefined)
    return { kind, url: address, name: new URL(address).host, confidence: 1, why: 'itself', settings: {} };
  const tried = notes.map(({ url, message }) => ({ at: url, message }));
  throw new InputError([
    { at: 'address', message: 'nothing was found here that could be watched' },
    ...tried,
  ]);
}
