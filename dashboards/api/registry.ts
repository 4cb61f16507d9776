import type { AnyOperation } from './operation.ts';
import { alerts } from './operations/alerts.ts';
import { analytics } from './operations/analytics.ts';
import { canaries } from './operations/canaries.ts';
import { cases } from './operations/cases.ts';
import { corrections } from './operations/corrections.ts';
import { customers } from './operations/customers.ts';
import { deliveries } from './operations/deliveries.ts';
import { digestRecipients } from './operations/digest-recipients.ts';
import { documents } from './operations/documents.ts';
import { evidence } from './operations/evidence.ts';
import { incidents } from './operations/incidents.ts';
import { links } from './operations/links.ts';
import { mentions } from './operations/mentions.ts';
import { misses } from './operations/misses.ts';
import { people } from './operations/people.ts';
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
import { topics } from './operations/topics.ts';

/** Everything that programs can do; a noun is a file and a line. */
export const operations: readonly AnyOperation[] = [
  ...mentions,
  ...documents,
  ...topics,
  ...sources,
  ...cases,
  ...evidence,
  ...stories,
  ...customers,
  ...links,
  ...alerts,
  ...incidents,
  ...deliveries,
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
  ...corrections,
  ...people,
  ...schemas,
];
