import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { sha256 } from '../lib/hash.ts';
import type { EvidenceCheck, EvidenceRecord } from '../model/evidence.ts';
import type { CaseId } from '../model/ids.ts';
import type { Db } from '../store/db.ts';
import { listRecords, readContent, readDetails } from '../store/evidence.ts';
import { chainLine } from '../store/evidence-chain.ts';
import { extensionOf } from '../store/evidence-file.ts';
import { chainFrom } from '../store/evidence-walk.ts';

/** What one export holds. */
export interface Exported {
  folder: string;
  records: number;
  files: number;
  emptied: number;
}

function nameOf({ seq, kind }: EvidenceRecord, extension: string): string {
  return `${String(seq).padStart(6, '0')}-${kind}.${extension}`;
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new InputError([
      { at: folder, message: 'is not empty; name a new folder, so that nothing is mixed' },
    ]);
}

/** A file of an export, with the hash that `sha256sum` will find. */
interface Written {
  name: string;
  hash: string;
}

async function write(folder: string, name: string, data: string | Uint8Array): Promise<Written> {
  await writeFile(join(folder, name), data, { mode: 0o600, flag: 'wx' });
  return { name, hash: sha256(data) };
}

function manifestEntry(record: EvidenceRecord, files: readonly Written[]): Record<string, unknown> {
  const { seq, kind, at, emptiedAt, detailsSha256, previousSha256, sha256: hash } = record;
  return {
    seq,
    kind,
    at: at.toISOString(),
    files: files.map(({ name }) => name),
    ...(emptiedAt ? { emptied_at: emptiedAt.toISOString() } : { details: readDetails(record) }),
    details_sha256: detailsSha256,
    previous_sha256: previousSha256,
    sha256: hash,
    line: chainLine(record),
  };
}

/** The record's details, letter by letter as hashed, and its content. */
async function writeRecord(db: Db, folder: string, record: EvidenceRecord): Promise<Written[]> {
  if (record.details === null) return [];
  const written = [await write(folder, nameOf(record, 'details.json'), record.details)];
  const content = await readContent(db, record.seq);
  if (content) written.push(await write(folder, nameOf(record, extensionOf(record)), content));
  return written;
}

/** One line a record of the whole chain from the case's first: the hash before, the hash, the line that is hashed. */
async function writeChain(db: Db, folder: string, from: number): Promise<Written> {
  const lines: string[] = [];
  for await (const record of chainFrom(db, from))
    lines.push(`${record.previousSha256}\t${record.sha256}\t${chainLine(record)}\n`);
  return write(folder, 'chain.tsv', lines.join(''));
}

/**
 * Writes all that is kept of a case into an empty folder, for somebody who has none of our programs: contents, details, the chain, manifest.json, and
 * SHA256SUMS for `sha256sum -c`. null: there is no evidence of this case. @throws InputError when the folder is not empty
 */
export async function exportEvidence(
  db: Db,
  caseId: CaseId,
  folder: string,
  by: { at: Date; program: string; check: EvidenceCheck },
): Promise<Exported | null> {
  const records = await listRecords(db, caseId);
  const [first] = records;
  if (!first) return null;
  await makeFolder(folder);
  const entries: Record<string, unknown>[] = [];
  const files: Written[] = [];
  for (const record of records) {
    const written = await writeRecord(db, folder, record);
    files.push(...written);
    entries.push(manifestEntry(record, written));
  }
  files.push(await writeChain(db, folder, first.seq));
  const manifest = {
    case: caseId,
    exported_at: by.at.toISOString(),
    program: by.program,
    chain: by.check,
    records: entries,
  };
  files.push(await write(folder, 'manifest.json', `${JSON.stringify(manifest, null, 2)}\n`));
  const sums = files.map(({ name, hash }) => `${hash}  ${name}\n`).join('');
  await write(folder, 'SHA256SUMS', sums);
  const emptied = records.filter(({ emptiedAt }) => emptiedAt !== null).length;
  return { folder, records: records.length, files: files.length + 1, emptied };
}
