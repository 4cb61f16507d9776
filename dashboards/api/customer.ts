import type { z } from 'zod';
import type { CustomerId } from '../../src/model/ids.ts';
import { findCustomerByExternalId } from '../../src/store/merges.ts';
import type { DashboardDeps } from '../deps.ts';
import { found } from './operation.ts';
import type { byExternalId } from './shapes.ts';

export type ByExternalId = z.output<typeof byExternalId>;

/** The person behind the number that the CRM gave an entry. @throws ApiRefusal 404 */
export async function customerOf(
  { db }: Pick<DashboardDeps, 'db'>,
  { external_id: externalId }: ByExternalId,
): Promise<CustomerId> {
  return found(await findCustomerByExternalId(db, externalId), 'customer');
}
