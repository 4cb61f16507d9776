import { listPausedEndpoints } from '../../src/store/endpoints.ts';
import type { DashboardDeps } from '../deps.ts';
import { noteAsked } from './note.ts';

/** Lets messages go on to an endpoint that was paused. `refusal`: why not, for people; null: they go on. null for all: it is not paused. */
export async function resume(
  deps: Pick<DashboardDeps, 'db' | 'clock' | 'crm'>,
  key: string,
  actor: string,
): Promise<{ refusal: string | null } | null> {
  if (!(await listPausedEndpoints(deps.db)).some((one) => one.key === key)) return null;
  const refusal = await deps.crm.resume(key);
  if (refusal === null) await noteAsked(deps, { actor, action: 'endpoint.resumed', key });
  return { refusal };
}
