import { unitAt } from '../unit-at.ts';
/**
 * A directed acyclic word graph in the form of dawgdic, in which pymorphy and az keep their dictionaries:
 * a double array of units, and for each unit the labels of its first child and its next sibling.
 */
export interface Dawg {
  units: Uint32Array;
  guide: Uint8Array;
}

export const ROOT = 0;
export const MISSING = -1;

const HAS_LEAF = 1 << 8;
const EXTENSION = 1 << 9;
const LEAF = 1 << 31;

/** @throws RangeError when the bytes are no such file */
export function readDawg(file: Uint8Array): Dawg {
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
  const view = new DataView(bytes);
  const units = view.getUint32(0, true);
  const guide = view.getUint32(units * 4 + 4, true);
  return { units: new Uint32Array(bytes, 4, units), guide: new Uint8Array(bytes, units * 4 + 8, guide * 2) };
}

function offset(unit: number): number {
  return (unit >>> 10) << ((unit & EXTENSION) >>> 6);
}

/** Where the byte leads from a unit, or MISSING. */
export function follow({ units }: Dawg, index: number, byte: number): number {
  const next = index ^ offset(units[index] ?? 0) ^ byte;
  return ((units[next] ?? LEAF) & (LEAF | 0xff)) === byte ? next : MISSING;
}

/** Where a word leads, or MISSING. */
export function followWord(dawg: Dawg, word: string, from = ROOT): number {
  let index = from;
  for (let at = 0; at < word.length; at += 1) {
    const byte = byteOf(unitAt(word, at));
    if (byte === 0) return MISSING;
    index = follow(dawg, index, byte);
    if (index === MISSING) return MISSING;
  }
  return index;
}

/** The number kept at a unit, or null. */
export function valueAt({ units }: Dawg, index: number): number | null {
  const unit = units[index] ?? 0;
  if ((unit & HAS_LEAF) === 0) return null;
  return (units[index ^ offset(unit)] ?? 0) & ~LEAF;
}

/** Calls `visit` with every run of `length` bytes that can follow, in the order of the graph. The array is used again. */
export function eachTail(
  dawg: Dawg,
  from: number,
  length: number,
  visit: (bytes: readonly number[]) => void,
): void {
  walkTails(dawg, from, length, [], visit);
}

function walkTails(
  dawg: Dawg,
  index: number,
  length: number,
  bytes: number[],
  visit: (bytes: readonly number[]) => void,
): void {
  if (bytes.length === length) return visit(bytes);
  let label = dawg.guide[index << 1] ?? 0;
  while (label !== 0) {
    const child = follow(dawg, index, label);
    if (child === MISSING) return;
    bytes.push(label);
    walkTails(dawg, child, length, bytes, visit);
    bytes.pop();
    label = dawg.guide[(child << 1) + 1] ?? 0;
  }
}

/** windows-1251, in which the words are kept; 0 for letters that it does not have. */
export function byteOf(code: number): number {
  if (code < 0x80) return code;
  if (code >= 0x410 && code <= 0x44f) return code - 0x410 + 0xc0;
  return code === 0x451 ? 0xb8 : 0;
}
