import { describe, expect, it } from 'vitest';
import { LEAST_DECISIONS, LEAST_NEW, learnMatchWeights } from '../../../src/match/learn/learn.ts';
import { type Lesson, toList } from '../../../src/match/learn/lesson.ts';
import { toLevel } from '../../../src/match/learn/level.ts';
import { outcomeOf } from '../../../src/match/learn/outcome.ts';
import { binsOf, saidPairs } from '../../../src/match/learn/reliability.ts';
import { FACTORY_WEIGHTS } from '../../../src/match/learn/weights.ts';
import type { MatchWeights } from '../../../src/model/match-weights.ts';
import { decidedAuthors } from './simulated.ts';

const OTHER: MatchWeights = {
  offset: 0.5,
  groups: { identifiers: 1, nick: 0.8, name: 0.85, place: 0.8, others: 1 },
};
const shipped = { inForce: FACTORY_WEIGHTS, since: null };
const of = (decided: readonly Lesson[], open: readonly Lesson[] = []) => ({
  decided,
  open,
  openCount: open.length,
});
const lossOn = (lessons: readonly Lesson[], weights: MatchWeights): number =>
  lessons.reduce((sum, lesson) => sum + outcomeOf(lesson, toList(weights)).loss, 0) / lessons.length;

describe('learning from decisions', () => {
  it('says nothing of too few, all of them or since the last time', () => {
    const lessons = decidedAuthors(LEAST_DECISIONS, OTHER, 1);
    expect(learnMatchWeights(of([]), shipped)).toBeNull();
    expect(learnMatchWeights(of(lessons.slice(1)), shipped)).toBeNull();
    expect(learnMatchWeights(of(lessons), shipped)).not.toBeNull();
    const since = lessons[LEAST_DECISIONS - LEAST_NEW]!.at;
    expect(learnMatchWeights(of(lessons), { ...shipped, since })).toBeNull();
  });

  it('foretells what it has not seen better in another world, and says so', () => {
    const learned = learnMatchWeights(of(decidedAuthors(400, OTHER, 2)), shipped)!;
    const unseen = decidedAuthors(2000, OTHER, 3);
    expect(learned.isBetter).toBe(true);
    expect(learned.heldOut.before - learned.heldOut.after).toBeGreaterThan(learned.heldOut.error);
    expect(lossOn(unseen, learned.weights)).toBeLessThan(lossOn(unseen, FACTORY_WEIGHTS) - 0.05);
  });

  it('is calibrated on what it has not seen', () => {
    const { weights } = learnMatchWeights(of(decidedAuthors(1000, OTHER, 4)), shipped)!;
    const pairs = decidedAuthors(4000, OTHER, 5).flatMap((lesson) => saidPairs(lesson, toList(weights)));
    const bins = binsOf(pairs);
    const miss = bins.reduce((sum, { said, right, count }) => sum + Math.abs(said * count - right), 0);
    expect(miss / pairs.length).toBeLessThan(0.025);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(pairs.length);
  });

  it('mostly leaves the weights as they are in a world that is as they say', () => {
    const verdicts = Array.from({ length: 20 }, (_, seed) =>
      learnMatchWeights(of(decidedAuthors(150, FACTORY_WEIGHTS, 100 + seed)), shipped),
    );
    expect(verdicts.filter((learned) => learned?.isBetter).length).toBeLessThanOrEqual(3);
  });

  it('finds nothing better in what it has learned already', () => {
    const lessons = decidedAuthors(1200, OTHER, 6);
    const first = learnMatchWeights(of(lessons.slice(0, 600)), shipped)!;
    const again = { inForce: first.weights, since: lessons[599]!.at };
    const second = learnMatchWeights(of(lessons), again)!;
    expect([first.isBetter, second.heldOut.authors]).toEqual([true, 600]);
    expect(Math.abs(second.heldOut.before - second.heldOut.after)).toBeLessThan(0.02);
  });

  it('takes no time to speak of for as many decisions as are looked at', { timeout: 60_000 }, () => {
    const shown = of(decidedAuthors(5000, OTHER, 7), decidedAuthors(1000, OTHER, 8));
    const started = process.cpuUsage();
    learnMatchWeights(shown, shipped);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
  });
});

describe('the level of probabilities', () => {
  const all = decidedAuthors(4000, FACTORY_WEIGHTS, 11);
  const isConfirmed = ({ candidates }: Lesson): boolean => candidates.some(({ isRight }) => isRight);
  /** Of the refused every fourth was decided: people confirm what is easy. */
  const decided = all.filter((lesson, at) => at < 1600 && (isConfirmed(lesson) || at % 4 === 0));
  const open = all.slice(1600);

  it('is what was decided where all who were shown were decided', () => {
    const weights = { ...FACTORY_WEIGHTS, offset: 2 };
    expect(toLevel(weights, of(decided))).toEqual(weights);
  });

  it('is not moved much by decisions that were made where it was easy', () => {
    const chosen = learnMatchWeights(of(decided), shipped)!.weights;
    const levelled = learnMatchWeights({ decided, open, openCount: 20 * decided.length }, shipped)!.weights;
    const expected = (weights: MatchWeights): number =>
      open.reduce(
        (sum, lesson) => outcomeOf(lesson, toList(weights)).said.reduce((s, one) => s + one, sum),
        0,
      );
    const wanted = expected(FACTORY_WEIGHTS);
    expect(expected(chosen) / wanted).toBeGreaterThan(1.05);
    expect(Math.abs(expected(levelled) / wanted - 1)).toBeLessThan(0.03);
  });
});
