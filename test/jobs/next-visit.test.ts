import { describe, expect, test } from 'vitest';
import { nextCronTime } from '../../src/jobs/next-visit.ts';

describe('the next time of a cron expression', () => {
  test('is the next one, not a day from now', () => {
    expect(nextCronTime('*/5 * * * *').getTime()).toBeLessThanOrEqual(Date.now() + 5 * 60_000);
    expect(nextCronTime('*/5 * * * *').getMinutes() % 5).toBe(0);
  });

  test.each(['never', '0 0 30 2 *'])('"%s" never comes and is refused', (expression) => {
    expect(() => nextCronTime(expression)).toThrow(/cron/);
  });
});
