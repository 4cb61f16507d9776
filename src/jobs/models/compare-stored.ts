import { InputError } from '../../lib/errors.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { DocumentId, ModelId } from '../../model/ids.ts';
import type { TagResources } from '../../model/ports.ts';
import type { Db } from '../../store/db.ts';
import { currentUse, modelDocuments, newestModel } from '../../store/models.ts';
import { adaptResources, fitsModels } from '../../understand/adapt/adapt-resources.ts';
import type { JobDeps } from '../deps.ts';
import { compareModels } from './compare.ts';
import { loadAdaptation } from './follow.ts';
import { readAnchors, readLessons } from './material.ts';

const OTHERS = 1200;

export function modelError(message: string): InputError {
  return new InputError([{ at: 'model', message }]);
}

/** The taggers as they would be with this model; null: as they were shipped. Throws InputError when it is not there or does not fit. */
export async function resourcesWith(
  { db, resources }: Pick<JobDeps, 'db' | 'resources'>,
  id: ModelId | null,
): Promise<TagResources> {
  if (id === null) return adaptResources(resources, null);
  const adaptation = await loadAdaptation(db, id);
  if (!adaptation) throw modelError(`there is no model ${id}; see molva model list`);
  if (!fitsModels(adaptation, resources))
    throw modelError(`model ${id} was made for other shipped models: train anew with molva model train`);
  return adaptResources(resources, adaptation);
}

/** Documents that what is in use has learned from. */
export async function documentsLearnedInUse(db: Db): Promise<ReadonlySet<DocumentId>> {
  const use = await currentUse(db);
  return use?.modelId ? modelDocuments(db, use.modelId) : new Set();
}

/** What is in use against this model, or against the newest. Throws InputError. */
export async function compareStored(
  deps: Pick<JobDeps, 'db' | 'resources'>,
  asked: ModelId | 'newest' | null,
): Promise<{ id: ModelId | null; comparison: Comparison }> {
  const { db, resources } = deps;
  const id = asked === 'newest' ? await newestModel(db) : asked;
  if (asked === 'newest' && id === null) throw modelError('there is none yet: molva model train makes one');
  const candidate = await resourcesWith(deps, id);
  const learned = new Set([
    ...(await documentsLearnedInUse(db)),
    ...(id === null ? [] : await modelDocuments(db, id)),
  ]);
  const lessons = await readLessons(db);
  const others = await readAnchors(db, OTHERS);
  return { id, comparison: await compareModels(lessons, others, learned, { now: resources, candidate }) };
}
