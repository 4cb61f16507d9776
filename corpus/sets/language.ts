import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { francAll } from 'franc';
import { detectLanguage } from '../../src/understand/language/detect.ts';
import { type CorpusRow, type CorpusSet, readCases } from '../set.ts';

interface Post {
  label?: string;
  text: string;
}

interface Case {
  label: string;
  kind: string;
  text: string;
}

type Tells = (text: string) => string;

const SEVEN = ['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk'];
const LATIN = ['en', 'de', 'cs', 'pl'];
const ISO1: Readonly<Record<string, string>> = {
  rus: 'ru',
  ukr: 'uk',
  bel: 'be',
  bul: 'bg',
  srp: 'sr',
  mkd: 'mk',
  kaz: 'kk',
  eng: 'en',
  deu: 'de',
  ces: 'cs',
  pol: 'pl',
};
const WAYS: readonly { name: string; tells: Tells }[] = [
  { name: 'ours', tells: (text) => detectLanguage(text, null).code },
  { name: 'franc', tells: byFranc },
];
/** Labels by which sets mark posts that are not in their language, among other oddities. */
const FOREIGN = ['irrelevant', 'skip'];
/** Posts of these sets are in both languages: Cyrillic letters make a Russian one. */
const MIXED = /^ru_en_/;
const POSTS = /^(ru|en)_(?!.*_ner).*\.dev\.jsonl(?:\.gz)?$/;

/**
 * Posts by set, sentences and pairs of words by language. Our weights were fitted on the sentences of langid.dev, as
 * «seen» says, and on most treebanks: what they are worth on others is measured by cross-validation when they are
 * trained (docs/models/language.md). Posts and the treebanks of uk and bg are unseen.
 */
export const language: CorpusSet = {
  name: 'language',
  run: async (folder, explain) => {
    const nlp = join(folder, 'nlp');
    return WAYS.flatMap(({ name, tells }, way) => {
      const tell = way === 0 ? explain : () => {};
      return [...postRows(nlp, name, tells, tell), ...languageRows(nlp, name, tells, tell)];
    });
  },
};

function postRows(nlp: string, name: string, tells: Tells, explain: (miss: string) => void): CorpusRow[] {
  const sets = readdirSync(nlp).filter((file) => POSTS.test(file));
  const counts = sets.map((file) => {
    const posts = readCases<Post>(nlp, file)
      .filter(({ label }) => !FOREIGN.includes(label ?? ''))
      .map(({ text }) => ({
        text,
        label: postLabel(file, text),
      }));
    return { file, ...count(posts, tells, (miss) => explain(`${file}: ${miss}`)) };
  });
  const right = counts.reduce((sum, one) => sum + one.right, 0);
  const all = counts.reduce((sum, one) => sum + one.all, 0);
  return [
    ...counts.map((one) => row(`language of posts, ${name}: ${one.file.replace(/\.dev.*/, '')}`, one)),
    { ...row(`language of posts, ${name}: all`, { right, all }), ...goal(name, 0.995, 0.998) },
  ];
}

function postLabel(file: string, text: string): string {
  if (MIXED.test(file)) return /\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en';
  return file.slice(0, 2);
}

function languageRows(nlp: string, name: string, tells: Tells, explain: (miss: string) => void): CorpusRow[] {
  const lingua = readCases<Case>(nlp, 'langid.dev.jsonl.gz');
  const sentences = lingua.filter(({ kind }) => kind === 'sentences');
  const treebanks = readCases<Case>(nlp, 'langid.train.jsonl.gz');
  const first = (cases: readonly Case[]) => cases.map((one) => ({ ...one, text: firstWords(one.text) }));
  const parts: [string, readonly Case[], string[]][] = [
    ['seen, first 6 words', first(sentences), [...SEVEN, ...LATIN]],
    ['seen, sentences', sentences, [...SEVEN, ...LATIN]],
    ['seen, word pairs', lingua.filter(({ kind }) => kind === 'word-pairs'), [...SEVEN, ...LATIN]],
    ['treebanks, first 6 words', first(treebanks), ['ru', 'uk', 'be', 'bg', 'sr', 'kk']],
  ];
  return parts.flatMap(([part, cases, codes]) => {
    const rows = codes.map((code) => {
      const own = cases.filter(({ label }) => label === code);
      return row(
        `${part}, ${name}: ${code}`,
        count(own, tells, (miss) => explain(`${part}: ${miss}`)),
      );
    });
    const seven = rows.slice(0, SEVEN.length);
    const value = seven.reduce((sum, one) => sum + one.value, 0) / seven.length;
    return [...rows, { measure: `${part}, ${name}: mean of ${seven.length} languages`, value }];
  });
}

function goal(name: string, must: number, aim: number): { must?: number; aim?: number } {
  return name === 'ours' ? { must, aim } : {};
}

function row(measure: string, { right, all }: { right: number; all: number }): CorpusRow {
  return { measure, value: all === 0 ? 1 : right / all, detail: `${right} of ${all}` };
}

function count(
  cases: readonly { label: string; text: string }[],
  tells: Tells,
  explain: (miss: string) => void,
): { right: number; all: number } {
  let right = 0;
  for (const { label, text } of cases) {
    const told = tells(text);
    if (told === label) right += 1;
    else explain(`${label} told as ${told}: ${text.slice(0, 120)}`);
  }
  return { right, all: cases.length };
}

function firstWords(text: string): string {
  return text.split(/\s+/).slice(0, 6).join(' ');
}

function byFranc(text: string): string {
  const [first] = francAll(text, { minLength: 3 });
  return ISO1[first?.[0] ?? ''] ?? 'und';
}
