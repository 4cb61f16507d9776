import { readIdentifier } from '../../src/match/identifiers.ts';
import { addAudit } from '../../src/store/audit.ts';
import { type CustomerRow, identifierHash, searchCustomers } from '../../src/store/customers.ts';
import type { DashboardDeps } from '../deps.ts';

/** By a part of a name, or by a whole e-mail, phone or account: these are sealed. Who was shown is written down. */
export async function findCustomers(
  { db, vault, clock }: Pick<DashboardDeps, 'db' | 'vault' | 'clock'>,
  { text, limit, offset, actor }: { text: string; limit: number; offset: number; actor: string },
): Promise<CustomerRow[]> {
  const hashes = text === '' ? [] : readIdentifier(text).map((one) => identifierHash(vault, one));
  const rows = await searchCustomers(db, { text, hashes }, limit, offset);
  const entry = { at: clock.now(), actor, action: 'customers.listed', subject: 'customers' };
  if (rows.length > 0) await addAudit(db, { ...entry, detail: { customers: rows.map(({ id }) => id) } });
  return rows;
}
