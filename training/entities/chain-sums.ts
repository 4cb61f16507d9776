import { mayFollow } from '../../src/understand/entities/sequence.ts';
import { LABELS } from '../../src/understand/entities/sequence-weights.ts';

const NEVER = -1e6;

function logSum(values: Float64Array, from: number, count: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let at = from; at < from + count; at += 1) most = Math.max(most, values[at] as number);
  if (most <= NEVER) return NEVER;
  let sum = 0;
  for (let at = from; at < from + count; at += 1) sum += Math.exp((values[at] as number) - most);
  return most + Math.log(sum);
}

/** Sums over all rows of labels of a text, forwards and backwards: how likely is each label at each word, each move between two? */
export class ChainSums {
  private count = 0;
  private scores = new Float64Array(0);
  private forward = new Float64Array(0);
  private backward = new Float64Array(0);
  private total = 0;
  private moves: Float32Array = new Float32Array(0);
  private readonly cell = new Float64Array(LABELS);

  /** `roles`: of each word, as `rolesOf` says. */
  start(count: number, roles: Uint8Array): void {
    this.count = count;
    if (this.scores.length < count * LABELS) {
      this.scores = new Float64Array(count * LABELS);
      this.forward = new Float64Array(count * LABELS);
      this.backward = new Float64Array(count * LABELS);
    }
    for (let at = 0; at < count; at += 1)
      for (let label = 0; label < LABELS; label += 1) {
        const role = roles[at] as number;
        const may = label === 0 || role === 2 || (role === 1 && label % 2 === 0);
        this.scores[at * LABELS + label] = may ? 0 : NEVER;
      }
  }

  add(at: number, weights: Float32Array, row: number, factor: number): void {
    for (let label = 0; label < LABELS; label += 1) {
      const to = at * LABELS + label;
      this.scores[to] = (this.scores[to] as number) + factor * (weights[row + label] as number);
    }
  }

  /** Minus the logarithm of how likely the right labels are. */
  solve(moves: Float32Array, right: Uint8Array): number {
    this.moves = moves;
    if (this.count === 0) return 0;
    this.goForward();
    this.goBackward();
    this.total = logSum(this.forward, (this.count - 1) * LABELS, LABELS);
    let own = 0;
    for (let at = 0; at < this.count; at += 1) {
      const label = right[at] as number;
      own +=
        (this.scores[at * LABELS + label] as number) +
        this.move(at === 0 ? LABELS : (right[at - 1] as number), label);
    }
    return Math.min(1e4, Math.max(0, this.total - own));
  }

  /** How much more likely a label is than it is right. */
  slope(at: number, label: number, right: Uint8Array): number {
    const place = at * LABELS + label;
    const likely = Math.exp((this.forward[place] as number) + (this.backward[place] as number) - this.total);
    return likely - (right[at] === label ? 1 : 0);
  }

  /** Calls with the place of each move in `moves`, and how much more often it is expected than it is right. */
  eachMove(right: Uint8Array, visit: (move: number, slope: number) => void): void {
    const sums = new Float64Array((LABELS + 1) * LABELS);
    for (let at = 0; at < this.count; at += 1) {
      const before = at === 0 ? LABELS : (right[at - 1] as number);
      const own = before * LABELS + (right[at] as number);
      sums[own] = (sums[own] as number) - 1;
      this.addMoves(at, sums);
    }
    for (let move = 0; move < sums.length; move += 1) if (sums[move] !== 0) visit(move, sums[move] as number);
  }

  private addMoves(at: number, sums: Float64Array): void {
    for (let label = 0; label < LABELS; label += 1) {
      const place = at * LABELS + label;
      const rest = (this.scores[place] as number) + (this.backward[place] as number) - this.total;
      if (at === 0) {
        const move = LABELS * LABELS + label;
        if (mayFollow(0, label))
          sums[move] = (sums[move] as number) + Math.exp(rest + this.move(LABELS, label));
        continue;
      }
      for (let before = 0; before < LABELS; before += 1) {
        if (!mayFollow(before, label)) continue;
        const move = before * LABELS + label;
        const likely = Math.exp(
          (this.forward[place - label - LABELS + before] as number) + this.move(before, label) + rest,
        );
        sums[move] = (sums[move] as number) + likely;
      }
    }
  }

  private move(before: number, label: number): number {
    return this.moves[before * LABELS + label] as number;
  }

  private goForward(): void {
    for (let at = 0; at < this.count; at += 1)
      for (let label = 0; label < LABELS; label += 1) {
        const place = at * LABELS + label;
        let into = mayFollow(0, label) ? this.move(LABELS, label) : NEVER;
        if (at > 0) {
          for (let before = 0; before < LABELS; before += 1)
            this.cell[before] = mayFollow(before, label)
              ? (this.forward[place - label - LABELS + before] as number) + this.move(before, label)
              : NEVER;
          into = logSum(this.cell, 0, LABELS);
        }
        this.forward[place] = into + (this.scores[place] as number);
      }
  }

  private goBackward(): void {
    this.backward.fill(0, (this.count - 1) * LABELS, this.count * LABELS);
    for (let at = this.count - 2; at >= 0; at -= 1)
      for (let label = 0; label < LABELS; label += 1) {
        const next = (at + 1) * LABELS;
        for (let after = 0; after < LABELS; after += 1)
          this.cell[after] = mayFollow(label, after)
            ? this.move(label, after) +
              (this.scores[next + after] as number) +
              (this.backward[next + after] as number)
            : NEVER;
        this.backward[at * LABELS + label] = logSum(this.cell, 0, LABELS);
      }
  }
}
