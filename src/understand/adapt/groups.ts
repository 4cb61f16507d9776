import { spreadBits } from '../../lib/hash32.ts';
import { FOLDS } from './choose-fit.ts';

const HELD_OUT_ONE_OF = 5;

/** Is the group kept for measuring? The same answer for ever, so that what has measured one adaptation never teaches the next. */
export function isHeldOut(group: number): boolean {
  return (spreadBits(group ^ 0x5bd1e995) >>> 0) % HELD_OUT_ONE_OF === 0;
}

/** Of those that are learned from. */
export function foldOf(group: number): number {
  return (spreadBits(group ^ 0x27d4eb2f) >>> 0) % FOLDS;
}
