import type { Document } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Db } from '../store/db.ts';
import { findResembling, type StoredSignature, saveSignature } from '../store/stories.ts';
import { resemblance, SAME_STORY, signatureOf } from '../understand/near-duplicates.ts';

/** Copies appear soon after their original; what is older is a coincidence or a reprint. */
const WINDOW_MS = 30 * 24 * 3_600_000;

function closest(
  minima: readonly number[],
  candidates: readonly StoredSignature[],
): StoredSignature | undefined {
  let best: { candidate: StoredSignature; score: number } | undefined;
  for (const candidate of candidates) {
    const score = resemblance(minima, candidate.minima);
    if (score >= SAME_STORY && score > (best?.score ?? 0)) best = { candidate, score };
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
  const original = closest(signature.minima, await findResembling(tx, document.id, signature.bands, since));
  const storyId = original?.storyId ?? document.id;
  await saveSignature(tx, { documentId: document.id, storyId, ...signature }, now);
  return storyId;
}
