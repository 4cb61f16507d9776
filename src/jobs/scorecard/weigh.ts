import type { Stratum } from '../../model/scorecard.ts';
import type { LabelRow } from '../../store/scorecard-items.ts';

/** A label with the number of mentions that it stands for. */
export interface Weighed extends LabelRow {
  weight: number;
}

const keyOf = ({ sampleId, stratum }: LabelRow): string => `${sampleId} ${stratum}`;

/**
 * Inverse of the chance to be drawn (D. Horvitz and D. Thompson 1952): documents of the stratum by labels of it, times mentions of the document, of
 * which one was drawn. What was drawn and not labelled counts as not drawn: the order of labelling is one of chance.
 */
export function weigh(rows: readonly LabelRow[], strata: ReadonlyMap<number, readonly Stratum[]>): Weighed[] {
  const labelled = new Map<string, number>();
  for (const row of rows) labelled.set(keyOf(row), (labelled.get(keyOf(row)) ?? 0) + 1);
  return rows.map((row) => {
    const documents = strata.get(row.sampleId)?.[row.stratum]?.documents ?? 1;
    return { ...row, weight: (documents / (labelled.get(keyOf(row)) ?? 1)) * row.mentions };
  });
}

/** Share of the mentions of the samples that stand in strata with a label, 0 to 1; null without any. */
export function coveredShare(
  rows: readonly LabelRow[],
  strata: ReadonlyMap<number, readonly Stratum[]>,
): number | null {
  const known = new Set(rows.map(keyOf));
  const samples = new Set(rows.map(({ sampleId }) => sampleId));
  let all = 0;
  let covered = 0;
  for (const sample of samples)
    for (const [at, { mentions }] of (strata.get(sample) ?? []).entries()) {
      all += mentions;
      if (known.has(`${sample} ${at}`)) covered += mentions;
    }
  return all === 0 ? null : covered / all;
}
