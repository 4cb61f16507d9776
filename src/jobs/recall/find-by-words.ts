import { bareLetters } from '../../lib/bare-letters.ts';
import { foldText } from '../../lib/fold.ts';
import { foldedPattern } from '../../lib/fold-pattern.ts';
import { pause } from '../../lib/pause.ts';
import type { Document } from '../../model/document.ts';
import type { DocumentId } from '../../model/ids.ts';
import type { Database } from '../../store/db.ts';
import { findByPatterns, type WordsWish } from '../../store/document-words.ts';
import { getDocuments, newestDocument } from '../../store/documents.ts';
import { carriersOf, findCarriers } from '../../store/stories.ts';
import { MOST_CANDIDATES } from '../../understand/stories/choose.ts';
import { judgeLikeness } from '../../understand/stories/judge.ts';
import { readText, readWords } from '../../understand/stories/story-text.ts';
import { comparedText } from '../stories/compared-text.ts';
import { storyIndexOf } from '../stories/story-index.ts';

/** The words of a text that tell most: the longest of its first ones. */
const FIRST_WORDS = 12;
const TELLING_WORDS = 4;
const SHORTEST = 3;
/** Letters that must stand together. */
const MOST_LETTERS = 200;
const MOST_HITS = 20;
/** Of a stored text, to look for words in. */
const LOOKED_AT = 50_000;
/** Documents read at a time, and the bounds of the whole. */
const PAGE = 5000;
const MOST_DOCUMENTS = 100_000;
const WITHIN_MS = 2000;

/** What is looked for of a text in others; '' when it has no letters. */
export function soughtLetters(text: string | null): string {
  return bareLetters(text ?? '').slice(0, MOST_LETTERS);
}

export function holdsLetters({ title, text, fullText }: Document, letters: string): boolean {
  const parts = [title ?? '', text, fullText ?? ''];
  return bareLetters(parts.map((part) => part.slice(0, LOOKED_AT)).join(' ')).includes(letters);
}

function tellingPatterns(text: string): string[] {
  const words = (foldText(text).text.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, FIRST_WORDS);
  const telling = [...new Set(words)].filter((word) => word.length >= SHORTEST);
  telling.sort((a, b) => b.length - a.length);
  return telling.slice(0, TELLING_WORDS).map((word) => foldedPattern([word]));
}

/**
 * Documents in which the words stand in this order, the newest first: the newest hundred thousand are read, for two seconds at
 * most.
 */
export async function findWords(
  db: Database,
  text: string,
  wish: Omit<WordsWish, 'patterns'>,
): Promise<Document[]> {
  const patterns = tellingPatterns(text);
  const letters = soughtLetters(text);
  if (patterns.length === 0) return [];
  const newest = await newestDocument(db);
  const until = performance.now() + WITHIN_MS;
  for (let upTo: number = newest; upTo > Math.max(0, newest - MOST_DOCUMENTS); upTo -= PAGE) {
    const ids = await findByPatterns(db, { ...wish, patterns }, { above: upTo - PAGE, upTo }, MOST_HITS);
    const found = (await getDocuments(db, ids)).filter((one) => holdsLetters(one, letters));
    if (found.length > 0) return found.reverse();
    if (performance.now() > until) return [];
    // The embedded database answers in this thread: others get their turn between pages.
    await pause();
  }
  return [];
}

/** Documents that say nearly the same, the most alike first; none of a text too short to tell copies from chance. */
export async function findAlike(db: Database, text: string, now: Date): Promise<Document[]> {
  const sought = readText(text);
  if (!sought) return [];
  const index = storyIndexOf(db);
  await index.catchUp(db, now);
  const ids = index.fingerprints.find(sought.probes, MOST_CANDIDATES) as DocumentId[];
  const stories = (await findCarriers(db, ids)).map(({ storyId }) => storyId);
  const documents = await getDocuments(db, await carriersOf(db, stories, MOST_HITS));
  return documents
    .flatMap((document) => {
      const likeness = judgeLikeness(sought, readWords(comparedText(document)));
      return likeness && likeness.relation !== 'quotation' ? [{ document, likeness }] : [];
    })
    .sort((a, b) => b.likeness.ofFirst - a.likeness.ofFirst)
    .map(({ document }) => document);
}
