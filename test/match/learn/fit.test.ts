import { describe, expect, it } from 'vitest';
import { fitMatchWeights } from '../../../src/match/learn/fit.ts';
import { type DecidedCandidate, type Lesson, toLesson } from '../../../src/match/learn/lesson.ts';
import { FACTORY_WEIGHTS } from '../../../src/match/learn/weights.ts';
import { EVIDENCE_GROUPS, type MatchWeights } from '../../../src/model/match-weights.ts';
import { decidedAuthors, evidenceOf } from './simulated.ts';

const NOW = new Date('2026-11-29T10:00:00Z');
const WORLD: MatchWeights = {
  offset: 1,
  groups: { identifiers: 1.1, nick: 0.8, name: 0.9, place: 1.15, others: 1 },
};

const numbersOf = ({ offset, groups }: MatchWeights): number[] => [
  offset,
  ...EVIDENCE_GROUPS.map((group) => groups[group]),
];

/** Decisions about one candidate each. */
function alone(count: number, state: DecidedCandidate['state'], surname = 18): Lesson[] {
  return Array.from({ length: count }, (_, author) => {
    const lesson = toLesson(author, [{ state, evidence: evidenceOf({ surname }), decidedAt: NOW }]);
    if (!lesson) throw new Error('the lesson is sound');
    return lesson;
  });
}

describe('weights of signs', () => {
  it('are found again from decisions, within what chance moves them by', () => {
    const fits = [1, 2, 3, 4, 5, 6].map((seed) =>
      numbersOf(fitMatchWeights(decidedAuthors(3000, WORLD, seed))),
    );
    const truth = numbersOf(WORLD);
    truth.forEach((wanted, at) => {
      const found = fits.map((fit) => fit[at] ?? 0);
      const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
      const spread = Math.sqrt(found.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (found.length - 1));
      // What few authors have is held near the shipped weight: a fifth of the way is left to that.
      const held = 0.2 * Math.abs(wanted - (at === 0 ? 0 : 1));
      expect(Math.abs(mean - wanted), `number ${at}: ${mean} for ${wanted}`).toBeLessThan(4 * spread + held);
      expect(spread).toBeLessThan(at === 0 ? 0.5 : 0.1);
    });
  });

  it('are as shipped where nothing was decided, and the same for the same decisions', () => {
    expect(numbersOf(fitMatchWeights([]))).toEqual(numbersOf(FACTORY_WEIGHTS));
    const lessons = decidedAuthors(200, WORLD, 9);
    expect(fitMatchWeights(lessons)).toEqual(fitMatchWeights(lessons));
  });

  it.each([
    ['all confirmed', alone(500, 'confirmed')],
    ['all refused', alone(500, 'rejected')],
    ['one decision', alone(1, 'confirmed')],
    [
      'signs that part right from wrong without a doubt',
      [...alone(300, 'confirmed', 30), ...alone(300, 'rejected', 15)],
    ],
    ['the same signs right and wrong', [...alone(300, 'confirmed'), ...alone(300, 'rejected')]],
    ['signs beyond any measure', alone(300, 'rejected', 60)],
  ])('stay finite and within bounds after %s', (_name, lessons) => {
    const [offset = Number.NaN, ...weights] = numbersOf(fitMatchWeights(lessons));
    expect(Math.abs(offset)).toBeLessThanOrEqual(6);
    for (const weight of weights) expect([weight >= 0.2, weight <= 2]).toEqual([true, true]);
  });

  it('rise with what was confirmed, and fall with what was refused', () => {
    const [up, down] = [alone(300, 'confirmed'), alone(300, 'rejected')].map(fitMatchWeights);
    expect(up!.offset).toBeGreaterThan(0);
    expect(down!.offset).toBeLessThan(0);
  });
});
