import type { z } from 'zod';
import type { AlertWords } from './alert.ts';
import type { CASE_STATUSES } from './case.ts';
import type { CasePayload, WithdrawalPayload } from './case-payload.ts';
import type { Author, Document, FoundDocument } from './document.ts';
import type { Classifier, TargetReader } from './opinion.ts';
import type { Span, Tag } from './tag.ts';
import type { Language } from './user.ts';

/** Keeps what is private unreadable in the store: its key is kept elsewhere. */
export interface Vault {
  /** The same text is sealed differently each time. */
  seal(text: string): string;
  /** Throws when it was sealed with another key or changed since. */
  open(sealed: string): string;
  /** The same for the same text and key; 20 letters, digits, `-` and `_`. To look for what is sealed. */
  hash(text: string): string;
}

/** By what an erased person is known if he comes again. */
export interface Suppression {
  kind: 'customer' | 'identifier' | 'account';
  /** Keyed: see jobs/privacy/suppress.ts. */
  hash: string;
}

/** An erased person, as the journal outside the database knows him. */
export interface Erasure {
  at: Date;
  suppressions: readonly Suppression[];
  /** Not erased, but welcome again: what was noted of these before no longer counts. */
  isLifted?: boolean | undefined;
}

/** Who was erased, kept apart from the database and its backups: a restored one is cleaned by it. */
export interface ErasureJournal {
  /** On the disk when it returns. */
  note(erasure: Erasure): Promise<void>;
  read(): Promise<Erasure[]>;
}

export interface Clock {
  now(): Date;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface HttpRequest {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  headers?: Record<string, string>;
  body?: string;
  /** For the whole exchange, redirects and body included. */
  timeoutMs?: number;
  /** Of the decoded body. */
  maxBytes?: number;
  /** The body does not matter: it is not waited for, and of the answer's there is at most the beginning, to be shown to people. */
  ignoreBody?: boolean;
  /** 0 forbids redirects: a 3xx is then returned as it is. */
  maxRedirects?: number;
  signal?: AbortSignal;
}

export interface HttpResponse {
  /** The address that answered, after redirects. */
  url: string;
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Decoded from gzip, br, deflate or zstd. */
  body: Uint8Array;
  /** Where a chain that began with 301 or 308 ended: the address to store. */
  movedTo?: string;
  /** Set-Cookie lines of this answer, one by one: joined they cannot be told apart. */
  setCookies?: string[];
}

/**
 * The guarded way out: every hop's address is checked at connect time.
 * Throws RefusedError (private address, scheme, port), RetryLaterError (time-out, connection, too slow),
 * PermanentError (too large, redirect loop, malformed answer). Any HTTP status is a normal answer.
 */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
}

/** What a server gave to ask cheaply next time. */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

/** An answer as it came, before anything was made of it. */
export interface PageOriginal {
  status: number;
  /** The whole header; '' where there is none. */
  contentType: string;
  /** Unpacked from gzip and the like, in the page's own charset. */
  bytes: Uint8Array;
  /** The HTML after the page's programs ran, where a browser ran them. */
  rendered?: string;
  screenshot: Screenshot | NoScreenshot;
}

export interface Screenshot {
  png: Uint8Array;
  width: number;
  height: number;
  /** Of the whole page: more than `height` when it was cut. */
  pageHeight: number;
  /** `Chromium 140.0.1` */
  browser: string;
}

/** `off`, `never` (for this source), `not-html`, or the code of what went wrong. */
export interface NoScreenshot {
  why: string;
}

/** A fetched page, decoded to text. */
export interface Page {
  /** The address that answered. */
  url: string;
  movedTo?: string;
  /** Lower-case media type without parameters. */
  contentType: string;
  text: string;
  /** Lower-case name of the charset that it was read in. */
  charset: string;
  validators: Validators;
  /** How long the server says that it will stay as it is (Cache-Control), in ms; absent when it says nothing. */
  freshMs?: number;
  /** Only when it was asked for as evidence. */
  original?: PageOriginal;
}

