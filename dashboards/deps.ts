import type { Rehearsal } from '../src/act/alerts/rehearsal.ts';
import type { CasePolicy } from '../src/act/cases/policy.ts';
import type { RenderedDigest } from '../src/act/digest/data.ts';
import type { DraftedRequest } from '../src/act/draft-delivery.ts';
import type { ReportWish } from '../src/act/report/collect.ts';
import type { DryRunResult, RuleExplained } from '../src/act/rules/reports.ts';
import type { InputIssue } from '../src/lib/errors.ts';
import type { Log } from '../src/lib/log.ts';
import type { Mapping } from '../src/match/import/mapping.ts';
import type { ImportTask } from '../src/match/import/plan.ts';
import type { Alert, AlertDefinition } from '../src/model/alert.ts';
import type { BackTestAsk, BackTestRun } from '../src/model/back-test.ts';
import type { Correction, CorrectionOutcome, CorrectionRequest } from '../src/model/correction.ts';
import type { CustomerRecord, LinkDecision } from '../src/model/customer.ts';
import type { Delivery } from '../src/model/delivery.ts';
import type { Candidate, Discovery, Preview } from '../src/model/discovery.ts';
import type {
  AuthorId,
  CaseId,
  CorrectionId,
  CustomerId,
  DocumentId,
  MentionId,
  RuleRunId,
  SourceId,
  UserId,
} from '../src/model/ids.ts';
import type { OpmlImport } from '../src/model/opml-import.ts';
import type {
  Clock,
  CrmAccount,
  CrmShape,
  LoginServer,
  Morphology,
  Receipt,
  Vault,
} from '../src/model/ports.ts';
import type { Report } from '../src/model/report.ts';
import type { Rule, RuleTrouble } from '../src/model/rule.ts';
import type { Fall, LabelOutcome, LabelRequest, Scorecard } from '../src/model/scorecard.ts';
import type { SelectorLook, SelectorQuestion } from '../src/model/selectors.ts';
import type { Source } from '../src/model/source.ts';
import type { SourceHealth } from '../src/model/source-health.ts';
import type { StarterSource } from '../src/model/starter-source.ts';
import type { TalkAt } from '../src/model/talk.ts';
import type { ContextSwitch, ExampleText, Topic } from '../src/model/topic.ts';
import type { Language } from '../src/model/user.ts';
import type { Draft, DraftReport, MissAnswer } from '../src/query/draft.ts';
import type { BrandProposal, BrandWish } from '../src/query/suggest/proposal.ts';
import type { ExampleFailure } from '../src/query/why-not.ts';
import type { Search } from '../src/search/search.ts';
import type { PullKind } from '../src/store/crm-pulls.ts';
import type { Database, Db } from '../src/store/db.ts';
import type { DigestRecipient } from '../src/store/digests.ts';
import type { Queue } from '../src/store/queue.ts';
import type { Admission } from '../src/store/user-logins.ts';

/** One check of `/readyz`. `message` says what to do when it is not ok. */
export interface HealthCheck {
  name: string;
  ok: boolean;
  message: string;
}

/** Logging in by the company's login server. */
export interface OpenId {
  /** What stands on the button. */
  name: string;
  server: LoginServer;
  admission: Admission;
  /** It asks for a second factor itself. */
  checksFactor: boolean;
}

type Chosen = Pick<Candidate, 'kind' | 'url' | 'name'>;

export interface SourceChange {
  name?: string;
  enabled?: boolean;
  everyMs?: number;
  adaptive?: boolean;
  cron?: string;
}

/** What is done with sources; mistakes in what people wrote are InputErrors whose `at` names the field. */
export interface SourceActions {
  /** Speaks to the network for as long as `signal` lets it. */
  discover(address: string, signal: AbortSignal): Promise<Discovery>;
  preview(chosen: Chosen, signal: AbortSignal): Promise<Preview>;
  /** The page is asked of its site once and kept for some minutes. */
  lookWithSelectors(asked: SelectorQuestion, signal: AbortSignal): Promise<SelectorLook>;
  add(
    tx: Db,
    chosen: Chosen & { settings?: unknown },
  ): Promise<{ id: SourceId; key: string; isKnown: boolean }>;
  change(tx: Db, source: Source, change: SourceChange): Promise<void>;
  /** Gives a source new settings; its pages are read by them from the beginning, soon. */
  mend(tx: Db, source: Source, settings: unknown): Promise<void>;
  /** Documents stay. */
  remove(tx: Db, source: Source): Promise<void>;
  importOpml(text: string, actor: string): Promise<OpmlImport>;
  exportOpml(): Promise<string>;
  /** Hubs can reach us: web.public_url is configured. */
  isReachable: boolean;
  assess(id: SourceId): Promise<SourceHealth | null>;
}

