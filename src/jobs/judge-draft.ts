import { cached } from '../lib/cache.ts';
import { canonicalUrl } from '../lib/canonical-url.ts';
import { pause } from '../lib/pause.ts';
import type { RatingConflict, RatingReport, RatingTally } from '../model/back-test.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Morphology } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import type { ExampleText, TopicRating } from '../model/topic.ts';
import type { TopicContext } from '../query/context/check.ts';
import { loadContextModel } from '../query/context/model.ts';
import { type ContextPrecision, measureContextCheck } from '../query/context/precision.ts';
import type { QueryableDocument } from '../query/document.ts';
import type { Draft, DraftReport, MissAnswer } from '../query/draft.ts';
import { evaluate } from '../query/evaluate.ts';
import { createTrial } from '../query/trial.ts';
import { type Reason, whyNot } from '../query/why-not.ts';
import { findAtAddress, type StoredFacts, type StoredText, textsOf } from '../store/stored-texts.ts';
import { listExamples } from '../store/topic-examples.ts';
import { listRatings } from '../store/topic-ratings.ts';
import { language } from '../understand/taggers/language.ts';
import { passes, readContext, whyRefused } from './context-check.ts';
import type { JobDeps } from './deps.ts';
import { storedFacts } from './document-facts.ts';
import { readDraft } from './read-draft.ts';
import { exampleDocument, type Judge, judgeExamples } from './topic-examples.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'resources'>;

/** How the context check does on what a brand was taught with. */
export type Measure = (context: TopicContext) => ContextPrecision;

/** It costs a fifth of a second, and a draft is looked at with each pause in typing: what was measured is remembered. */
export function createMeasure(morphology: Morphology): Measure {
  const model = loadContextModel(morphology);
  const measure = cached((key) => measureContextCheck(model, JSON.parse(key) as TopicContext), MEASURED_KEPT);
  return (context) => measure(JSON.stringify(context));
}
type Row = StoredText & StoredFacts;

/** What a person said is looked at again each time the query changes: the newest of it. */
const RATINGS_AT_MOST = 1_000;
const BATCH = 200;
const CONFLICTS_AT_MOST = 50;
const SHOWN_TEXT = 2_000;
const MEASURED_KEPT = 20;

/** Holds a draft against the examples of its topic and against what people said of documents; null when it cannot be read or is not saved. */
export async function judgeDraft(
  deps: Deps & { measure: Measure },
  draft: Draft,
): Promise<DraftReport | null> {
  const read = await readDraft(deps, draft);
  if ('issues' in read || !read.topic) return null;
  const { topic, judge, saved, taught } = read;
  const { morphology } = deps.resources;
  const examples = await listExamples(deps.db, topic.id);
  const ratings = await listRatings(deps.db, topic.id, RATINGS_AT_MOST);
  const context = readContext({ ...draft, query: judge.query }, taught, morphology);
  return {
    examples: judgeExamples(judge, examples, deps.resources, deps.clock.now()),
    ratings: await judgeRatings(deps, ratings, judge, saved),
    context: deps.measure(context),
  };
}

async function judgeRatings(
  { db, resources }: Deps,
  ratings: readonly TopicRating[],
  judge: Judge,
  saved: Judge | null,
): Promise<RatingReport> {
  const judges = saved ? [judge, saved] : [judge];
  const trial = createTrial(
    judges.map(({ query }) => query),
    resources.morphology,
  );
  const tallies = judges.map((): RatingTally => ({ ours: 0, notOurs: 0 }));
  const conflicts: RatingConflict[] = [];
  const of = new Map(ratings.map((rating) => [rating.documentId, rating]));
  for (let from = 0; from < ratings.length; from += BATCH) {
    const ids = ratings.slice(from, from + BATCH).map(({ documentId }) => documentId);
    for (const row of await textsOf(db, ids, language.version)) {
      const rating = of.get(row.id);
      if (!rating || rating.verdict === 'skipped') continue;
      const isOurs = rating.verdict === 'ours';
      trial.read(toQueryable(row, resources));
      const finds = judges.map(
        ({ check }, at) => trial.holds(at) && passes(check, row, check ? trial.spans(at) : []),
      );
      for (const [at, tally] of tallies.entries()) if (finds[at]) count(tally, isOurs);
      if (finds[0] !== isOurs && conflicts.length < CONFLICTS_AT_MOST)
        conflicts.push(conflictOf(row, rating));
    }
    await pause();
  }
  const [draft = { ours: 0, notOurs: 0 }, before = null] = tallies;
  return { draft, saved: before, conflicts };
}

