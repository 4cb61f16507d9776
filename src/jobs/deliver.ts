import { attemptDelivery } from '../act/deliver.ts';
import { claimDueDeliveries, markInDoubt } from '../store/deliveries.ts';
import type { JobDeps } from './deps.ts';

const AT_ONCE = 8;

/** Attempts every delivery whose time has come. Returns how many were attempted. */
export async function deliverDue(deps: JobDeps): Promise<number> {
  const { db, clock, log } = deps;
  let attempted = 0;
  const doubtful = await markInDoubt(db, clock.now());
  if (doubtful > 0)
    log.warn({ mails: doubtful }, 'the program was stopped while sending mail; see the deliveries page');
  for (;;) {
    const due = await db.transaction((tx) => claimDueDeliveries(tx, clock.now(), AT_ONCE));
    if (due.length === 0) return attempted;
    await Promise.all(due.map((delivery) => attemptDelivery(deps.delivery, delivery)));
    attempted += due.length;
  }
}
