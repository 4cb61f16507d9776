import type { ScorecardActions } from '../../dashboards/deps.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { drawNow } from '../jobs/scorecard/draw.ts';
import { labelItem } from '../jobs/scorecard/label.ts';
import { readFalls, readScorecard } from '../jobs/scorecard/read.ts';

/** What the dashboard does with the scorecard, by the jobs that it may not import. */
export function scorecardActions(
  deps: Pick<JobDeps, 'db' | 'clock' | 'queue' | 'resources' | 'rules' | 'scorecard'>,
): ScorecardActions {
  return {
    read: () => readScorecard(deps),
    falls: () => readFalls(deps),
    label: (tx, request) => labelItem(tx, deps, request),
    drawNow: () => drawNow(deps),
  };
}
