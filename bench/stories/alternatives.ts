import { foldText } from '../../src/lib/fold.ts';

type Find = (at: number, text: string) => number;

function hash(text: string): bigint {
  let value = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at += 1)
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  return value;
}

function triplesOf(text: string): Set<string> {
  const words = foldText(text).text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const triples = new Set<string>();
  for (let at = 0; at + 3 <= words.length; at += 1) triples.add(words.slice(at, at + 3).join(' '));
  return triples;
}

/** Charikar's fingerprint, as Manku, Jain and Das Sarma found near-duplicates of web pages with: tables by four blocks of 16 bits. */
export function createSimHash(): Find {
  const known: bigint[] = [];
  const blocks = [0, 1, 2, 3].map(() => new Map<bigint, number[]>());
  return (at, text) => {
    const sums = new Int32Array(64);
    for (const triple of triplesOf(text)) {
      const value = hash(triple);
      for (let bit = 0; bit < 64; bit += 1)
        sums[bit] = (sums[bit] as number) + ((value >> BigInt(bit)) & 1n ? 1 : -1);
    }
    let print = 0n;
    for (let bit = 0; bit < 64; bit += 1) if ((sums[bit] as number) > 0) print |= 1n << BigInt(bit);
    known[at] = print;
    let found = at;
    for (const [number, table] of blocks.entries()) {
      const key = (print >> BigInt(number * 16)) & 0xffffn;
      const holders = table.get(key) ?? [];
      for (const holder of holders)
        if (holder < found && bitsOf((known[holder] as bigint) ^ print) <= 3) found = holder;
      holders.push(at);
      table.set(key, holders);
    }
    return found;
  };
}

function bitsOf(value: bigint): number {
  let bits = 0;
  for (let left = value; left > 0n; left &= left - 1n) bits += 1;
  return bits;
}

const SAME = 0.5;

/** The resemblance of every pair, exactly (through the triples that they share): what MinHash estimates. */
export function createAllPairs(): Find {
  const holders = new Map<string, number[]>();
  const sizes: number[] = [];
  return (at, text) => {
    const triples = triplesOf(text);
    sizes[at] = triples.size;
    const shared = new Map<number, number>();
    for (const triple of triples) {
      const before = holders.get(triple) ?? [];
      for (const holder of before) shared.set(holder, (shared.get(holder) ?? 0) + 1);
      before.push(at);
      holders.set(triple, before);
    }
    let found = at;
    for (const [other, count] of shared)
      if (other < found && count >= SAME * (triples.size + (sizes[other] as number) - count)) found = other;
    return found;
  };
}
