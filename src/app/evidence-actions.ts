import type { EvidenceActions } from '../../dashboards/deps.ts';
import { placeHold, releaseHold } from '../jobs/evidence/hold.ts';
import type { EraseDeps } from '../jobs/privacy/erase.ts';

/** What the dashboard does with evidence, by the jobs that it may not import. */
export function evidenceActions(deps: EraseDeps): EvidenceActions {
  return {
    hold: (asked) => placeHold(deps, asked),
    release: (asked) => releaseHold(deps, asked),
  };
}
