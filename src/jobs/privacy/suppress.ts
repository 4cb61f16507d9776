import { readIdentifier } from '../../match/identifiers.ts';
import type { Identifier } from '../../model/customer.ts';
import type { FoundDocument } from '../../model/document.ts';
import type { Suppression, Vault } from '../../model/ports.ts';
import { knownNumbers } from '../../store/customers.ts';
import type { Db } from '../../store/db.ts';
import { findSuppressed } from '../../store/suppressions.ts';

/** An account is the same however its letters are written. */
const accountText = ({ site, handle }: { site: string; handle: string }): string =>
  `${site}/${handle}`.normalize('NFKC').toLowerCase();

export function customerSuppression(vault: Vault, externalId: string): Suppression {
  return { kind: 'customer', hash: vault.hash(`suppressed customer:${externalId}`) };
}

export function identifierSuppression(vault: Vault, { kind, value }: Identifier): Suppression {
  return { kind: 'identifier', hash: vault.hash(`suppressed ${kind}:${value}`) };
}

export function accountSuppression(vault: Vault, account: { site: string; handle: string }): Suppression {
  return { kind: 'account', hash: vault.hash(`suppressed account:${accountText(account)}`) };
}

/** Without what was written by somebody who was erased. */
export async function withoutSuppressed(
  tx: Db,
  vault: Vault,
  documents: readonly FoundDocument[],
): Promise<readonly FoundDocument[]> {
  const hashOf = ({ author }: FoundDocument): string | null =>
    author ? accountSuppression(vault, author).hash : null;
  const hashes = [...new Set(documents.flatMap((one) => hashOf(one) ?? []))];
  const suppressed = await findSuppressed(tx, hashes);
  return suppressed.size === 0 ? documents : documents.filter((one) => !suppressed.has(hashOf(one) ?? ''));
}

/** Of these customers those who were erased, by their numbers, or by an identifier under a new number. Who is known by his own is not. */
export async function suppressedCustomers<
  Record extends { externalId: string; identifiers: readonly Identifier[] },
>(tx: Db, vault: Vault, records: readonly Record[]): Promise<Set<Record>> {
  const numberOf = ({ externalId }: Record): string => customerSuppression(vault, externalId).hash;
  const identifiersOf = ({ identifiers }: Record): string[] =>
    identifiers.map((one) => identifierSuppression(vault, one).hash);
  const hashes = records.flatMap((record) => [numberOf(record), ...identifiersOf(record)]);
  const suppressed = await findSuppressed(tx, [...new Set(hashes)]);
  if (suppressed.size === 0) return new Set();
  const known = await knownNumbers(
    tx,
    records.map(({ externalId }) => externalId),
  );
  const isErased = (record: Record): boolean =>
    suppressed.has(numberOf(record)) ||
    (!known.has(record.externalId) && identifiersOf(record).some((hash) => suppressed.has(hash)));
  return new Set(records.filter(isErased));
}

/** Every way in which a text may keep somebody out: as a number in the CRM, an identifier, an account. */
export function suppressionsOf(vault: Vault, text: string): Suppression[] {
  const slash = text.lastIndexOf('/');
  return [
    customerSuppression(vault, text),
    ...readIdentifier(text).map((one) => identifierSuppression(vault, one)),
    ...(slash > 0
      ? [accountSuppression(vault, { site: text.slice(0, slash), handle: text.slice(slash + 1) })]
      : []),
  ];
}
