import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src/act/crm/gate.ts';
import { createTestClock } from '../../jobs/worker.ts';

const RATE = { perSecond: 5, burst: 3 };

describe('a gate', () => {
  it('lets through at most its burst and what its rate makes of the time, in any window', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 60 }),
        async (pauses) => {
          const clock = createTestClock();
          const gate = createGate(clock, RATE);
          const times: number[] = [];
          for (const pause of pauses) {
            clock.pass(pause);
            await gate.pass(60_000);
            times.push(clock.now().getTime());
          }
          for (const [i, from] of times.entries())
            for (const [j, to] of times.slice(i).entries())
              expect(j + 1).toBeLessThanOrEqual(RATE.burst + ((to - from) / 1000) * RATE.perSecond + 1e-6);
        },
      ),
    );
  });

  it('lets nobody use up the burst again who begins anew', async () => {
    const clock = createTestClock();
    const gate = createGate(clock, RATE);
    await gate.pass(0);
    await expect(gate.pass(0)).rejects.toMatchObject({ code: 'rate-limited', delayMs: 200 });
  });

  it('gives those who ask at once places one after the other', async () => {
    const clock = createTestClock();
    const waits: number[] = [];
    const waiting = { ...clock, sleep: async (ms: number) => void waits.push(ms) };
    const gate = createGate(waiting, RATE);
    clock.pass(60_000);
    await Promise.all(Array.from({ length: 6 }, () => gate.pass(60_000)));
    expect(waits).toEqual([200, 400, 600]);
  });

  it('sends away who would wait for too long, and takes no place for him', async () => {
    const clock = createTestClock();
    const gate = createGate(clock, RATE);
    clock.pass(60_000);
    for (let i = 0; i < 3; i += 1) await gate.pass(0);
    for (let i = 0; i < 3; i += 1)
      await expect(gate.pass(100)).rejects.toMatchObject({ code: 'rate-limited', delayMs: 200 });
    clock.pass(200);
    await gate.pass(0);
  });

  it('stays closed for as long as it was told', async () => {
    const clock = createTestClock();
    const gate = createGate(clock, RATE);
    gate.close(7000);
    await expect(gate.pass(6999)).rejects.toMatchObject({ delayMs: 7000 });
    clock.pass(7000);
    await gate.pass(0);
    await expect(gate.pass(0)).rejects.toMatchObject({ code: 'rate-limited' });
  });
});
