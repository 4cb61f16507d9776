import { FNV_START } from '../../lib/hash32.ts';

/** A seed for each family of features, so that «не» as a word and as letters are different features. */
export function seedOf(family: number): number {
  return FNV_START ^ Math.imul(family + 1, 0x9e3779b1);
}
