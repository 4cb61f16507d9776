import { randomBytes } from 'node:crypto';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { EvidenceKind, EvidenceLink, EvidenceRecord } from '../model/evidence.ts';
import type { CaseId, DocumentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import type { PackedContent } from './evidence-content.ts';

export interface NewRecord {
  caseId: CaseId;
  documentId: DocumentId | null;
  kind: EvidenceKind;
  at: Date;
  address: string | null;
  content?: PackedContent | undefined;
  /** Plain JSON values and dates. */
  details: Record<string, unknown>;
}

export interface ChainEnd {
  seq: number;
  sha256: string;
}

/** What the first record follows. */
export const BEFORE_ALL = '0'.repeat(64);
/** Erased with the details, so that nobody can guess what their hash stands for. */
const NONCE_BYTES = 16;

/** The line that is hashed for a record, after the hash before it and a line break. */
export function chainLine(
  record: Pick<EvidenceRecord, 'at' | 'caseId' | 'detailsSha256' | 'kind' | 'seq'>,
): string {
  return canonicalJson({
    at: record.at.toISOString(),
    case: record.caseId,
    details_sha256: record.detailsSha256,
    kind: record.kind,
    seq: record.seq,
  });
}

export function chainHash(previous: string, line: string): string {
  return sha256(`${previous}\n${line}`);
}

/** The end of the chain, held until the transaction ends: records are added one after the other. */
async function holdEnd(tx: Db): Promise<ChainEnd> {
  await tx.query('insert into evidence_head (seq, sha256) values (0, $1) on conflict (id) do nothing', [
    BEFORE_ALL,
  ]);
  const end = await queryOne<ChainEnd>(tx, 'select seq, sha256 from evidence_head for update');
  if (!end) throw new Error('the end of the evidence chain has no row');
  return end;
}

function detailsOf({ address, content, details }: NewRecord): string {
  const hashed = content && { content_sha256: content.sha256, size: content.size, ...content.cut };
  return canonicalJson({
    ...details,
    ...(address === null ? {} : { address }),
    ...hashed,
    nonce: randomBytes(NONCE_BYTES).toString('hex'),
  });
}

const INSERT = `insert into evidence_records (seq, case_id, document_id, kind, at, address, details, details_sha256, content, encoding,
  content_sha256, size, previous_sha256, sha256) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;

async function append(tx: Db, end: ChainEnd, record: NewRecord): Promise<EvidenceLink> {
  const { caseId, documentId, kind, at, address, content } = record;
  const details = detailsOf(record);
  const seq = end.seq + 1;
  const detailsSha256 = sha256(details);
  const hash = chainHash(end.sha256, chainLine({ at, caseId, detailsSha256, kind, seq }));
  await tx.query(INSERT, [
    seq,
    caseId,
    documentId,
    kind,
    at,
    address,
    details,
    detailsSha256,
    content?.stored ?? null,
    content?.encoding ?? null,
    content?.sha256 ?? null,
    content?.size ?? null,
    end.sha256,
    hash,
  ]);
  const link = `/cases/${caseId}/evidence#r${seq}`;
  return { seq, sha256: hash, contentSha256: content?.sha256 ?? null, link };
}

/**
 * Adds records to the chain, in the caller's transaction: all of them or none. Documents that must be locked are locked before; the end of the
 * chain comes last, so that nobody waits for another in a circle.
 */
export async function addRecords(tx: Db, records: readonly NewRecord[]): Promise<EvidenceLink[]> {
  if (records.length === 0) return [];
  let end = await holdEnd(tx);
  const links: EvidenceLink[] = [];
  for (const record of records) {
    const link = await append(tx, end, record);
    links.push(link);
    end = { seq: link.seq, sha256: link.sha256 };
  }
  await tx.query('update evidence_head set seq = $1, sha256 = $2', [end.seq, end.sha256]);
  return links;
}

/** null: there is no record yet. */
export async function chainEnd(db: Db): Promise<ChainEnd | null> {
  const end = await queryOne<ChainEnd>(db, 'select seq, sha256 from evidence_head');
  return end && end.seq > 0 ? end : null;
}
