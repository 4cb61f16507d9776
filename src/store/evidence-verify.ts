import { sha256 } from '../lib/hash.ts';
import type { BrokenCode, EvidenceCheck, EvidenceRecord } from '../model/evidence.ts';
import { type Db, queryOne } from './db.ts';
import { RECORD_COLUMNS, readDetails } from './evidence.ts';
import { BEFORE_ALL, type ChainEnd, chainHash, chainLine } from './evidence-chain.ts';
import { unpackContent } from './evidence-content.ts';

/** Contents come with them. */
const BATCH = 20;
/** Under which the end of the chain is noted in the audit. */
export const ANCHORED = 'evidence.anchored';

type Whole = EvidenceRecord & { content: Uint8Array | null; encoding: 'brotli' | 'identity' };

interface Walk {
  check: EvidenceCheck;
  end: ChainEnd;
  /** Emptied, and no record so far says why: one must come. */
  unexplained: Set<number>;
  /** Ends of the chain by their number, as they were noted. */
  noted: ReadonlyMap<number, string>;
}

async function contentFault({ content, encoding }: Whole, hash: string, size: unknown): Promise<boolean> {
  if (content === null) return true;
  const bytes = await unpackContent(content, encoding).catch(() => null);
  return bytes === null || bytes.length !== size || sha256(bytes) !== hash;
}

/** What the record keeps, held against its own hashes. */
async function ownFault(record: Whole): Promise<BrokenCode | null> {
  if (record.emptiedAt !== null) return record.details === null && record.content === null ? null : 'emptied';
  if (record.details === null || sha256(record.details) !== record.detailsSha256) return 'details';
  const { content_sha256: hash, size, address } = readDetails(record);
  if ((hash ?? null) !== record.contentSha256 || (address ?? null) !== record.address) return 'details';
  if (hash === undefined) return record.content === null ? null : 'content';
  return (await contentFault(record, hash, size)) ? 'content' : null;
}

function linkFault(record: Whole, { end, noted }: Walk): BrokenCode | null {
  if (record.seq !== end.seq + 1) return 'gap';
  if (record.previousSha256 !== end.sha256) return 'previous';
  if (chainHash(end.sha256, chainLine(record)) !== record.sha256) return 'hash';
  const anchor = noted.get(record.seq);
  return anchor !== undefined && anchor !== record.sha256 ? 'anchor' : null;
}

async function step(walk: Walk, record: Whole): Promise<BrokenCode | null> {
  const fault = linkFault(record, walk) ?? (await ownFault(record));
  if (fault) return fault;
  if (record.emptiedAt !== null) {
    walk.check.emptied += 1;
    walk.unexplained.add(record.seq);
  }
  if (record.kind === 'erased')
    for (const seq of readDetails(record).records as number[]) walk.unexplained.delete(seq);
  if (walk.noted.has(record.seq)) walk.check.anchors += 1;
  walk.check.records += 1;
  walk.end = { seq: record.seq, sha256: record.sha256 };
  return null;
}

async function notedEnds(db: Db): Promise<Map<number, string>> {
  const rows = await db.query<{ seq: number; hash: string }>(
    `select (detail->>'seq')::bigint as seq, detail->>'sha256' as hash from audit where action = $1 and detail->>'seq' ~ '^\\d{1,15}$'`,
    [ANCHORED],
  );
  return new Map(rows.map(({ seq, hash }) => [seq, hash]));
}

/** What is wrong once all records have been read. */
function endFault({ end, unexplained, noted }: Walk, head: ChainEnd | null): EvidenceCheck['broken'] {
  const [emptied] = unexplained;
  if (emptied !== undefined) return { seq: emptied, code: 'emptied' };
  const last = head ?? { seq: 0, sha256: BEFORE_ALL };
  if (last.seq !== end.seq || last.sha256 !== end.sha256) return { seq: end.seq + 1, code: 'end' };
  const beyond = [...noted.keys()].find((seq) => seq > end.seq);
  return beyond === undefined ? null : { seq: beyond, code: 'anchor' };
}

/** A damaged record must not end the check: it is what the check is for. */
async function tryStep(walk: Walk, record: Whole): Promise<BrokenCode | null> {
  return step(walk, record).catch(() => 'unreadable' as const);
}

/** Walks along the whole chain, contents included, up to the first break. All of one moment. */
export async function verifyEvidence(db: Db): Promise<EvidenceCheck> {
  return db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const head = await queryOne<ChainEnd>(tx, 'select seq, sha256 from evidence_head');
    const check: EvidenceCheck = { records: 0, emptied: 0, anchors: 0, head, broken: null };
    const end = { seq: 0, sha256: BEFORE_ALL };
    const walk: Walk = { check, end, unexplained: new Set(), noted: await notedEnds(tx) };
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      const rows = await tx.query<Whole>(
        `select ${RECORD_COLUMNS}, content, encoding from evidence_records where seq > $1 order by seq limit ${BATCH}`,
        [after],
      );
      for (const record of rows) {
        const code = await tryStep(walk, record);
        if (code) return { ...check, broken: { seq: record.seq, code } };
        after = record.seq;
      }
      if (rows.length === 0) return { ...check, broken: endFault(walk, head) };
    }
  });
}