/** A page of a source that we keep in mind: to ask cheaply whether it changed, to notice what vanished, to go on where a visit stopped. */
export interface KnownPage {
  /** Absolute, without session id; unique within the source. */
  url: string;
  /** Lists tell of other pages; content pages hold documents. */
  role: 'list' | 'content';
  /** External id of the thread or article that it belongs to; '' for lists. */
  thread: string;
  /** 1 is the first page of its list or thread; 0 an address that led to it. */
  number: number;
  /** Higher comes first: 2 new or changed, 1 revisit, 0 the past. */
  urgency: 0 | 1 | 2;
  /** When to look at it again; null: only when a list says that it changed. */
  dueAt: Date | null;
  /** The interval that led to `dueAt`: shorter after a change, longer after none. */
  everyMs: number;
  validators: Validators;
  /** SHA-256 of the text when last read; '' before. */
  bodyHash: string;
  /** External ids of the documents that stood on it when last read. */
  items: string[];
  /** What lists last said of it (last post, number of replies, time of change), by kind of list. */
  marks: Record<string, string>;
  /** What the list told of the document itself, for pages that do not. */
  hint: PageHint | null;
  /** Visits in a row that found it changed for the worse (gone, emptied): believed at the second. */
  doubts: number;
  /** How many times it was asked for. */
  looks: number;
  fetchedAt: Date | null;
}

export interface PageHint {
  /** External id of the document, when the list gives it one of its own. */
  id?: string;
  title?: string;
  author?: string;
  /** ISO 8601. */
  publishedAt?: string;
  /** Plain text as the feed had it. */
  text?: string;
}

/** The pages of one source that have been kept by earlier batches. */
export interface PageMemory {
  get(urls: readonly string[]): Promise<Map<string, KnownPage>>;
  /** First pages of lists. */
  lists(): Promise<KnownPage[]>;
  /** Those of one thread in the order of their numbers. */
  ofThread(thread: string): Promise<KnownPage[]>;
  /** Content and list pages whose time has come, the most urgent first. */
  due(now: Date, limit: number): Promise<KnownPage[]>;
  /** Content pages looked at since then or in doubt, and those that are in doubt: when most are, it is the site that is broken. */
  health(since: Date): Promise<{ looked: number; doubted: number }>;
}

/** What a crawler may do to the outside world, and the only way to do it. */
export interface CrawlContext {
  /**
   * Polite, guarded, conditional GET. null: not modified since `validators`.
   * Throws RefusedError (robots, private address), RetryLaterError (429, 5xx, time-out) and
   * PermanentError (404, 410, too large, redirect loop).
   */
  fetch(url: string, validators?: Validators): Promise<Page | null>;
  now(): Date;
  /** Runs a reader of `extract/readers.ts` in another thread, with a deadline. Without it they run in this one. */
  read?(name: string, args: readonly unknown[]): Promise<unknown>;
  signal: AbortSignal;
  pages: PageMemory;
  /** Whether it is time to look for news, as the source's schedule says; else only pages that are due are visited. */
  isPoll: boolean;
  /** A token by the name under which it is kept; it must not get into state, pages, documents or errors. */
  secret?(name: string): string | undefined;
}

/** Documents and the state that follows from having read them: both are stored in one transaction. */
export interface CrawlBatch<State = unknown> {
  documents: FoundDocument[];
  state: State;
  /** Pages to keep in mind, by their addresses. */
  pages?: KnownPage[];
  /** External ids of documents that are gone from their page. */
  deleted?: string[];
  /** How long the source asks not to be asked for news again. */
  restMs?: number;
  /** Something of the source that could not be read, while the rest could. */
  trouble?: Error;
  /** The page behind the batch, when it was new or had changed, with the links that stood on it, known ones included. */
  read?: { role: 'list' | 'content'; links: number };
  /** The WebSub hub that tells of the source's news, and the topic to ask it for. */
  hub?: { url: string; topic: string };
}

export interface CrawlSource<Settings = unknown> {
  url: string;
  settings: Settings;
  /** What the last batch left, or null on the first visit. */
  state: unknown;
}

