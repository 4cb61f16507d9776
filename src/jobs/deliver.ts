import { attemptDelivery } from '../act/deliver.ts';
import {
  ATTEMPT_LEASE_MS,
  claimDueDeliveries,
  claimForLook,
  dueLanes,
  markInDoubt,
} from '../store/deliveries.ts';
import { endOutage, takeLooks } from '../store/outages.ts';
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

/** One attempt shows whether an endpoint that was down answers again. Returns whether there was anything to attempt. */
async function lookAgain({ db, clock, delivery: edges }: JobDeps, endpoint: string): Promise<boolean> {
  const delivery = await db.transaction((tx) => claimForLook(tx, endpoint, clock.now()));
  if (delivery) await attemptDelivery(edges, delivery);
  else await endOutage(db, endpoint, clock.now());
  return delivery !== null;
}

/** Attempts deliveries whose time has come, each endpoint's beside the others'. Returns how many were attempted. */
export async function deliverDue(deps: JobDeps): Promise<number> {
  const { db, clock, log } = deps;
  const doubtful = await markInDoubt(db, clock.now());
  if (doubtful > 0)
    log.warn({ mails: doubtful }, 'the program was stopped while sending mail; see the deliveries page');
  const down = await db.transaction((tx) => takeLooks(tx, clock.now(), ATTEMPT_LEASE_MS));
  const looks = await Promise.all(down.map((endpoint) => lookAgain(deps, endpoint)));
  const lanes = await dueLanes(db, clock.now());
  const attempted = await Promise.all(lanes.map((lane) => deliverLane(deps, lane)));
  return attempted.reduce((sum, n) => sum + n, looks.filter(Boolean).length);
}
