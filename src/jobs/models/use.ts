import type { Comparison } from '../../model/comparison.ts';
import type { ModelId } from '../../model/ids.ts';
import { addAudit } from '../../store/audit.ts';
import { addUse, currentUse, endUse, lockUses } from '../../store/models.ts';
import type { JobDeps } from '../deps.ts';
import { type RetagStart, retagOutdated } from '../retag.ts';
import { compareStored, modelError, resourcesWith } from './compare-stored.ts';
import { followModelInUse } from './follow.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'queue' | 'log' | 'resources'>;

export interface Switched {
  /** What is in use now; null: the shipped models as they are. */
  model: ModelId | null;
  /** Tags that are made again in the background. */
  retag: RetagStart;
}

/** Tags are made by it from now on, and those that are stored are made again. */
async function takeEffect(deps: Deps, model: ModelId | null): Promise<Switched> {
  await followModelInUse(deps);
  return { model, retag: await retagOutdated(deps) };
}

/**
 * What was learned, or with null the shipped models as they are, is used from now on. Throws InputError when there is no such model, when it
 * does not fit the shipped ones, or when it is worse than what is in use and nobody has said that it may be (`mayBeWorse`).
 */
export async function useModel(
  deps: Deps,
  model: ModelId | null,
  { by, mayBeWorse }: { by: string; mayBeWorse: boolean },
): Promise<Switched & { comparison: Comparison | null }> {
  const { db, clock } = deps;
  await followModelInUse(deps);
  await resourcesWith(deps, model);
  const comparison = model === null ? null : (await compareStored(deps, model)).comparison;
  if (comparison?.verdict === 'worse' && !mayBeWorse)
    throw modelError(
      `model ${model} is worse than what is in use (mends ${comparison.mended.length}, breaks ${comparison.broken.length} of ${comparison.cases}); --force uses it all the same`,
    );
  await db.transaction(async (tx) => {
    await lockUses(tx);
    const before = (await currentUse(tx))?.modelId ?? null;
    if (before === model) throw modelError(`${nameOf(model)} is in use already`);
    const at = clock.now();
    await addUse(tx, model, by, at);
    const detail = { before, verdict: comparison?.verdict ?? null };
    await addAudit(tx, { at, actor: by, action: 'model.used', subject: subjectOf(model), detail });
  });
  return { ...(await takeEffect(deps, model)), comparison };
}

/** What was used before is used again. Throws InputError when nothing was. */
export async function rollBackModel(deps: Deps, by: string): Promise<Switched> {
  const model = await deps.db.transaction(async (tx) => {
    await lockUses(tx);
    const use = await currentUse(tx);
    if (!use) throw modelError('the shipped models are in use as they are: there is nothing to go back to');
    const at = deps.clock.now();
    await endUse(tx, use.id, at);
    const now = (await currentUse(tx))?.modelId ?? null;
    const detail = { before: use.modelId };
    await addAudit(tx, { at, actor: by, action: 'model.rolledback', subject: subjectOf(now), detail });
    return now;
  });
  return takeEffect(deps, model);
}

export function nameOf(model: ModelId | null): string {
  return model === null ? 'the shipped models' : `model ${model}`;
}

function subjectOf(model: ModelId | null): string {
  return `model:${model ?? 'shipped'}`;
}
