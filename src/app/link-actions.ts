import type { LinkActions } from '../../dashboards/deps.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { decideLink, refuseAll } from '../jobs/links/decide.ts';
import { mergeCustomers, splitCustomer } from '../jobs/links/merge.ts';
import { revertWeights } from '../jobs/links/revert-weights.ts';
import { undoLinkAct } from '../jobs/links/undo.ts';

/** What the dashboard does with links, by the jobs that it may not import. */
export function linkActions(
  jobs: Pick<JobDeps, 'queue' | 'clock' | 'casePolicy' | 'matchWords' | 'matchPolicy' | 'vault'>,
): LinkActions {
  return {
    decide: (tx, asked) => decideLink(tx, jobs, asked),
    refuseAll: (tx, asked) => refuseAll(tx, jobs, asked),
    undo: (tx, asked) => undoLinkAct(tx, jobs, asked),
    revertWeights: (tx, asked) => revertWeights(tx, jobs, asked),
    merge: (tx, asked) => mergeCustomers(tx, jobs, asked),
    split: (tx, asked) => splitCustomer(tx, jobs, asked),
  };
}