function conflictOf({ id, title, text }: Row, { verdict, ratedBy }: TopicRating): RatingConflict {
  return {
    id,
    title,
    text: text.slice(0, SHOWN_TEXT).toWellFormed(),
    verdict: verdict === 'ours' ? 'ours' : 'not_ours',
    ratedBy,
  };
}

function count(tally: RatingTally, isOurs: boolean): void {
  if (isOurs) tally.ours += 1;
  else tally.notOurs += 1;
}

function toQueryable(row: Row, resources: Deps['resources']): QueryableDocument {
  const { title, text, handle, authorName } = row;
  return { title, text, authorHandle: handle, authorName, facts: storedFacts(row, resources) };
}

/** A stored document as an example; null when there is none. */
export async function exampleOfDocument(
  { db }: Pick<JobDeps, 'db'>,
  id: DocumentId,
  mustMatch: boolean,
): Promise<ExampleText | null> {
  const [row] = await textsOf(db, [id], language.version);
  if (!row) return null;
  const { url, title, text, handle, authorName } = row;
  return { mustMatch, url, title, author: handle ?? authorName, text, note: '' };
}

/** Why a draft does not find a text that somebody pasted, or the stored document of an address. null when the draft cannot be read. */
export async function explainMiss(deps: Deps, draft: Draft, missed: string): Promise<MissAnswer | null> {
  const read = await readDraft(deps, draft);
  if ('issues' in read) return null;
  const address = addressIn(missed);
  const row = address === null ? null : await findDocument(deps, address);
  if (address !== null && !row) return { found: 'nothing', address };
  const document = row ? toQueryable(row, deps.resources) : pasted(deps, missed);
  const now = judgeText(deps, read.judge, document);
  return {
    found: row ? 'document' : 'text',
    address,
    id: row?.id ?? null,
    title: document.title ?? null,
    text: document.text,
    ...now,
    savedMatches: read.saved && judgeText(deps, read.saved, document).matched,
  };
}

function judgeText(
  { resources: { morphology } }: Deps,
  { query, name, check }: Judge,
  document: QueryableDocument,
): { matched: boolean; spans: Span[]; reasons: Reason[] } {
  const verdict = evaluate(query, document, morphology);
  if (!verdict.matched) return { matched: false, spans: [], reasons: whyNot(query, document, morphology) };
  const context = check?.(document, verdict.spans);
  return context?.isMeant === false
    ? { matched: false, spans: verdict.spans, reasons: [whyRefused(name, context)] }
    : { matched: true, spans: verdict.spans, reasons: [] };
}

function pasted({ resources, clock }: Deps, text: string): QueryableDocument {
  const example = { mustMatch: true, url: null, title: null, author: null, text, note: '' };
  return exampleDocument(example, resources, clock.now());
}

/** The address that somebody pasted instead of a text; null when it is a text. */
function addressIn(missed: string): string | null {
  const only = missed.trim();
  return /^https?:\/\/\S+$/i.test(only) && URL.canParse(only) ? only : null;
}

async function findDocument({ db }: Deps, address: string): Promise<Row | null> {
  const id = await findAtAddress(db, spellingsOf(address));
  const [row] = id === null ? [] : await textsOf(db, [id], language.version);
  return row ?? null;
}

/** As the address may stand in the store: with and without www and a slash at its end, by http and https. */
function spellingsOf(address: string): string[] {
  const bare = canonicalUrl(address).replace(/^https?:\/\/(?:www\.)?/i, '');
  const paths = bare.endsWith('/') ? [bare, bare.slice(0, -1)] : [bare, `${bare}/`];
  const starts = ['https://', 'https://www.', 'http://', 'http://www.'];
  return [address, ...starts.flatMap((start) => paths.map((path) => start + path))];
}
