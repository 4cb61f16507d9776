import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { findNextPage } from '../../src/extract/thread/pager.ts';
import { withoutRepeatedQuotes } from '../../src/extract/thread/repeated-quotes.ts';
import { readThread } from '../../src/extract/thread/thread.ts';
import type { CorpusRow, CorpusSet } from '../set.ts';

interface Told {
  id?: string;
  author?: string;
  /** null where the page shows none. */
  date?: string | null;
  dateDay?: string | null;
  text: string;
  permalink?: string;
}

interface ThreadCase {
  file: string;
  engine: string;
  url: string;
  charset?: string;
  datePrecision?: string;
  opts: { now?: string; tzOffsetMinutes?: number };
  expected: { posts: Told[]; nextPage?: string | null };
}

/** What `pages/eval.mjs` exports: the corpora's own judgement. */
interface Judge {
  match(expected: Told[], got: Told[], url: string): [Told, Told][];
  f1(one: string, other: string): number;
  wordF1(got: string, expected: string): number;
  norm(text: string | undefined): string;
}

/** Engines of the corpus that have no file of their own. */
const UNSEEN = new Set(['stackexchange', 'vanilla', '4pda']);
const DAY_AND_HALF = 36 * 3_600_000;

function read<Case>(folder: string, file: string): Case[] {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Case);
}

