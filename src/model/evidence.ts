import type { CaseId, DocumentId } from './ids.ts';

/**
 * text: as the crawler read it. page: as received. rendered: after its programs ran. seen: unchanged at a later look. edit, deletion, returned: of
 * the text. gone: the page. refused: robots.txt or the guard. failed: could not be read. erased: records were emptied.
 */
export const EVIDENCE_KINDS = [
  'text',
  'page',
  'rendered',
  'screenshot',
  'seen',
  'edit',
  'deletion',
  'returned',
  'gone',
  'refused',
  'failed',
  'hold',
  'release',
  'erased',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What a record says besides its content; which of it there is depends on the kind. Hashed with the record. */
export type EvidenceDetails = Record<string, unknown> & {
  content_sha256?: string;
  /** Bytes. */
  size?: number;
};

export interface EvidenceRecord {
  /** Place in the chain, from 1. */
  seq: number;
  caseId: CaseId;
  documentId: DocumentId | null;
  kind: EvidenceKind;
  at: Date;
  address: string | null;
  /** Canonical JSON; null once the record was emptied. */
  details: string | null;
  contentSha256: string | null;
  /** Bytes of the content. */
  size: number | null;
  detailsSha256: string;
  previousSha256: string;
  sha256: string;
  emptiedAt: Date | null;
}

/** Where a record is found, for whoever is told of it. */
export interface EvidenceLink {
  seq: number;
  /** Of the record: it vouches for all that stands in it and before it. */
  sha256: string;
  /** Of the content alone, as `sha256sum` gives it. */
  contentSha256: string | null;
  /** Path in the dashboard. */
  link: string;
}

/** What is wrong with the chain. `anchor`: it was rewritten since the audit noted its end. */
export const BROKEN_CODES = [
  'gap',
  'previous',
  'hash',
  'details',
  'content',
  'emptied',
  'end',
  'anchor',
  'unreadable',
] as const;
export type BrokenCode = (typeof BROKEN_CODES)[number];

export interface EvidenceCheck {
  records: number;
  /** Emptied by an erasure or for age. */
  emptied: number;
  /** Ends of the chain that the audit noted, and that were held against it. */
  anchors: number;
  head: { seq: number; sha256: string } | null;
  broken: { seq: number; code: BrokenCode } | null;
}

export interface EvidenceHold {
  caseId: CaseId;
  reason: string;
  placedBy: string;
  placedAt: Date;
  /** An erasure waits for the release since then. */
  eraseAskedAt: Date | null;
}
