import { InputError } from '../../lib/errors.ts';
import type { Identifier } from '../../model/customer.ts';
import { type Author, isOnlyNamed } from '../../model/document.ts';
import type { AuthorId, CustomerId, DocumentId } from '../../model/ids.ts';
import type { Suppression } from '../../model/ports.ts';
import { addAudit } from '../../store/audit.ts';
import { findAuthorsOfAccounts, getAuthors } from '../../store/authors.ts';
import { holdersOf } from '../../store/customer-identifiers.ts';
import { identifierHash, listIdentifiers } from '../../store/customers.ts';
import type { Db } from '../../store/db.ts';
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
  redactReports,
  stripAuthors,
  stripEntries,
  type Traces,
} from '../../store/erasing.ts';
import { type Held, heldAmong, letWait } from '../../store/evidence-holds.ts';
import { endLooks } from '../../store/evidence-looks.ts';
import { CERTAIN, listAccountsOfCustomer } from '../../store/links.ts';
import { removeMatchEntries } from '../../store/match-entries.ts';
import { listEntries } from '../../store/merges.ts';
import { addSuppressions } from '../../store/suppressions.ts';
import type { JobDeps } from '../deps.ts';
import { eraseEvidence } from '../evidence/erase-evidence.ts';
import { accountSuppression, customerSuppression, identifierSuppression } from './suppress.ts';

export type EraseDeps = Pick<JobDeps, 'db' | 'clock' | 'vault' | 'erasures' | 'delivery' | 'log'>;

/** What was erased, in numbers: nothing of whom. */
export interface Erased {
  entries: number;
  accounts: number;
  documents: number;
  cases: number;
  deliveries: number;
  /** And reports. */
  digests: number;
  /** Records of evidence that were emptied. */
  evidence: number;
  /** What stays until a legal hold is released (GDPR, Article 17 (3)(e)), and is erased then. */
  kept: { cases: number; documents: number };
}

export interface Person {
  entries: readonly { id: CustomerId; externalId: string }[];
  authors: readonly AuthorId[];
  suppressions: readonly Suppression[];
  /** What he wrote in public stays, without the link to him. */
  keepPosts: boolean;
}

const without = <Id extends number>(ids: readonly Id[], others: readonly Id[]): Id[] =>
  ids.filter((id) => !others.includes(id));
const among = <Id extends number>(ids: readonly Id[], others: readonly Id[]): Id[] =>
  ids.filter((id) => others.includes(id));

/** What left the house, and what people pasted. */
async function redact(tx: Db, traces: Traces): Promise<Pick<Erased, 'deliveries' | 'digests'>> {
  const deliveries = await redactDeliveries(tx, traces);
  const digests = (await redactDigests(tx, traces)) + (await redactReports(tx, traces));
  await erasePasted(tx, traces);
  await eraseReplies(tx, traces);
  return { deliveries, digests };
}

/** Rows of the person, save for what a held case cannot do without. */
async function eraseRows(
  tx: Db,
  person: Person,
  documents: readonly DocumentId[],
  held: Held,
): Promise<void> {
  const entries = person.entries.map(({ id }) => id);
  await eraseDocuments(tx, documents);
  await eraseAuthorRows(tx, without(person.authors, held.authors));
  await stripAuthors(tx, among(person.authors, held.authors));
  await removeMatchEntries(tx, entries);
  await stripEntries(tx, among(entries, held.entries));
  await eraseEntryRows(tx, without(entries, held.entries));
}

async function erasePerson(tx: Db, person: Person, at: Date): Promise<[Erased, Traces]> {
  const { entries, authors, keepPosts } = person;
  const entryIds = entries.map(({ id }) => id);
  const found = await documentsOf(tx, authors, keepPosts ? [] : entryIds);
  const foundIds = found.map(({ id }) => id);
  const cases = await casesOf(tx, entryIds, foundIds);
  const held = await heldAmong(tx, { entries: entryIds, authors: [...authors], documents: foundIds });
  const documents = without(foundIds, held.documents);
  const traces: Traces = {
    documents: found,
    cases,
    externalIds: entries.map(({ externalId }) => externalId),
  };
  await endLooks(tx, cases, foundIds);
  const waiting = { entries: entryIds, authors: [...authors], erasePosts: !keepPosts };
  await letWait(tx, held.cases, waiting, at);
  const redacted = await redact(tx, traces);
  const gone = { authors, documents: foundIds, kept: held.documents, cases: without(cases, held.cases) };
  const evidence = await eraseEvidence(tx, gone, held.cases, at);
  await eraseRows(tx, person, documents, held);
  const erased = {
    entries: without(entryIds, held.entries).length,
    accounts: without(authors, held.authors).length,
    documents: documents.length,
    cases: without(cases, held.cases).length,
    ...redacted,
    evidence,
    kept: { cases: held.cases.length, documents: among(foundIds, held.documents).length },
  };
  return [erased, traces];
}

/** Erases in the caller's transaction, and notes it in the audit. `forgetOutside` follows once it has ended. */
export async function eraseWithin(
  tx: Db,
  person: Person,
  by: { at: Date; actor: string; subject: string },
): Promise<[Erased, Traces]> {
  const done = await erasePerson(tx, person, by.at);
  await addAudit(tx, { ...by, action: 'person.erased', detail: { ...done[0] } });
  return done;
}

/** Files of connectors; one that fails is named in the log and leaves the rest done. */
export async function forgetOutside(
  deps: Pick<EraseDeps, 'delivery' | 'log'>,
  { externalIds, cases }: Traces,
): Promise<void> {
  for (const [endpoint, crm] of deps.delivery.crms)
    await crm.forget?.({ externalIds, cases }).catch((error: unknown) => {
      deps.log.error(
        { err: error, endpoint },
        'a connector could not erase a person: erase his lines by hand',
      );
    });
}

/**
 * Erases in one transaction. The journal is written first: should the process die in between, a restored backup is cleaned of somebody who is
 * still here, and who asked for it.
 */
async function erase(deps: EraseDeps, person: Person, actor: string, subject: string): Promise<Erased> {
  const at = deps.clock.now();
  await deps.erasures.note({ at, suppressions: person.suppressions });
  const [erased, traces] = await deps.db.transaction(async (tx) => {
    await addSuppressions(tx, person.suppressions, at);
    return eraseWithin(tx, person, { at, actor, subject });
  });
  await forgetOutside(deps, traces);
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