/** What is done about missed posts; mistakes in what people wrote are InputErrors whose `at` names the field. */
export interface RecallActions {
  /** Speaks to the network for as long as `signal` lets it. Returns the entry's number in the ledger. */
  report(
    pasted: { address: string; text: string; topic: string | null },
    by: string,
    signal: AbortSignal,
  ): Promise<number>;
  /** Traces an entry again. False: there is none. */
  retrace(id: number, signal: AbortSignal): Promise<boolean>;
  /** Plants a post that a source must bring. */
  plant(
    canary: { source: string; address: string; words: string; withinHours: number },
    by: string,
  ): Promise<number>;
}

/** What is done with rules. */
export interface RuleActionsOfPages {
  /** Keys of webhooks that take alerts. */
  webhooks: readonly string[];
  /** What is wrong with a rule besides its words, and whether it could be used all the same. */
  check(rule: Rule): Promise<{ isUsable: boolean; trouble: RuleTrouble | null }>;
  /** Ends after some seconds, or when `signal` says so; what was seen until then counts. */
  dryRun(rule: Rule, since: Date, signal: AbortSignal): Promise<DryRunResult>;
  run(tx: Db, request: { rule: Rule; since: Date; alerts: boolean; actor: string }): Promise<RuleRunId>;
  /** False when there is nothing to take back. */
  undo(tx: Db, run: RuleRunId): Promise<boolean>;
  explain(mention: MentionId): Promise<RuleExplained[] | null>;
  /** Mentions of these came out of the basket: what follows from them follows now. */
  restored(tx: Db, documents: readonly DocumentId[]): Promise<void>;
}

/** What is done with digests. */
export interface DigestActionsOfPages {
  /** What would be sent to this person now. */
  preview(recipient: DigestRecipient): Promise<RenderedDigest>;
  /** Writes it and hands it to the mail queue. null: it went within this minute. */
  send(tx: Db, recipient: DigestRecipient): Promise<number | null>;
  /** A mail server is configured. */
  hasMail: boolean;
}

/** What is done with reports. */
export interface ReportActionsOfPages {
  /** Of any time; `from` and `to` are beginnings of local days. Returns its number. */
  make(tx: Db, wish: ReportWish & { periodKey: string; madeBy: string }): Promise<number>;
  /** As it was written. */
  page(report: Report): string;
  /** The same bytes each time. null: there is no such report. @throws PermanentError `no-browser` with what to install */
  pdf(id: number): Promise<Uint8Array | null>;
}

/** Pictures of charts. */
export interface ChartActions {
  /** There is a browser that can make them. */
  hasBrowser(): Promise<boolean>;
  /** @throws PermanentError `no-browser` with what to install */
  png(picture: { svg: string; width: number; height: number }): Promise<Uint8Array>;
}

/** What is done with alerts. */
export interface AlertActionsOfPages {
  /** Keys of webhooks, and of chats, that take alerts. */
  webhooks: readonly string[];
  chats: readonly string[];
  /** A proof that only this installation can make. */
  sign(text: string): string;
  /** Of what somebody wrote; mistakes name the field. */
  read(value: unknown): AlertDefinition | { issues: InputIssue[] };
  /** What it names and is not there. */
  mistakesOf(alert: AlertDefinition): Promise<InputIssue[]>;
  save(alert: AlertDefinition, by: { actor: string; zone: string }): Promise<void>;
  /** What it would have told of in the last 60 days. Ends after some seconds, or when `signal` says so. */
  rehearse(alert: Alert, language: Language, signal: AbortSignal): Promise<Rehearsal>;
  /** The last days of a topic by hours, as the alert sees them. */
  series(
    alert: Pick<Alert, 'settings' | 'kind' | 'zone'>,
    topic: Pick<Topic, 'id'>,
  ): Promise<{ at: Date; count: number; usual: number; least: number }[]>;
}

/** What people say of tags; mistakes in what they wrote are InputErrors whose `at` names the field. */
export interface CorrectionActions {
  correct(tx: Db, request: CorrectionRequest): Promise<CorrectionOutcome>;
  undo(
    tx: Db,
    asked: { id: CorrectionId; by: string },
  ): Promise<{ outcome: CorrectionOutcome; correction: Correction | null }>;
}

