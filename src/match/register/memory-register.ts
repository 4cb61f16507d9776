import { randomInt } from 'node:crypto';
import type { MatchCustomer } from '../subject.ts';
import { KeyIndex } from './key-index.ts';
import { keysOf, termsOf } from './keys.ts';
import type { Holders, Register } from './register.ts';

const SEEDS = 2 ** 31;
const BLOCK = 1 << 24;

/** Texts of rows one after the other in blocks of 16 MB: a million strings would weigh three times as much. */
class RowTexts {
  private readonly blocks: Buffer[] = [];
  private used = BLOCK;
  private readonly places: number[] = [];
  private readonly lengths: number[] = [];

  set(row: number, text: string): void {
    const length = Buffer.byteLength(text);
    if (this.used + length > BLOCK) {
      this.blocks.push(Buffer.allocUnsafe(Math.max(BLOCK, length)));
      this.used = 0;
    }
    const block = this.blocks.length - 1;
    this.blocks[block]?.write(text, this.used);
    this.places[row] = block * BLOCK + this.used;
    this.lengths[row] = length;
    this.used += length;
  }

  get(row: number): string {
    const place = this.places[row] ?? 0;
    const from = place % BLOCK;
    return (
      this.blocks[Math.floor(place / BLOCK)]?.toString('utf8', from, from + (this.lengths[row] ?? 0)) ?? ''
    );
  }
}

/** A register in memory, for files: about 500 bytes a customer. */
export class MemoryRegister implements Register {
  private readonly index = new KeyIndex([randomInt(SEEDS), randomInt(SEEDS)]);
  private readonly texts = new RowTexts();
  private readonly rowOf = new Map<string, number>();
  private next = 0;

  /** Adds a customer, or takes him in place of what was known of the same id. */
  put(customer: MatchCustomer): void {
    this.remove(customer.id);
    const row = this.next;
    this.next += 1;
    this.rowOf.set(customer.id, row);
    this.texts.set(row, JSON.stringify(customer));
    for (const key of keysOf(customer)) this.index.add(key, row);
    for (const term of termsOf(customer)) this.index.add(term, null);
  }

  remove(id: string): void {
    const row = this.rowOf.get(id);
    if (row === undefined) return;
    const customer = JSON.parse(this.texts.get(row)) as MatchCustomer;
    for (const key of keysOf(customer)) this.index.remove(key, row);
    for (const term of termsOf(customer)) this.index.remove(term, null);
    this.rowOf.delete(id);
  }

  async size(): Promise<number> {
    return this.rowOf.size;
  }

  async find(keys: readonly string[], limit: number): Promise<ReadonlyMap<string, Holders>> {
    const found = new Map<string, Holders>();
    for (const key of keys) {
      const holders = this.index.look(key, limit);
      if (holders) found.set(key, holders);
    }
    return found;
  }

  async counts(keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const key of keys) {
      const count = this.index.look(key, 0)?.count;
      if (count !== undefined) counts.set(key, count);
    }
    return counts;
  }

  async customers(rows: readonly number[]): Promise<MatchCustomer[]> {
    return rows.map((row) => JSON.parse(this.texts.get(row)) as MatchCustomer);
  }
}
