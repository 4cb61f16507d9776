import { attemptDelivery } from '../act/deliver.ts';
import { claimDueDeliveries, dueLanes, markInDoubt } from '../store/deliveries.ts';
import type { JobDeps } from './deps.ts';

const AT_ONCE = 8;
/** After this time nothing new is begun, so that a slow endpoint does not keep the next tick from the others. */
const TICK_MS = 5000;

async function deliverLane(deps: JobDeps, lane: string): Promise<number> {
  const { db, clock } = deps;
  const end = clock.now().getTime() + TICK_MS;
  let attempted = 0;
  while (clock.now().getTime() < end) {
    const due = await db.transaction((tx) => claimDueDeliveries(tx, clock.now(), AT_ONCE, lane));
    if (due.length === 0) break;
    await Promise.all(due.map((delivery) => attemptDelivery(deps.delivery, delivery)));
    attempted += due.length;
  }
  return attempted;
}

/** Attempts deliveries whose time has come, each endpoint's beside the others'. Returns how many were attempted. */
export async function deliverDue(deps: JobDeps): Promise<number> {
  const { db, clock, log } = deps;
  const doubtful = await markInDoubt(db, clock.now());
  if (doubtful > 0)
    log.warn({ mails: doubtful }, 'the program was stopped while sending mail; see the deliveries page');
  const lanes = await dueLanes(db, clock.now());
  const attempted = await Promise.all(lanes.map((lane) => deliverLane(deps, lane)));
  return attempted.reduce((sum, n) => sum + n, 0);
}
