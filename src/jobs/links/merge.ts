import { InputError } from '../../lib/errors.ts';
import type { AuthorId, CustomerId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import { listAccountsOfCustomer } from '../../store/links.ts';
import { lockEntries, pointEntry } from '../../store/merges.ts';
import { type RegisterDeps, registerCustomers } from '../register-customers.ts';
import { actAgainOn, endLink, type LinkDeps } from './decide.ts';

type MergeDeps = LinkDeps & RegisterDeps;

/** What follows from another idea of who is one person: he is found anew, and what his accounts wrote is acted on again. */
async function seeAnew(tx: Db, deps: MergeDeps, people: readonly CustomerId[]): Promise<void> {
  await registerCustomers(tx, deps, people);
  const accounts: AuthorId[] = [];
  for (const person of people)
    accounts.push(...(await listAccountsOfCustomer(tx, person)).map(({ authorId }) => authorId));
  for (const author of new Set(accounts)) await actAgainOn(tx, deps, author);
}

/**
 * Makes two entries one person, `into` standing for both. Nothing is moved: the other entry, and all that pointed to it, points to `into`.
 * @throws InputError when they are one already, or one is gone
 */
export async function mergeCustomers(
  tx: Db,
  deps: MergeDeps,
  { into, merged, actor }: { into: CustomerId; merged: CustomerId; actor: string },
): Promise<void> {
  const entries = await lockEntries(tx, [into, merged]);
  const headOf = (id: CustomerId): CustomerId | undefined => {
    const entry = entries.find((one) => one.id === id);
    return entry?.mergedInto ?? entry?.id;
  };
  const [head, other] = [headOf(into), headOf(merged)];
  if (head === undefined || other === undefined)
    throw new InputError([{ at: 'customer', message: 'there is no such customer; look again by name' }]);
  if (head === other) throw new InputError([{ at: 'customer', message: 'these two are one person already' }]);
  const by = { actor, at: deps.clock.now() };
  for (const entry of entries)
    if ((entry.mergedInto ?? entry.id) === other) await pointEntry(tx, entry, head, by);
  await seeAnew(tx, deps, [head, other]);
}

/** Cases that accounts of the parted entry opened for the person while both were one: the right ones are opened anew. */
async function takeCases(tx: Db, deps: MergeDeps, entry: CustomerId, person: CustomerId): Promise<void> {
  const staying = new Set((await listAccountsOfCustomer(tx, person)).map(({ authorId }) => authorId));
  for (const { authorId } of await listAccountsOfCustomer(tx, entry))
    if (!staying.has(authorId)) await endLink(tx, deps, authorId, [person], 'rejected');
}

/** Makes an entry a person of its own again. @throws InputError when it is one */
export async function splitCustomer(
  tx: Db,
  deps: MergeDeps,
  { entry: id, actor }: { entry: CustomerId; actor: string },
): Promise<CustomerId> {
  const entry = (await lockEntries(tx, [id])).find((one) => one.id === id);
  if (!entry?.mergedInto)
    throw new InputError([{ at: 'customer', message: 'this entry stands for itself already' }]);
  await pointEntry(tx, entry, null, { actor, at: deps.clock.now() });
  await takeCases(tx, deps, id, entry.mergedInto);
  await seeAnew(tx, deps, [entry.mergedInto, id]);
  return entry.mergedInto;
}
