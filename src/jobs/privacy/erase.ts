import { InputError } from '../../lib/errors.ts';
import type { Identifier } from '../../model/customer.ts';
import { type Author, isOnlyNamed } from '../../model/document.ts';
import type { AuthorId, CustomerId } from '../../model/ids.ts';
import type { Suppression } from '../../model/ports.ts';
import { addAudit } from '../../store/audit.ts';
import { holdersOf } from '../../store/customer-identifiers.ts';
import { identifierHash, listIdentifiers } from '../../store/customers.ts';
import type { Db } from '../../store/db.ts';
import { findAuthorsOfAccounts, getAuthors } from '../../store/documents.ts';
import {
  casesOf,
  documentsOf,
  eraseAuthorRows,
  eraseDocuments,
  eraseEntryRows,
  erasePasted,
  eraseReplies,
  redactDeliveries,
  redactDigests,
  type Traces,
} from '../../store/erasing.ts';
import { CERTAIN, listAccountsOfCustomer } from '../../store/links.ts';
import { removeMatchEntries } from '../../store/match-entries.ts';
import { listEntries } from '../../store/merges.ts';
import { addSuppressions } from '../../store/suppressions.ts';
import type { JobDeps } from '../deps.ts';
import { accountSuppression, customerSuppression, identifierSuppression } from './suppress.ts';

export type EraseDeps = Pick<JobDeps, 'db' | 'clock' | 'vault' | 'erasures' | 'delivery' | 'log'>;

/** What was erased, in numbers: nothing of whom. */
export interface Erased {
  entries: number;
  accounts: number;
  documents: number;
  cases: number;
  deliveries: number;
  digests: number;
}

interface Person {
  entries: readonly { id: CustomerId; externalId: string }[];
  authors: readonly AuthorId[];
  suppressions: readonly Suppression[];
  /** What he wrote in public stays, without the link to him. */
  keepPosts: boolean;
}

async function erasePerson(tx: Db, { entries, authors, keepPosts }: Person): Promise<[Erased, Traces]> {
  const entryIds = entries.map(({ id }) => id);
  const documents = await documentsOf(tx, authors, keepPosts ? [] : entryIds);
  const ids = documents.map(({ id }) => id);
  const traces: Traces = {
    documents,
    cases: await casesOf(tx, entryIds, ids),
    externalIds: entries.map(({ externalId }) => externalId),
  };
  const deliveries = await redactDeliveries(tx, traces);
  const digests = await redactDigests(tx, traces);
  await erasePasted(tx, traces);
  await eraseReplies(tx, traces);
  await eraseDocuments(tx, ids);
  await eraseAuthorRows(tx, authors);
  await removeMatchEntries(tx, entryIds);
  await eraseEntryRows(tx, entryIds);
  const erased = {
    entries: entries.length,
    accounts: authors.length,
    documents: documents.length,
    cases: traces.cases.length,
    deliveries,
    digests,
  };
  return [erased, traces];
}

/**
 * Erases in one transaction. The journal is written first: should the process die in between, a restored backup is cleaned of somebody who is
 * still here, and who asked for it. Files of connectors follow; one that fails is named in the log and leaves the rest done.
 */
async function erase(deps: EraseDeps, person: Person, actor: string, subject: string): Promise<Erased> {
  const at = deps.clock.now();
  await deps.erasures.note({ at, suppressions: person.suppressions });
  const [erased, { externalIds, cases }] = await deps.db.transaction(async (tx) => {
    await addSuppressions(tx, person.suppressions, at);
    const done = await erasePerson(tx, person);
    await addAudit(tx, { at, actor, action: 'person.erased', subject, detail: { ...done[0] } });
    return done;
  });
  for (const [endpoint, crm] of deps.delivery.crms)
    await crm.forget?.({ externalIds, cases }).catch((error: unknown) => {
      deps.log.error(
        { err: error, endpoint },
        'a connector could not erase a person: erase his lines by hand',
      );
    });
  return erased;
}

/** Authors who have an account of their own: a name that anybody may type is nobody's, and what stands under it is not all one person's. */
async function withAccount(db: Db, authors: readonly AuthorId[]): Promise<Author[]> {
  return (await getAuthors(db, authors)).filter((author) => !isOnlyNamed(author));
}

/** All rows of these accounts, however their letters were written. */
async function allRowsOf(db: Db, accounts: readonly Author[]): Promise<AuthorId[]> {
  const rows = await findAuthorsOfAccounts(db, accounts);
  return [...new Set([...accounts.map(({ id }) => id), ...rows])];
}

/** Identifiers that nobody else has: relatives and colleagues who share one are still welcome. */
async function ownIdentifiers(
  { db, vault }: EraseDeps,
  customer: CustomerId,
  entries: readonly { externalId: string }[],
): Promise<Identifier[]> {
  const identifiers = await listIdentifiers(db, vault, customer);
  const holders = await holdersOf(
    db,
    identifiers.map((one) => identifierHash(vault, one)),
  );
  const own = new Set(entries.map(({ externalId }) => externalId));
  const shared = new Set(holders.filter(({ externalId }) => !own.has(externalId)).map(({ hash }) => hash));
  return identifiers.filter((one) => !shared.has(identifierHash(vault, one)));
}

/**
 * Erases a customer: all entries of the person with all that hangs on them, and, unless `keepAccounts`, what his linked accounts wrote. Keyed hashes stay so that
 * he is not collected again. null: there is no such customer.
 */
export async function eraseCustomer(
  deps: EraseDeps,
  { customer, actor, keepAccounts = false }: { customer: CustomerId; actor: string; keepAccounts?: boolean },
): Promise<Erased | null> {
  const { db, vault } = deps;
  const entries = await listEntries(db, customer);
  if (entries.length === 0) return null;
  const accounts = await listAccountsOfCustomer(db, customer);
  const certain = accounts.filter(({ state }) => CERTAIN.includes(state)).map(({ authorId }) => authorId);
  const own = keepAccounts ? [] : await withAccount(db, [...new Set(certain)]);
  const suppressions = [
    ...entries.map(({ externalId }) => customerSuppression(vault, externalId)),
    ...(await ownIdentifiers(deps, customer, entries)).map((one) => identifierSuppression(vault, one)),
    ...own.map((author) => accountSuppression(vault, author)),
  ];
  const authors = await allRowsOf(db, own);
  return erase(
    deps,
    { entries, authors, suppressions, keepPosts: keepAccounts },
    actor,
    `customer:${customer}`,
  );
}

/** Erases an author with all that he wrote. null: there is no such author. @throws InputError when the author is a name only */
export async function eraseAuthor(
  deps: EraseDeps,
  { author, actor }: { author: AuthorId; actor: string },
): Promise<Erased | null> {
  const [known] = await getAuthors(deps.db, [author]);
  if (!known) return null;
  if (isOnlyNamed(known))
    throw new InputError([
      {
        at: 'account',
        message:
          'this site has no accounts: whoever types this name has it, and others would be erased with the one who asks; erase the customer instead',
      },
    ]);
  const suppressions = [accountSuppression(deps.vault, known)];
  const authors = await allRowsOf(deps.db, [known]);
  return erase(deps, { entries: [], authors, suppressions, keepPosts: false }, actor, `author:${author}`);
}
