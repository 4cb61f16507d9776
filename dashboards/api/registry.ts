import type { AnyOperation } from './operation.ts';
import { alerts } from './operations/alerts.ts';
import { analytics } from './operations/analytics.ts';
import { audit } from './operations/audit.ts';
import { basket } from './operations/basket.ts';
import { canaries } from './operations/canaries.ts';
import { cases } from './operations/cases.ts';
import { corrections } from './operations/corrections.ts';
import { crms } from './operations/crms.ts';
import { customerEntries } from './operations/customer-entries.ts';
import { customerStanding } from './operations/customer-standing.ts';
import { customers } from './operations/customers.ts';
import { deliveries } from './operations/deliveries.ts';
import { digestRecipients } from './operations/digest-recipients.ts';
import { documents } from './operations/documents.ts';
import { evidence } from './operations/evidence.ts';
import { holds } from './operations/holds.ts';
import { incidents } from './operations/incidents.ts';
import { labelling } from './operations/labelling.ts';
import { linkWeights } from './operations/link-weights.ts';
import { links } from './operations/links.ts';
import { mentions } from './operations/mentions.ts';
import { misses } from './operations/misses.ts';
import { portfolio } from './operations/portfolio.ts';
import { publicLinks } from './operations/public-links.ts';
import { reports } from './operations/reports.ts';
import { ruleRuns } from './operations/rule-runs.ts';
import { rules } from './operations/rules.ts';
import { savedSearches } from './operations/saved-searches.ts';
import { schemas } from './operations/schemas.ts';
import { scorecard } from './operations/scorecard.ts';
import { sources } from './operations/sources.ts';
import { stories } from './operations/stories.ts';
import { talk } from './operations/talk.ts';
import { teams } from './operations/teams.ts';
import { topicVersions } from './operations/topic-versions.ts';
import { topics } from './operations/topics.ts';
import { users } from './operations/users.ts';

/** Everything that programs can do; a noun is a file and a line. */
export const operations: readonly AnyOperation[] = [
  ...mentions,
  ...documents,
  ...basket,
  ...topics,
  ...topicVersions,
  ...sources,
  ...cases,
  ...evidence,
  ...holds,
  ...stories,
  ...customers,
  ...customerStanding,
  ...customerEntries,
  ...portfolio,
  ...links,
  ...linkWeights,
  ...alerts,
  ...incidents,
  ...deliveries,
  ...crms,
  ...rules,
  ...ruleRuns,
  ...savedSearches,
  ...publicLinks,
  ...talk,
  ...analytics,
  ...reports,
  ...digestRecipients,
  ...misses,
  ...canaries,
  ...scorecard,
  ...labelling,
  ...corrections,
  ...audit,
  ...users,
  ...teams,
  ...schemas,
];
