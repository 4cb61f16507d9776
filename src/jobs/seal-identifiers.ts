import { sealIdentifiers } from '../store/customers.ts';
import type { JobDeps } from './deps.ts';

const BATCH = 1000;

/** Seals the identifiers that an older program stored in the open, batch by batch: a stop loses one batch only. */
export async function sealOpenIdentifiers({ db, vault }: Pick<JobDeps, 'db' | 'vault'>): Promise<void> {
  let sealed = BATCH;
  while (sealed === BATCH) sealed = await db.transaction((tx) => sealIdentifiers(tx, vault, BATCH));
}
