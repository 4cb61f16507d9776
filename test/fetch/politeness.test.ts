import { expect, test } from 'vitest';
import { createPoliteness } from '../../src/fetch/politeness.ts';
import { manualClock } from './manual-clock.ts';

const tick = () => new Promise((resolve) => setImmediate(resolve));

function gate() {
  const waiting: (() => void)[] = [];
  return { task: () => new Promise<void>((resolve) => waiting.push(resolve)), waiting };
}

test('a host gets one request at a time, in order, a second apart', async () => {
  const clock = manualClock();
  const politeness = createPoliteness({ clock });
  let under = 0;
  const order: number[] = [];
  const task = (n: number) => async () => {
    under += 1;
    expect(under).toBe(1);
    await tick();
    order.push(n);
    under -= 1;
  };
  await Promise.all([1, 2, 3].map((n) => politeness.run('http://a.example/', task(n))));
  expect(order).toEqual([1, 2, 3]);
  expect(clock.slept).toEqual([1000, 1000]);
});

test('hosts do not wait for each other, up to the limit of all', async () => {
  const { task, waiting } = gate();
  const politeness = createPoliteness({ clock: manualClock(), maxConcurrent: 2 });
  const runs = ['a', 'b', 'c'].map((name) => politeness.run(`http://${name}.example/`, task));
  await tick();
  expect(waiting).toHaveLength(2);
  waiting.shift()?.();
  await tick();
  expect(waiting).toHaveLength(2);
  for (const release of waiting) release();
  await Promise.all(runs);
});

test('one failure does not stop the queue', async () => {
  const politeness = createPoliteness({ clock: manualClock() });
  const failed = politeness.run('http://a.example/', () => Promise.reject(new Error('no')));
  const after = politeness.run('http://a.example/', async () => 'yes');
  await expect(failed).rejects.toThrow('no');
  expect(await after).toBe('yes');
});

test('who gives up while waiting does not hold up those behind', async () => {
  const { task, waiting } = gate();
  const politeness = createPoliteness({ clock: manualClock() });
  const stop = new AbortController();
  const first = politeness.run('http://a.example/', task);
  const second = politeness.run('http://a.example/', async () => 'no', { signal: stop.signal });
  const third = politeness.run('http://a.example/', async () => 'yes');
  stop.abort(new Error('given up'));
  waiting.shift()?.();
  await first;
  await expect(second).rejects.toThrow('given up');
  expect(await third).toBe('yes');
});

test('a paused host is refused until the pause is over', async () => {
  const clock = manualClock();
  const politeness = createPoliteness({ clock });
  politeness.pause('http://www.a.example/x', 30_000);
  await expect(politeness.run('http://a.example/y', async () => 1)).rejects.toMatchObject({
    code: 'host-paused',
    delayMs: 30_000,
  });
  clock.advance(30_001);
  expect(await politeness.run('http://a.example/y', async () => 1)).toBe(1);
});

test('hosts are forgotten, the paused ones last', async () => {
  const politeness = createPoliteness({ clock: manualClock(), maxHosts: 10 });
  politeness.pause('http://paused.example/', 60_000);
  for (let at = 0; at < 100; at += 1) await politeness.run(`http://h${at}.example/`, async () => at);
  expect(politeness.hosts()).toBeLessThanOrEqual(11);
  await expect(politeness.run('http://paused.example/', async () => 1)).rejects.toMatchObject({
    code: 'host-paused',
  });
});
