import type { Tagger, TagResources } from '../model/ports.ts';

/** Version of the tags that the tagger makes today: of its code and, if it uses them, of the models. */
export function tagVersion({ version, usesModels }: Tagger, { modelsVersion }: TagResources): string {
  return usesModels ? `${version}-${modelsVersion}` : version;
}
