import { parentPort, workerData } from 'node:worker_threads';
import { loadMorphology } from '../src/lib/morphology.ts';
import { createMatcher } from '../src/query/matcher.ts';
import { parseQuery } from '../src/query/parse.ts';

/** One thread with a matcher of its own: says when it is ready, then how long its share of the posts took. */
const { queries, posts } = workerData as { queries: string[]; posts: string[] };

const topics = queries.flatMap((query, at) => {
  const parsed = parseQuery(query);
  return 'query' in parsed ? { key: `t${at}`, query: parsed.query } : [];
});
const matcher = createMatcher(topics, await loadMorphology());
for (const text of posts) matcher.match({ text });
parentPort?.once('message', () => {
  let matches = 0;
  for (const text of posts) matches += matcher.match({ text }).length;
  parentPort?.postMessage({ matches });
});
parentPort?.postMessage('ready');
