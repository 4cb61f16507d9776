import type { Document } from '../../model/document.ts';
import type { DocumentId, StoryId } from '../../model/ids.ts';
import type { Database, Db } from '../../store/db.ts';
import {
  type Carrier,
  type Comparable,
  countStoryTexts,
  findCarriers,
  lockStories,
  makeStories,
  readStoryTexts,
  removeCarriers,
  renewStoryTexts,
  saveCarriers,
  saveStoryTexts,
} from '../../store/stories.ts';
import {
  chooseStory,
  type Match,
  MOST_CANDIDATES,
  type Representative,
} from '../../understand/stories/choose.ts';
import { type ReadText, readText, readWords } from '../../understand/stories/story-text.ts';
import { comparedText } from './compared-text.ts';
import { giveTexts } from './mend.ts';
import { STORY_WINDOW_MS, storyIndexOf } from './story-index.ts';

export type Joining = Pick<Document, 'id' | 'revision' | 'title' | 'text' | 'publishedAt' | 'foundAt'>;

/** A text in memory is renewed when it is older than this, so that a story that goes on is found. */
const RENEWED_AFTER_MS = 10 * 24 * 3_600_000;
/** A story is known by its first text and the fuller ones. */
const MOST_TEXTS = 4;

interface Aged extends Representative {
  madeAt: Date;
}

/** A document that is to be put into a story. */
interface Entry {
  document: Joining;
  read: ReadText;
  match: Match<Aged> | null;
  /** null until the story is made. */
  storyId: StoryId | null;
  /** Its story is known by it. */
  isText: boolean;
}

/** Before the transaction: what other processes and earlier runs have found. */
export async function prepareStories(db: Database, now: Date): Promise<void> {
  await storyIndexOf(db).catchUp(db, now);
}

/**
 * Puts documents into the stories that they carry; those that resemble nothing begin one. A document that was edited is put where it
 * now belongs. `tx` is a transaction on `db`; it holds the stories' lock until it ends. Texts too short to tell carry none.
 */
export async function joinStories(
  db: Database,
  tx: Db,
  documents: readonly Joining[],
  now: Date,
): Promise<void> {
  await lockStories(tx);
  const changed = await leaveStories(tx, documents, now);
  const entries = changed.flatMap((document) => {
    const read = readText(comparedText(document));
    return read ? [{ document, read, match: null, storyId: null, isText: true } satisfies Entry] : [];
  });
  if (entries.length === 0) return;
  const index = storyIndexOf(db);
  await index.catchUp(tx, now);
  const known = await loadCandidates(db, tx, entries, now);
  await chooseAll(db, tx, entries, known, now);
  await saveEntries(db, tx, entries, now);
}

/** Of the documents those that are new or have changed; out of the stories that they were in. */
async function leaveStories(tx: Db, documents: readonly Joining[], now: Date): Promise<Joining[]> {
  const carriers = await findCarriers(
    tx,
    documents.map(({ id }) => id),
  );
  const compared = new Map(carriers.map(({ documentId, revision }) => [documentId, revision]));
  const changed = documents.filter(({ id, revision }) => compared.get(id) !== revision);
  const edited = changed.filter(({ id }) => compared.has(id)).map(({ id }) => id);
  if (edited.length > 0) await giveTexts(tx, await removeCarriers(tx, edited), now);
  return changed;
}

type Known = Map<number, Aged>;

function toRepresentative({ id, storyId, title, text, madeAt }: Comparable): Aged {
  return { id, storyId, madeAt, ...readWords(comparedText({ title, text })) };
}

/** All at once: a question costs more than what it asks for. */
async function loadCandidates(db: Database, tx: Db, entries: readonly Entry[], now: Date): Promise<Known> {
  const { fingerprints } = storyIndexOf(db);
  const ids = new Set(entries.flatMap(({ read }) => fingerprints.find(read.probes, MOST_CANDIDATES)));
  for (const { document } of entries) ids.delete(document.id);
  if (ids.size === 0) return new Map();
  const since = new Date(now.getTime() - STORY_WINDOW_MS);
  const texts = await readStoryTexts(tx, [...ids], since);
  return new Map(texts.map((text) => [text.id as number, toRepresentative(text)]));
}

/** In the order in which they come; each may be a copy of one before it. Stories that are yet to be made have negative numbers. */
async function chooseAll(db: Database, tx: Db, entries: Entry[], known: Known, now: Date): Promise<void> {
  const { fingerprints } = storyIndexOf(db);
  const texts = await countStoryTexts(tx, [
    ...new Set([...known.values()].map(({ storyId }) => storyId as StoryId)),
  ]);
  for (const [at, entry] of entries.entries()) {
    const { document, read } = entry;
    const candidates = fingerprints
      .find(read.probes, MOST_CANDIDATES)
      .flatMap((id) => (id === document.id ? [] : (known.get(id) ?? [])));
    entry.match = chooseStory(read, candidates);
    const storyId = (entry.match?.representative.storyId ?? -1 - at) as StoryId;
    const count = texts.get(storyId) ?? 0;
    entry.storyId = storyId;
    entry.isText = !entry.match || (entry.match.likeness.isFuller && count < MOST_TEXTS);
    if (!entry.isText) continue;
    texts.set(storyId, count + 1);
    known.set(document.id, { ...read, id: document.id, storyId, madeAt: now });
    fingerprints.add(document.id, now.getTime(), read.fingerprints);
  }
}

async function saveEntries(db: Database, tx: Db, entries: Entry[], now: Date): Promise<void> {
  const fresh = [...new Set(entries.map(({ storyId }) => storyId).filter((id) => id !== null && id < 0))];
  const made = await makeStories(tx, fresh.length, now);
  const numbers = new Map(fresh.map((id, at) => [id, made[at] as StoryId]));
  const placed = entries.map((entry) => {
    const storyId = entry.storyId as StoryId;
    return { ...entry, storyId: numbers.get(storyId) ?? storyId };
  });
  await saveCarriers(tx, placed.map(toCarrier), now);
  const texts = placed
    .filter(({ isText }) => isText)
    .map(({ document, storyId, read }) => ({
      documentId: document.id,
      storyId,
      fingerprints: read.fingerprints,
    }));
  storyIndexOf(db).skipTo(await saveStoryTexts(tx, texts, now));
  await renewStoryTexts(tx, agedTexts(entries, now), now);
}

function toCarrier({ document, storyId, match }: Entry & { storyId: StoryId }): Carrier {
  const { relation = 'first', ofFirst = 1, ofOther = 1 } = match?.likeness ?? {};
  const { id, revision, publishedAt, foundAt } = document;
  return {
    documentId: id,
    storyId,
    revision,
    saidAt: publishedAt ?? foundAt,
    relation,
    ofStory: ofFirst,
    ofOwn: ofOther,
  };
}

/** Texts that were matched now, and would soon be forgotten. */
function agedTexts(entries: readonly Entry[], now: Date): DocumentId[] {
  const before = now.getTime() - RENEWED_AFTER_MS;
  const matched = entries.flatMap(({ match }) => match?.representative ?? []);
  const aged = matched.filter(({ madeAt }) => madeAt.getTime() < before).map(({ id }) => id as DocumentId);
  return [...new Set(aged)];
}
