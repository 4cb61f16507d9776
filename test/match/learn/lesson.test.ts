import { describe, expect, it } from 'vitest';
import { type DecidedCandidate, isDecided, toLesson, toList } from '../../../src/match/learn/lesson.ts';
import { outcomeOf } from '../../../src/match/learn/outcome.ts';
import { FACTORY_WEIGHTS } from '../../../src/match/learn/weights.ts';
import type { Evidence } from '../../../src/model/customer.ts';
import { evidenceOf } from './simulated.ts';

const at = new Date('2026-11-29T10:00:00Z');
const link = (state: DecidedCandidate['state'], evidence: Evidence[] = evidenceOf({ surname: 18.7 })) => ({
  state,
  evidence,
  decidedAt: at,
});
const outcome = (...links: DecidedCandidate[]) => outcomeOf(toLesson(1, links)!, toList(FACTORY_WEIGHTS));

describe('a lesson from what people decided', () => {
  it('says that a customer was right, wrong, or that nobody knows; whoever writes for him is wrong', () => {
    const lesson = toLesson(7, [link('confirmed'), link('rejected'), link('on_behalf'), link('proposed')]);
    expect(lesson?.candidates.map(({ isRight }) => isRight)).toEqual([true, false, false, null]);
    expect([lesson?.author, lesson?.at, isDecided(lesson!)]).toEqual([7, at, true]);
    expect(isDecided(toLesson(7, [link('proposed')])!)).toBe(false);
  });

  it.each<[string, Evidence[]]>([
    ['no evidence', []],
    ['no prior', evidenceOf({ surname: 3 }).slice(1)],
    ['a prior and nothing else', evidenceOf({})],
    [
      'evidence of an older program, without bits',
      [...evidenceOf({}), { code: 'city', where: 'profile', masked: '' }],
    ],
    ['bits that are no number', evidenceOf({ surname: Number.NaN })],
    ['bits without end', evidenceOf({ surname: Number.POSITIVE_INFINITY })],
    ['bits beyond sense', evidenceOf({ surname: 1e9 })],
    ['an account that was known', evidenceOf({ 'known-account': 40 })],
  ])('leaves out a customer with %s', (_name, evidence) => {
    expect(toLesson(1, [link('confirmed', evidence)])).toBeNull();
    expect(toLesson(1, [link('confirmed', evidence), link('rejected')])?.candidates).toHaveLength(1);
  });

  it('is none where two are confirmed', () => {
    expect(toLesson(1, [link('confirmed'), link('confirmed')])).toBeNull();
  });

  it('is weighed by Bayes over all candidates and nobody, as matching does', () => {
    // Evens that it is one of two equal ones or nobody: a third each, of which a twentieth is a namesake's.
    const both = outcome(link('confirmed'), link('rejected'));
    expect(both.said.map((said) => Math.round(said * 1000) / 1000)).toEqual([0.317, 0.317]);
    expect(both.loss).toBeCloseTo(-Math.log(0.95 / 3), 10);
    const none = outcome(link('rejected'), link('rejected'));
    expect(none.loss).toBeCloseTo(-Math.log((1 + 2 * 0.05) / 3), 10);
    const open = outcome(link('rejected'), link('proposed'));
    expect(open.loss).toBeCloseTo(-Math.log((1 + 0.05 + 1) / 3), 10);
  });

  it('takes an identifier to be nobody else’s, and never overflows', () => {
    const sure = outcome(link('rejected', evidenceOf({ 'same-email': 60 }, 60)));
    expect(Number.isFinite(sure.loss)).toBe(true);
    expect(sure.said[0]).toBeCloseTo(1, 10);
    expect(outcome(link('confirmed', evidenceOf({ 'same-email': 60 }, 60))).loss).toBeCloseTo(0, 10);
  });
});
