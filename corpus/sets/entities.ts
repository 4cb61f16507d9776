import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadMorphology } from '../../src/lib/morphology.ts';
import { tokenize } from '../../src/lib/tokens.ts';
import { labelNames, readWords } from '../../src/understand/entities/label.ts';
import type { Mark, MarkedText } from '../entities/marked-text.ts';
import { joinWords } from '../entities/read-columns.ts';
import { addCounts, countNames, f1 } from '../entities/score.ts';
import { type CorpusRow, type CorpusSet, readCases } from '../set.ts';

const KINDS = ['person', 'organisation', 'place'];
const SHORT = { PER: 0, ORG: 1, LOC: 2 };
const NONE = { right: 0, found: 0, all: 0 };
/** Lengths of posts by which speed is stated. */
const POST = 140;
const TIMED_MS = 1500;

interface FactCase {
  text: string;
  entities: [number, number, keyof typeof SHORT][];
}

interface WikiCase {
  tokens: string[];
  tags: string[];
}

const SETS: readonly { name: string; file: string; read(folder: string, file: string): MarkedText[] }[] = [
  { name: 'FactRuEval (trained on)', file: 'ru_factrueval_ner.train.jsonl', read: readFacts },
  { name: 'WikiNEuRal ru', file: 'ru_wikineural_ner.dev.jsonl', read: readWiki },
  { name: 'WikiNEuRal en', file: 'en_wikineural_ner.dev.jsonl', read: readWiki },
];

/** Names in news and in Wikipedia: F1 of spans that are right to the letter; and how long posts take. */
export const entities: CorpusSet = {
  name: 'entities',
  run: async (root, explain) => {
    const folder = join(root, 'nlp');
    const morphology = await loadMorphology();
    const find = (text: string): Mark[] =>
      labelNames(text, readWords(text, tokenize(text), morphology)).map(({ kind, start, end }) => ({
        kind: KINDS.indexOf(kind),
        start,
        end,
      }));
    return SETS.filter(({ file }) => existsSync(join(folder, file))).flatMap(({ name, file, read }) => {
      const texts = read(folder, file);
      return [...quality(name, texts, find, explain), speed(name, texts, find)];
    });
  },
};

function readFacts(folder: string, file: string): MarkedText[] {
  return readCases<FactCase>(folder, file).map(({ text, entities: marks }) => ({
    text,
    marks: marks.map(([start, end, kind]) => ({ start, end, kind: SHORT[kind] })),
  }));
}

function readWiki(folder: string, file: string): MarkedText[] {
  return readCases<WikiCase>(folder, file).map(({ tokens, tags }) => joinWords(tokens, tags, SHORT));
}

function quality(
  name: string,
  texts: readonly MarkedText[],
  find: (text: string) => Mark[],
  explain: (miss: string) => void,
): CorpusRow[] {
  const counts = KINDS.map(() => NONE);
  for (const { text, marks } of texts) {
    const found = find(text);
    for (const kind of KINDS.keys())
      counts[kind] = addCounts(counts[kind] ?? NONE, countNames(marks, found, kind));
    tellMisses(text, marks, found, explain);
  }
  const rows = [...KINDS, 'all'].map((kind, at) => {
    const count = counts[at] ?? counts.reduce(addCounts, NONE);
    const detail = `${count.right} right of ${count.found} found, of ${count.all}`;
    return { measure: `names, ${name}: ${kind}`, value: f1(count), detail };
  });
  return rows;
}

function tellMisses(
  text: string,
  marks: readonly Mark[],
  found: readonly Mark[],
  explain: (miss: string) => void,
): void {
  const key = ({ kind, start, end }: Mark) => `${KINDS[kind]} ${text.slice(start, end)}`;
  const [right, given] = [new Set(marks.map(key)), new Set(found.map(key))];
  const missed = [...right].filter((one) => !given.has(one)).map((one) => `− ${one}`);
  const wrong = [...given].filter((one) => !right.has(one)).map((one) => `+ ${one}`);
  if (missed.length + wrong.length > 0) explain([text.slice(0, 300), ...missed, ...wrong].join('\n    '));
}

function speed(name: string, texts: readonly MarkedText[], find: (text: string) => Mark[]): CorpusRow {
  const posts = texts.map(({ text }) => text.slice(0, POST));
  for (const post of posts) find(post);
  const before = process.cpuUsage().user;
  let count = 0;
  for (const until = performance.now() + TIMED_MS; performance.now() < until; )
    for (const post of posts) {
      find(post);
      count += 1;
    }
  const seconds = (process.cpuUsage().user - before) / 1e6;
  return { measure: `names, ${name}: posts a second`, value: Math.round(count / seconds) };
}
