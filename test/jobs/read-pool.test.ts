import { afterEach, describe, expect, test } from 'vitest';
import { readingBy } from '../../src/extract/reading.ts';
import { createReadPool, type ReadPool, type ReadPoolOptions } from '../../src/jobs/read-pool.ts';

const ODD = new URL('./odd-readers.ts', import.meta.url).href;
const pools: ReadPool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

function openPool(options: ReadPoolOptions = {}): ReadPool {
  const pool = createReadPool(options);
  pools.push(pool);
  return pool;
}

/** How late a timer of this thread was at worst. */
function watchLateness(): () => number {
  let last = performance.now();
  let worst = 0;
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - last - 10);
    last = performance.now();
  }, 10);
  return () => {
    clearInterval(timer);
    return worst;
  };
}

describe('reading in another thread', () => {
  test('gives what the reader gives, dates and all', async () => {
    const read = readingBy(openPool());
    const feed = await read(
      'parseFeed',
      '<rss version="2.0"><channel><title>Заря</title><item><title>Чайник</title><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>',
      'application/rss+xml',
      'https://example.org/feed',
      new Date('2026-11-23T00:00:00Z'),
    );
    expect(feed.title).toBe('Заря');
    expect(feed.items[0]?.publishedAt).toEqual(new Date('2026-11-22T10:00:00Z'));
  });

  test('keeps class and code of errors', async () => {
    const pool = openPool({ readers: ODD });
    await expect(pool.read('refuse', [])).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'broken-feed',
      message: 'The feed is broken.',
    });
    await expect(pool.read('stumble', [])).rejects.toMatchObject({ name: 'RangeError', message: 'too deep' });
    await expect(pool.read('nobody', [])).rejects.toThrow('there is no reader');
    await expect(pool.read('echo', [() => 1])).rejects.toThrow('could not be cloned');
    expect(await pool.read('echo', [1])).toBe(1);
  });

  test('is at an end for a page that takes too long, and the next ones are read', async () => {
    const pool = openPool({ readers: ODD, deadlineMs: 3000, maxWorkers: 1 });
    const lateness = watchLateness();
    const endless = pool.read('loop', []);
    const behind = pool.read('echo', ['next']);
    await expect(endless).rejects.toMatchObject({ name: 'PermanentError', code: 'too-slow-to-read' });
    expect(await behind).toBe('next');
    expect(lateness()).toBeLessThan(1500);
  });

  test('of others goes on beside a page that takes too long', async () => {
    const pool = openPool({ readers: ODD, deadlineMs: 20_000, maxWorkers: 2 });
    const endless = pool.read('loop', []).catch((error: unknown) => error);
    const started = performance.now();
    const all = await Promise.all(Array.from({ length: 20 }, (_, at) => pool.read('echo', [at])));
    expect(all).toHaveLength(20);
    expect(performance.now() - started).toBeLessThan(19_000);
    await pool.close();
    expect(await endless).toMatchObject({ code: 'stopped' });
  });

  test('that takes too much memory ends alone', async () => {
    const pool = openPool({ readers: ODD, maxMemoryMb: 48 });
    await expect(pool.read('hoard', [])).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'too-large-to-read',
    });
    expect(await pool.read('echo', ['still here'])).toBe('still here');
  });

  test('survives a thread that ends itself', async () => {
    const pool = openPool({ readers: ODD });
    await expect(pool.read('quit', [])).rejects.toMatchObject({ code: 'broken-page' });
    expect(await pool.read('echo', [2])).toBe(2);
  });

  test('keeps no thread when there is nothing to read', async () => {
    const pool = openPool({ readers: ODD, idleMs: 50 });
    await pool.read('echo', [1]);
    expect(pool.size()).toBe(1);
    await expect.poll(() => pool.size()).toBe(0);
    expect(await pool.read('echo', [2])).toBe(2);
  });
});
