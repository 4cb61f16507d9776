/** A text and the names in it, by hand: half-open UTF-16 offsets, none overlapping. */
export interface MarkedText {
  text: string;
  marks: readonly Mark[];
}

export interface Mark {
  /** 0 person, 1 organisation, 2 place. */
  kind: number;
  start: number;
  end: number;
}

/** Of marks within marks the outer ones; of equal ones the first. */
export function outermost(marks: readonly Mark[]): Mark[] {
  const sorted = [...marks].sort((one, two) => one.start - two.start || two.end - one.end);
  const kept: Mark[] = [];
  for (const mark of sorted) if (mark.start >= (kept.at(-1)?.end ?? 0)) kept.push(mark);
  return kept;
}
