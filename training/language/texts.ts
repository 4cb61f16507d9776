import { shuffled } from '../../corpus/context/seeded.ts';
import { readCases, readPacked } from '../../corpus/set.ts';

export interface LabelledText {
  code: string;
  text: string;
}

interface LangidCase {
  label: string;
  kind: string;
  text: string;
}

// Sets whose licence forbids models that ship (class C) are not here: en_airline, the SemEval-14 reviews, the Ukrainian and Bulgarian treebanks.
const RUSSIAN = [
  'ru_rusentitweet.train.jsonl',
  'ru_sentirueval.train.jsonl.gz',
  'ru_sentirueval_unlabelled.train.jsonl.gz',
  'ru_goemotions_mt.train.jsonl',
  'ru_romip2012_news.train.jsonl.gz',
  'ru_rusentne.train.jsonl.gz',
  'ru_bank_reviews_sravni.train.jsonl',
];
const ENGLISH = [
  'en_complaints.train.jsonl',
  'en_dong2014_target.train.jsonl',
  'en_semeval2017_tweets.train.jsonl.gz',
  'en_semeval_topic.train.jsonl.gz',
  'en_sst2.train.jsonl',
];
/** Of these, sets in which names too are in lower case. */
const UNCASED = /dong2014|sst2/;
const TREEBANKS = ['ru', 'be', 'kk', 'sr'];
/** Letters that Russian has not. */
const NOT_RUSSIAN = /[іїєґўәғқңұүһөјљњћђџѓќѕ]/i;
/** So RuSentiTweet labels posts in other languages, among unclear ones. */
const UNCLEAR = 'skip';
const POSTS = 40_000;

/** Posts in Russian; `folder` holds the sets. */
export function russianPosts(folder: string): string[] {
  const posts = RUSSIAN.flatMap((file) => readCases<{ text: string; label?: string }>(folder, file));
  const own = posts.filter(({ text, label }) => label !== UNCLEAR && !NOT_RUSSIAN.test(text));
  return sample(own.map(({ text }) => text));
}

export function englishPosts(folder: string): string[] {
  const posts = ENGLISH.flatMap((file) => readCases<{ text: string }>(folder, file));
  return sample([...posts.map(({ text }) => text), ...englishComments(folder)]);
}

function sample(texts: readonly string[]): string[] {
  return shuffled(texts, 1).slice(0, POSTS);
}

/** English in which names begin with a capital letter, for telling everyday words from names. */
export function casedEnglish(folder: string): string[] {
  const posts = ENGLISH.filter((file) => !UNCASED.test(file)).flatMap((file) =>
    readCases<{ text: string }>(folder, file),
  );
  return [...posts.map(({ text }) => text), ...englishComments(folder)];
}

function englishComments(folder: string): string[] {
  return readCases<{ text_en: string }>(folder, 'ru_goemotions_mt.train.jsonl').map((one) => one.text_en);
}

/** Sentences of the treebanks that are free enough. */
export function treebankTexts(folder: string): LabelledText[] {
  return readCases<LangidCase>(folder, 'langid.train.jsonl.gz')
    .filter(({ label }) => TREEBANKS.includes(label))
    .map(({ label, text }) => ({ code: label, text }));
}

/** Sentences and pairs of words of lingua's test data (Leipzig corpora), 12 languages, in an order of chance. */
export function linguaTexts(folder: string): (LabelledText & { kind: string })[] {
  return shuffled(readCases<LangidCase>(folder, 'langid.dev.jsonl.gz'), 7).map(({ label, kind, text }) => ({
    code: label,
    kind,
    text,
  }));
}

/** Sentences that people wrote at tatoeba.org, in 55 languages (CC BY 2.0 FR). */
export function tatoebaTexts(): LabelledText[] {
  return readPacked(new URL('./tatoeba.tsv.gz', import.meta.url))
    .trimEnd()
    .split('\n')
    .map((line) => {
      const tab = line.indexOf('\t');
      return { code: line.slice(0, tab), text: line.slice(tab + 1) };
    });
}
