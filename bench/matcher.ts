import { loadMorphology } from '../src/lib/morphology.ts';
import type { Morphology } from '../src/model/ports.ts';
import { compileQuery, type Plan } from '../src/query/compile.ts';
import { type PreparedDocument, prepareDocument } from '../src/query/document.ts';
import { evaluatePlan } from '../src/query/evaluate.ts';
import { createMatcher, type MatcherTopic } from '../src/query/matcher.ts';
import { parseQuery } from '../src/query/parse.ts';
import { ASKED, makePosts } from './posts.ts';
import { pick, randomFrom } from './random.ts';
import { printTable, type Row, timed } from './report.ts';

const POSTS = 2000;
/** Every query against every post of a sample: all of them would take minutes. */
const SAMPLE = 100;

/** Brands, of which each third is named by one post; some together with words that many posts have. */
function makeTopics(count: number): MatcherTopic[] {
  const random = randomFrom(11);
  return Array.from({ length: count }, (_, at) => {
    const brand = at % 3 === 0 ? `n${1 + (at % POSTS)}` : `бренд${at}`;
    const common = pick(random, ASKED)[0] ?? '';
    const shapes = [
      brand,
      `"${brand} ${common}"`,
      `${brand} AND ${common}`,
      `(${brand} OR фирма${at}) AND NOT ${common}`,
      `${common} AND n${1 + Math.floor(random() * POSTS)}`,
      `title:${brand} OR торг${at}*`,
    ];
    const text = pick(random, shapes);
    const parsed = parseQuery(text);
    if (!('query' in parsed)) throw new Error(`the bench made a query that is none: ${text}`);
    return { key: `t${at}`, query: parsed.query };
  });
}

function evaluateAll(plans: readonly Plan[], documents: readonly PreparedDocument[]): number {
  let matches = 0;
  for (const document of documents)
    for (const plan of plans) if (evaluatePlan(plan, document).matched) matches += 1;
  return matches;
}

async function compare(
  count: number,
  documents: readonly PreparedDocument[],
  morphology: Morphology,
): Promise<Row[]> {
  const topics = makeTopics(count);
  const built = await timed(() => createMatcher(topics, morphology));
  const plans = topics.map(({ query }) => compileQuery(query, morphology));
  const sample = documents.slice(0, SAMPLE);
  const matched = await timed(() =>
    documents.reduce((sum, document) => sum + built.value.match(document).length, 0),
  );
  const inSample = sample.reduce((sum, document) => sum + built.value.match(document).length, 0);
  const every = await timed(() => evaluateAll(plans, sample));
  if (every.value !== inSample) throw new Error(`they disagree: ${inSample} and ${every.value}`);
  const ours = matched.ms / documents.length;
  const theirs = every.ms / sample.length;
  const row = (way: string, perPost: number, matches: number): Row => ({
    topics: count,
    way,
    'µs/post': perPost * 1000,
    'posts/s': 1000 / perPost,
    matches,
    'times faster': theirs / perPost,
  });
  return [
    { ...row('matcher', ours, matched.value), 'built in ms': built.ms },
    { ...row(`every query (${SAMPLE} posts)`, theirs, every.value), 'built in ms': '' },
  ];
}

export async function benchMatcher(): Promise<void> {
  const morphology = await loadMorphology();
  const posts = makePosts(POSTS, 150, 7);
  const size = posts.reduce((sum, { text }) => sum + text.length, 0) / posts.length;
  console.log(
    `workload: ${POSTS} posts of ${Math.round(size)} characters; queries of one to three terms, all reduced to lemmas`,
  );
  const prepared = await timed(() =>
    posts.map((post) => prepareDocument({ title: post.title, text: post.text }, morphology)),
  );
  console.log(`preparing a post, once for all topics: ${((prepared.ms / POSTS) * 1000).toFixed(0)} µs\n`);
  printTable([
    ...(await compare(1000, prepared.value, morphology)),
    ...(await compare(10_000, prepared.value, morphology)),
  ]);
}
