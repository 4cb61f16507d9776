import { expect, it } from 'vitest';
import { rangesToLook } from '../../src/jobs/tidy.ts';

it('looks at the newest documents each time, and at all others in turn', () => {
  expect(rangesToLook(0, 0)).toEqual([{ after: 0, to: 0 }]);
  expect(rangesToLook(20_000, 5)).toEqual([{ after: 0, to: 20_000 }]);
  const looked = [0, 1, 2, 3].map((look) => rangesToLook(70_001, look));
  for (const [newest] of looked) expect(newest).toEqual({ after: 50_001, to: 70_001 });
  expect(looked.map(([, part]) => part)).toEqual([
    { after: 30_001, to: 50_001 },
    { after: 10_001, to: 30_001 },
    { after: 0, to: 10_001 },
    { after: 30_001, to: 50_001 },
  ]);
});
