import type { DigestActionsOfPages } from '../../dashboards/deps.ts';
import { collectDigest } from '../act/digest/collect.ts';
import { renderDigest } from '../act/digest/render.ts';
import { issueDigest, periodUntil } from '../act/digest/send.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { digestEdges } from '../jobs/digests.ts';

/** What the dashboard does with digests, by the jobs that it may not import. */
export function digestActions(
  deps: Pick<JobDeps, 'db' | 'clock' | 'casePolicy' | 'resources' | 'vault' | 'delivery'>,
): DigestActionsOfPages {
  return {
    hasMail: deps.delivery.mailer !== null,
    preview: async (recipient) => {
      const period = periodUntil(recipient, deps.clock.now());
      return renderDigest(await collectDigest(deps.db, recipient, period, digestEdges(deps)));
    },
    send: (tx, recipient) => {
      const now = deps.clock.now();
      const period = periodUntil(recipient, now);
      return issueDigest(tx, recipient, period, digestEdges(deps), { now, mayBeSilent: false });
    },
  };
}
