import { type Case, isWaiting } from '../../model/case.ts';
import type { CaseId } from '../../model/ids.ts';
import type { CasePolicy } from './policy.ts';

/** Where a complaint belongs: to a case of before, to one that is thereby opened again, or to a new one. */
export type Place = { kind: 'append' | 'reopen'; id: CaseId } | { kind: 'open' };

type Known = Pick<Case, 'id' | 'status' | 'lastPostAt' | 'answeredAt' | 'closedAt'>;

/** When we were done with it; null: we are not. */
function endOf(known: Known): Date | null {
  if (isWaiting(known)) return null;
  const { answeredAt, closedAt, lastPostAt } = known;
  return closedAt ?? answeredAt ?? lastPostAt;
}

function placeIn(known: Known, saidAt: Date, isSameStory: boolean, policy: CaseWindows): Place | null {
  const end = endOf(known);
  const apart = Math.abs(saidAt.getTime() - known.lastPostAt.getTime());
  const isNear = isSameStory || apart <= policy.appendWithinMs;
  if (end === null) return isNear ? { kind: 'append', id: known.id } : null;
  // Said before we answered and found only now: our answer covers it.
  if (saidAt <= end) return isNear ? { kind: 'append', id: known.id } : null;
  return saidAt.getTime() - end.getTime() <= policy.reopenWithinMs ? { kind: 'reopen', id: known.id } : null;
}

export type CaseWindows = Pick<CasePolicy, 'appendWithinMs' | 'reopenWithinMs'>;

/**
 * Where a post of `saidAt` belongs among the cases of its author and topic, the newest of them first. Of the same story: `sameStory` has the
 * case.
 */
export function placeOf(
  known: readonly Known[],
  saidAt: Date,
  sameStory: ReadonlySet<CaseId>,
  policy: CaseWindows,
): Place {
  for (const one of known) {
    const place = placeIn(one, saidAt, sameStory.has(one.id), policy);
    if (place) return place;
  }
  return { kind: 'open' };
}
