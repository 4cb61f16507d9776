import { hashText, spreadBits } from '../../lib/hash32.ts';

const OTHER_START = 0x9747b28c;
const SLOTS_AT_FIRST = 1 << 12;

/** 53 bits: among a million keys two are taken for one with a chance of one in twenty thousand. Never 0, which stands for nobody. */
function hash53(text: string): number {
  const high = spreadBits(hashText(text)) >>> 0;
  const low = spreadBits(hashText(text, OTHER_START)) >>> 11;
  return high * 2 ** 21 + low || 1;
}

/** Remembers on which line each of millions of keys was seen first, in about 24 bytes a key. */
export interface Seen {
  /** The line on which the key was seen first; null: it was not. */
  find(key: string): number | null;
  /** The first line stays. */
  add(key: string, line: number): void;
}

export function createSeen(): Seen {
  let keys = new Float64Array(SLOTS_AT_FIRST);
  let lines = new Uint32Array(SLOTS_AT_FIRST);
  let size = 0;

  function slotOf(hash: number, table: Float64Array): number {
    let slot = hash % table.length;
    while (table[slot] !== 0 && table[slot] !== hash) slot = (slot + 1) % table.length;
    return slot;
  }

  function grow(): void {
    const [moreKeys, moreLines] = [new Float64Array(keys.length * 2), new Uint32Array(keys.length * 2)];
    for (const [at, hash] of keys.entries()) {
      if (hash === 0) continue;
      const slot = slotOf(hash, moreKeys);
      moreKeys[slot] = hash;
      moreLines[slot] = lines[at] ?? 0;
    }
    keys = moreKeys;
    lines = moreLines;
  }

  return {
    find: (key) => {
      const hash = hash53(key);
      const slot = slotOf(hash, keys);
      return keys[slot] === hash ? (lines[slot] ?? 0) : null;
    },
    add: (key, line) => {
      const hash = hash53(key);
      const slot = slotOf(hash, keys);
      if (keys[slot] === hash) return;
      keys[slot] = hash;
      lines[slot] = line;
      size += 1;
      if (size * 10 > keys.length * 7) grow();
    },
  };
}
