import type { PersonActions } from '../../dashboards/deps.ts';
import { type EraseDeps, eraseCustomer } from '../jobs/privacy/erase.ts';
import { exportCustomer } from '../jobs/privacy/export.ts';

/** What the dashboard does for a person's rights, by the jobs that it may not import. */
export function personActions(deps: EraseDeps): PersonActions {
  return {
    export: (asked) => exportCustomer(deps, asked),
    erase: (asked) => eraseCustomer(deps, asked),
  };
}
