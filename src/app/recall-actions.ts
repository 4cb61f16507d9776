import type { RecallActions } from '../../dashboards/deps.ts';
import { plantCanaryDocument } from '../jobs/canary-documents.ts';
import type { TraceDeps } from '../jobs/recall/report.ts';
import { reportMiss, retraceMiss } from '../jobs/report-miss.ts';

/** What the dashboard does about missed posts, by the jobs that it may not import. */
export function recallActions(deps: TraceDeps): RecallActions {
  return {
    report: async (pasted, by, signal) => (await reportMiss(deps, pasted, by, signal)).id,
    retrace: async (id, signal) => (await retraceMiss(deps, id, signal)) !== null,
    plant: (canary, by) => plantCanaryDocument(deps, canary, by),
  };
}
