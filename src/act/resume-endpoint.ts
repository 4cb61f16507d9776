import { InputError } from '../lib/errors.ts';
import type { Crm, CrmAccount } from '../model/ports.ts';
import type { Db } from '../store/db.ts';
import { resumeEndpoint } from '../store/endpoints.ts';

/**
 * Lets deliveries and pulls go on to an endpoint that was paused, when it lets us in. Returns whose account it is; null where the
 * connector cannot tell. @throws InputError where there is no such endpoint; what `check` throws while it does not let us in
 */
export async function resumeWhenLetIn(
  db: Db,
  crms: ReadonlyMap<string, Crm>,
  key: string,
): Promise<CrmAccount | null> {
  const crm = crms.get(key);
  if (!crm)
    throw new InputError([
      {
        at: 'key',
        message: `there is no endpoint "${key}"; known: ${[...crms.keys()].join(', ') || 'none'}`,
      },
    ]);
  const account = (await crm.check?.()) ?? null;
  await resumeEndpoint(db, key);
  return account;
}
