import type { Leaf } from './compile.ts';
import { type Occurrence, type PreparedField, spelling } from './document.ts';

export interface Range {
  start: number;
  end: number;
}

/** Every place of a leaf in a field, as offsets into the original; unordered, may repeat. */
export function findLeaf(leaf: Leaf, field: PreparedField): Range[] {
  if (leaf.kind === 'words') return findWords(leaf, field).map((occurrence) => rangeOf(field, occurrence));
  return leaf.kind === 'prefix' ? findPrefix(leaf.prefix, field) : findExact(leaf, field);
}

function rangeOf(field: PreparedField, { from, to }: Occurrence): Range {
  return { start: field.starts[from] ?? 0, end: field.ends[to - 1] ?? 0 };
}

function findWords(leaf: Extract<Leaf, { kind: 'words' }>, field: PreparedField): Occurrence[] {
  const [first = [], ...rest] = leaf.steps;
  let found = findStep(first, field);
  for (const step of rest) {
    if (found.length === 0) break;
    found = extend(found, findStep(step, field));
  }
  return leaf.joined.length === 0 ? found : [...found, ...findStep(leaf.joined, field)];
}

function findStep(lemmas: readonly string[], field: PreparedField): Occurrence[] {
  const found: Occurrence[] = [];
  for (const lemma of lemmas) {
    for (const slot of field.lemmas.get(lemma) ?? []) found.push({ from: slot, to: slot + 1 });
    for (const whole of field.joined.get(lemma) ?? []) found.push(whole);
  }
  return found;
}

/** Joins occurrences that end where one of the next step begins; one for each pair of ends. */
function extend(heads: readonly Occurrence[], tails: readonly Occurrence[]): Occurrence[] {
  const ends = new Map<number, Set<number>>();
  for (const tail of tails) ends.set(tail.from, (ends.get(tail.from) ?? new Set()).add(tail.to));
  const found = new Map<string, Occurrence>();
  for (const head of heads) {
    for (const to of ends.get(head.to) ?? []) found.set(`${head.from} ${to}`, { from: head.from, to });
  }
  return [...found.values()];
}

function findPrefix(prefix: string, field: PreparedField): Range[] {
  const found: Range[] = [];
  for (const [word, slots] of field.words) {
    if (!word.startsWith(prefix)) continue;
    for (const slot of slots) found.push(rangeOf(field, { from: slot, to: slot + 1 }));
  }
  if (!prefix.includes('-')) return found;
  for (const [word, occurrences] of field.joined) {
    if (!word.startsWith(prefix)) continue;
    for (const occurrence of occurrences) found.push(rangeOf(field, occurrence));
  }
  return found;
}

function findExact(leaf: Extract<Leaf, { kind: 'exact' }>, field: PreparedField): Range[] {
  const found: Range[] = [];
  for (const slot of field.words.get(leaf.words[0] ?? '') ?? []) {
    const { start, end } = rangeOf(field, { from: slot, to: slot + leaf.words.length });
    const whole = { start: start - leaf.lead, end: end + leaf.tail };
    if (whole.start < 0 || whole.end > field.original.length || end <= start) continue;
    if (spelling(field.original, whole.start, whole.end) !== leaf.value) continue;
    if (standsAlone(field.original, whole)) found.push(whole);
  }
  return found;
}

/** No letter, digit or sign of a name touches it: `C` is not found in `C++`, nor `ozon` in `ozon.ru`. */
function standsAlone(text: string, { start, end }: Range): boolean {
  const after = text.slice(end, end + 3);
  return (
    !/[\p{L}\p{N}_#@%+$&]$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    !/^(?:[\p{L}\p{N}_#@%+$&]|\.[\p{L}\p{N}])/u.test(after)
  );
}
