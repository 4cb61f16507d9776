import { alignWords } from '../../lib/align-words.ts';
import type { Relation } from '../../model/story.ts';
import { type Block, blocksOf, type StoryText } from './blocks.ts';
import { saysEnough } from './says-enough.ts';

export interface Likeness {
  relation: Relation;
  /** Share of the first text's words that the other has, and of the other's that the first has; 0…1. */
  ofFirst: number;
  ofOther: number;
  /** The other is the whole of which the first is a piece: other pieces are to be found by it. */
  isFuller: boolean;
}

/** Shorter texts are compared word for word. */
const SHORT = 12;
/** So many words of a beginning are enough. */
const LEAST_BEGINNING = 8;
const SHORT_SHARE = 0.75;
/** Shorter texts must say enough to be no coincidence. */
const CHATTY = 20;
/** What is shorter still tells no story. */
export const FEWEST = 6;
/** Of texts shorter than this little may have been changed. */
const MIDDLING = 24;

interface Limits {
  /** Of the shorter text's words, at least so many are in the other. */
  share: number;
  /** Of the shared words, at most so many were exchanged. */
  swaps: number;
  /** Words at the ends that were replaced by others: a cut end, and the aggregator's tail. */
  replaced: number;
}

const LIMITS: Record<'middling' | 'long', Limits> = {
  middling: { share: 0.55, swaps: 0.12, replaced: 5 },
  long: { share: 0.6, swaps: 0.2, replaced: 6 },
};
/** Or this part of the shorter text. */
const REPLACED_SHARE = 0.25;
/** One slot is allowed for so many shared words: news that were brought up to date, not a form filled in again. */
const WORDS_PER_SLOT = 80;
/** So many words in a row are no coincidence. */
const PASSAGE = 20;
const PASSAGE_DENSITY = 0.9;
/** Passages of so many words count beside the largest. */
const LEAST_BLOCK = 6;
const MOSTLY = 0.8;
const FULLER = 1.3;

/** null: two different stories. The order matters for the words alone. */
export function judgeLikeness(first: StoryText, other: StoryText): Likeness | null {
  const [a, b] = [first.words.count, other.words.count];
  const shorter = Math.min(a, b);
  if (shorter < FEWEST) return null;
  const runs = alignWords(first.words.hashes, other.words.hashes);
  const blocks = blocksOf(first, other, runs).filter(
    ({ matched, swaps, slots }) => matched >= LEAST_BLOCK && matched >= 2 * (swaps + slots),
  );
  if (shorter < CHATTY && !isTelling(first, other, blocks)) return null;
  if (shorter < SHORT) return isWhole(blocks, shorter) ? likeness(blocks, a, b) : null;
  if (isSameText(blocks, a, b)) return likeness(blocks, a, b);
  return blocks.some((block) => isPassage(block, a, b))
    ? { ...likeness(blocks, a, b), relation: 'quotation', isFuller: false }
    : null;
}

/** Is it no coincidence that two short texts are alike? The copy may have lost its capitals. */
function isTelling(first: StoryText, other: StoryText, blocks: readonly Block[]): boolean {
  const short = [first, other].filter(({ words }) => words.count < CHATTY);
  return short.some(saysEnough) || isBeginning(first, other, blocks) || isBeginning(other, first, blocks);
}

/** What was cut off, and begins as the longer text does, was taken from it. */
function isBeginning(
  { words: cut }: StoryText,
  { words: whole }: StoryText,
  blocks: readonly Block[],
): boolean {
  const [block] = blocks;
  return (
    cut.isCut &&
    cut.count < whole.count &&
    block?.aFrom === 0 &&
    block.bFrom === 0 &&
    block.matched >= Math.max(LEAST_BEGINNING, cut.count)
  );
}

/** Of a short text nearly all, word for word, with nothing in between: a word or two before it or after it may be others'. */
function isWhole(blocks: readonly Block[], count: number): boolean {
  const least = Math.max(FEWEST, SHORT_SHARE * count);
  return blocks.some(
    ({ matched, aFrom, aTo, bFrom, bTo }) =>
      matched >= least && matched === aTo - aFrom && matched === bTo - bFrom,
  );
}

function sum(blocks: readonly Block[], what: 'matched' | 'slots' | 'swaps'): number {
  let all = 0;
  for (const block of blocks) all += block[what];
  return all;
}

function isSameText(blocks: readonly Block[], a: number, b: number): boolean {
  const shorter = Math.min(a, b);
  const limits = shorter < MIDDLING ? LIMITS.middling : LIMITS.long;
  const matched = sum(blocks, 'matched');
  const slots = sum(blocks, 'slots') + slotsBetween(blocks);
  return (
    matched >= limits.share * shorter &&
    slots <= Math.floor(matched / WORDS_PER_SLOT) &&
    sum(blocks, 'swaps') <= Math.max(1, limits.swaps * matched) &&
    replacedAtEnds(blocks, a, b) <= Math.max(limits.replaced, REPLACED_SHARE * shorter)
  );
}

/** Other words in the midst of the same ones: one for every sentence or so. */
function slotsBetween(blocks: readonly Block[]): number {
  let slots = 0;
  for (let at = 1; at < blocks.length; at += 1) {
    const [before, after] = [blocks[at - 1] as Block, blocks[at] as Block];
    const replaced = Math.min(after.aFrom - before.aTo, after.bFrom - before.bTo);
    if (replaced > 0) slots += 1 + Math.floor(replaced / 10);
  }
  return slots;
}

function replacedAtEnds(blocks: readonly Block[], a: number, b: number): number {
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (!first || !last) return Math.min(a, b);
  return Math.min(first.aFrom, first.bFrom) + Math.min(a - last.aTo, b - last.bTo);
}

/** A passage that others wrote; what both texts end with is rather a footer that the site puts below everything. */
function isPassage({ matched, slots, swaps, aFrom, aTo, bFrom, bTo }: Block, a: number, b: number): boolean {
  const span = Math.max(aTo - aFrom, bTo - bFrom);
  const isFooter = a - aTo < LEAST_BLOCK && b - bTo < LEAST_BLOCK;
  return (
    matched >= PASSAGE &&
    matched >= PASSAGE_DENSITY * span &&
    slots <= Math.floor(matched / WORDS_PER_SLOT) &&
    swaps <= matched / PASSAGE &&
    !isFooter
  );
}

function likeness(blocks: readonly Block[], a: number, b: number): Likeness {
  const matched = sum(blocks, 'matched');
  const [ofFirst, ofOther] = [matched / a, matched / b];
  const relation = relationOf(ofFirst, ofOther);
  return { relation, ofFirst, ofOther, isFuller: relation === 'extended' && isFuller(blocks, a, b) };
}

/** Whoever passes on a piece takes the beginning of the text, or most of it; a comment on a quotation is no fuller text. */
function isFuller(blocks: readonly Block[], a: number, b: number): boolean {
  const matched = sum(blocks, 'matched');
  const beginsAlike = (blocks[0]?.bFrom ?? b) <= SHORT;
  return matched >= MOSTLY * a && b >= FULLER * a && (beginsAlike || matched * 2 >= b);
}

function relationOf(ofFirst: number, ofOther: number): Relation {
  if (ofFirst >= MOSTLY && ofOther >= MOSTLY) return 'copy';
  if (ofFirst < MOSTLY && ofOther < MOSTLY) return ofOther >= ofFirst ? 'excerpt' : 'extended';
  return ofOther >= MOSTLY ? 'excerpt' : 'extended';
}