/** The taggers, measured by what people label. */
export interface ScorecardActions {
  read(): Promise<Scorecard>;
  /** What has become worse. */
  falls(): Promise<Fall[]>;
  label(tx: Db, request: LabelRequest): Promise<LabelOutcome>;
  /** Draws from what was found since the last sample. Returns how many mentions. */
  drawNow(): Promise<number>;
}

/** What people say of who an author is. All of it can be taken back. */
export interface LinkActions {
  /** Returns the number of the act. */
  decide(
    tx: Db,
    asked: { author: AuthorId; customer: CustomerId; decision: LinkDecision; actor: string },
  ): Promise<number>;
  /** None of the customers that were proposed. Returns the number of the act. */
  refuseAll(tx: Db, asked: { author: AuthorId; actor: string }): Promise<number>;
  undo(tx: Db, asked: { act: number; actor: string }): Promise<'done' | 'overtaken' | 'unknown'>;
  /** Puts weights of signs in force that were so before; null: those as shipped. @throws InputError */
  revertWeights(tx: Db, asked: { version: number | null; actor: string }): Promise<void>;
  /** Two entries become one person. @throws InputError */
  merge(tx: Db, asked: { into: CustomerId; merged: CustomerId; actor: string }): Promise<void>;
  /** An entry becomes a person of its own again. Returns whose it was. @throws InputError */
  split(tx: Db, asked: { entry: CustomerId; actor: string }): Promise<CustomerId>;
}

/** What a customer may ask for of his own data. */
export interface PersonActions {
  /** All that is held of him, for him to read. null: there is no such customer. */
  export(asked: { customer: CustomerId; actor: string }): Promise<Record<string, unknown> | null>;
  /** For good. null: there is no such customer. */
  erase(asked: { customer: CustomerId; actor: string; keepAccounts: boolean }): Promise<{
    documents: number;
    cases: number;
    deliveries: number;
    digests: number;
    evidence: number;
    kept: { cases: number; documents: number };
  } | null>;
}

/** Holds on evidence. @throws InputError without a reason */
export interface EvidenceActions {
  /** null: there is no such case. */
  hold(asked: { caseId: CaseId; reason: string; actor: string }): Promise<'held' | 'known' | null>;
  /** Carries out the erasure that waited for it, if one did. null: the case is not held. */
  release(asked: { caseId: CaseId; reason: string; actor: string }): Promise<{
    erased: { documents: number; cases: number; evidence: number } | null;
  } | null>;
}

/** Drafts of queries, tried on what is stored. */
export interface LabActions {
  /** In the background, one for each person. @throws InputError `busy` when too many have one under way */
  start(user: UserId, ask: BackTestAsk): Promise<void>;
  /** The newest of this person, as it stands. */
  look(user: UserId): BackTestRun | null;
  stop(user: UserId): void;
  /** null when the draft cannot be read or its topic is not saved. */
  judge(draft: Draft): Promise<DraftReport | null>;
  /** null when the draft cannot be read. `missed`: a text, or an address. */
  explainMiss(draft: Draft, missed: string): Promise<MissAnswer | null>;
  /** Makes a topic what it was, as a new version. `anyway`: also when its examples fail then. @throws InputError */
  rollBack(key: string, version: number, by: { actor: string; anyway: boolean }): Promise<unknown>;
  /** How a brand is looked for, tried on what is stored; some seconds where that is very much. */
  propose(wish: BrandWish): Promise<BrandProposal>;
  /** null when the document is gone. */
  exampleOf(document: DocumentId, mustMatch: boolean): Promise<ExampleText | null>;
}

/** Files of customers, one for each person; mistakes in a file are FileErrors. */
export interface CustomerImportActions {
  put(user: UserId, name: string, bytes: Uint8Array): Promise<void>;
  /** null: there is none, or it has lain there for too long. */
  look(user: UserId): ImportTask | null;
  /** Another sheet or kind of rows: the columns are proposed anew. */
  choose(user: UserId, wish: { sheet?: string; kind?: Mapping['kind'] }): Promise<void>;
  /** Goes through the file in the background, unless the mapping cannot be used. */
  plan(user: UserId, mapping: Mapping): Promise<void>;
  /** In the background. False: nothing is planned. @throws InputError `busy` when others are importing */
  run(user: UserId, actor: string): boolean;
  /** Back to the mapping; what is under way stops, what was saved stays. */
  back(user: UserId): void;
  drop(user: UserId): Promise<void>;
}

/** What a CRM answered, or why it did not; `message` is without secrets. */
export type CrmAsked<Value> = { value: Value } | { failure: CrmFailure };

