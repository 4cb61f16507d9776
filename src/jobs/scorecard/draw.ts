import type { ScorecardPlan } from '../../model/scorecard.ts';
import {
  addSample,
  countStrata,
  drawMentions,
  newestPeriod,
  type Period,
} from '../../store/scorecard-samples.ts';
import type { JobDeps } from '../deps.ts';
import { allocate } from './allocate.ts';
import { duePeriod, periodUntilNow } from './periods.ts';
import { readFalls } from './read.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'scorecard'>;

/** Returns how many mentions were drawn; of none nothing is kept. The same period and contents give the same sample. */
async function draw({ db, clock }: Deps, period: Period, plan: ScorecardPlan): Promise<number> {
  const { strata, shares } = allocate(await countStrata(db, period), plan);
  if (strata.length === 0) return 0;
  const drawn = await drawMentions(db, period, shares, period.from.toISOString());
  const isAdded = await db.transaction((tx) => addSample(tx, period, strata, drawn, clock.now()));
  return isAdded ? drawn.length : 0;
}

/** Draws last week's sample, once, and says in the log what has fallen by the labels until then. */
export async function drawWhenDue(deps: Deps & Pick<JobDeps, 'log'>): Promise<number> {
  const period = duePeriod(await newestPeriod(deps.db), deps.clock.now());
  const drawn = period ? await draw(deps, period, deps.scorecard) : 0;
  if (drawn === 0) return 0;
  for (const { measure, language, later, earlier } of await readFalls(deps))
    deps.log.warn(
      { measure, language, f1: later.value, before: earlier.value },
      'the taggers do worse than before: see the scorecard',
    );
  return drawn;
}

/** Draws from what was found until now, so that nobody has to wait for Monday. */
export async function drawNow(deps: Deps): Promise<number> {
  return draw(deps, periodUntilNow(await newestPeriod(deps.db), deps.clock.now()), deps.scorecard);
}
