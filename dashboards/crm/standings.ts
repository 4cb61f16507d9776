import { listPulls } from '../../src/store/crm-pulls.ts';
import { countWaiting } from '../../src/store/deliveries.ts';
import { listPausedEndpoints } from '../../src/store/endpoints.ts';
import type { DashboardDeps } from '../deps.ts';
import type { CrmStanding } from './list.ts';

/** How the connected CRMs stand, or some of them. */
export async function standings(
  { db, crm }: Pick<DashboardDeps, 'db' | 'crm'>,
  crms = crm.list(),
): Promise<CrmStanding[]> {
  const [pulls, paused, waiting] = await Promise.all([
    listPulls(db),
    listPausedEndpoints(db),
    countWaiting(db),
  ]);
  return crms.map((one) => ({
    crm: one,
    pulls: pulls.filter(({ endpoint }) => endpoint === one.key),
    paused: paused.find(({ key }) => key === one.key) ?? null,
    waiting: waiting.get(one.key) ?? 0,
  }));
}
