import { VERSION } from '../lib/version.ts';
import type { Author, Document } from '../model/document.ts';
import type { EvidenceLink, EvidenceRecord } from '../model/evidence.ts';
import type { CaseId } from '../model/ids.ts';
import type { Source } from '../model/source.ts';
import { getAuthors } from '../store/authors.ts';
import type { Db } from '../store/db.ts';
import { newestRecord } from '../store/evidence.ts';
import { addRecords, type NewRecord } from '../store/evidence-chain.ts';
import { packContent } from '../store/evidence-content.ts';
import { planLooks } from '../store/evidence-looks.ts';

export const PROGRAM = `Molva ${VERSION}`;

/** As one reads it: a title stands above, parted by a blank line. */
export function evidenceText({ title, text }: Pick<Document, 'title' | 'text'>): string {
  return title === null ? text : `${title}\n\n${text}`;
}

function authorPart(document: Document, author: Author | undefined): Record<string, unknown> | null {
  if (!author) return document.guestName === null ? null : { guest_name: document.guestName };
  const { site, handle, name, profileUrl } = author;
  return { site, handle, name, profile_url: profileUrl };
}

function linkOf({ seq, sha256, contentSha256, caseId }: EvidenceRecord): EvidenceLink {
  return { seq, sha256, contentSha256, link: `/cases/${caseId}/evidence#r${seq}` };
}

/** A record of a document's text as it stands in the store, as the crawler read it. */
export async function textRecord(
  db: Db,
  kind: 'text' | 'edit',
  caseId: CaseId,
  document: Document,
  source: Pick<Source, 'key' | 'kind'> | null,
  at: Date,
): Promise<NewRecord> {
  const [author] = document.authorId === null ? [] : await getAuthors(db, [document.authorId]);
  return {
    caseId,
    documentId: document.id,
    kind,
    at,
    address: document.url,
    content: await packContent(Buffer.from(evidenceText(document))),
    details: {
      author: authorPart(document, author),
      content_type: 'text/plain; charset=utf-8',
      crawler: source?.kind ?? null,
      source: source?.key ?? null,
      program: PROGRAM,
      by: 'crawler',
      external_id: document.externalId,
      revision: document.revision,
      title: document.title,
      published_at: document.publishedAt,
      found_at: document.foundAt,
      revised_at: document.updatedAt,
    },
  };
}

/**
 * The text of a case's document as the crawler read it, in the transaction that opens the case, and the plan to take its page. For the same case and
 * document a second time the first record is told, and nothing is added.
 */
export async function addTextRecord(
  tx: Db,
  caseId: CaseId,
  document: Document,
  source: Pick<Source, 'key' | 'kind'> | null,
  now: Date,
): Promise<EvidenceLink> {
  const known = await newestRecord(tx, caseId, document.id, ['text']);
  if (known) return linkOf(known);
  const [link] = await addRecords(tx, [await textRecord(tx, 'text', caseId, document, source, now)]);
  if (!link) throw new Error('a record that was added has no place in the chain');
  await planLooks(tx, caseId, document.id, now);
  return link;
}
