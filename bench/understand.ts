import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadTagResources } from '../src/app/tag-resources.ts';
import type { TaggedText, Tagger, TagResources, Target } from '../src/model/ports.ts';
import { loadModels } from '../src/understand/classifier/load.ts';
import { TAGGERS } from '../src/understand/registry.ts';
import { targetIn } from '../src/understand/target-in.ts';
import { type Untagged, understand, understandEach } from '../src/understand/understand.ts';
import { readSet } from '../training/read-set.ts';
import { printTable, quantile, timed } from './report.ts';

type Document = TaggedText['document'];

const SETS = [
  'ru_sentirueval',
  'ru_rusentitweet',
  'ru_romip2012_news',
  'en_semeval2017_tweets',
  'en_complaints',
];
const ROUNDS = 8;
/** So many posts come at a time, or a few more, where they are read from a pipe (64 kB). */
const AT_A_TIME = 200;

/** Posts of the developers' half of `folder`, or our own, often enough for a second of work. */
function readPosts(folder: string | undefined): string[] {
  if (folder !== undefined)
    return SETS.flatMap((set) => (readSet(folder, set, 'dev') ?? []).map(({ text }) => text));
  const own = readFileSync(new URL('../test/eval/data/posts.jsonl', import.meta.url), 'utf8');
  const texts = own
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text);
  return Array.from({ length: 20 }, () => texts).flat();
}

/** A new object each time: taggers remember what they have read of a document. */
const documentOf = (text: string): Document => ({ title: null, text, kind: 'post', declaredLanguage: null });

interface Run {
  ms: Map<string, number>;
  total: number;
}

type TargetsOf = (text: string) => Target[];

const untagged = (text: string, targetsOf: TargetsOf): Untagged => ({
  document: documentOf(text),
  targets: targetsOf(text),
});

/** As the program does it. Tagger by tagger; what several share is read by the first that asks. */
function tagAll(texts: readonly string[], targetsOf: TargetsOf, resources: TagResources): Run {
  const ms = new Map(TAGGERS.map(({ kind }) => [kind, 0]));
  const clocked = <Result>({ kind }: Tagger, work: () => Result): Result => {
    const started = performance.now();
    const result = work();
    ms.set(kind, (ms.get(kind) ?? 0) + performance.now() - started);
    return result;
  };
  const taggers = TAGGERS.map(
    (tagger): Tagger => ({
      ...tagger,
      reads: (tagger.reads ?? []).map((read) => (text, known) => clocked(tagger, () => read(text, known))),
      tag: (text, known) => clocked(tagger, () => tagger.tag(text, known)),
    }),
  );
  let total = 0;
  for (let from = 0; from < texts.length; from += AT_A_TIME) {
    // Made as they come: what is read of a document is kept for as long as the document.
    const posts = texts.slice(from, from + AT_A_TIME).map((text) => untagged(text, targetsOf));
    const started = performance.now();
    understandEach(posts, resources, taggers);
    total += performance.now() - started;
  }
  return { ms, total };
}

/** How long one post takes that comes alone, in milliseconds. */
function tagAlone(text: string, targetsOf: TargetsOf, resources: TagResources): number {
  const post = untagged(text, targetsOf);
  const started = performance.now();
  understand(post, resources);
  return performance.now() - started;
}

function report(name: string, texts: readonly string[], targetsOf: TargetsOf, resources: TagResources): void {
  const runs = Array.from({ length: ROUNDS }, () => tagAll(texts, targetsOf, resources));
  const total = Math.min(...runs.map((run) => run.total));
  const best = runs.find((run) => run.total === total) as Run;
  const alone = texts.map((text) => tagAlone(text, targetsOf, resources));
  console.log(`${name}: ${texts.length} posts, the best of ${ROUNDS} rounds`);
  printTable([
    ...[...best.ms].map(([kind, took]) => ({
      tagger: kind,
      'µs/post': (1000 * took) / texts.length,
      'posts/s': Math.round((1000 * texts.length) / took),
    })),
    {
      tagger: 'all',
      'µs/post': (1000 * total) / texts.length,
      'posts/s': Math.round((1000 * texts.length) / total),
    },
  ]);
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(alone, share).toFixed(2));
  console.log(`a post that comes alone: p50 ${p50} ms, p99 ${p99} ms\n`);
}

