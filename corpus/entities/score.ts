import type { Mark } from './marked-text.ts';

/** Names that are right to the letter, and of the right kind; those found; those there are. */
export interface NameCount {
  right: number;
  found: number;
  all: number;
}

export function addCounts(one: NameCount, two: NameCount): NameCount {
  return { right: one.right + two.right, found: one.found + two.found, all: one.all + two.all };
}

/** Of one kind. Places that are marked twice count once. */
export function countNames(marked: readonly Mark[], found: readonly Mark[], kind: number): NameCount {
  const places = (marks: readonly Mark[]) =>
    new Set(marks.filter((mark) => mark.kind === kind).map(({ start, end }) => `${start}:${end}`));
  const [right, given] = [places(marked), places(found)];
  const hits = [...given].filter((place) => right.has(place)).length;
  return { right: hits, found: given.size, all: right.size };
}

export function f1({ right, found, all }: NameCount): number {
  return found + all === 0 ? 1 : (2 * right) / (found + all);
}
