import { expect, it } from 'vitest';
import { rangesToLook } from '../../src/jobs/tidy.ts';
import { later } from '../support/rows.ts';

it('looks at the newest documents each minute, and at every other within as many minutes as there are parts', () => {
  expect(rangesToLook(0, later(0))).toEqual([{ after: 0, to: 0 }]);
  expect(rangesToLook(20_000, later(0))).toEqual([{ after: 0, to: 20_000 }]);
  const seen = new Set<string>();
  for (let minute = 0; minute < 3; minute += 1) {
    const [part, newest] = rangesToLook(70_001, later(minute * 60_000));
    expect(newest).toEqual({ after: 50_001, to: 70_001 });
    seen.add(`${part?.after} ${part?.to}`);
  }
  expect([...seen].sort()).toEqual(['0 20000', '20000 40000', '40000 50001']);
});
