import type { CrmActions } from '../../dashboards/deps.ts';
import { resumeWhenLetIn } from '../act/resume-endpoint.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { errorMessage } from '../lib/errors.ts';

/** What the dashboard does with CRMs. */
export function crmActions({ db, delivery }: Pick<JobDeps, 'db' | 'delivery'>): CrmActions {
  return {
    resume: async (key) => {
      try {
        await resumeWhenLetIn(db, delivery.crms, key);
        return null;
      } catch (error) {
        return errorMessage(error);
      }
    },
  };
}
