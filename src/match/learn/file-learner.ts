import type { MatchWeights } from '../../model/match-weights.ts';
import type { MatchResult } from '../matcher.ts';
import type { ReviewLine } from '../records.ts';
import { LEAST_DECISIONS, LEAST_NEW, learnMatchWeights } from './learn.ts';
import { type DecidedCandidate, isDecided, type Lesson, toLesson } from './lesson.ts';
import { FACTORY_WEIGHTS } from './weights.ts';

/** Learns from the decisions of a file as the store's matcher does from people's: as they come, never from later ones. */
export interface FileLearner {
  /** Those who were shown for an author, and linked to him. */
  see(author: string, result: MatchResult): void;
  /** Returns the weights that are in force from then on. */
  decide(review: ReviewLine): MatchWeights;
}

/** Authors of whom nothing was decided, the newest: for the level of the probabilities that is enough. */
const MOST_OPEN = 1000;

type Shown = Map<string, DecidedCandidate>;

function toShown({ candidates, prior }: MatchResult): Shown {
  const before = { code: 'prior' as const, where: 'history' as const, masked: '', bits: prior };
  return new Map(
    candidates.map(({ customerId, evidence }) => [
      customerId,
      { state: 'proposed', evidence: [before, ...evidence], decidedAt: new Date(0) },
    ]),
  );
}

/** Whoever is one customer is no other. */
function decideShown(shown: Shown, { customer_id: customer, verdict, at }: ReviewLine): void {
  for (const [id, candidate] of shown) {
    if (id !== customer && verdict === 'reject') continue;
    const state = id === customer && verdict === 'confirm' ? 'confirmed' : 'rejected';
    shown.set(id, { ...candidate, state, decidedAt: at });
  }
}

const lessonsOf = (authors: ReadonlyMap<string, Shown>): Lesson[] =>
  [...authors.values()].flatMap((shown, author) => toLesson(author, [...shown.values()]) ?? []);

export function createFileLearner(): FileLearner {
  const open = new Map<string, Shown>();
  const linked = new Map<string, Shown>();
  const decided = new Map<string, Shown>();
  let inForce = FACTORY_WEIGHTS;
  let since: Date | null = null;
  let fresh = 0;

  function learn(at: Date): void {
    fresh = 0;
    const shown = {
      decided: lessonsOf(decided).filter(isDecided),
      open: lessonsOf(open).slice(-MOST_OPEN),
      openCount: open.size,
    };
    const learned = learnMatchWeights(shown, { inForce, since });
    if (!learned?.isBetter) return;
    inForce = learned.weights;
    since = at;
  }

  return {
    see(author, result) {
      const isKnown = result.candidates.some(({ evidence }) =>
        evidence.some(({ code }) => code === 'known-account'),
      );
      if (result.decision === 'none' || isKnown || decided.has(author)) return;
      (result.decision === 'auto' ? linked : open).set(author, toShown(result));
    },
    decide(review) {
      const shown = [decided, linked, open].flatMap((some) => some.get(review.author_id) ?? [])[0];
      if (!shown) return inForce;
      decideShown(shown, review);
      if (!decided.has(review.author_id)) fresh += 1;
      open.delete(review.author_id);
      decided.set(review.author_id, shown);
      if (decided.size >= LEAST_DECISIONS && fresh >= LEAST_NEW) learn(review.at);
      return inForce;
    },
  };
}
