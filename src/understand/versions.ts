import type { Tagger, TagResources } from '../model/ports.ts';
import { TAGGERS } from './registry.ts';

type Versioned = Pick<TagResources, 'modelsVersion'>;

/** Version of the tags that the tagger makes today: of its code and, if it uses them, of models and settings. */
export function tagVersion({ version, usesModels }: Tagger, { modelsVersion }: Versioned): string {
  return usesModels ? `${version}-${modelsVersion}` : version;
}

/** Kind → version, as this program would make tags now. */
export function taggerVersions(
  resources: Versioned,
  taggers: readonly Tagger[] = TAGGERS,
): Map<string, string> {
  return new Map(taggers.map((tagger) => [tagger.kind, tagVersion(tagger, resources)]));
}
