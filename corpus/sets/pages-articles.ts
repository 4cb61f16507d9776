import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Article, readArticle } from '../../src/extract/article/article.ts';
import type { CorpusRow, CorpusSet } from '../set.ts';

interface Row {
  file: string;
  origin: string;
  url: string;
  charset?: string;
  opts?: { now?: string; tzOffsetMinutes?: number };
  expected: { title?: string | null; author?: string | null; date?: string | null; text?: string | null };
}

const HOUR = 3_600_000;

/** Words as WCXB's evaluate.py counts them. */
function wordF1(got: string, expected: string): number {
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const [a, b] = [words(got), words(expected)];
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const left = new Map<string, number>();
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of a) {
    const count = left.get(word) ?? 0;
    if (count > 0) common += 1;
    left.set(word, count - 1);
  }
  return (2 * common) / (a.length + b.length);
}

function level(text: string | undefined | null): string {
  const plain = (text ?? '').normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function isAuthor(got: string | undefined, expected: string): boolean {
  const [a, b] = [level(got), level(expected)];
  return a !== '' && (a.includes(b) || b.includes(a));
}

function isDay(got: Date | undefined, expected: string): boolean {
  const noon = Date.parse(`${expected.slice(0, 10)}T12:00:00Z`);
  return got !== undefined && Math.abs(got.getTime() - noon) <= 36 * HOUR;
}

function decode(folder: string, { file, charset }: Row): string {
  const bytes = gunzipSync(readFileSync(join(folder, file)));
  const declared = /charset=["']?([\w-]+)/i.exec(bytes.subarray(0, 4096).toString('latin1'))?.[1];
  try {
    return new TextDecoder(charset ?? declared ?? 'utf-8').decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

function read(folder: string, row: Row): Article | undefined {
  const now = row.opts?.now === undefined ? new Date() : new Date(row.opts.now);
  try {
    return readArticle(decode(folder, row), row.url, { now, zone: row.opts?.tzOffsetMinutes ?? 0 });
  } catch {
    return undefined;
  }
}

/** A mean of what applies to a page; pages to which it does not are left out. */
class Mean {
  #sum = 0;
  #count = 0;
  add(value: number | boolean): void {
    this.#sum += Number(value);
    this.#count += 1;
  }
  row(measure: string, must?: number, aim?: number): CorpusRow {
    const floors = { ...(must === undefined ? {} : { must }), ...(aim === undefined ? {} : { aim }) };
    const value = this.#sum / Math.max(1, this.#count);
    return { measure, value, ...floors, detail: `${this.#count} pages` };
  }
}

/** Articles of `pages/real`, judged as its eval.mjs judges. */
export const pagesArticles: CorpusSet = {
  name: 'pages-articles',
  run: async (folder, explain) => {
    const pages = join(folder, 'pages', 'real');
    if (!existsSync(join(pages, 'articles.jsonl'))) return [];
    const lines = readFileSync(join(pages, 'articles.jsonl'), 'utf8').split('\n').filter(Boolean);
    const means = {
      wcxb: new Mean(),
      text: new Mean(),
      title: new Mean(),
      author: new Mean(),
      date: new Mean(),
    };
    for (const row of lines.map((line) => JSON.parse(line) as Row)) {
      const article = read(pages, row);
      const { title, author, date, text } = row.expected;
      if (text) {
        const score = wordF1(article?.text ?? '', text);
        means.text.add(score);
        if (row.origin === 'WCXB') means.wcxb.add(score);
        if (score < 0.9) explain(`${row.file} word F1 ${score.toFixed(3)} ${row.url}`);
      }
      if (title) means.title.add(wordF1(level(article?.title), level(title)) >= 0.8);
      if (author) {
        means.author.add(isAuthor(article?.author, author));
        if (!isAuthor(article?.author, author))
          explain(`${row.file} author ${author}, got ${article?.author ?? 'none'}`);
      }
      if (date) means.date.add(isDay(article?.publishedAt, date));
    }
    return [
      means.wcxb.row('pages: articles (WCXB), word F1', 0.955, 0.968),
      means.text.row('pages: all articles, word F1'),
      means.title.row('pages: title'),
      means.author.row('pages: author', 0.8, 0.88),
      means.date.row('pages: date', 0.8, 0.88),
    ];
  },
};
