import { takeBack } from '../../act/rules/decide.ts';
import type { DocumentId } from '../../model/ids.ts';
import type { RuleEffect, RuleRun } from '../../model/rule.ts';
import type { Db } from '../../store/db.ts';
import { lockMentionState, saveMentionStates } from '../../store/decisions.ts';
import { reopenActing, touchDocuments } from '../../store/progress.ts';
import { sendDocuments } from '../../store/queue.ts';
import { effectsToUndo, markUndone } from '../../store/rule-effects.ts';
import { changeRunState, recordUndoStep } from '../../store/rule-runs.ts';
import type { JobDeps } from '../deps.ts';

const BATCH = 100;

type Deps = Pick<JobDeps, 'clock' | 'queue'>;

/** The document of the effect that was taken back; null when somebody had changed it meanwhile. */
async function undoEffect(tx: Db, effect: RuleEffect, rule: string, now: Date): Promise<DocumentId | null> {
  const state = await lockMentionState(tx, effect.mentionId);
  const isBack = state !== null && takeBack(state, effect, rule);
  if (isBack) await saveMentionStates(tx, [state]);
  await markUndone(tx, effect.id, isBack ? 'undone_at' : 'kept_at', now);
  return isBack ? state.documentId : null;
}

/** After mentions came out of the basket: their complaints may open cases after all. */
export async function actAgain(
  tx: Db,
  { queue }: Pick<Deps, 'queue'>,
  ids: readonly DocumentId[],
): Promise<void> {
  await reopenActing(tx, ids);
  await sendDocuments(queue, tx, 'act', ids);
}

/** Takes back some effects of a run, the newest first. Returns whether there is more to do. */
export async function undoBatch(tx: Db, deps: Deps, run: RuleRun): Promise<boolean> {
  const now = deps.clock.now();
  const effects = await effectsToUndo(tx, run.id, BATCH);
  const touched = new Set<DocumentId>();
  const unhidden = new Set<DocumentId>();
  let restored = 0;
  for (const effect of effects) {
    const document = await undoEffect(tx, effect, run.ruleKey, now);
    if (document === null) continue;
    restored += 1;
    touched.add(document);
    if (effect.action === 'basket') unhidden.add(document);
  }
  await touchDocuments(tx, [...touched], now);
  await actAgain(tx, deps, [...unhidden]);
  await recordUndoStep(tx, run.id, { restored, kept: effects.length - restored }, now);
  if (effects.length === BATCH) return true;
  await changeRunState(tx, run.id, ['undoing'], 'undone', now);
  return false;
}
