import { isOnlyNamed } from '../../model/document.ts';
import type { CaseId, CustomerId } from '../../model/ids.ts';
import type { Vault } from '../../model/ports.ts';
import { addAudit } from '../../store/audit.ts';
import { documentsOfAuthors, getAuthors } from '../../store/authors.ts';
import type { Db } from '../../store/db.ts';
import { getDocuments } from '../../store/documents.ts';
import { CUSTOMER_TABLES, rowsOfCustomer } from '../../store/erasing.ts';
import { listRecords, readText } from '../../store/evidence.ts';
import { CERTAIN, listAccountsOfCustomer } from '../../store/links.ts';
import { listEntries } from '../../store/merges.ts';
import type { JobDeps } from '../deps.ts';

type Row = Record<string, unknown>;

/** What is sealed is opened, and hashes are left out: they mean nothing to the person. */
function readable(vault: Vault, { sealed, hash: _hash, unsealed: _unsealed, ...row }: Row): Row {
  return typeof sealed === 'string' ? { ...row, value: vault.open(sealed) } : row;
}

async function publicVoice(db: Db, person: CustomerId): Promise<Row[]> {
  const accounts = await listAccountsOfCustomer(db, person);
  const certain = accounts.filter(({ state }) => CERTAIN.includes(state)).map(({ authorId }) => authorId);
  // What stands under a name that anybody may type is not all his.
  const authors = (await getAuthors(db, certain)).filter((author) => !isOnlyNamed(author));
  const ids = authors.map(({ id }) => id);
  const documents = await getDocuments(db, await documentsOfAuthors(db, ids));
  return authors.map((author) => ({
    ...author,
    posts: documents
      .filter(({ authorId }) => authorId === author.id)
      .map(({ url, title, text, publishedAt, foundAt }) => ({ url, title, text, publishedAt, foundAt })),
  }));
}

/** What was recorded of his complaints. Pages stay out: others stand on them, too. */
async function evidenceOf(db: Db, entries: readonly CustomerId[]): Promise<Row[]> {
  const cases = await rowsOfCustomer(db, 'cases', entries);
  const records = await Promise.all(cases.map(({ id }) => listRecords(db, Number(id) as CaseId)));
  const known = records.flat().filter(({ emptiedAt }) => emptiedAt === null);
  return Promise.all(
    known.map(async (record) => {
      const isText = record.kind === 'text' || record.kind === 'edit';
      const { seq, caseId, kind, at, address } = record;
      return { seq, caseId, kind, at, address, ...(isText ? { text: await readText(db, seq) } : {}) };
    }),
  );
}

/** All that we hold of a person, table by table, for himself to read. null: there is no such customer. The export is audited. */
export async function exportCustomer(
  deps: Pick<JobDeps, 'db' | 'vault' | 'clock'>,
  { customer, actor }: { customer: CustomerId; actor: string },
): Promise<Row | null> {
  const { db, vault, clock } = deps;
  const entries = (await listEntries(db, customer)).map(({ id }) => id);
  if (entries.length === 0) return null;
  const tables: Row = {};
  for (const table of ['customers', ...CUSTOMER_TABLES] as const)
    tables[table] = (await rowsOfCustomer(db, table, entries)).map((row) => readable(vault, row));
  const at = clock.now();
  await addAudit(db, { at, actor, action: 'customer.exported', subject: `customer:${customer}` });
  const [voice, evidence] = [await publicVoice(db, customer), await evidenceOf(db, entries)];
  return { exportedAt: at, ...tables, publicVoice: voice, evidence };
}
