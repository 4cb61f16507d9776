import type { IdentifierKind } from './claim.ts';
import { claimByRule } from './rule.ts';
import {
  COMPARED,
  cueOf,
  DISOWNED,
  isSentenceEnd,
  LOOKED_BACK,
  NOT_MINE,
  OTHER_SHOP,
  wordsAndEnds,
} from './words.ts';

const AFTER = 90;
const MOST_WORDS = 14;
const MOST_SENTENCES = 2;
const NEAR = 3;
const CLOSEST = 2;
/** Of a word its beginning says enough, whatever its ending. */
const STEM = 5;

/** How far a word is, in steps that grow. */
function step(distance: number): string {
  if (distance <= 2) return String(distance);
  return distance <= 4 ? '4' : distance <= 8 ? '8' : 'x';
}

const stemOf = (word: string): string => word.toLowerCase().replaceAll('ё', 'е').slice(0, STEM);

/** What the words on one side say, the nearest first. */
function sideFeatures(words: readonly string[], side: 'b' | 'a'): string[] {
  const features: string[] = [];
  let distance = 0;
  let sentences = 0;
  for (const word of words) {
    if (isSentenceEnd(word)) {
      sentences += 1;
      if (distance === 0) features.push(`${side}.`);
      continue;
    }
    distance += 1;
    if (distance > MOST_WORDS || sentences > MOST_SENTENCES) break;
    const place = sentences > 0 ? 's' : step(distance);
    const cue = cueOf(word);
    if (cue) features.push(`${side}:${cue}`, `${side}${place}:${cue}`);
    const stem = stemOf(word);
    features.push(`${side}${sentences > 0 ? 's' : distance <= NEAR ? 'n' : 'f'}~${stem}`);
    if (distance <= CLOSEST && sentences === 0) features.push(`${side}${distance}=${stem}`);
  }
  if (distance === 0) features.push(`${side}0`);
  return features;
}

/** What may tell whose the identifier from `start` to `end` is; each once. */
export function claimFeatures(text: string, start: number, end: number, kind: IdentifierKind): string[] {
  const before = text.slice(Math.max(0, start - LOOKED_BACK), start);
  const after = text.slice(end, end + AFTER);
  const rule = claimByRule(text, start, end, kind);
  const said: readonly (readonly [string, boolean])[] = [
    ['other-shop', OTHER_SHOP.test(before) || OTHER_SHOP.test(after)],
    ['compared', COMPARED.test(before) || COMPARED.test(after)],
    ['disowned', DISOWNED.test(after)],
    ['not-mine', NOT_MINE.test(before)],
    ['colon', /[:—–-]\s*$/.test(before)],
  ];
  return [
    ...new Set([
      `rule=${rule}`,
      `rule=${rule}/${kind}`,
      `kind=${kind}`,
      ...said.flatMap(([feature, isSo]) => (isSo ? [feature] : [])),
      ...sideFeatures(wordsAndEnds(before).reverse(), 'b'),
      ...sideFeatures(wordsAndEnds(after), 'a'),
    ]),
  ];
}
