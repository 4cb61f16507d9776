import type { CasePayload } from '../../model/case-payload.ts';
import type { Document } from '../../model/document.ts';
import type { CaseId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import { getSource } from '../../store/sources.ts';
import { addTextRecord } from '../evidence.ts';

/** Keeps a post of a case as evidence, once, and tells where it stands. */
export async function takeSnapshot(
  tx: Db,
  id: CaseId,
  document: Document,
  dashboardUrl: string,
  now: Date,
): Promise<CasePayload['snapshot']> {
  const record = await addTextRecord(tx, id, document, await getSource(tx, document.sourceId), now);
  const { link, contentSha256, sha256 } = record;
  if (contentSha256 === null) return null;
  return { link: `${dashboardUrl}${link}`, sha256: contentSha256, record_sha256: sha256 };
}
