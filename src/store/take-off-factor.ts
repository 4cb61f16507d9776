import type { UserId } from '../model/ids.ts';
import { addAudit } from './audit.ts';
import type { Db } from './db.ts';
import { removeFactor } from './second-factors.ts';

/** By somebody else, or the user himself: audited. False when there was none. `actor`: as the audit names people. */
export function takeOff(db: Db, user: UserId, actor: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await removeFactor(tx, user))) return false;
    await addAudit(tx, { at: now, actor, action: 'factor.removed', subject: `user:${user}` });
    return true;
  });
}
