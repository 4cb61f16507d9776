import type { Clock, Http } from '../../../src/model/ports.ts';
import { NOW } from '../../support/rows.ts';

/** Time that passes only while everybody sleeps and nothing is under way: who wakes first wakes alone. */
export function createPacedTime(http: Http): { clock: Clock; http: Http; stop(): void } {
  let now = NOW.getTime();
  let underWay = 0;
  let sleepers: { at: number; wake: () => void }[] = [];
  const timer = setInterval(() => {
    if (underWay > 0) return;
    const [first, ...others] = sleepers.sort((one, two) => one.at - two.at);
    if (!first) return;
    sleepers = others;
    now = Math.max(now, first.at);
    first.wake();
  }, 1);
  return {
    clock: {
      now: () => new Date(now),
      sleep: (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })),
    },
    http: {
      send: async (request) => {
        underWay += 1;
        try {
          return await http.send(request);
        } finally {
          underWay -= 1;
        }
      },
    },
    stop: () => clearInterval(timer),
  };
}