export interface CrmFailure {
  code: string;
  message: string;
}

export interface ConnectedCrm {
  key: string;
  /** Of its connector. */
  kind: string;
  /** What can be read out of it. */
  pulls: readonly PullKind[];
  /** The configuration has it read by the clock. */
  isPulledByItself: boolean;
  can: { check: boolean; discover: boolean; draft: boolean };
  /** Since the program started; null: nobody has asked. */
  lastCheck: { at: Date; answer: CrmAsked<CrmAccount> } | null;
}

/** A reading that somebody asked for here. */
export interface CrmPullSeen {
  startedAt: Date;
  /** What is being read now; null: it has ended. */
  now: PullKind | null;
  /** Taken in since it began. */
  records: number;
  done: Partial<Record<PullKind, { records: number; leftOut: number; created: number }>>;
  failure: CrmFailure | null;
}

/** The connected CRMs. What speaks to them ends within half a minute, what makes something there within a minute. */
export interface CrmActions {
  /** As configured. */
  list(): ConnectedCrm[];
  check(key: string): Promise<CrmAsked<CrmAccount>>;
  discover(key: string): Promise<CrmAsked<CrmShape>>;
  /** What would be sent to open this case, or a sample. value null: the connector cannot say. */
  preview(key: string, caseId: CaseId | null): Promise<CrmAsked<DraftedRequest[] | null>>;
  /** The same of what waits or has been sent. */
  draft(delivery: Delivery): Promise<CrmAsked<DraftedRequest[] | null>>;
  /** Really opens a test case, once under this id. */
  openTest(key: string, id: string): Promise<CrmAsked<Receipt>>;
  /** Reads in the background. False: that is under way already, or there is nothing to read. */
  startPull(key: string): Promise<boolean>;
  lookAtPull(key: string): Promise<CrmPullSeen | null>;
  /** Lets deliveries go on to an endpoint that was paused. Why not, for people; null: they go on. Speaks to the CRM. */
  resume(key: string): Promise<string | null>;
}

/** What pages work with; handed in by the composition root. */
export interface DashboardDeps {
  db: Database;
  queue: Queue;
  search: Search;
  morphology: Morphology;
  vault: Vault;
  clock: Clock;
  log: Log;
  version: string;
  /** Address under which people reach us, without a slash at its end. */
  publicUrl: string;
  /** How many reverse proxies stand in front. */
  proxies: number;
  /** Sites that may show shared reports in a frame: `https://intranet.example`. */
  embedIn: readonly string[];
  /** How people log in by the company's login server; null: it has none. */
  openId: OpenId | null;
  /** Places worth watching, for whoever begins. */
  starterSources: readonly StarterSource[];
  health(): Promise<HealthCheck[]>;
  sources: SourceActions;
  recall: RecallActions;
  alerts: AlertActionsOfPages;
  digests: DigestActionsOfPages;
  reports: ReportActionsOfPages;
  charts: ChartActions;
  rules: RuleActionsOfPages;
  corrections: CorrectionActions;
  scorecard: ScorecardActions;
  links: LinkActions;
  people: PersonActions;
  evidence: EvidenceActions;
  crm: CrmActions;
  customerImport: CustomerImportActions;
  casePolicy: CasePolicy;
  /** By which each endpoint signs what it tells us. */
  inboundSecrets: ReadonlyMap<string, readonly string[]>;
  /** Saves all of the records or none: where some are of customers who are not known and have no name, these are named. */
  syncCustomers(
    records: readonly CustomerRecord[],
    actor: string,
  ): Promise<
    | { saved: ReadonlyMap<string, { created: boolean }>; erased: ReadonlySet<string> }
    | { unknown: readonly string[] }
  >;
  /** What only jobs can do. */
  actions: {
    crawlNow(tx: Db, source: SourceId): Promise<void>;
    /** After a topic was changed: the past is matched again in the background. */
    rematch(tx: Db): Promise<void>;
    /** The stored examples of a topic that would fail if it were so; what is left out stays as it is. */
    failingExamples(
      topic: { key: string; name: string; query: string } & Partial<ContextSwitch>,
    ): Promise<ExampleFailure[]>;
    lab: LabActions;
    /** What people say about a topic in [from, to); some seconds where there are very many mentions. `by`: published, or found. */
    talk(ask: {
      topic: Pick<Topic, 'id' | 'name'>;
      from: Date;
      to: Date;
      by: 'said' | 'found';
    }): Promise<TalkAt>;
  };
}