/** One engine or platform. Stops at any batch and goes on from its state. */
export interface Crawler<Settings = unknown> {
  kind: string;
  settings: z.ZodType<Settings>;
  /** Does this page look like one of ours? 0 (no) to 1 (certain). */
  detect(page: Page): number;
  crawl(source: CrawlSource<Settings>, ctx: CrawlContext): AsyncIterable<CrawlBatch>;
}

/** `adjective`: full forms and full participles. `verb`: also gerunds, short adjectives and participles: what is said of something. `predicative`: «нет», «надо». */
export type PartOfSpeech =
  | 'noun'
  | 'adjective'
  | 'verb'
  | 'infinitive'
  | 'adverb'
  | 'predicative'
  | 'pronoun'
  | 'numeral'
  | 'preposition'
  | 'conjunction'
  | 'particle';

/** Russian and English word forms. Words are folded (see `lib/fold.ts`) before they come here. */
export interface Morphology {
  /** Every dictionary form that the word can be an inflection of; at least one, most likely first. */
  lemmas(word: string): readonly string[];
  /** The lemmas that somebody means who writes the word in a query: «банка» is the jar, though it is a form of «банк» too. */
  meant(word: string): readonly string[];
  /** Every form that the dictionary has for the word; empty when it does not know it. For showing. */
  forms(word: string): readonly string[];
  /**
   * What a Russian form can be, most likely first: by the dictionary, or by its ending where the dictionary does not have it.
   * Not remembered: whoever asks for many words keeps the answers.
   */
  readings(word: string): readonly WordReading[];
  /** Does the Russian dictionary have this form? */
  isKnown(word: string): boolean;
  /** Does the Russian dictionary know this form only as a firm, a trade mark or an abbreviation? */
  isFirm(word: string): boolean;
  /** Of the word's most likely reading; null when the Russian dictionary does not have this form. */
  partOfSpeech(word: string): PartOfSpeech | null;
  /**
   * Parts of words: every word that has this lemma contains one of them once it is folded and its hyphens are left out, though a letter
   * may be stretched. null when that cannot be said.
   */
  beginnings(lemma: string): readonly string[] | null;
}

/** One way to read a Russian word form. Words with ё where the dictionary has it. */
export interface WordReading {
  lemma: string;
  /** OpenCorpora's: «NOUN,anim,femn,Sgtm,Surn sing,gent». */
  tag: string;
  /** Has the dictionary the form, or is it read by its ending? */
  isKnown: boolean;
  /** Every form of the lexeme. */
  forms(): { word: string; tag: string }[];
}

/** What taggers read besides the document: dictionaries and word lists, loaded once. */
export interface TagResources {
  morphology: Morphology;
  /** Language → model of opinions. */
  classifiers: ReadonlyMap<string, Classifier>;
  /** Language → model of how a text sounds towards a target. */
  targetReaders: ReadonlyMap<string, TargetReader>;
  /** Of all models and settings together: another one when one of them changes. */
  modelsVersion: string;
  /** The same without what this installation has learned; absent where nothing was ever added. */
  shippedVersion?: string;
  /** Tones less likely than this are `unsure`; 0 … 1. */
  unsureBelow: number;
  /** From which probability on a complaint is of that level; null: where the model holds what it promises. */
  complaintFrom: { alert: number | null; review: number | null };
  complaint: SignList;
  kinds: SignList;
  /** Is the account the company's own? Absent: none is known to be. */
  isOfficial?(author: Pick<Author, 'site' | 'handle' | 'profileUrl'>): boolean;
}

/** Words and phrases (lemmas parted by a blank) that are signs of something. */
export interface SignList {
  /** Sign → what it is a sign of: the reason of a complaint, a kind of post. None for those that only speak for or against. */
  labels: ReadonlyMap<string, string>;
  /** Sign → weight, −3 to 3. */
  weights: ReadonlyMap<string, number>;
}

