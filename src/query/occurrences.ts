import type { Scope } from './ast.ts';
import { inOrder, type Place, shortest } from './places.ts';
import type { Leaf } from './plan.ts';
import { type Reader, spelling } from './reader.ts';
import type { TestId } from './vocabulary.ts';

/** Every place of a leaf in the document being read, in the order of the text, each once. */
export function findLeaf(leaf: Leaf, reader: Reader): Place[] {
  if (leaf.kind === 'exact') return findExact(leaf, reader);
  return leaf.kind === 'loose' ? findLoose(leaf, reader) : findWords(leaf, reader);
}

/** Cheaper than finding every place. */
export function hasLeaf(leaf: Leaf, reader: Reader): boolean {
  const { steps, joined } = leaf;
  if (leaf.scope !== 'any') return findLeaf(leaf, reader).length > 0;
  if (!hasSteps(steps, reader)) return joined.length > 0 && reader.hasWord(joined);
  return (steps.length === 1 && leaf.kind === 'words') || findLeaf(leaf, reader).length > 0;
}

function hasSteps(steps: readonly (readonly TestId[])[], reader: Reader): boolean {
  for (let at = 0; at < steps.length; at += 1)
    if (!reader.hasWord(steps[at] as readonly TestId[])) return false;
  return true;
}

function findWords({ steps, joined, scope }: Leaf, reader: Reader): Place[] {
  const found = findInOrder(steps, scope, reader);
  if (joined.length === 0) return found;
  return inOrder([...found, ...reader.placesOf(joined, scope)]);
}

function findInOrder(steps: readonly (readonly TestId[])[], scope: Scope, reader: Reader): Place[] {
  const [first = [], ...rest] = steps;
  let found = reader.placesOf(first, scope);
  for (const step of rest) {
    if (found.length === 0) break;
    found = extend(found, reader.placesOf(step, scope));
  }
  return found;
}

/** Joins places that end where one of the next word begins. */
function extend(heads: readonly Place[], tails: readonly Place[]): Place[] {
  const found: Place[] = [];
  for (const { from, to } of heads)
    for (let at = firstFrom(tails, to); at < tails.length && (tails[at] as Place).from === to; at += 1)
      found.push({ from, to: (tails[at] as Place).to });
  return inOrder(found);
}

/** Index of the first place that begins at a slot or behind it. */
function firstFrom(places: readonly Place[], slot: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as Place).from < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The shortest runs of slots in which each word has a slot of its own, with at most `slack` others between them. */
function findLoose({ steps, slack, scope }: Leaf, reader: Reader): Place[] {
  const bySlot = new Map<number, number[]>();
  steps.forEach((step, word) => {
    for (const { from, to } of reader.placesOf(step, scope)) {
      if (to !== from + 1) continue;
      const there = bySlot.get(from);
      if (there) there.push(word);
      else bySlot.set(from, [word]);
    }
  });
  const slots = [...bySlot.keys()].sort((a, b) => a - b);
  const found: Place[] = [];
  for (let at = 0; at < slots.length; at += 1) {
    const to = endOfRun(slots, at, bySlot, steps.length, slack);
    if (to > 0) found.push({ from: slots[at] ?? 0, to });
  }
  return shortest(found);
}

/** Where the shortest run that begins at a slot and holds all words ends, or 0. Words are given slots by augmenting paths. */
function endOfRun(
  slots: readonly number[],
  first: number,
  bySlot: ReadonlyMap<number, readonly number[]>,
  words: number,
  slack: number,
): number {
  const limit = (slots[first] ?? 0) + words + slack;
  const slotOf = new Map<number, number>();
  for (let at = first; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    if (slot >= limit) return 0;
    place(slot, bySlot, slotOf, new Set());
    if (slotOf.size === words) return slot + 1;
  }
  return 0;
}

function place(
  slot: number,
  bySlot: ReadonlyMap<number, readonly number[]>,
  slotOf: Map<number, number>,
  tried: Set<number>,
): boolean {
  for (const word of bySlot.get(slot) ?? []) {
    if (tried.has(word)) continue;
    tried.add(word);
    const holder = slotOf.get(word);
    if (holder === undefined || place(holder, bySlot, slotOf, tried)) {
      slotOf.set(word, slot);
      return true;
    }
  }
  return false;
}

function findExact(leaf: Leaf, reader: Reader): Place[] {
  return findInOrder(leaf.steps, leaf.scope, reader).filter((one) => isSpeltSo(leaf, one, reader));
}

function isSpeltSo({ value, lead, tail }: Leaf, one: Place, reader: Reader): boolean {
  const { original, start, end } = reader.originalOf(one);
  const [from, to] = [start - lead, end + tail];
  if (from < 0 || to > original.length || spelling(original, from, to) !== value) return false;
  return standsAlone(original, from, to);
}

/** No letter, digit or sign of a name touches it: `C` is not found in `C++`, nor `ozon` in `ozon.ru`. */
function standsAlone(text: string, start: number, end: number): boolean {
  return (
    !/[\p{L}\p{N}_#@%+$&]$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    !/^(?:[\p{L}\p{N}_#@%+$&]|\.[\p{L}\p{N}])/u.test(text.slice(end, end + 3))
  );
}
