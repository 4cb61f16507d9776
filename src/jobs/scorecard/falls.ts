import { differenceOf } from '../../lib/f-score.ts';
import { type Fall, MEASURES, type Measure } from '../../model/scorecard.ts';
import { measure, newestVersion, versionOf } from './figures.ts';
import { WEEK_MS } from './periods.ts';
import type { Weighed } from './weigh.ts';

const RECENT_MS = 4 * WEEK_MS;
/** With fewer on one side, nothing is compared. */
const ENOUGH = 20;

/** Quantiles of the normal distribution at 1 − 0.005 / k for k comparisons (Bonferroni), from k = 1. */
const QUANTILES = [2.5758, 2.807, 2.9352, 3.0233, 3.0902, 3.144, 3.1892, 3.2272] as const;
const MANY = 3.5;

interface Comparison {
  measure: Measure;
  language: string;
  later: Weighed[];
  earlier: Weighed[];
  isNewVersion: boolean;
}

/** The last four weeks against those before; after a change of models what the new ones said in these weeks against all that the old ones did. */
function split(of: Measure, rows: readonly Weighed[]): Omit<Comparison, 'measure' | 'language'> {
  const end = Math.max(...rows.map(({ to }) => to.getTime()));
  const isRecent = (row: Weighed): boolean => row.from.getTime() >= end - RECENT_MS;
  const newest = newestVersion(of, rows);
  const isNewVersion = rows.some((row) => isRecent(row) && versionOf(of, row) !== newest);
  const isLater = (row: Weighed): boolean =>
    isRecent(row) && (!isNewVersion || versionOf(of, row) === newest);
  return {
    later: rows.filter(isLater),
    earlier: rows.filter((row) => !isLater(row)),
    isNewVersion: isNewVersion || !rows.some((row) => !isRecent(row) && versionOf(of, row) === newest),
  };
}

function comparisons(rows: readonly Weighed[]): Comparison[] {
  const languages = [...new Set(rows.map(({ language }) => language))].sort();
  return MEASURES.flatMap((of) =>
    languages.map((language) => {
      const own = rows.filter((row) => row.language === language);
      return { measure: of, language, ...split(of, own) };
    }),
  ).filter(({ later, earlier }) => later.length >= ENOUGH && earlier.length >= ENOUGH);
}

/**
 * Figures that fell: the interval of the difference lies below zero. It is made wider the more figures are compared, and is one of 99 %: people look
 * every week, and by 95 % two installations of three would see a false alarm within a year.
 */
export function findFalls(rows: readonly Weighed[]): Fall[] {
  if (rows.length === 0) return [];
  const compared = comparisons(rows);
  const z = QUANTILES[compared.length - 1] ?? MANY;
  return compared.flatMap(({ measure: of, language, later, earlier, isNewVersion }) => {
    const [now, before] = [measure(of, later, z), measure(of, earlier, z)];
    if (!now.f1 || !before.f1) return [];
    const difference = differenceOf(now.f1, before.f1);
    if (difference.high >= 0) return [];
    const labels = { laterLabels: now.labels, earlierLabels: before.labels };
    return [
      { measure: of, language, later: now.f1, earlier: before.f1, ...labels, difference, isNewVersion },
    ];
  });
}
