import type { ScorecardPlan, Stratum } from '../../model/scorecard.ts';
import type { Share } from '../../store/scorecard-samples.ts';

/** With fewer, a stratum's share rests on one or two labels. */
const LEAST_PER_STRATUM = 3;

function sumUp(strata: readonly Stratum[]): Stratum {
  const documents = strata.reduce((sum, one) => sum + one.documents, 0);
  const mentions = strata.reduce((sum, one) => sum + one.mentions, 0);
  return { language: '', sourceKind: '', documents, mentions };
}

/** As many as there is room for, in turns of one each. */
function takesOf(strata: readonly Stratum[], { perGroup, perWeek }: ScorecardPlan): number[] {
  const takes = strata.map(() => 0);
  let left = perWeek;
  for (let round = 0; round < perGroup && left > 0; round += 1)
    for (const [at, { documents }] of strata.entries()) {
      if (left === 0 || documents <= round) continue;
      takes[at] = round + 1;
      left -= 1;
    }
  return takes;
}

/** What is drawn of what, from groups of language and kind of source, the largest first; the smallest share one stratum where there are many. */
export function allocate(
  groups: readonly Stratum[],
  plan: ScorecardPlan,
): { strata: Stratum[]; shares: Share[] } {
  const most = Math.max(1, Math.floor(plan.perWeek / LEAST_PER_STRATUM));
  const own = groups.length <= most ? groups.length : most - 1;
  const rest = groups.slice(own);
  const strata = [...groups.slice(0, own), ...(rest.length > 0 ? [sumUp(rest)] : [])];
  const takes = takesOf(strata, plan);
  const shares = groups.map(({ language, sourceKind }, at) => {
    const stratum = Math.min(at, own);
    return { language, sourceKind, stratum, take: takes[stratum] ?? 0 };
  });
  return { strata, shares };
}
