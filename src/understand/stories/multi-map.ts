/**
 * Fingerprint → holders, in typed arrays: eight bytes a place, at most three quarters of the places taken. Parted into shards by
 * their last bits, so that growing stops nobody for long.
 */
export interface MultiMap {
  add(key: number, holder: number): void;
  /** Puts the key's holders into `out`; returns how many there are, at most MOST_HOLDERS. */
  holders(key: number, out: Int32Array): number;
  /** Bytes of the arrays. */
  bytes(): number;
}

/** A fingerprint that more texts have is a turn of phrase. */
export const MOST_HOLDERS = 16;

const SHARDS = 64;
const FIRST_PLACES = 64;
const FULLEST = 0.75;

interface Shard {
  keys: Int32Array;
  /** Holder + 1; 0: free. */
  values: Int32Array;
  used: number;
}

function emptyShard(places: number): Shard {
  return { keys: new Int32Array(places), values: new Int32Array(places), used: 0 };
}

/** The bits above the shard's, mixed: winnowing keeps the least hashes, which are much alike in their first bits. */
function placeOf(key: number, places: number): number {
  return (Math.imul(key, 0x9e3779b1) >>> 6) & (places - 1);
}

function put({ keys, values }: Shard, key: number, value: number): boolean {
  let held = 0;
  const last = keys.length - 1;
  for (let at = placeOf(key, keys.length); ; at = (at + 1) & last) {
    if (values[at] === 0) {
      keys[at] = key;
      values[at] = value;
      return true;
    }
    if (keys[at] === key && (values[at] === value || ++held === MOST_HOLDERS)) return false;
  }
}

function grown(shard: Shard): Shard {
  const larger = emptyShard(shard.keys.length * 2);
  for (let at = 0; at < shard.keys.length; at += 1)
    if (shard.values[at] !== 0) put(larger, shard.keys[at] as number, shard.values[at] as number);
  larger.used = shard.used;
  return larger;
}

export function createMultiMap(): MultiMap {
  const shards = Array.from({ length: SHARDS }, () => emptyShard(FIRST_PLACES));
  return {
    add: (key, holder) => {
      const at = key & (SHARDS - 1);
      let shard = shards[at] as Shard;
      if (shard.used >= shard.keys.length * FULLEST) shard = shards[at] = grown(shard);
      if (put(shard, key, holder + 1)) shard.used += 1;
    },
    holders: (key, out) => {
      const { keys, values } = shards[key & (SHARDS - 1)] as Shard;
      const last = keys.length - 1;
      let count = 0;
      for (let at = placeOf(key, keys.length); values[at] !== 0 && count < MOST_HOLDERS; at = (at + 1) & last)
        if (keys[at] === key) {
          out[count] = (values[at] as number) - 1;
          count += 1;
        }
      return count;
    },
    bytes: () => shards.reduce((sum, { keys }) => sum + keys.length * 8, 0),
  };
}
