import { InputError } from '../../lib/errors.ts';
import type { WeightsVersion } from '../../model/match-weights.ts';
import { addAudit } from '../../store/audit.ts';
import type { Db } from '../../store/db.ts';
import { listWeights, lockWeights, setWeightsState } from '../../store/match-weights.ts';
import type { JobDeps } from '../deps.ts';

const mistake = (message: string): InputError => new InputError([{ at: 'version', message }]);

/** The version that is to be in force. Throws InputError when it cannot be. */
function findVersion(versions: readonly WeightsVersion[], wanted: number): WeightsVersion {
  const found = versions.find(({ version }) => version === wanted);
  if (!found) throw mistake(`there is no version ${wanted}; see molva links weights`);
  if (found.state === 'no_better')
    throw mistake(`version ${wanted} foretold no better than what was in force, and never was`);
  return found;
}

/** Puts a version in force again, or with null the weights as shipped. Newer ones are reverted and stay known. Throws InputError. */
export async function revertWeights(
  tx: Db,
  { clock }: Pick<JobDeps, 'clock'>,
  { version, actor }: { version: number | null; actor: string },
): Promise<void> {
  await lockWeights(tx);
  const versions = await listWeights(tx);
  const active = versions.filter(({ state }) => state === 'active').map((one) => one.version);
  const before = active[0] ?? null;
  if (version !== null) findVersion(versions, version);
  if (version === before)
    throw mistake(
      `${version === null ? 'the shipped weights are' : `version ${version} is`} in force already`,
    );
  await setWeightsState(
    tx,
    active.filter((one) => version === null || one > version),
    'reverted',
  );
  if (version !== null) await setWeightsState(tx, [version], 'active');
  const subject = `weights:${version ?? 'shipped'}`;
  await addAudit(tx, { at: clock.now(), actor, action: 'weights.reverted', subject, detail: { before } });
}