/** A tagger sees the text and the tags that earlier taggers in the registry made. */
export interface TaggedText {
  document: Pick<Document, 'title' | 'text' | 'kind' | 'declaredLanguage'>;
  tags: readonly Tag[];
  /** The topics found in it, with the places where they are named. */
  targets: readonly Target[];
  /** Written by the company itself. */
  isOfficial?: boolean;
}

export interface Target {
  /** Topic key. */
  key: string;
  spans: readonly Span[];
}

/** Pure: the same text and resources give the same tags. */
export interface Tagger {
  kind: string;
  /** Raised whenever its answers can change; those of a tagger that uses models also change with them (`tagVersion`). */
  version: string;
  usesModels?: true;
  /**
   * What `tag` asks about a text, and is remembered for its document: read of all documents that go together before the first of them is
   * tagged, one reading after another (decision 0045).
   */
  reads?: readonly ((text: TaggedText, resources: TagResources) => void)[];
  tag(text: TaggedText, resources: TagResources): Omit<Tag, 'version'>[];
}

export interface Receipt {
  /** The record's id in the other system, when it says one. */
  externalId: string | null;
  /** Where people open it there. */
  url?: string | null;
  /** Short and without secrets: shown in the delivery log. */
  summary: string;
}

/** Who is looked for: any of these. Numbers are ours, e-mails and phones normalised. */
export interface CustomerQuestion {
  externalId?: string;
  emails: readonly string[];
  phones: readonly string[];
}

export interface FoundCustomer {
  /** As pulled customers are numbered. */
  externalId: string;
  name: string | null;
  url: string | null;
}

/** Some of what a CRM knows, and where to go on. */
export interface PulledBatch {
  /** As the API of customers takes them (docs/customers.md), unchecked. */
  records: readonly Readonly<Record<string, unknown>>[];
  /** Plain JSON. After `done` it asks for what has changed since. */
  cursor: unknown;
  done: boolean;
}

export interface CrmNote {
  text: string;
  /** On the timeline of a case's record, by its id there, or of a customer, by his number. */
  on: { record: string } | { customer: string };
}

/** How a case's record stands in the CRM. */
export interface RecordStatus {
  status: (typeof CASE_STATUSES)[number];
  /** As the CRM names it. */
  detail: string;
}

/** Whose account the credentials open. */
export interface CrmAccount {
  account: string;
  user: string | null;
}

/** What a CRM is made of, for whoever writes the settings. */
export interface CrmShape {
  pipelines: { id: string; name: string; stages: { id: string; name: string }[] }[];
  /** Of the record that a case becomes. */
  fields: { id: string; name: string; type: string }[];
  owners: { id: string; name: string }[];
}

/** A request as it leaves, secrets masked. */
export interface CrmRequest {
  effect: 'read' | 'write';
  method: string;
  path: string;
  body: unknown;
}

/** The case that was opened before: the key under which, and the record's id when the CRM told it. */
export interface OpenedCase {
  key: string;
  externalId: string | null;
}

/** Something that happened, for whoever listens. */
export interface Tidings {
  /** `mention.alerted` */
  type: string;
  at: Date;
  data: unknown;
}

/**
 * A connected CRM. Every call is safe to repeat under the same key. Throws the errors of `Http`, and PermanentError `credentials`
 * when the CRM does not let us in: nothing helps until a person has mended that.
 */
