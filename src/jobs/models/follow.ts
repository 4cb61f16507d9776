import { errorMessage } from '../../lib/errors.ts';
import type { Adaptation } from '../../model/adaptation.ts';
import type { ModelId } from '../../model/ids.ts';
import type { TagResources } from '../../model/ports.ts';
import type { Db } from '../../store/db.ts';
import { modelBytes, modelInUse } from '../../store/models.ts';
import { adaptResources, fitsModels } from '../../understand/adapt/adapt-resources.ts';
import { unpackAdaptation } from '../../understand/adapt/adaptation-file.ts';
import type { JobDeps } from '../deps.ts';

/** What was learned, ready to be added; null when there is no such model. Throws PermanentError when it cannot be read. */
export async function loadAdaptation(db: Db, id: ModelId): Promise<Adaptation | null> {
  const bytes = await modelBytes(db, id);
  return bytes && unpackAdaptation(bytes);
}

/** Models that these resources could not take on, so that it is said once. */
const refused = new WeakMap<TagResources, ModelId>();

/**
 * What is in use in the store is what the taggers use from now on, whichever process has chosen it; asked before each batch. A model that was
 * made for other shipped models, or cannot be read, is left out, with a warning.
 */
export async function followModelInUse({
  db,
  resources,
  log,
}: Pick<JobDeps, 'db' | 'resources' | 'log'>): Promise<void> {
  const wanted = await modelInUse(db);
  if ((wanted?.version ?? null) === appliedVersion(resources)) return;
  if (wanted === null) return take(resources, null);
  if (refused.get(resources) === wanted.id) return;
  const adaptation = await loadAdaptation(db, wanted.id).catch((error: unknown) => errorMessage(error));
  if (adaptation !== null && typeof adaptation !== 'string' && fitsModels(adaptation, resources))
    return take(resources, adaptation);
  refused.set(resources, wanted.id);
  take(resources, null);
  log.warn(
    {
      model: wanted.id,
      why: typeof adaptation === 'string' ? adaptation : 'it was made for other shipped models',
    },
    'what was learned from corrections is not used: train anew with molva model train',
  );
}

function appliedVersion({ modelsVersion, shippedVersion }: TagResources): string | null {
  if (shippedVersion === undefined || shippedVersion === modelsVersion) return null;
  return modelsVersion.slice(shippedVersion.length + 1);
}

/** Is it what these taggers use? */
export function isApplied(resources: TagResources, { version }: { version: string }): boolean {
  return appliedVersion(resources) === version;
}

/** All at once: whoever tags a text meanwhile does so before or after it. */
function take(resources: TagResources, adaptation: Adaptation | null): void {
  if (adaptation === null && appliedVersion(resources) === null) return;
  Object.assign(resources, adaptResources(resources, adaptation));
}
