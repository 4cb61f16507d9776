import type { Clock } from '../../src/model/ports.ts';

/** Time that passes only when somebody sleeps. */
export function manualClock(
  start = '2026-11-22T12:00:00Z',
): Clock & { slept: number[]; advance(ms: number): void } {
  let now = Date.parse(start);
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}
