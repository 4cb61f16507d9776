import { FEATURES, factsAt, JOINT, writeJoint } from './features.ts';
import { LABELS, type SequenceWeights } from './sequence-weights.ts';
import { BEFORE_SCORES, BEHIND_SCORES, scoreAlone } from './word-scores.ts';
import type { NameWord } from './words.ts';

export const LABELLED_KINDS = ['person', 'organisation', 'place'] as const;

/** Words at this distance behind one that could be in a name, or before it, may be in the name too: «банк развития». */
const REACH_BEHIND = 4;
const REACH_BEFORE = 2;
const IMPOSSIBLE = -1e9;

/** A word by which a name may begin; one that may stand in it behind its first word; one that is in no name. */
const [BEGINS, GOES_ON, NEVER] = [2, 1, 0];

/** What each word may be; of those that are in no name nothing is asked. */
export function rolesOf(words: readonly NameWord[]): Uint8Array {
  const roles = new Uint8Array(words.length);
  for (let at = 0; at < words.length; at += 1) {
    if (!(words[at] as NameWord).facts.couldName) continue;
    const last = Math.min(words.length - 1, at + REACH_BEHIND);
    for (let other = Math.max(0, at - REACH_BEFORE); other <= last; other += 1) {
      const isWord = (words[other] as NameWord).kind === 'word';
      const role = isWord && other <= at ? BEGINS : GOES_ON;
      if (role > (roles[other] as number)) roles[other] = role;
    }
  }
  return roles;
}

/** May a label follow another? I only after B or I of its kind. */
export function mayFollow(before: number, label: number): boolean {
  if (label === 0 || label % 2 === 1) return true;
  return before === label || before === label - 1;
}

const rows = new Uint32Array(FEATURES);
let scores = new Float32Array(LABELS);
let backs = new Uint8Array(LABELS);

/** The likeliest row of labels. Linear in the number of words. */
export function labelWords(words: readonly NameWord[], model: SequenceWeights): Uint8Array {
  const roles = rolesOf(words);
  const count = words.length;
  if (scores.length < count * LABELS) {
    scores = new Float32Array(count * LABELS * 2);
    backs = new Uint8Array(count * LABELS * 2);
  }
  for (let at = 0; at < count; at += 1) {
    const told = roles[at] as number;
    const role = told === GOES_ON && !couldGoOn(at) ? NEVER : told;
    scoreWord(words, at, model, role);
    step(at, model.moves, role === NEVER ? 1 : LABELS);
  }
  return readBack(count);
}

/**
 * So far behind “no name” at the word before, a name is given up: it saves a third of the words, and of 10,733 texts of all kinds 7 were
 * read otherwise. In the unit of the weights.
 */
const GIVEN_UP = 400;

/** Is the word before perhaps in a name? */
function couldGoOn(at: number): boolean {
  const before = (at - 1) * LABELS;
  const least = (scores[before] as number) - GIVEN_UP;
  for (let label = 1; label < LABELS; label += 1) if ((scores[before + label] as number) > least) return true;
  return false;
}

/** What the features of a word alone say of each label. */
function scoreWord(words: readonly NameWord[], at: number, model: SequenceWeights, role: number): void {
  const base = at * LABELS;
  scores[base] = 0;
  for (let label = 1; label < LABELS; label += 1)
    scores[base + label] = role === BEGINS || (role === GOES_ON && label % 2 === 0) ? 0 : IMPOSSIBLE;
  if (role === NEVER) return;
  addAlone(words, at, model);
  const { bits, weights } = model;
  writeJoint(words, at, 32 - bits, rows);
  // Sums of their own for each label: writing to an array each time takes twice as long.
  let none = 0;
  let person = 0;
  let personOn = 0;
  let firm = 0;
  let firmOn = 0;
  let place = 0;
  let placeOn = 0;
  for (let one = 0; one < JOINT.length; one += 1) {
    const row = (rows[JOINT[one] as number] as number) * LABELS;
    none += weights[row] as number;
    person += weights[row + 1] as number;
    personOn += weights[row + 2] as number;
    firm += weights[row + 3] as number;
    firmOn += weights[row + 4] as number;
    place += weights[row + 5] as number;
    placeOn += weights[row + 6] as number;
  }
  add(base, none, person, personOn, firm);
  add(base + 4, firmOn, place, placeOn, 0);
}

/** What the word says by itself, and those beside it by themselves. */
function addAlone(words: readonly NameWord[], at: number, model: SequenceWeights): void {
  const own = scoreAlone(factsAt(words, at), model);
  const before = scoreAlone(factsAt(words, at - 1), model);
  const behind = scoreAlone(factsAt(words, at + 1), model);
  for (let label = 0; label < LABELS; label += 1)
    scores[at * LABELS + label] =
      (scores[at * LABELS + label] as number) +
      (own[label] as number) +
      (before[BEFORE_SCORES + label] as number) +
      (behind[BEHIND_SCORES + label] as number);
}

function add(base: number, one: number, two: number, three: number, four: number): void {
  scores[base] = (scores[base] as number) + one;
  scores[base + 1] = (scores[base + 1] as number) + two;
  scores[base + 2] = (scores[base + 2] as number) + three;
  if (four !== 0) scores[base + 3] = (scores[base + 3] as number) + four;
}

/** Adds the best way to each label of a word; `possible`: so many labels it can have, from the first on. */
function step(at: number, moves: Float32Array, possible: number): void {
  const base = at * LABELS;
  for (let label = 0; label < possible; label += 1) {
    let best = IMPOSSIBLE * 4;
    let from = 0;
    if (at === 0) {
      best = mayFollow(0, label) ? (moves[LABELS * LABELS + label] as number) : IMPOSSIBLE;
    } else
      for (let before = 0; before < LABELS; before += 1) {
        if (!mayFollow(before, label)) continue;
        const score = (scores[base - LABELS + before] as number) + (moves[before * LABELS + label] as number);
        if (score > best) {
          best = score;
          from = before;
        }
      }
    scores[base + label] = (scores[base + label] as number) + best;
    backs[base + label] = from;
  }
}

function readBack(count: number): Uint8Array {
  const labels = new Uint8Array(count);
  if (count === 0) return labels;
  let label = 0;
  const last = (count - 1) * LABELS;
  for (let one = 1; one < LABELS; one += 1)
    if ((scores[last + one] as number) > (scores[last + label] as number)) label = one;
  for (let at = count - 1; at >= 0; at -= 1) {
    labels[at] = label;
    label = backs[at * LABELS + label] as number;
  }
  return labels;
}
