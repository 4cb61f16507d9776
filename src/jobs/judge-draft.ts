import { canonicalUrl } from '../lib/canonical-url.ts';
import type { RatingConflict, RatingReport, RatingTally } from '../model/back-test.ts';
import type { DocumentId } from '../model/ids.ts';
import type { ExampleText, Topic, TopicRating } from '../model/topic.ts';
import type { Query } from '../query/ast.ts';
import type { QueryableDocument } from '../query/document.ts';
import type { Draft, DraftReport, MissAnswer } from '../query/draft.ts';
import { evaluate } from '../query/evaluate.ts';
import { readTopicQuery } from '../query/saved.ts';
import { createTrial } from '../query/trial.ts';
import { whyNot } from '../query/why-not.ts';
import { findAtAddress, type StoredFacts, type StoredText, textsOf } from '../store/stored-texts.ts';
import { listExamples } from '../store/topic-examples.ts';
import { listRatings } from '../store/topic-ratings.ts';
import { listTopics } from '../store/topics.ts';
import { language } from '../understand/taggers/language.ts';
import type { JobDeps } from './deps.ts';
import { storedFacts } from './document-facts.ts';
import { exampleDocument, judgeExamples } from './topic-examples.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'resources'>;
type Row = StoredText & StoredFacts;

/** What a person said is looked at again each time the query changes: the newest of it. */
const RATINGS_AT_MOST = 1_000;
const BATCH = 200;
const CONFLICTS_AT_MOST = 50;
const SHOWN_TEXT = 2_000;

/** Holds a draft against the examples of its topic and against what people said of documents; null when it cannot be read or is not saved. */
export async function judgeDraft(deps: Deps, draft: Draft): Promise<DraftReport | null> {
  const { topic, query, saved } = await readDraft(deps, draft);
  if (!topic || !query) return null;
  const examples = await listExamples(deps.db, topic.id);
  const ratings = await listRatings(deps.db, topic.id, RATINGS_AT_MOST);
  return {
    examples: judgeExamples(query, examples, deps.resources, deps.clock.now()),
    ratings: await judgeRatings(deps, ratings, query, saved),
  };
}

async function readDraft(
  { db }: Pick<JobDeps, 'db'>,
  draft: Draft,
): Promise<{ topic: Topic | undefined; query: Query | null; saved: Query | null }> {
  const topics = await listTopics(db);
  const topic = topics.find(({ key }) => key === draft.topic);
  const read = (text: string): Query | null => {
    const answer = readTopicQuery(text, topics, draft.topic ?? '');
    return 'query' in answer ? answer.query : null;
  };
  return { topic, query: read(draft.query), saved: topic ? read(topic.query) : null };
}

async function judgeRatings(
  { db, resources }: Deps,
  ratings: readonly TopicRating[],
  query: Query,
  saved: Query | null,
): Promise<RatingReport> {
  const trial = createTrial(saved ? [query, saved] : [query], resources.morphology);
  const draft: RatingTally = { ours: 0, notOurs: 0 };
  const before: RatingTally = { ours: 0, notOurs: 0 };
  const conflicts: RatingConflict[] = [];
  const of = new Map(ratings.map((rating) => [rating.documentId, rating]));
  for (let from = 0; from < ratings.length; from += BATCH) {
    const ids = ratings.slice(from, from + BATCH).map(({ documentId }) => documentId);
    for (const row of await textsOf(db, ids, language.version)) {
      const rating = of.get(row.id);
      if (!rating || rating.verdict === 'skipped') continue;
      const isOurs = rating.verdict === 'ours';
      trial.read(toQueryable(row, resources));
      const finds = trial.holds(0);
      if (finds) count(draft, isOurs);
      if (saved && trial.holds(1)) count(before, isOurs);
      if (finds !== isOurs && conflicts.length < CONFLICTS_AT_MOST)
        conflicts.push({
          id: row.id,
          title: row.title,
          text: row.text.slice(0, SHOWN_TEXT).toWellFormed(),
          verdict: rating.verdict,
          ratedBy: rating.ratedBy,
        });
    }
    await new Promise((done) => setImmediate(done));
  }
  return { draft, saved: saved ? before : null, conflicts };
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
  const { query, saved } = await readDraft(deps, draft);
  if (!query) return null;
  const { morphology } = deps.resources;
  const address = addressIn(missed);
  const row = address === null ? null : await findDocument(deps, address);
  if (address !== null && !row) return { found: 'nothing', address };
  const document = row ? toQueryable(row, deps.resources) : pasted(deps, missed);
  const verdict = evaluate(query, document, morphology);
  return {
    found: row ? 'document' : 'text',
    address,
    id: row?.id ?? null,
    title: document.title ?? null,
    text: document.text,
    matched: verdict.matched,
    spans: verdict.matched ? verdict.spans : [],
    reasons: verdict.matched ? [] : whyNot(query, document, morphology),
    savedMatches: saved && evaluate(saved, document, morphology).matched,
  };
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
