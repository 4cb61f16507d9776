import { grown } from '../../lib/grown.ts';
import { hashText, spreadBits } from '../../lib/hash32.ts';

const FREE = 0;
const START_SLOTS = 1 << 10;
const START_POSTINGS = 1 << 10;
const MAX_FILL = 0.6;
const NONE = -1;

/**
 * Keys → numbers of rows, in typed arrays: some 30 bytes a key and 8 a posting. A key is known by 64 bits of its hash, begun with a seed
 * of the process, so that nobody outside can choose keys that meet.
 */
export class KeyIndex {
  private high = new Int32Array(START_SLOTS);
  private low = new Int32Array(START_SLOTS);
  private counts = new Int32Array(START_SLOTS);
  private heads = new Int32Array(START_SLOTS).fill(NONE);
  private keys = 0;
  private rows = new Int32Array(START_POSTINGS);
  private nexts = new Int32Array(START_POSTINGS);
  private postings = 0;
  private freed = NONE;
  private readonly seeds: readonly [number, number];

  constructor(seeds: readonly [number, number]) {
    this.seeds = seeds;
  }

  /** Counts the key; notes the row under it unless `row` is null. */
  add(key: string, row: number | null): void {
    if ((this.keys + 1) / this.heads.length > MAX_FILL) this.growSlots();
    const slot = this.take(key);
    this.counts[slot] = (this.counts[slot] ?? 0) + 1;
    if (row === null) return;
    const posting = this.newPosting();
    this.rows[posting] = row;
    this.nexts[posting] = this.heads[slot] ?? NONE;
    this.heads[slot] = posting;
  }

  /** Takes back what `add` did. */
  remove(key: string, row: number | null): void {
    const slot = this.slotOf(key);
    if (slot === NONE) return;
    this.counts[slot] = Math.max(0, (this.counts[slot] ?? 0) - 1);
    if (row === null) return;
    let before = NONE;
    let at = this.heads[slot] ?? NONE;
    while (at !== NONE && this.rows[at] !== row) {
      before = at;
      at = this.nexts[at] ?? NONE;
    }
    if (at === NONE) return;
    const next = this.nexts[at] ?? NONE;
    if (before === NONE) this.heads[slot] = next;
    else this.nexts[before] = next;
    this.nexts[at] = this.freed;
    this.freed = at;
  }

  /** How many rows have the key, and which, unless they are more than `limit`; null when none has. */
  look(key: string, limit: number): { count: number; rows: number[] } | null {
    const slot = this.slotOf(key);
    const count = slot === NONE ? 0 : (this.counts[slot] ?? 0);
    if (count === 0) return null;
    const rows: number[] = [];
    if (count <= limit)
      for (let at = this.heads[slot] ?? NONE; at !== NONE; at = this.nexts[at] ?? NONE)
        rows.push(this.rows[at] ?? 0);
    return { count, rows };
  }

  private hash(key: string): [number, number] {
    const high = spreadBits(hashText(key, this.seeds[0]));
    // Zero marks a free slot.
    return [high, spreadBits(hashText(key, this.seeds[1])) || 1];
  }

  /** The key's slot, or the free one where it would stand. */
  private probe(high: number, low: number): number {
    const mask = this.heads.length - 1;
    let slot = high & mask;
    while (this.low[slot] !== FREE && (this.low[slot] !== low || this.high[slot] !== high))
      slot = (slot + 1) & mask;
    return slot;
  }

  private slotOf(key: string): number {
    const slot = this.probe(...this.hash(key));
    return this.low[slot] === FREE ? NONE : slot;
  }

  private take(key: string): number {
    const [high, low] = this.hash(key);
    const slot = this.probe(high, low);
    if (this.low[slot] === FREE) {
      this.high[slot] = high;
      this.low[slot] = low;
      this.keys += 1;
    }
    return slot;
  }

  private newPosting(): number {
    if (this.freed !== NONE) {
      const posting = this.freed;
      this.freed = this.nexts[posting] ?? NONE;
      return posting;
    }
    if (this.postings === this.rows.length) {
      this.rows = grown(this.rows, new Int32Array(this.postings * 2));
      this.nexts = grown(this.nexts, new Int32Array(this.postings * 2));
    }
    this.postings += 1;
    return this.postings - 1;
  }

  private growSlots(): void {
    const { high, low, counts, heads } = this;
    const slots = heads.length * 2;
    this.high = new Int32Array(slots);
    this.low = new Int32Array(slots);
    this.counts = new Int32Array(slots);
    this.heads = new Int32Array(slots).fill(NONE);
    for (let old = 0; old < heads.length; old += 1) {
      if (low[old] === FREE) continue;
      const slot = this.probe(high[old] ?? 0, low[old] ?? 0);
      this.high[slot] = high[old] ?? 0;
      this.low[slot] = low[old] ?? 0;
      this.counts[slot] = counts[old] ?? 0;
      this.heads[slot] = heads[old] ?? NONE;
    }
  }
}
