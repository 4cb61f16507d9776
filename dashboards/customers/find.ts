import { readIdentifier } from '../../src/match/identifiers.ts';
import { type CustomerRow, identifierHash, searchCustomers } from '../../src/store/customers.ts';
import type { DashboardDeps } from '../deps.ts';
import { noteListed } from './note-listed.ts';

/** By a part of a name, or by a whole e-mail, phone or account: these are sealed. Who was shown is written down. */
export async function findCustomers(
  deps: Pick<DashboardDeps, 'db' | 'vault' | 'clock'>,
  { text, limit, offset, actor }: { text: string; limit: number; offset: number; actor: string },
): Promise<CustomerRow[]> {
  const hashes = text === '' ? [] : readIdentifier(text).map((one) => identifierHash(deps.vault, one));
  const rows = await searchCustomers(deps.db, { text, hashes }, limit, offset);
  if (rows.length > 0) await noteListed(deps, { actor, subject: 'customers', rows });
  return rows;
}
