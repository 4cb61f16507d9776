import { describe, it } from 'vitest';
import { heldBack, learnClaims, measureClaims, readSentences } from '../../training/learn-claims.ts';
import { expectAtLeast } from './floors.ts';

describe('quality floors of whose an identifier is', () => {
  // The sentences are our own and mostly hard ones: of posts as they are, fewer are mistaken.
  it('on sentences that nothing was learned from', () => {
    const { taught, held } = heldBack(readSentences());
    const { right, taken } = measureClaims(learnClaims(taught), held);
    expectAtLeast('claims.right', right);
    for (const { from, own, others } of taken) {
      expectAtLeast(`claims.own.from${from}`, own);
      expectAtLeast(`claims.othersNotOwn.from${from}`, 1 - others);
    }
  });
});
