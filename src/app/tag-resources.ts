import { loadLexicons } from '../../config/lexicons.ts';
import type { Config } from '../../config/schema.ts';
import { sha256 } from '../lib/hash.ts';
import { loadMorphology } from '../lib/morphology.ts';
import type { TagResources } from '../model/ports.ts';
import { type FindModel, loadModels } from '../understand/classifier/load.ts';

/**
 * A wrong tone costs about twice what a look at an unsure one does, since somebody has to find it first: at even odds of being
 * wrong the look is the cheaper one.
 */
export const UNSURE_BELOW = 0.5;

/**
 * Dictionaries, word lists and models, read once; `find` says where another model than that of the program lies. Throws ConfigError
 * or PermanentError naming the file.
 */
export async function loadTagResources(
  settings: Partial<Config['understanding']> = {},
  find?: FindModel,
): Promise<TagResources> {
  const { unsure_below, complaint_alert, complaint_review, complaint_reasons } = settings;
  const morphology = await loadMorphology();
  const [lexicons, models] = await Promise.all([
    loadLexicons(morphology, complaint_reasons),
    loadModels(find),
  ]);
  return {
    morphology,
    ...lexicons,
    ...models,
    modelsVersion: versionOf(models.modelsVersion, settings),
    unsureBelow: unsure_below ?? UNSURE_BELOW,
    complaintFrom: { alert: complaint_alert ?? null, review: complaint_review ?? null },
  };
}

function versionOf(models: string, settings: Partial<Config['understanding']>): string {
  const said = JSON.stringify(settings, Object.keys(settings).sort());
  const reasons = JSON.stringify(settings.complaint_reasons ?? {});
  return sha256(`${models} ${said} ${reasons}`).slice(0, 8);
}
