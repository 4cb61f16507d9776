import type { CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { DashboardDeps } from '../deps.ts';

/** Whom somebody was shown in a list is kept, as with every card. */
export async function noteListed(
  { db, clock }: Pick<DashboardDeps, 'db' | 'clock'>,
  shown: {
    actor: string;
    subject: string;
    rows: readonly { id: CustomerId }[];
    detail?: Record<string, unknown>;
  },
): Promise<void> {
  const { actor, subject, rows, detail = {} } = shown;
  const entry = { at: clock.now(), actor, action: 'customers.listed', subject };
  await addAudit(db, { ...entry, detail: { ...detail, customers: rows.map(({ id }) => id) } });
}
