import type { PhraseIndex, PhraseNumber } from './phrase-index.ts';

export interface Candidate {
  phrase: PhraseNumber;
  /** How many voices it is worth. */
  weight: number;
  score: number;
}

export interface Chosen extends Candidate {
  /** Phrases that hold it, or that it holds, and that are not shown for its sake. */
  related: PhraseNumber[];
}

/**
 * Of phrases that stand in one another one is kept, by C-value (Frantzi, Ananiadou, Mima 2000): log2(words + 1) × (weight − mean
 * weight of the longer candidates that hold it); with one added to the length, so that single words can be kept too.
 */
export function chooseNested(index: PhraseIndex, candidates: readonly Candidate[]): Chosen[] {
  const lemmas = new Map(candidates.map(({ phrase }) => [phrase, new Set(index.lemmasOf(phrase))]));
  const holders = findHolders(candidates, lemmas);
  const value = ({ phrase, weight }: Candidate): number => {
    const longer = holders.get(phrase) ?? [];
    const mean = longer.reduce((sum, one) => sum + one.weight, 0) / Math.max(1, longer.length);
    return Math.log2((lemmas.get(phrase)?.size ?? 0) + 1) * (weight - mean);
  };
  const ranked = candidates
    .map((one) => ({ one, value: value(one) }))
    .sort((a, b) => b.value - a.value || b.one.score - a.one.score);
  const chosen: Chosen[] = [];
  for (const { one } of ranked) {
    const own = lemmas.get(one.phrase) as Set<number>;
    const over = chosen.find(({ phrase }) => isNested(own, lemmas.get(phrase) as Set<number>));
    if (over) over.related.push(one.phrase);
    else chosen.push({ ...one, related: [] });
  }
  return chosen.sort((one, two) => two.score - one.score);
}

function isWithin(short: ReadonlySet<number>, long: ReadonlySet<number>): boolean {
  if (short.size > long.size) return false;
  for (const lemma of short) if (!long.has(lemma)) return false;
  return true;
}

function isNested(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** Phrase → the longer candidates that hold it. */
function findHolders(
  candidates: readonly Candidate[],
  lemmas: ReadonlyMap<PhraseNumber, ReadonlySet<number>>,
): Map<PhraseNumber, Candidate[]> {
  const byLemma = new Map<number, Candidate[]>();
  for (const one of candidates)
    for (const lemma of lemmas.get(one.phrase) ?? []) {
      const list = byLemma.get(lemma);
      if (list) list.push(one);
      else byLemma.set(lemma, [one]);
    }
  return new Map(
    candidates.map(({ phrase }) => {
      const own = lemmas.get(phrase) as ReadonlySet<number>;
      const [first = -1] = own;
      const longer = (byLemma.get(first) ?? []).filter((other) => {
        const their = lemmas.get(other.phrase) as ReadonlySet<number>;
        return their.size > own.size && isWithin(own, their);
      });
      return [phrase, longer];
    }),
  );
}
