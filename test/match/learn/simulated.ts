import { randomFrom } from '../../../src/lib/random.ts';
import { type DecidedCandidate, type Lesson, toLesson, toList } from '../../../src/match/learn/lesson.ts';
import { outcomeOf } from '../../../src/match/learn/outcome.ts';
import { FACTORY_WEIGHTS } from '../../../src/match/learn/weights.ts';
import type { Evidence, EvidenceCode } from '../../../src/model/customer.ts';
import type { MatchWeights } from '../../../src/model/match-weights.ts';

const START = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
/** A register of 100,000. */
const PRIOR = -18.7;
const REVIEW_FROM = 0.22;

export function evidenceOf(bits: Partial<Record<EvidenceCode, number>>, prior = PRIOR): Evidence[] {
  return Object.entries({ prior, ...bits }).map(([code, value]) => ({
    code: code as EvidenceCode,
    where: 'text' as const,
    masked: '',
    bits: value,
  }));
}

/** A customer who looks a little like the author. */
function drawEvidence(random: () => number): Evidence[] {
  const between = (low: number, high: number): number => low + random() * (high - low);
  const chance = (share: number): boolean => random() < share;
  return evidenceOf({
    ...(chance(0.15) && { 'same-phone': between(12, 20) }),
    ...(chance(0.9) && { surname: chance(0.15) ? -5 : between(6, 16) }),
    ...(chance(0.8) && { 'first-name': between(3, 9) }),
    ...(chance(0.75) && { city: chance(0.25) ? -4 : between(2, 7) }),
    ...(chance(0.3) && { 'same-nick': between(3, 11) }),
    ...(chance(0.1) && { 'birth-year': 4 }),
  });
}

const toLinks = (evidence: readonly Evidence[][], states: readonly DecidedCandidate['state'][], at: Date) =>
  evidence.map((one, place) => ({ evidence: one, state: states[place] ?? 'rejected', decidedAt: at }));

/** Whoever of them it is if signs are worth what `truth` says; −1: nobody. */
function drawTruth(lesson: Lesson, truth: MatchWeights, random: () => number): number {
  let left = random();
  const { said } = outcomeOf(lesson, toList(truth));
  return said.findIndex((share) => {
    left -= share;
    return left < 0;
  });
}

/** Decisions about authors who look enough like somebody to be shown, in a world in which signs are worth what `truth` says. */
export function decidedLinks(count: number, truth: MatchWeights, seed: number): DecidedCandidate[][] {
  const random = randomFrom(seed);
  const authors: DecidedCandidate[][] = [];
  while (authors.length < count) {
    const evidence = Array.from({ length: 1 + Math.floor(random() * 3) }, () => drawEvidence(random));
    const at = new Date(START + authors.length * HOUR_MS);
    const shown = toLesson(0, toLinks(evidence, [], at));
    if (!shown || Math.max(...outcomeOf(shown, toList(FACTORY_WEIGHTS)).said) < REVIEW_FROM) continue;
    const chosen = drawTruth(shown, truth, random);
    authors.push(
      toLinks(
        evidence,
        evidence.map((_, place) => (place === chosen ? 'confirmed' : 'rejected')),
        at,
      ),
    );
  }
  return authors;
}

/** The same as lessons. */
export function decidedAuthors(count: number, truth: MatchWeights, seed: number): Lesson[] {
  return decidedLinks(count, truth, seed).flatMap((links, at) => toLesson(seed * 100_000 + at, links) ?? []);
}
