import { describe, expect, it } from 'vitest';
import { createFileLearner } from '../../../src/match/learn/file-learner.ts';
import { LEAST_DECISIONS } from '../../../src/match/learn/learn.ts';
import { FACTORY_WEIGHTS, isFactory } from '../../../src/match/learn/weights.ts';
import type { MatchResult } from '../../../src/match/matcher.ts';
import type { Evidence } from '../../../src/model/customer.ts';
import { evidenceOf } from './simulated.ts';

const START = Date.UTC(2026, 0, 1);
const shown = (decision: MatchResult['decision'], ...evidence: Evidence[][]): MatchResult => ({
  decision,
  prior: -18.7,
  candidates: evidence.map((one, at) => ({
    customerId: `c${at}`,
    probability: 0.5,
    bits: 18,
    evidence: one.slice(1) as MatchResult['candidates'][number]['evidence'],
  })),
});
const review = (author: number, customer: string, verdict: 'confirm' | 'reject') => ({
  at: new Date(START + author * 60_000),
  author_id: String(author),
  customer_id: customer,
  verdict,
});

describe('decisions of a file', () => {
  it('teach that a name without its town is somebody else, once there are enough', () => {
    const learner = createFileLearner();
    const name = evidenceOf({ surname: 14, 'first-name': 8, city: -4 });
    const account = evidenceOf({ surname: 10, 'same-nick': 9 });
    let weights = FACTORY_WEIGHTS;
    for (let author = 0; author < 300; author += 1) {
      const isRight = author % 2 === 0;
      learner.see(String(author), shown('review', isRight ? account : name));
      weights = learner.decide(review(author, 'c0', isRight ? 'confirm' : 'reject'));
      if (author < LEAST_DECISIONS - 1) expect(isFactory(weights)).toBe(true);
    }
    expect(weights.groups.place).toBeGreaterThan(1);
    expect(weights.groups.nick).toBeGreaterThan(weights.groups.name);
  });

  it('about authors of whom nobody was shown teach nothing, nor do accounts that were known', () => {
    const learner = createFileLearner();
    const known = shown('auto', evidenceOf({ 'known-account': 40 }));
    for (let author = 0; author < 300; author += 1) {
      if (author % 2 === 0)
        learner.see(String(author), author % 4 === 0 ? known : shown('none', evidenceOf({ city: 3 })));
      expect(learner.decide(review(author, 'c0', 'reject'))).toBe(FACTORY_WEIGHTS);
    }
  });
});
