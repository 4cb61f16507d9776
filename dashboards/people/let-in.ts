import type { UserId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { setUserDisabled } from '../../src/store/users.ts';
import type { DashboardDeps } from '../deps.ts';

/** Lets somebody in again, or locks him out: his sessions end. */
export async function letIn(
  { db, clock }: Pick<DashboardDeps, 'db' | 'clock'>,
  { id, isOpen, actor }: { id: UserId; isOpen: boolean; actor: string },
): Promise<void> {
  const at = clock.now();
  await setUserDisabled(db, id, isOpen ? null : at);
  const action = isOpen ? 'user.enabled' : 'user.disabled';
  await addAudit(db, { at, actor, action, subject: `user:${id}` });
}
