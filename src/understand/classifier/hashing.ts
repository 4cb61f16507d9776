/** FNV-1a over UTF-16 units from `start` to `end`, begun with a seed; 32 bits, signed. */
export function hashOf(text: string, seed: number, start = 0, end = text.length): number {
  let hash = seed;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** The finaliser of MurmurHash3: spreads a number over all 32 bits; unsigned. */
export function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A seed for each family of features, so that «не» as a word and as letters are different features. */
export function seedOf(family: number): number {
  return 0x811c9dc5 ^ Math.imul(family + 1, 0x9e3779b1);
}
