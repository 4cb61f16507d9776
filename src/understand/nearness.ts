import type { Target } from '../model/ports.ts';
import { locate, type Places, type Reading } from './reading.ts';

/** What is left for a target of words that stand nearer to another one. */
const OTHERS_SHARE = 0.2;
const TIED_SHARE = 0.6;

interface Place {
  sentence: number;
  clause: number;
}

/** How much of what is said at a place is said of the target, 0 to 1. */
export function shareOf(
  target: Target,
  targets: readonly Target[],
  reading: Reading,
): (place: Place) => number {
  const own = locate(reading, target.spans);
  const rivals = targets.filter((other) => other !== target).flatMap((other) => other.spans);
  const others = locate(reading, rivals);
  return (place) => {
    const mine = nearness(place, own);
    const theirs = nearness(place, others);
    if (theirs > mine) return mine * OTHERS_SHARE;
    return theirs === mine && theirs > 0.7 ? mine * TIED_SHARE : mine;
  };
}

/** 1 in the clause of one of the words, less with every clause and sentence between; 0 when there are none. */
function nearness({ sentence, clause }: Place, { words, clauses, sentences }: Places): number {
  if (words.size === 0) return 0;
  if (sentences.has(sentence)) {
    for (let apart = 0; apart < 3; apart += 1) {
      if (clauses.has(clause - apart) || clauses.has(clause + apart)) return 1 - 0.08 * apart;
    }
    return 0.8;
  }
  return sentences.has(sentence - 1) || sentences.has(sentence + 1) ? 0.7 : 0.4;
}
