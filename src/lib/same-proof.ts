import { timingSafeEqual } from 'node:crypto';

/** Is it the proof that was expected? How long the answer takes says nothing of how far it was right. */
export function isSameProof(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