/** What nobody writes in good faith: 50 ms a post at most, 1 s where it is a megabyte. */
const HOSTILE: readonly [name: string, text: string][] = [
  ['only emoji', '\u{1F600}'.repeat(5000)],
  ['joined emoji', '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}'.repeat(10_000)],
  ['mixed scripts', 'Приvet мир hello 你好 مرحبا '.repeat(800)],
  ['lone surrogates', '\uD800'.repeat(20_000)],
  ['a letter, repeated', 'а'.repeat(100_000)],
  ['marks on letters', 'e\u0301\u0302\u0303'.repeat(20_000)],
  ['a long number', '1'.repeat(100_000)],
  ['telephone numbers', '+7 912 345 67 89 '.repeat(5000)],
  ['addresses', 'a@b.cc http://a.b/c '.repeat(5000)],
  ['a megabyte of words', 'Банк опять списал деньги и не отвечает. '.repeat(26_000)],
];

function reportHostile(resources: TagResources): void {
  const rows = HOSTILE.map(([name, text]) => {
    const targetsOf = () => [targetIn(text.slice(0, 1000), 'one', [text.slice(0, 4)])];
    const times = Array.from({ length: 5 }, () => tagAlone(text, targetsOf, resources));
    return {
      post: name,
      characters: text.length,
      'first ms': times[0] ?? Number.NaN,
      'best ms': Math.min(...times),
    };
  });
  printTable(rows);
  console.log('');
}

interface Natural {
  SentimentAnalyzer: new (
    language: string,
    stemmer: unknown,
    list: string,
  ) => { getSentiment(words: string[]): number };
  PorterStemmer: unknown;
  WordTokenizer: new () => { tokenize(text: string): string[] };
}

/** natural's AFINN, English tone only: what a word list costs. */
function reportAlternative(texts: readonly string[]): void {
  // Its own types do not compile under our settings.
  const natural = createRequire(import.meta.url)('natural') as Natural;
  const analyzer = new natural.SentimentAnalyzer('English', natural.PorterStemmer, 'afinn');
  const tokenizer = new natural.WordTokenizer();
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    for (const text of texts) analyzer.getSentiment(tokenizer.tokenize(text));
    return performance.now() - started;
  });
  const speed = Math.round((1000 * texts.length) / Math.min(...times));
  console.log(`natural (AFINN, tone of English only): ${speed} posts/s, the best of ${ROUNDS} rounds\n`);
}

/** The chain of taggers, by itself; loading and memory of the models. */
export async function benchUnderstand(): Promise<void> {
  global.gc?.();
  const before = process.memoryUsage();
  const { ms } = await timed(() => loadModels());
  global.gc?.();
  const after = process.memoryUsage();
  const bytes = after.rss - before.rss;
  console.log(
    `models of tone, complaints and kinds: read in ${ms.toFixed(0)} ms, ${(bytes / 1e6).toFixed(0)} MB of memory\n`,
  );
  const resources = await loadTagResources();
  const texts = readPosts(process.argv[3]);
  report('no topic in the post', texts, () => [], resources);
  report('one topic', texts, (text) => [targetIn(text, 'one', [text.split(/\s+/)[0] ?? ''])], resources);
  report(
    'two topics',
    texts,
    (text) => ['one', 'two'].map((key, at) => targetIn(text, key, [text.split(/\s+/)[3 * at] ?? ''])),
    resources,
  );
  reportHostile(resources);
  reportAlternative(texts);
}
