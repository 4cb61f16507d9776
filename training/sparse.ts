import type { OpinionText } from '../src/model/opinion.ts';
import type { FeatureSink } from '../src/understand/classifier/feature-sink.ts';
import { readFeatures } from '../src/understand/classifier/features.ts';
import type { WordTable } from '../src/understand/classifier/word-table.ts';

/** The features of a text: rows of the weights, ascending, and how much each counts. */
export interface SparseVector {
  rows: Uint32Array;
  values: Float32Array;
}

class Collector implements FeatureSink {
  readonly values = new Map<number, number>();
  private readonly shift: number;
  constructor(bits: number) {
    this.shift = 32 - bits;
  }
  take(hashes: Uint32Array, count: number, weight: number): void {
    const share = weight / Math.sqrt(count);
    for (let at = 0; at < count; at += 1) {
      const row = (hashes[at] as number) >>> this.shift;
      this.values.set(row, (this.values.get(row) ?? 0) + share);
    }
  }
}

/** What `read` hands over. */
export function collect(bits: number, read: (sink: FeatureSink) => void): SparseVector {
  const collector = new Collector(bits);
  read(collector);
  const rows = Uint32Array.from(collector.values.keys()).sort();
  return { rows, values: Float32Array.from(rows, (row) => collector.values.get(row) ?? 0) };
}

export function toSparse(text: OpinionText, table: WordTable, bits: number): SparseVector {
  return collect(bits, (sink) => readFeatures(text, table, sink));
}
