import { htmlToText } from '../../extract/html-text.ts';
import { decodeText } from '../../fetch/charset.ts';
import { bareLetters } from '../../lib/bare-letters.ts';
import type { AuthorId, CaseId, DocumentId } from '../../model/ids.ts';
import { getAuthors } from '../../store/authors.ts';
import type { Db } from '../../store/db.ts';
import { getDocuments } from '../../store/documents.ts';
import { emptyRecords, readContent, recordsAbout } from '../../store/evidence.ts';
import { type NeighbourPage, pagesNear, recordsOfLook } from '../../store/evidence-neighbours.ts';

/** Of whom evidence is emptied. */
interface Gone {
  authors: readonly AuthorId[];
  /** All of theirs. */
  documents: readonly DocumentId[];
  /** Of these the ones that stay, since they are held. */
  kept: readonly DocumentId[];
  cases: readonly CaseId[];
}

/** By what somebody is recognised on another's page. */
interface Signs {
  names: string[];
  addresses: string[];
  /** Beginnings of what he wrote, as bare letters. */
  beginnings: string[];
}

const LOOKED_AT = 3_000_000;
const BEGINNING = 40;

async function signsOf(tx: Db, { authors, documents }: Gone): Promise<Signs> {
  const people = await getAuthors(tx, authors);
  const posts = await getDocuments(tx, documents);
  const names = people.flatMap(({ handle, name }) => (name === null ? [handle] : [handle, name]));
  return {
    names: [...new Set(names.map(bareLetters))].filter((name) => name !== ''),
    addresses: [...people.flatMap(({ profileUrl }) => profileUrl ?? []), ...posts.map(({ url }) => url)],
    beginnings: posts.map(({ text }) => bareLetters(text).slice(0, BEGINNING)).filter((text) => text !== ''),
  };
}

/** Does the page name one of them, or show what they wrote? What cannot be read is taken for yes. */
async function names(tx: Db, { seq, contentType }: NeighbourPage, signs: Signs): Promise<boolean> {
  const bytes = await readContent(tx, seq).catch(() => null);
  if (!bytes) return true;
  const html = decodeText(bytes, contentType ?? '').text.slice(0, LOOKED_AT);
  const words = bareLetters(htmlToText(html));
  return (
    signs.addresses.some((address) => html.includes(address)) ||
    [...signs.names, ...signs.beginnings].some((sign) => words.includes(sign))
  );
}

/**
 * Empties evidence of people: all about their documents and cases, and of other cases the pages that name them, with their pictures. What is held stays.
 * Returns how many records.
 */
export async function eraseEvidence(tx: Db, gone: Gone, held: readonly CaseId[], at: Date): Promise<number> {
  const documents = gone.documents.filter((id) => !gone.kept.includes(id));
  const seqs = await recordsAbout(tx, { documents, cases: gone.cases, held });
  const signs = await signsOf(tx, gone);
  for (const page of await pagesNear(tx, gone.documents, held))
    if (await names(tx, page, signs)) seqs.push(...(await recordsOfLook(tx, page)));
  return emptyRecords(tx, [...new Set(seqs)], 'erasure', at);
}
