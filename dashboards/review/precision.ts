import { wilsonInterval } from '../../src/lib/wilson.ts';
import type { CheckCounts } from '../../src/store/reviews.ts';

/** Below this many checks a share says nothing. */
const LEAST = 10;

/** Share of right links among those checked, 0 to 1, with its interval of 95 %; null while too few were. */
export function precisionOf({ right, of }: CheckCounts): { share: number; low: number; high: number } | null {
  return of < LEAST ? null : { share: right / of, ...wilsonInterval(right, of) };
}
