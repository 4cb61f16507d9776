import { InputError } from '../../src/lib/errors.ts';
import type { Topic } from '../../src/model/topic.ts';
import { findVersion } from '../../src/store/topic-history.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Refusal } from './save-topic.ts';

/** Brings an older version of a topic back; null when that is done. Examples that would fail are shown first. */
export async function restoreVersion(
  deps: DashboardDeps,
  { t, user }: Pick<Viewer, 't'> & { user: { email: string } },
  { id, key }: Topic,
  version: number,
  anyway: boolean,
): Promise<Refusal | null> {
  const refused: Refusal = { mistakes: [t('lab.history.failed')], failures: [] };
  const state = await findVersion(deps.db, id, version);
  if (!state) return refused;
  const failures = anyway ? [] : await deps.actions.failingExamples({ ...state, key });
  if (failures.length > 0) return { mistakes: [], failures };
  try {
    await deps.actions.lab.rollBack(key, version, { actor: user.email, anyway });
    return null;
  } catch (error) {
    if (error instanceof InputError) return refused;
    throw error;
  }
}
