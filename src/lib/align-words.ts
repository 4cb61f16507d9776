/** Words that stand in both texts in the same order: `length` of them from `a` and from `b` on. */
export interface Run {
  a: number;
  b: number;
  length: number;
}

/** Gaps of at most so many pairs of words are aligned word by word. */
const MOST_CELLS = 2500;
/** How often a gap is searched again for triples that are unique within it. */
const DEEPEST = 4;

/**
 * What two sequences of words (as hashes) have in common, in order: equal ends, then triples that occur once in each (patience
 * diff), then the gaps between them. Nearly linear; in texts that repeat themselves it may find less than there is.
 */
export function alignWords(a: Int32Array, b: Int32Array): Run[] {
  const runs: Run[] = [];
  align({ a, aFrom: 0, aTo: a.length, b, bFrom: 0, bTo: b.length }, 0, runs);
  return joined(runs);
}

/** A part of each of the two, which stand over against one another; the ends are excluded. */
interface Gap {
  a: Int32Array;
  aFrom: number;
  aTo: number;
  b: Int32Array;
  bFrom: number;
  bTo: number;
}

function align({ a, aFrom, aTo, b, bFrom, bTo }: Gap, depth: number, out: Run[]): void {
  let head = 0;
  const most = Math.min(aTo - aFrom, bTo - bFrom);
  while (head < most && a[aFrom + head] === b[bFrom + head]) head += 1;
  let tail = 0;
  while (tail < most - head && a[aTo - 1 - tail] === b[bTo - 1 - tail]) tail += 1;
  if (head > 0) out.push({ a: aFrom, b: bFrom, length: head });
  const inner = { a, aFrom: aFrom + head, aTo: aTo - tail, b, bFrom: bFrom + head, bTo: bTo - tail };
  alignInner(inner, depth, out);
  if (tail > 0) out.push({ a: aTo - tail, b: bTo - tail, length: tail });
}

function alignInner(gap: Gap, depth: number, out: Run[]): void {
  const { a, aFrom, aTo, b, bFrom, bTo } = gap;
  const [m, n] = [aTo - aFrom, bTo - bFrom];
  if (m === 0 || n === 0) return;
  if (m * n <= MOST_CELLS) return alignCells(gap, out);
  if (depth >= DEEPEST) return;
  let [aAt, bAt] = [aFrom, bFrom];
  for (const { a: atA, b: atB } of uniqueTriples(gap)) {
    if (atA < aAt || atB < bAt) continue;
    let length = 3;
    while (atA + length < aTo && atB + length < bTo && a[atA + length] === b[atB + length]) length += 1;
    align({ a, aFrom: aAt, aTo: atA, b, bFrom: bAt, bTo: atB }, depth + 1, out);
    out.push({ a: atA, b: atB, length });
    [aAt, bAt] = [atA + length, atB + length];
  }
  if (aAt > aFrom) align({ ...gap, aFrom: aAt, bFrom: bAt }, depth + 1, out);
}

interface Anchor {
  a: number;
  b: number;
}

function key(words: Int32Array, at: number): number {
  return (
    Math.imul(words[at] as number, 0x9e3779b1) ^
    Math.imul(words[at + 1] as number, 0x85ebca6b) ^
    Math.imul(words[at + 2] as number, 0xc2b2ae35)
  );
}

const TWICE = -1;

function placesOf(words: Int32Array, from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = from; at + 3 <= to; at += 1) {
    const triple = key(words, at);
    places.set(triple, places.has(triple) ? TWICE : at);
  }
  return places;
}

/** Where the same three words stand, once in each: the longest chain in which both go forward. */
function uniqueTriples({ a, aFrom, aTo, b, bFrom, bTo }: Gap): Anchor[] {
  const inA = placesOf(a, aFrom, aTo);
  const anchors: Anchor[] = [];
  for (const [triple, atB] of placesOf(b, bFrom, bTo)) {
    const atA = inA.get(triple) ?? TWICE;
    if (atA === TWICE || atB === TWICE) continue;
    if (a[atA] === b[atB] && a[atA + 1] === b[atB + 1] && a[atA + 2] === b[atB + 2])
      anchors.push({ a: atA, b: atB });
  }
  return longestChain(anchors.sort((one, other) => one.b - other.b));
}

/** Longest increasing subsequence by `a`, of anchors in the order of `b`. */
function longestChain(anchors: readonly Anchor[]): Anchor[] {
  const ends: number[] = [];
  const before = new Int32Array(anchors.length).fill(-1);
  for (const [at, { a }] of anchors.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[ends[middle] as number] as Anchor).a < a) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[at] = ends[low - 1] as number;
    ends[low] = at;
  }
  const chain: Anchor[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] as number) chain.push(anchors[at] as Anchor);
  return chain.reverse();
}

/** Longest common subsequence of a small gap. */
function alignCells({ a, aFrom, aTo, b, bFrom, bTo }: Gap, out: Run[]): void {
  const [m, n] = [aTo - aFrom, bTo - bFrom];
  const width = n + 1;
  const cells = new Uint16Array((m + 1) * width);
  for (let i = m - 1; i >= 0; i -= 1)
    for (let j = n - 1; j >= 0; j -= 1) {
      const same = a[aFrom + i] === b[bFrom + j];
      const [down, right] = [cells[(i + 1) * width + j] as number, cells[i * width + j + 1] as number];
      cells[i * width + j] = same ? (cells[(i + 1) * width + j + 1] as number) + 1 : Math.max(down, right);
    }
  for (let i = 0, j = 0; i < m && j < n; ) {
    if (a[aFrom + i] === b[bFrom + j]) {
      out.push({ a: aFrom + i, b: bFrom + j, length: 1 });
      i += 1;
      j += 1;
    } else if ((cells[(i + 1) * width + j] as number) >= (cells[i * width + j + 1] as number)) i += 1;
    else j += 1;
  }
}

/** Runs that follow one another without a gap become one. */
function joined(runs: readonly Run[]): Run[] {
  const whole: Run[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (last && last.a + last.length === run.a && last.b + last.length === run.b) last.length += run.length;
    else whole.push({ ...run });
  }
  return whole;
}
