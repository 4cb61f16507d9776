import { unitAt } from './unit-at.ts';
/** Where FNV-1a begins. */
export const FNV_START = 0x811c9dc5;

/** FNV-1a: a hash and one unit more; 32 bits, signed. */
export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** FNV-1a over UTF-16 units from `from` to `to`, begun with a hash; 32 bits, signed. */
export function hashText(text: string, begun: number = FNV_START, from = 0, to = text.length): number {
  let hash = begun;
  for (let at = from; at < to; at += 1) hash = hashUnit(hash, unitAt(text, at));
  return hash;
}

/** The finaliser of MurmurHash3: spreads a number over all 32 bits; signed. */
export function spreadBits(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
