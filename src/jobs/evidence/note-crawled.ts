import { evidenceText, PROGRAM, textRecord } from '../../act/evidence.ts';
import { sha256 } from '../../lib/hash.ts';
import type { Document } from '../../model/document.ts';
import type { EvidenceRecord } from '../../model/evidence.ts';
import type { CaseId } from '../../model/ids.ts';
import type { Source } from '../../model/source.ts';
import type { Db } from '../../store/db.ts';
import { newestRecord, newestText, readDetails, readText } from '../../store/evidence.ts';
import type { NewRecord } from '../../store/evidence-chain.ts';

/** The text as it is known by now. */
export interface KnownText {
  record: EvidenceRecord;
  /** Without its title. */
  text: string;
}

export async function knownText(db: Db, caseId: CaseId, document: Document): Promise<KnownText | null> {
  const record = await newestText(db, caseId, document.id);
  const whole = record && (await readText(db, record.seq));
  if (!record || whole === null) return null;
  const { title } = readDetails(record);
  const head = typeof title === 'string' ? `${title}\n\n` : '';
  return { record, text: whole.startsWith(head) ? whole.slice(head.length) : whole };
}

/** Is it recorded as gone by now? */
export async function isNotedGone(db: Db, caseId: CaseId, document: Document): Promise<boolean> {
  const newest = await newestRecord(db, caseId, document.id, ['text', 'edit', 'deletion', 'returned']);
  return newest?.kind === 'deletion';
}

export function goneRecord(
  kind: 'deletion' | 'returned',
  caseId: CaseId,
  document: Document,
  by: 'crawler' | 'look',
  at: Date,
): NewRecord {
  const details = { by, program: PROGRAM, noticed_at: by === 'crawler' ? document.deletedAt : at };
  return { caseId, documentId: document.id, kind, at, address: document.url, details };
}

/** What the crawler has noticed since the last record: another text, that it is gone, that it is back. */
export async function crawledRecords(
  db: Db,
  caseId: CaseId,
  document: Document,
  source: Source | null,
  at: Date,
): Promise<NewRecord[]> {
  const known = await knownText(db, caseId, document);
  if (!known) return [];
  const records: NewRecord[] = [];
  const wasGone = await isNotedGone(db, caseId, document);
  const newest = await newestRecord(db, caseId, document.id, ['deletion']);
  const isByLook = newest !== null && readDetails(newest).by === 'look';
  // What a look has seen gone is back only when a look sees it again: the crawler may simply not have come by.
  if (wasGone && document.deletedAt === null && !isByLook)
    records.push(goneRecord('returned', caseId, document, 'crawler', at));
  const revision = Number(readDetails(known.record).revision ?? 0);
  const isNew = document.revision > revision && known.record.contentSha256 !== sha256(evidenceText(document));
  if (isNew && document.text !== known.text)
    records.push(await textRecord(db, 'edit', caseId, document, source, at));
  if (!wasGone && document.deletedAt !== null)
    records.push(goneRecord('deletion', caseId, document, 'crawler', at));
  return records;
}
