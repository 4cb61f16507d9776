import type { CorrectionActions } from '../../dashboards/deps.ts';
import { correct, undoCorrection } from '../jobs/correct.ts';
import type { JobDeps } from '../jobs/deps.ts';

/** What the dashboard does with corrections, by the jobs that it may not import. */
export function correctionActions(
  deps: Pick<JobDeps, 'clock' | 'queue' | 'resources' | 'rules'>,
): CorrectionActions {
  return {
    correct: (tx, request) => correct(tx, deps, request),
    undo: (tx, asked) => undoCorrection(tx, deps, asked),
  };
}
