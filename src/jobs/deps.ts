import type { CasePolicy } from '../act/cases/policy.ts';
import type { DeliveryEdges } from '../act/deliver.ts';
import type { Log } from '../lib/log.ts';
import type { MatchPolicy } from '../match/policy.ts';
import type { MatchWords } from '../match/signs.ts';
import type {
  Clock,
  CrawlBatch,
  CrawlContext,
  CrawlSource,
  ErasureJournal,
  Http,
  TagResources,
  Vault,
} from '../model/ports.ts';
import type { ScorecardPlan } from '../model/scorecard.ts';
import type { BrowserUse } from '../model/source.ts';
import type { SearchIndex } from '../search/meilisearch.ts';
import type { Database } from '../store/db.ts';
import type { Queue } from '../store/queue.ts';
import type { CrmPlan } from './crm/plan.ts';
import type { Subscriptions } from './events/subscriptions.ts';
import type { WeightSet } from './links/weight-set.ts';
import type { RuleSet } from './rules/rule-set.ts';
import type { TopicSet } from './topic-set.ts';

/** A crawler whose settings have not been checked yet: `crawlers/registry.ts` holds these. */
export interface RegisteredCrawler {
  kind: string;
  crawl(source: CrawlSource, ctx: CrawlContext): AsyncIterable<CrawlBatch>;
}

/** What subscribing needs. Only where the world can reach us: without a public address polling goes on. */
export interface WebSubEdges {
  http: Http;
  /** `https://molva.example`, without a slash at its end. */
  publicUrl: string;
}

/** What jobs work with; built once by the composition root. */
export interface JobDeps {
  db: Database;
  queue: Queue;
  clock: Clock;
  log: Log;
  findCrawler(kind: string): RegisteredCrawler | undefined;
  /**
   * CrawlContext.fetch for a visit that `signal` can end; a source's own cookies, login and browser are used for it alone. As evidence a page comes with
   * its `original`.
   */
  fetchFor(
    signal: AbortSignal,
    source?: { key: string; browser: BrowserUse },
    wish?: { isForEvidence: boolean },
  ): CrawlContext['fetch'];
  /** CrawlContext.read; without it pages are read in this thread. */
  read?: CrawlContext['read'];
  /** The configuration's secrets, by name. */
  secret?: CrawlContext['secret'];
  /** Absent where hubs cannot reach us. */
  websub?: WebSubEdges | undefined;
  resources: TagResources;
  matchWords: MatchWords;
  matchWeights: WeightSet;
  matchPolicy: MatchPolicy;
  vault: Vault;
  erasures: ErasureJournal;
  topics: TopicSet;
  rules: RuleSet;
  /** null where there is no Meilisearch: search then answers from the store. */
  index: SearchIndex | null;
  casePolicy: CasePolicy;
  subscriptions: Subscriptions;
  delivery: DeliveryEdges;
  /** The CRMs of the configuration. */
  crmPlans: readonly CrmPlan[];
  scorecard: ScorecardPlan;
  /** Milliseconds. */
  retention: { documents: number; audit: number; authors: number; evidence: number };
}
