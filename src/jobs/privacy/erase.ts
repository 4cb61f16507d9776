import type { AuthorId, CustomerId } from '../../model/ids.ts';
import type { Suppression } from '../../model/ports.ts';
import { addAudit } from '../../store/audit.ts';
import { listIdentifiers } from '../../store/customers.ts';
import type { Db } from '../../store/db.ts';
import { getAuthors } from '../../store/documents.ts';
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
}

async function erasePerson(tx: Db, { entries, authors }: Person): Promise<Erased> {
  const documents = await documentsOf(tx, authors);
  const ids = documents.map(({ id }) => id);
  const entryIds = entries.map(({ id }) => id);
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
  return {
    entries: entries.length,
    accounts: authors.length,
    documents: documents.length,
    cases: traces.cases.length,
    deliveries,
    digests,
  };
}

/**
 * Erases in one transaction. The journal is written first: should the process die in between, a restored backup is cleaned of somebody who is
 * still here, and who asked for it. Files of connectors follow; one that fails is named in the log and leaves the rest done.
 */
async function erase(deps: EraseDeps, person: Person, actor: string, subject: string): Promise<Erased> {
  const at = deps.clock.now();
  await deps.erasures.note({ at, suppressions: person.suppressions });
  const erased = await deps.db.transaction(async (tx) => {
    await addSuppressions(tx, person.suppressions, at);
    const done = await erasePerson(tx, person);
    await addAudit(tx, { at, actor, action: 'person.erased', subject, detail: { ...done } });
    return done;
  });
  for (const [endpoint, crm] of deps.delivery.crms)
    await crm.forget?.(person.entries.map(({ externalId }) => externalId)).catch((error: unknown) => {
      deps.log.error(
        { err: error, endpoint },
        'a connector could not erase a person: erase his lines by hand',
      );
    });
  return erased;
}

async function accountsOf(
  db: Db,
  vault: JobDeps['vault'],
  authors: readonly AuthorId[],
): Promise<Suppression[]> {
  return (await getAuthors(db, authors)).map((author) => accountSuppression(vault, author));
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
  const authors = keepAccounts ? [] : [...new Set(certain)];
  const identifiers = await listIdentifiers(db, vault, customer);
  const suppressions = [
    ...entries.map(({ externalId }) => customerSuppression(vault, externalId)),
    ...identifiers.map((one) => identifierSuppression(vault, one)),
    ...(await accountsOf(db, vault, authors)),
  ];
  return erase(deps, { entries, authors, suppressions }, actor, `customer:${customer}`);
}

/** Erases an author with all that he wrote. null: there is no such author. */
export async function eraseAuthor(
  deps: EraseDeps,
  { author, actor }: { author: AuthorId; actor: string },
): Promise<Erased | null> {
  const suppressions = await accountsOf(deps.db, deps.vault, [author]);
  if (suppressions.length === 0) return null;
  return erase(deps, { entries: [], authors: [author], suppressions }, actor, `author:${author}`);
}
