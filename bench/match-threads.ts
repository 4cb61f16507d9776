import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Posts a second by the clock when so many threads share them, each with a matcher of its own that has seen its posts once;
 * and the matches of all.
 */
export async function matchInThreads(
  queries: readonly string[],
  posts: readonly string[],
  threads: number,
): Promise<{ perSecond: number; matches: number }> {
  const workers = Array.from(
    { length: threads },
    (_, thread) =>
      new Worker(new URL('./match-thread.js', import.meta.url), {
        workerData: { queries, posts: posts.filter((_post, at) => at % threads === thread) },
      }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const started = performance.now();
  const answers = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) worker.postMessage('go');
  const found = (await Promise.all(answers)) as [{ matches: number }][];
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return {
    perSecond: posts.length / seconds,
    matches: found.reduce((sum, [{ matches }]) => sum + matches, 0),
  };
}
