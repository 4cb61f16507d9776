import type { Evidence } from '../../model/customer.ts';
import type { AuthorId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import { noteRefused, releaseRefused } from '../../store/generic-values.ts';
import { authorsDoubtedFor, countVerdicts, listLinksOfAuthors } from '../../store/links.ts';

/** So many authors must have turned out to be somebody else, and none the customer, before an identifier tells nothing. */
const LEAST_REFUSED = 2;

const hashesOf = (evidence: readonly Evidence[]): string[] => evidence.flatMap(({ hash }) => hash ?? []);

/**
 * What people have said of an author may be the last word on an identifier that his links name: a hotline, or a customer's after all. Returns
 * authors who lost a link for the sake of one that tells something after all.
 */
export async function settleValues(tx: Db, author: AuthorId, at: Date): Promise<AuthorId[]> {
  const links = await listLinksOfAuthors(tx, [author]);
  const hashes = [...new Set(links.flatMap(({ evidence }) => hashesOf(evidence)))];
  if (hashes.length === 0) return [];
  const verdicts = await countVerdicts(tx, hashes);
  const generic = verdicts
    .filter(({ refused, confirmed }) => refused >= LEAST_REFUSED && confirmed === 0)
    .map(({ hash }) => hash);
  await noteRefused(tx, generic, at);
  const released = await releaseRefused(
    tx,
    hashes.filter((hash) => !generic.includes(hash)),
  );
  return released.length === 0 ? [] : authorsDoubtedFor(tx, released);
}
