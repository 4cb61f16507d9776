import { addAudit } from '../../src/store/audit.ts';
import { listPausedEndpoints } from '../../src/store/endpoints.ts';
import type { DashboardDeps } from '../deps.ts';

/** Lets messages go on to an endpoint that was paused. `refusal`: why not, for people; null: they go on. null for all: it is not paused. */
export async function resume(
  { db, clock, crm }: Pick<DashboardDeps, 'db' | 'clock' | 'crm'>,
  key: string,
  actor: string,
): Promise<{ refusal: string | null } | null> {
  if (!(await listPausedEndpoints(db)).some((one) => one.key === key)) return null;
  const refusal = await crm.resume(key);
  const entry = { at: clock.now(), actor, action: 'endpoint.resumed', subject: `endpoint:${key}` };
  if (refusal === null) await addAudit(db, entry);
  return { refusal };
}
