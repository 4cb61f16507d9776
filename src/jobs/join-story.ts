import type { Document } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Db } from '../store/db.ts';
import { findResembling, MAX_CANDIDATES, type StoredSignature, saveSignature } from '../store/stories.ts';
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

/** Of so many candidates at least one band is shared by this many, as there are twenty. */
const CROWD = MAX_CANDIDATES / 20;

/**
 * The bands by which later copies are to find this one: not those by which they will find enough others. Someone who posts the
 * same text a hundred thousand times would make each search longer than the last.
 */
function neededBands(bands: readonly number[], candidates: readonly StoredSignature[]): number[] {
  if (candidates.length < MAX_CANDIDATES) return [...bands];
  const holders = (band: number) => candidates.filter((candidate) => candidate.bands.includes(band)).length;
  return bands.filter((band) => holders(band) < CROWD);
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
  const candidates = await findResembling(tx, document.id, signature.bands, since);
  const storyId = closest(signature, candidates)?.storyId ?? document.id;
  const { minima } = signature;
  const bands = neededBands(signature.bands, candidates);
  await saveSignature(tx, { documentId: document.id, storyId, minima, bands }, now);
  return storyId;
}