function pageOf(folder: string, { file, charset }: { file: string; charset?: string }): string {
  const bytes = gunzipSync(readFileSync(join(folder, file)));
  const declared = /charset=["']?([\w-]+)/i.exec(bytes.subarray(0, 4096).toString('latin1'))?.[1];
  return new TextDecoder(charset ?? declared ?? 'utf-8').decode(bytes);
}

interface Score {
  expected: number;
  got: number;
  hits: number;
  authors: number;
  dated: number;
  dates: number;
  texts: number;
  paged: number;
  next: number;
}

function empty(): Score {
  return { expected: 0, got: 0, hits: 0, authors: 0, dated: 0, dates: 0, texts: 0, paged: 0, next: 0 };
}

function isDate(expected: Told, got: Told, precision: string | undefined): boolean {
  const found = Date.parse(got.date ?? '');
  const isExact = Boolean(expected.date) && precision !== 'day';
  const wanted = Date.parse(expected.date ?? `${expected.dateDay}T12:00:00Z`);
  return Math.abs(found - wanted) <= (isExact ? 60_000 : DAY_AND_HALF);
}

function addCase(
  score: Score,
  row: ThreadCase,
  html: string,
  isGeneric: boolean,
  judge: Judge,
): string | undefined {
  const dates = {
    now: row.opts.now ? new Date(row.opts.now) : new Date(),
    zone: row.opts.tzOffsetMinutes ?? 0,
  };
  const thread = isGeneric ? readThread(html, row.url, dates, []) : readThread(html, row.url, dates);
  const got: Told[] = thread.posts
    .filter(({ deleted }) => !deleted)
    .map(({ id, permalink, author, publishedAt, text }) => ({
      ...(id === undefined ? {} : { id }),
      ...(permalink === undefined ? {} : { permalink }),
      ...(author ? { author: author.name } : {}),
      ...(publishedAt ? { date: publishedAt.toISOString() } : {}),
      text,
    }));
  const pairs = judge.match(row.expected.posts, got, row.url);
  score.expected += row.expected.posts.length;
  score.got += got.length;
  score.hits += pairs.length;
  for (const [wanted, found] of pairs) {
    if (judge.norm(wanted.author) === judge.norm(found.author)) score.authors += 1;
    if (judge.f1(found.text, wanted.text) >= 0.95) score.texts += 1;
    if (!wanted.date && !wanted.dateDay) continue;
    score.dated += 1;
    if (isDate(wanted, found, row.datePrecision)) score.dates += 1;
  }
  if (row.expected.nextPage !== undefined) {
    score.paged += 1;
    if ((row.expected.nextPage ?? undefined) === thread.nextPage) score.next += 1;
  }
  const isWhole = pairs.length === row.expected.posts.length && got.length === pairs.length;
  return isWhole
    ? undefined
    : `${row.file} (${row.engine}): ${pairs.length} of ${row.expected.posts.length}, told ${got.length}`;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

type Goals = Record<'f1' | 'author' | 'date' | 'text', readonly [must: number, aim: number] | undefined>;

const ENGINE_GOALS: Goals = {
  f1: [0.97, 0.99],
  author: [0.97, 0.99],
  date: [0.95, 0.98],
  text: [0.93, 0.97],
};
const GENERIC_GOALS: Goals = { f1: [0.8, 0.92], author: [0.85, 0.93], date: [0.8, 0.9], text: undefined };

function goal(pair: readonly [number, number] | undefined): Pick<CorpusRow, 'must' | 'aim'> {
  return pair ? { must: pair[0], aim: pair[1] } : {};
}

function rowsOf(name: string, score: Score, goals: Goals): CorpusRow[] {
  const f1 = share(2 * score.hits, score.expected + score.got);
  const of = (part: number, whole: number) => `${part} of ${whole}`;
  return [
    { measure: `${name}: posts, F1`, value: f1, ...goal(goals.f1), detail: of(score.hits, score.expected) },
    { measure: `${name}: author`, value: share(score.authors, score.hits), ...goal(goals.author) },
    { measure: `${name}: date`, value: share(score.dates, score.dated), ...goal(goals.date) },
    { measure: `${name}: text alike`, value: share(score.texts, score.hits), ...goal(goals.text) },
    ...(score.paged === 0 ? [] : [{ measure: `${name}: next page`, value: share(score.next, score.paged) }]),
  ];
}

function sum(one: Score, other: Score): Score {
  const total = empty();
  for (const key of Object.keys(total) as (keyof Score)[]) total[key] = one[key] + other[key];
  return total;
}

function threadRows(folder: string, judge: Judge, explain: (miss: string) => void): CorpusRow[] {
  const scores = { generated: empty(), real: empty() };
  const generic = { generated: empty(), real: empty() };
  for (const origin of ['generated', 'real'] as const) {
    for (const row of read<ThreadCase>(join(folder, origin), 'threads.jsonl')) {
      const html = pageOf(join(folder, origin), row);
      const miss = UNSEEN.has(row.engine) ? undefined : addCase(scores[origin], row, html, false, judge);
      if (miss !== undefined) explain(miss);
      const unseen = addCase(generic[origin], row, html, true, judge);
      if (unseen !== undefined) explain(`generic: ${unseen}`);
    }
  }
  return [
    ...rowsOf('engines, real and generated', sum(scores.generated, scores.real), ENGINE_GOALS),
    ...rowsOf('engines, real', scores.real, ENGINE_GOALS),
    ...rowsOf('engines, generated', scores.generated, ENGINE_GOALS),
    ...rowsOf('generic, real and generated', sum(generic.generated, generic.real), GENERIC_GOALS),
    ...rowsOf('generic, real', generic.real, GENERIC_GOALS),
    ...rowsOf('generic, generated', generic.generated, GENERIC_GOALS),
  ];
}

interface MainCase {
  file: string;
  url: string;
  charset?: string;
  mainContent: string;
}

function mainRow(folder: string, judge: Judge, explain: (miss: string) => void): CorpusRow {
  const cases = read<MainCase>(folder, 'main.jsonl');
  let total = 0;
  for (const row of cases) {
    const { title, posts } = readThread(pageOf(folder, row), row.url, { now: new Date(), zone: 0 });
    const text = [title, ...withoutRepeatedQuotes(posts).map(({ fullText }) => fullText)]
      .filter((part) => part !== '')
      .join('\n');
    const score = judge.wordF1(text, row.mainContent);
    if (score < 0.5) explain(`${row.file}: main content ${score.toFixed(2)}`);
    total += score;
  }
  return {
    measure: 'forum main content, F1',
    value: share(total, cases.length),
    must: 0.82,
    aim: 0.86,
    detail: `${cases.length} pages`,
  };
}

interface PagerCase {
  file: string;
  url: string;
  charset?: string;
  next: string[];
}

function pagerRow(folder: string, explain: (miss: string) => void): CorpusRow {
  const cases = read<PagerCase>(folder, 'pagination.jsonl').filter(({ next }) => next.length > 0);
  const plain = (url: string) =>
    url
      .replace(/^https?:\/\/(www\.)?/, '')
      .replace(/\/(?=\?|#|$)/, '')
      .toLowerCase();
  let right = 0;
  for (const row of cases) {
    const found = findNextPage(pageOf(folder, row), row.url);
    if (found !== undefined && row.next.some((next) => plain(next) === plain(found))) right += 1;
    else explain(`${row.url}: next page ${found ?? 'not found'}`);
  }
  return {
    measure: 'next page',
    value: share(right, cases.length),
    must: 0.9,
    aim: 0.97,
    detail: `${right} of ${cases.length}`,
  };
}

/** Forum pages, saved and generated, judged as the corpus' own `eval.mjs` does. */
export const pagesThreads: CorpusSet = {
  name: 'pages-threads',
  run: async (folder, explain) => {
    const pages = join(folder, 'pages');
    const judge = (await import(pathToFileURL(join(pages, 'eval.mjs')).href)) as Judge;
    return [
      ...threadRows(pages, judge, explain),
      mainRow(join(pages, 'real'), judge, explain),
      pagerRow(join(pages, 'real'), explain),
    ];
  },
};
