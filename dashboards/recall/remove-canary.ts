import { addAudit } from '../../src/store/audit.ts';
import { removeCanaryDocument } from '../../src/store/canary-documents.ts';
import type { DashboardDeps } from '../deps.ts';

/** A planted post is waited for no longer. False when there is none of this number. */
export async function removeCanary(
  { db, clock }: Pick<DashboardDeps, 'db' | 'clock'>,
  id: number,
  actor: string,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const isRemoved = await removeCanaryDocument(tx, id);
    const entry = { at: clock.now(), actor, action: 'canary.removed', subject: `canary:${id}` };
    if (isRemoved) await addAudit(tx, entry);
    return isRemoved;
  });
}
