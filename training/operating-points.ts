import type { OperatingPoint } from '../src/model/opinion.ts';

/** A little more than is wanted, since other texts will be a little harder. */
const ALERT_PRECISION = 0.88;
const REVIEW_RECALL = 0.93;
/** Fewer alerts than this share of what is right are no use, however right they are. */
const ALERT_RECALL = 0.1;

/**
 * Where to act, found on examples that training had not seen: `probabilities` of the answer yes, `isRight` whether it is. The alert point is
 * the lowest from which on precision holds; where it never does, the one with the best precision.
 */
export function findPoints(
  probabilities: readonly number[],
  isRight: readonly boolean[],
): Record<OperatingPoint, number> {
  const total = isRight.filter(Boolean).length;
  const rows = probabilities.map((probability, at) => ({ probability, isRight: isRight[at] === true }));
  rows.sort((one, two) => two.probability - one.probability);
  let hits = 0;
  let best = 0;
  let precise = { precision: -1, at: 1 };
  let alert: number | null = null;
  let review = 0;
  rows.forEach(({ probability, isRight: isHit }, rank) => {
    if (isHit) hits += 1;
    const next = rows[rank + 1]?.probability ?? 0;
    if (next === probability) return;
    const point = (probability + next) / 2;
    const [precision, recall] = [hits / (rank + 1), hits / Math.max(1, total)];
    best = Math.max(best, (2 * hits) / (rank + 1 + total));
    if (recall >= ALERT_RECALL && precision > precise.precision) precise = { precision, at: point };
    if (recall >= ALERT_RECALL && precision >= ALERT_PRECISION) alert = point;
    if (recall < REVIEW_RECALL) review = next;
  });
  // Where F1 was best among some hundreds of examples is chance; how good it was is not, and half of that is the place for
  // calibrated probabilities (Lipton, Elkan and Narayanaswamy 2014, "Thresholding Classifiers to Maximize F1 Score").
  const label = best > 0 ? best / 2 : 0.5;
  return { label, alert: Math.max(label, alert ?? precise.at), review: Math.min(label, review) };
}
