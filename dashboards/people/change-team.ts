import { addAudit } from '../../src/store/audit.ts';
import type { Db } from '../../src/store/db.ts';
import type { DashboardDeps } from '../deps.ts';

/** Changes a team, with its entry in the audit. `run` returns its number; null: nothing was changed. */
export function changeTeam(
  { db, clock }: Pick<DashboardDeps, 'db' | 'clock'>,
  entry: { action: string; actor: string; detail: Record<string, unknown> },
  run: (tx: Db) => Promise<number | null>,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const team = await run(tx);
    if (team !== null) await addAudit(tx, { at: clock.now(), ...entry, subject: `team:${team}` });
    return team;
  });
}
