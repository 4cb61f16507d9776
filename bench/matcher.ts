import { availableParallelism } from 'node:os';
import { loadMorphology } from '../src/lib/morphology.ts';
import type { Morphology } from '../src/model/ports.ts';
import { compileQuery } from '../src/query/compile.ts';
import { evaluatePlan } from '../src/query/evaluate.ts';
import { createLeaves } from '../src/query/leaves.ts';
import { createMatcher, type Matcher, type MatcherTopic } from '../src/query/matcher.ts';
import { parseQuery } from '../src/query/parse.ts';
import { Reader } from '../src/query/reader.ts';
import { createVocabulary } from '../src/query/vocabulary.ts';
import { luceneClassPath, measureLucene } from './lucene.ts';
import { matchInThreads } from './match-threads.ts';
import { printTable, type Row, timed } from './report.ts';
import { type BenchTopic, makeBenchPosts, makeBenchTopics, makeLanguage } from './topics.ts';

const POSTS = 10_000;
const SIZES = [1000, 10_000, 100_000];
/** Every query against every post of a sample: all of them would take hours. */
const SAMPLED_PAIRS = 2_000_000;

function readTopics(topics: readonly BenchTopic[]): MatcherTopic[] {
  return topics.map(({ query }, at) => {
    const parsed = parseQuery(query);
    if (!('query' in parsed)) throw new Error(`the bench made a query that is none: ${query}`);
    return { key: `t${at}`, query: parsed.query };
  });
}

function heapMib(): number {
  global.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20 + process.memoryUsage().arrayBuffers / 2 ** 20;
}

function countMatches(matcher: Matcher, posts: readonly string[]): number {
  return posts.reduce((sum, text) => sum + matcher.match({ text }).length, 0);
}

/** The same evaluator, asked for every query. */
async function evaluateAll(
  topics: readonly MatcherTopic[],
  posts: readonly string[],
  morphology: Morphology,
): Promise<{ msPerPost: number; matches: number }> {
  const leaves = createLeaves(createVocabulary(morphology));
  const plans = topics.map(({ query }) => compileQuery(query, leaves));
  const reader = new Reader(leaves.vocabulary);
  for (const text of posts) reader.read({ text });
  const { cpuMs, value } = await timed(() => {
    let matches = 0;
    for (const text of posts) {
      reader.read({ text });
      for (const plan of plans) if (evaluatePlan(plan, reader).matched) matches += 1;
    }
    return matches;
  });
  return { msPerPost: cpuMs / posts.length, matches: value };
}

/** New topics, set one by one between posts. */
async function addSlowly(
  matcher: Matcher,
  topics: readonly MatcherTopic[],
  posts: readonly string[],
): Promise<number> {
  let ms = 0;
  for (const [at, topic] of topics.entries()) {
    const { ms: one } = await timed(() => matcher.set({ ...topic, key: `late${at}` }));
    ms += one;
    matcher.match({ text: posts[at] ?? '' });
  }
  return (ms / topics.length) * 1000;
}

/** So many posts take Lucene a minute or less. */
const LUCENE_POSTS: Readonly<Record<number, number>> = { 1000: 5000, 10000: 2000, 100000: 300 };

async function luceneRow(
  count: number,
  topics: readonly BenchTopic[],
  posts: readonly string[],
  ours: number,
): Promise<Row[]> {
  const classPath = luceneClassPath();
  if (classPath === null) return [];
  const sample = LUCENE_POSTS[count] ?? 300;
  const lucene = await measureLucene(classPath, topics.slice(0, count), posts, sample);
  return [
    {
      topics: count,
      way: `Lucene Monitor (${sample} posts)`,
      'posts a CPU second': 1000 / lucene.msPerPost,
      'matches a post': lucene.matchesPerPost,
      'bytes a topic': '',
      'built in ms': Math.round(lucene.builtMs),
      'µs to add one': '',
      'times slower than the matcher': lucene.msPerPost / ours,
    },
  ];
}

/** By the clock, one thread a core: what a core of this machine adds. */
async function threadRows(
  count: number,
  written: readonly BenchTopic[],
  posts: readonly string[],
): Promise<Row[]> {
  const queries = written.slice(0, count).map(({ query }) => query);
  const rows: Row[] = [];
  for (const threads of new Set([1, availableParallelism()])) {
    const { perSecond, matches } = await matchInThreads(queries, posts, threads);
    rows.push({
      topics: count,
      way: `${threads} thread${threads === 1 ? '' : 's'}, posts a second by the clock`,
      'posts a CPU second': Math.round(perSecond),
      'matches a post': matches / posts.length,
      'bytes a topic': '',
      'built in ms': '',
      'µs to add one': '',
      'times slower than the matcher': '',
    });
  }
  return rows;
}

async function race(
  count: number,
  written: readonly BenchTopic[],
  all: readonly MatcherTopic[],
  posts: readonly string[],
  morphology: Morphology,
): Promise<Row[]> {
  const topics = all.slice(0, count);
  const before = heapMib();
  const built = await timed(() => createMatcher(topics, morphology));
  const matcher = built.value;
  const bytes = ((heapMib() - before) * 2 ** 20) / count;
  // Words are learnt in the first round: a stream of posts has few that were never seen.
  countMatches(matcher, posts);
  const matched = await timed(() => countMatches(matcher, posts));
  const sample = posts.slice(0, Math.max(5, Math.floor(SAMPLED_PAIRS / count)));
  const inSample = countMatches(matcher, sample);
  const every = await evaluateAll(topics, sample, morphology);
  if (every.matches !== inSample) throw new Error(`they disagree: ${inSample} and ${every.matches}`);
  const ours = matched.cpuMs / posts.length;
  return [
    {
      topics: count,
      way: 'matcher',
      'posts a CPU second': Math.round(1000 / ours),
      'matches a post': matched.value / posts.length,
      'bytes a topic': Math.round(bytes),
      'built in ms': Math.round(built.ms),
      'µs to add one': Math.round(await addSlowly(matcher, all.slice(0, 500), posts)),
      'times slower than the matcher': 1,
    },
    ...(await threadRows(count, written, posts)),
    {
      topics: count,
      way: `every query (${sample.length} posts)`,
      'posts a CPU second': 1000 / every.msPerPost,
      'matches a post': every.matches / sample.length,
      'bytes a topic': '',
      'built in ms': '',
      'µs to add one': '',
      'times slower than the matcher': every.msPerPost / ours,
    },
    ...(await luceneRow(count, written, posts, ours)),
  ];
}

export async function benchMatcher(): Promise<void> {
  const morphology = await loadMorphology();
  const language = await makeLanguage();
  const posts = makeBenchPosts(language, POSTS, 7);
  const written = makeBenchTopics(language, Math.max(...SIZES));
  const topics = readTopics(written);
  const size = posts.reduce((sum, text) => sum + text.length, 0) / posts.length;
  console.log(
    `workload: ${POSTS} posts of ${Math.round(size)} characters, cut into words anew each time; topics of 3 to 12 words in groups, phrases, nearness, exclusions, prefixes, typing errors\n`,
  );
  const rows: Row[] = [];
  for (const count of SIZES) rows.push(...(await race(count, written, topics, posts, morphology)));
  printTable(rows);
  if (luceneClassPath() === null)
    console.log(
      "\nset LUCENE_CLASSPATH to Lucene 8's jars, monitor's among them, to have its Monitor in the same run",
    );
}
