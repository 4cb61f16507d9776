import type { Tagger } from '../model/ports.ts';
import { TAGGERS } from './registry.ts';

/** Kind → version of its tagger, as this program would make tags now. */
export function taggerVersions(taggers: readonly Tagger[] = TAGGERS): Map<string, string> {
  return new Map(taggers.map(({ kind, version }) => [kind, version]));
}
