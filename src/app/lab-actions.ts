import type { LabActions } from '../../dashboards/deps.ts';
import { type BackTestDesk, createBackTestDesk } from '../jobs/back-test-desk.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { createMeasure, exampleOfDocument, explainMiss, judgeDraft } from '../jobs/judge-draft.ts';
import { proposeBrand } from '../jobs/propose-brand.ts';
import { rollBackTopic } from '../jobs/rollback-topic.ts';

type Deps = Pick<JobDeps, 'db' | 'queue' | 'clock' | 'log' | 'resources'>;

/** What the query lab does, by the jobs that the dashboard may not import. `close` ends what is under way. */
export function labActions(deps: Deps): LabActions & Pick<BackTestDesk, 'close'> {
  const measure = createMeasure(deps.resources.morphology);
  return {
    ...createBackTestDesk(deps),
    judge: (draft) => judgeDraft({ ...deps, measure }, draft),
    explainMiss: (draft, missed) => explainMiss(deps, draft, missed),
    rollBack: (key, version, by) => rollBackTopic(deps, key, version, by),
    propose: (wish) => proposeBrand(deps, wish),
    exampleOf: (document, mustMatch) => exampleOfDocument(deps, document, mustMatch),
  };
}
