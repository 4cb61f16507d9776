import { join } from 'node:path';
import { readArticle } from '../../src/extract/article/article.ts';
import { decodeText } from '../../src/fetch/charset.ts';
import { type CorpusRow, type CorpusSet, readCases } from '../set.ts';

interface Case {
  id: string;
  url: string;
  body?: string;
  bodyB64?: string;
  articleBody?: string;
  with?: string[];
  without?: string[];
}

interface Counts {
  right: number;
  extra: number;
  missing: number;
}

const WORD = /[\p{L}\p{N}\p{M}_]+/gu;

/** Four-word shingles with how often each occurs, as scrapinghub/article-extraction-benchmark counts them. */
function shingles(text: string): Map<string, number> {
  const words = text.match(WORD) ?? [];
  const counts = new Map<string, number>();
  for (let at = 0; at < Math.max(1, words.length - 3); at += 1) {
    const shingle = words.slice(at, at + 4).join(' ');
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function compareShingles(got: string, expected: string): Counts {
  const [a, b] = [shingles(got), shingles(expected)];
  const counts = { right: 0, extra: 0, missing: 0 };
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [ours, theirs] = [a.get(key) ?? 0, b.get(key) ?? 0];
    counts.right += Math.min(ours, theirs);
    counts.extra += Math.max(0, ours - theirs);
    counts.missing += Math.max(0, theirs - ours);
  }
  return counts;
}

function f1({ right, extra, missing }: Counts): number {
  return right === 0 ? 0 : (2 * right) / (2 * right + extra + missing);
}

const level = (text: string): string => text.replace(/\s+/g, ' ').trim();

function compareSnippets(got: string, { with: wanted = [], without = [] }: Case): Counts {
  const text = level(got);
  const right = wanted.filter((snippet) => text.includes(level(snippet))).length;
  return {
    right,
    missing: wanted.length - right,
    extra: without.filter((snippet) => text.includes(level(snippet))).length,
  };
}

function textOf({ body, bodyB64, url }: Case): string {
  const html = body ?? decodeText(Buffer.from(bodyB64 ?? '', 'base64'), 'text/html').text;
  try {
    return readArticle(html, url, { now: new Date(), zone: 0 }).text;
  } catch {
    return '';
  }
}

function measureFull(cases: readonly Case[], explain: (miss: string) => void): CorpusRow {
  let sum = 0;
  for (const one of cases) {
    const score = f1(compareShingles(textOf(one), one.articleBody ?? ''));
    sum += score;
    if (score < 0.9) explain(`${one.id} ${score.toFixed(3)} ${one.url}`);
  }
  const detail = `${cases.length} pages`;
  return {
    measure: 'articles, full text: mean F1',
    value: sum / cases.length,
    must: 0.945,
    aim: 0.96,
    detail,
  };
}

function measureSnippets(cases: readonly Case[], explain: (miss: string) => void): CorpusRow {
  const all = { right: 0, extra: 0, missing: 0 };
  for (const one of cases) {
    const counts = compareSnippets(textOf(one), one);
    all.right += counts.right;
    all.extra += counts.extra;
    all.missing += counts.missing;
    if (counts.extra + counts.missing > 0)
      explain(`${one.id} ${counts.missing} missing, ${counts.extra} unwanted`);
  }
  const detail = `${all.right} right, ${all.missing} missing, ${all.extra} unwanted`;
  return { measure: 'articles, snippets: F1', value: f1(all), must: 0.9, aim: 0.92, detail };
}

/** Main text of 204 pages, by shingles where the whole text is known and by snippets elsewhere. */
export const articles: CorpusSet = {
  name: 'articles',
  run: async (folder, explain) => {
    const cases = readCases<Case>(join(folder, 'cases'), 'articles.jsonl.gz');
    const isFull = ({ articleBody }: Case): boolean => articleBody !== undefined;
    return [
      measureFull(cases.filter(isFull), explain),
      measureSnippets(
        cases.filter((one) => !isFull(one)),
        explain,
      ),
    ];
  },
};
