import { createMultiMap, MOST_HOLDERS, type MultiMap } from './multi-map.ts';

/**
 * Which texts share fingerprints with a new one. Kept by periods of ten days, so that what is old is forgotten at once;
 * its size is bounded by the texts of the window.
 */
export interface FingerprintIndex {
  /** `id`: up to 2^53; `at`: milliseconds, says to which period it belongs. */
  add(id: number, at: number, fingerprints: Int32Array): void;
  /** Ids of the texts that share most that is rare, the most first; at most `limit`. */
  find(probes: Int32Array, limit: number): number[];
  /** Drops the periods that ended before this. */
  forget(before: number): void;
  /** Texts, and bytes of the arrays. */
  size(): { texts: number; bytes: number };
}

const PERIOD_MS = 10 * 24 * 3_600_000;

/** Of more, one in common is a turn of phrase. */
const FEW_PROBES = 8;

interface Weight {
  shared: number;
  /** Fingerprints in common, each by how few have it. */
  rarity: number;
}

interface Period {
  map: MultiMap;
  /** Place → id. */
  ids: Float64Array;
  count: number;
}

export function createFingerprintIndex(): FingerprintIndex {
  const periods = new Map<number, Period>();
  const holders = new Int32Array(MOST_HOLDERS);

  function periodOf(at: number): Period {
    const number = Math.floor(at / PERIOD_MS);
    const known = periods.get(number);
    if (known) return known;
    const period = { map: createMultiMap(), ids: new Float64Array(256), count: 0 };
    periods.set(number, period);
    return period;
  }

  function weigh({ map, ids }: Period, probes: Int32Array, weights: Map<number, Weight>): void {
    for (const probe of probes) {
      const count = map.holders(probe, holders);
      // A turn of phrase of which most holders are not kept would speak for those that came first.
      if (count === MOST_HOLDERS) continue;
      for (let at = 0; at < count; at += 1) {
        const id = ids[holders[at] as number] as number;
        const weight = weights.get(id);
        if (!weight) weights.set(id, { shared: 1, rarity: 1 / count });
        else {
          weight.shared += 1;
          weight.rarity += 1 / count;
        }
      }
    }
  }

  return {
    add: (id, at, fingerprints) => {
      const period = periodOf(at);
      if (period.count === period.ids.length) {
        const larger = new Float64Array(period.ids.length * 2);
        larger.set(period.ids);
        period.ids = larger;
      }
      period.ids[period.count] = id;
      for (const fingerprint of fingerprints) period.map.add(fingerprint, period.count);
      period.count += 1;
    },
    find: (probes, limit) => {
      const weights = new Map<number, Weight>();
      for (const period of periods.values()) weigh(period, probes, weights);
      const least = probes.length < FEW_PROBES ? 1 : 2;
      const ranked = [...weights]
        .filter(([, { shared }]) => shared >= least)
        .sort(([one, a], [other, b]) => b.rarity - a.rarity || one - other);
      return ranked.slice(0, limit).map(([id]) => id);
    },
    forget: (before) => {
      for (const number of [...periods.keys()])
        if ((number + 1) * PERIOD_MS <= before) periods.delete(number);
    },
    size: () => ({
      texts: [...periods.values()].reduce((sum, { count }) => sum + count, 0),
      bytes: [...periods.values()].reduce((sum, { map, ids }) => sum + map.bytes() + ids.length * 8, 0),
    }),
  };
}
