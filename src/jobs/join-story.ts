import type { Document } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Db } from '../store/db.ts';
import { findResembling, type StoredSignature, saveSignature } from '../store/stories.ts';
import { resemblance, type Signature, signatureOf } from '../understand/near-duplicates.ts';

/** Copies appear soon after their original; what is older is a coincidence or a reprint. */
const WINDOW_MS = 30 * 24 * 3_600_000;

function closest(
  { minima, threshold }: Signature,
  candidates: readonly StoredSignature[],
): StoredSignature | undefined {
  let best: { candidate: StoredSignature; score: number } | undefined;
  for (const candidate of candidates) {
    const score = resemblance(minima, candidate.minima);
    if (score >= threshold && score > (best?.score ?? 0)) best = { candidate, score };
  }
  return best?.candidate;
}

/** Finds the story that a document carries; it begins one of its own when nothing resembles it. */
export async function joinStory(
  tx: Db,
  document: Pick<Document, 'id' | 'text'>,
  now: Date,
): Promise<DocumentId | null> {
  const signature = signatureOf(document.text);
  if (!signature) return null;
  const since = new Date(now.getTime() - WINDOW_MS);
  const original = closest(signature, await findResembling(tx, document.id, signature.bands, since));
  const storyId = original?.storyId ?? document.id;
  const { minima, bands } = signature;
  await saveSignature(tx, { documentId: document.id, storyId, minima, bands }, now);
  return storyId;
}
