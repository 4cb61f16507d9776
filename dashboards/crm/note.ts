import { addAudit } from '../../src/store/audit.ts';
import type { DashboardDeps } from '../deps.ts';

/** Who asked what of an endpoint. `actor`: as the audit names people. */
export function noteAsked(
  { db, clock }: Pick<DashboardDeps, 'db' | 'clock'>,
  { actor, action, key }: { actor: string; action: string; key: string },
): Promise<void> {
  return addAudit(db, { at: clock.now(), actor, action, subject: `endpoint:${key}` });
}
