import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadMorphology } from '../../src/lib/morphology.ts';
import { createMemoryStories } from '../../src/understand/stories/memory-stories.ts';
import { createWriters } from '../copies/cases.ts';
import { between } from '../copies/grammar.ts';
import { type CorpusRow, type CorpusSet, readCases } from '../set.ts';
import { THEME_WORDS } from '../talk/theme.ts';
import { createFindFresh, type FindFresh, halves, type Post, placeOfTheme, plant } from '../talk/trials.ts';

const WEEK_S = 7 * 86_400;
const LEAST_POSTS = 600;
const SHARE = 0.03;
const TRIALS = 100;
const BRAND = 'Сбербанк';

interface Tweet {
  ts: number;
  text: string;
  domain: string;
}

/** Weeks of tweets on banks, in their order; those with few are left out. */
function readWeeks(root: string): { week: number; posts: Post[] }[] {
  const weeks = new Map<number, Post[]>();
  const stories = createMemoryStories();
  let number = 0;
  for (const { ts, text, domain } of readCases<Tweet>(root, 'nlp/ru_sentirueval.train.jsonl.gz')) {
    if (domain !== 'banks') continue;
    const week = Math.floor(ts / WEEK_S);
    const story = String(stories.add(number++, text).story);
    weeks.set(week, [...(weeks.get(week) ?? []), { text, story, language: 'ru' }]);
  }
  return [...weeks]
    .map(([week, posts]) => ({ week, posts }))
    .filter(({ posts }) => posts.length >= LEAST_POSTS)
    .sort((one, other) => one.week - other.week);
}

/** Posts of our own grammar, half of them Russian, that do not speak of apps. */
function composePosts(count: number): Post[] {
  const writers = createWriters(7);
  const posts: Post[] = [];
  while (posts.length < count) {
    const language = posts.length % 2 === 0 ? 'ru' : 'en';
    const { random, write } = writers[language];
    const text = write(between(random, 1, 3));
    if (!THEME_WORDS.test(text.toLowerCase())) posts.push({ text, language, story: `own ${posts.length}` });
  }
  return posts;
}

interface Trial {
  now: Post[];
  before: Post[];
}

function row(measure: string, hits: number, of: number, floors: { must?: number } = {}): CorpusRow {
  return { measure, value: hits / Math.max(1, of), detail: `${hits} of ${of}`, ...floors };
}

function quiet(
  name: string,
  find: FindFresh,
  trials: readonly Trial[],
  explain: (miss: string) => void,
): CorpusRow {
  let silent = 0;
  for (const { now, before } of trials) {
    const fresh = find(now, before);
    if (fresh.length === 0) silent += 1;
    else explain(`${name}, quiet: ${fresh.map(({ phrase }) => phrase).join(', ')}`);
  }
  return row(`${name}: quiet, and nothing is called new`, silent, trials.length, { must: 0.95 });
}

/** What a planted theme must come to. */
const FLOORS = { first: { must: 0.9 }, found: { must: 0.95 } };

function planted(
  name: string,
  find: FindFresh,
  trials: readonly Trial[],
  explain: (miss: string) => void,
  floors: Partial<typeof FLOORS>,
): CorpusRow[] {
  let first = 0;
  let found = 0;
  for (const { now, before } of trials) {
    const fresh = find(now, before);
    const place = placeOfTheme(fresh);
    if (place === 1) first += 1;
    else explain(`${name}, planted, place ${place}: ${fresh.map(({ phrase }) => phrase).join(', ')}`);
    if (place > 0) found += 1;
  }
  return [
    row(`${name}: the theme comes first`, first, trials.length, floors.first),
    row(`${name}: the theme is found`, found, trials.length, floors.found),
  ];
}

function plantIn(trials: readonly Trial[], posts: (of: number) => number): Trial[] {
  return trials.map(({ now, before }, at) => ({ now: plant(now, posts(now.length), BRAND, at), before }));
}

const shareOf = (of: number): number => Math.round(of * SHARE);

function halved(posts: readonly Post[], seed: number): Trial {
  const [now, before] = halves(posts, seed);
  return { now, before };
}

function* tweetRows(root: string, find: FindFresh, explain: (miss: string) => void): Generator<CorpusRow> {
  const weeks = readWeeks(root);
  const trials = Array.from({ length: TRIALS }, (_, at) => halved(weeks[at % weeks.length]?.posts ?? [], at));
  yield quiet('halves of a week of tweets', find, trials, explain);
  for (const posts of [10, 15, 20, 30])
    yield* planted(
      `${posts} posts in half a week of tweets`,
      find,
      plantIn(trials, () => posts),
      explain,
      {},
    );
  const following = weeks.flatMap(({ week, posts }, at): Trial[] => {
    const last = weeks[at - 1];
    return last && last.week === week - 1 ? [{ now: posts, before: last.posts }] : [];
  });
  const again = Array.from({ length: 20 }, () => following).flat();
  yield* planted('3 % of a week after a week', find, plantIn(again, shareOf), explain, FLOORS);
}

/** Is a new theme found, and is a quiet week left quiet? On posts of our own grammar, and on tweets in the order of their weeks. */
export const talk: CorpusSet = {
  name: 'talk',
  run: async (root, explain) => {
    const find = createFindFresh(await loadMorphology(), BRAND);
    const composed = composePosts(2000);
    const own = Array.from({ length: TRIALS }, (_, at) => halved(composed, at));
    const rows = [
      quiet('composed posts', find, own, explain),
      ...planted('3 % of composed posts', find, plantIn(own, shareOf), explain, FLOORS),
    ];
    return existsSync(join(root, 'nlp')) ? [...rows, ...tweetRows(root, find, explain)] : rows;
  },
};
