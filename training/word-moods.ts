import { foldWord } from '../src/lib/fold.ts';
import type { Morphology } from '../src/model/ports.ts';
import { readOpinionText } from '../src/understand/classifier/opinion-text.ts';
import { LISTS, MOOD_SCALE, type WordTableRows, wordKey } from '../src/understand/classifier/word-table.ts';
import { type Record_, readSet } from './read-set.ts';
import { toTable } from './word-lists.ts';

const SEEN_AT_LEAST = 4;
const STRONGEST = 2.5;

/** Word → how much likelier it is in warm texts than in cold ones, as the logarithm of odds; −2.5 … 2.5. */
export function learnMoods(
  folder: string,
  sets: readonly string[],
  morphology: Morphology,
): ReadonlyMap<string, number> {
  const [warm, cold] = (['positive', 'negative'] as const).map((label) =>
    countForms(
      sets.flatMap((set) => readSet(folder, set, 'train') ?? []).filter((record) => record.label === label),
      morphology,
    ),
  ) as [FormCounts, FormCounts];
  const moods = new Map<string, number>();
  for (const form of new Set([...warm.counts.keys(), ...cold.counts.keys()])) {
    const [inWarm, inCold] = [warm.counts.get(form) ?? 0, cold.counts.get(form) ?? 0];
    if (inWarm + inCold < SEEN_AT_LEAST || !/^\p{L}/u.test(form)) continue;
    const odds = Math.log((inWarm + 1) / warm.total) - Math.log((inCold + 1) / cold.total);
    moods.set(form, Math.max(-STRONGEST, Math.min(STRONGEST, odds)));
  }
  return moods;
}

interface FormCounts {
  /** Form → texts that have it. */
  counts: ReadonlyMap<string, number>;
  total: number;
}

function countForms(records: readonly Record_[], morphology: Morphology): FormCounts {
  const counts = new Map<string, number>();
  let total = 1;
  for (const { text } of records) {
    const forms = new Set(readOpinionText({ title: null, text }, morphology).tokens.map(({ form }) => form));
    for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
    total += forms.size;
  }
  return { counts, total };
}

/** The table with these moods as its first list. */
export function withMoods(
  { words, values }: WordTableRows,
  moods: ReadonlyMap<string, number>,
): WordTableRows {
  const rows = new Map<number, number[]>();
  words.forEach((key, at) => {
    rows.set(key, [...values.subarray(at * LISTS, (at + 1) * LISTS)]);
  });
  for (const [word, mood] of moods) {
    const key = wordKey(foldWord(word));
    const row = rows.get(key) ?? new Array<number>(LISTS).fill(0);
    row[0] = Math.round(mood * MOOD_SCALE);
    rows.set(key, row);
  }
  return toTable(rows);
}
