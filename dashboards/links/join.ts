import type { CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { DashboardDeps } from '../deps.ts';

type Links = Pick<DashboardDeps, 'db' | 'clock' | 'links'>;

/** Two entries of the CRM are one person. @throws InputError */
export async function joinEntries(
  { db, clock, links }: Links,
  asked: { into: CustomerId; merged: CustomerId; actor: string },
): Promise<void> {
  const { into, merged, actor } = asked;
  await db.transaction(async (tx) => {
    await links.merge(tx, asked);
    const entry = { at: clock.now(), actor, action: 'customers.merged', subject: `customer:${into}` };
    await addAudit(tx, { ...entry, detail: { merged } });
  });
}

/** An entry is a person of its own again. Returns whose it was. @throws InputError */
export function partEntry(
  { db, clock, links }: Links,
  asked: { entry: CustomerId; actor: string },
): Promise<CustomerId> {
  const { entry, actor } = asked;
  return db.transaction(async (tx) => {
    const person = await links.split(tx, asked);
    const noted = { at: clock.now(), actor, action: 'customers.split', subject: `customer:${person}` };
    await addAudit(tx, { ...noted, detail: { entry } });
    return person;
  });
}
