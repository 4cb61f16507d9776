import type { Fall, Scorecard } from '../../model/scorecard.ts';
import { listLabels, readStrata } from '../../store/scorecard-items.ts';
import { readProgress } from '../../store/scorecard-samples.ts';
import type { JobDeps } from '../deps.ts';
import { findFalls } from './falls.ts';
import { groupFigures, weekFigures } from './figures.ts';
import { WEEK_MS } from './periods.ts';
import { coveredShare, weigh } from './weigh.ts';

/** The last four weeks, and twelve before them. */
const WEEKS = 16;

type Deps = Pick<JobDeps, 'db' | 'clock'>;

async function readRows({ db, clock }: Deps) {
  const since = new Date(clock.now().getTime() - WEEKS * WEEK_MS);
  const [labels, strata] = await Promise.all([listLabels(db, since), readStrata(db, since)]);
  return { labels, strata, rows: weigh(labels, strata) };
}

/** How well the taggers do by the labels of the last 16 weeks. */
export async function readScorecard(deps: Deps): Promise<Scorecard> {
  const { labels, strata, rows } = await readRows(deps);
  return {
    sample: await readProgress(deps.db),
    groups: groupFigures(rows),
    weeks: weekFigures(rows),
    falls: findFalls(rows),
    covered: coveredShare(labels, strata),
  };
}

export async function readFalls(deps: Deps): Promise<Fall[]> {
  return findFalls((await readRows(deps)).rows);
}