export interface Crm {
  openCase(payload: CasePayload, key: string): Promise<Receipt>;
  /** Its author has added a post, or it was opened again: the payload is the case as it is now and the new post. */
  updateCase(payload: CasePayload, key: string, at: Date, opened?: OpenedCase | undefined): Promise<Receipt>;
  /** A case of before was the wrong customer's, or is part of another one. */
  withdrawCase(
    payload: WithdrawalPayload,
    key: string,
    at: Date,
    opened?: OpenedCase | undefined,
  ): Promise<Receipt>;
  /** Removes from what the connector keeps on this machine all that names these customers, by their numbers, or these cases. Absent where it keeps nothing. */
  forget?(erased: { externalIds: readonly string[]; cases: readonly number[] }): Promise<void>;
  /** Absent where only cases are taken. */
  tell?(tidings: Tidings, key: string): Promise<Receipt>;
  findCustomer?(question: CustomerQuestion): Promise<FoundCustomer[]>;
  /** From where `cursor` stands (null: the beginning) to the end of what there is now. Never two at once with one cursor. */
  pullCustomers?(cursor: unknown, signal?: AbortSignal): AsyncIterable<PulledBatch>;
  /** Of customers that were pulled before. */
  pullPurchases?(cursor: unknown, signal?: AbortSignal): AsyncIterable<PulledBatch>;
  addNote?(note: CrmNote, key: string): Promise<Receipt>;
  /** null: there is no such record any more. */
  readStatus?(externalId: string): Promise<RecordStatus | null>;
  /** At most 50 at once, in as few requests as the CRM lets us; those that are gone are not in the answer. */
  readStatuses?(externalIds: readonly string[]): Promise<ReadonlyMap<string, RecordStatus>>;
  check?(): Promise<CrmAccount>;
  discover?(): Promise<CrmShape>;
  /** What `openCase` would send: what only reads is really asked, what writes is not. */
  preview?(payload: CasePayload): Promise<CrmRequest[]>;
  /** The one request by which this would leave now, secrets and all: for `maskDraft` (act/exchanges.ts) alone. */
  draft?(tidings: Tidings, key: string): HttpDraft;
}

export type HttpDraft = Pick<HttpRequest, 'url'> &
  Required<Pick<HttpRequest, 'method' | 'headers'>> & { body: string };

export interface CrmEdges {
  http: Http;
  clock: Clock;
  /** For connectors that write files: the folder they may write in. */
  folder: string;
}

export interface CrmConnector<Settings = unknown> {
  kind: string;
  settings: z.ZodType<Settings>;
  connect(settings: Settings, edges: CrmEdges): Crm;
}

export interface Mail {
  /** Stable for the same delivery: `<id@host>`. */
  messageId: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Extra headers; values are checked for line breaks. */
  headers: Record<string, string>;
}

export interface Mailer {
  /**
   * Connects and logs in, calls `beforeData` (after which the message may have left), then sends.
   * Throws RetryLaterError (no server, 4xx) or PermanentError (5xx, bad address).
   */
  send(mail: Mail, beforeData: () => Promise<void>): Promise<{ response: string }>;
}

/** A chat that takes messages. Throws the errors of `Http`, and one with the code `chat-in-doubt` when nobody knows whether it arrived. */
export interface Chat {
  language: Language;
  /** `beforeSend`: from then on it may have arrived. `externalId`: by which it can be edited, where the chat can do that. */
  send(words: AlertWords, beforeSend: () => Promise<void>): Promise<Receipt>;
  /** Safe to repeat. Absent where messages stay as they are. */
  edit?(externalId: string, words: AlertWords): Promise<Receipt>;
}

export interface ChatEdges {
  http: Http;
  clock: Clock;
  /** The configuration's secrets, by name. */
  secret(name: string): string | undefined;
}

export interface ChatConnector<Settings = unknown> {
  kind: string;
  settings: z.ZodType<Settings>;
  /** Names of secrets that the settings ask for. */
  secrets(settings: Settings): string[];
  connect(settings: Settings, language: Language, edges: ChatEdges): Chat;
}

/** By what a login that is under way is known when the browser comes back. Nobody but this browser and we may have it. */
export interface LoginProof {
  state: string;
  nonce: string;
  /** Of PKCE, RFC 7636. */
  verifier: string;
}

/** Who somebody is, as the company's login server says. */
export interface LoginIdentity {
  issuer: string;
  /** Never given to anybody else by this issuer. */
  subject: string;
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
}

/** The company's own login server, spoken to by OpenID Connect. Both throw RetryLaterError, PermanentError or RefusedError. */
export interface LoginServer {
  /** Where the browser is sent, and by what it is known when it comes back. */
  begin(): Promise<{ url: string; proof: LoginProof }>;
  /** `answer`: the query with which the browser came back, without `?`. */
  finish(answer: string, proof: LoginProof): Promise<LoginIdentity>;
}
