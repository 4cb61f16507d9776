import { LONGEST_WORD } from '../../lib/cache.ts';
import { hashText, hashUnit, spreadBits } from '../../lib/hash32.ts';
import { unitAt } from '../../lib/unit-at.ts';
import type { FeatureSink } from './feature-sink.ts';

/** Hashes of one family, gathered and handed over. Used again for one family after another. */
export class FeatureBuffer {
  private hashes = new Uint32Array(8192);
  private count = 0;

  push(hash: number): void {
    if (this.count === this.hashes.length) {
      const larger = new Uint32Array(this.hashes.length * 2);
      larger.set(this.hashes);
      this.hashes = larger;
    }
    this.hashes[this.count] = spreadBits(hash);
    this.count += 1;
  }

  pushText(text: string, seed: number): void {
    this.push(hashText(text, seed));
  }

  /** Runs of `shortest` to `longest` letters of a word, whose beginning and end are marked by a blank; of longer ones the first LONGEST_WORD letters. */
  pushPieces(form: string, seed: number, shortest: number, longest: number): void {
    const word = ` ${form.length > LONGEST_WORD ? form.slice(0, LONGEST_WORD) : form} `;
    const { length } = word;
    for (let start = 0; start + shortest <= length; start += 1) {
      let hash = hashText(word, seed, start, start + shortest - 1);
      const end = Math.min(length, start + longest);
      for (let at = start + shortest - 1; at < end; at += 1) {
        hash = hashUnit(hash, unitAt(word, at));
        this.push(hash);
      }
    }
  }

  giveTo(sink: FeatureSink, weight: number): void {
    if (this.count > 0) sink.take(this.hashes, this.count, weight);
    this.count = 0;
  }
}
