import { randomFrom, shuffle } from '../../src/lib/random.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { createTalkReader, type FoundPhrase, type SpokenText } from '../../src/understand/talk/find-talk.ts';
import { THEME_WORDS, writeTheme } from './theme.ts';

/** Equal stories: copies of one text. */
export interface Post {
  story: string;
  text: string;
  language: 'ru' | 'en';
}

/** What a trial found new, of a topic whose posts fall into two times. */
export type FindFresh = (now: readonly Post[], before: readonly Post[]) => FoundPhrase[];

export function createFindFresh(morphology: Morphology, brand: string): FindFresh {
  return (now, before) => {
    const reader = createTalkReader(morphology, brand);
    let author = 0;
    const toSpoken = ({ text, story }: Post): SpokenText => {
      author += 1;
      return { title: null, text, spans: [], author, story, source: 1 };
    };
    for (const post of now) reader.add(toSpoken(post));
    reader.next();
    for (const post of before) reader.add(toSpoken(post));
    return reader.find().fresh ?? [];
  };
}

/** Posts of one time put into two by chance: nothing can be new. */
export function halves(posts: readonly Post[], seed: number): [Post[], Post[]] {
  const mixed = shuffle([...posts], randomFrom(seed));
  const middle = mixed.length >> 1;
  return [mixed.slice(0, middle), mixed.slice(middle)];
}

/** So many of the posts speak of a broken app instead. */
export function plant(posts: readonly Post[], planted: number, brand: string, seed: number): Post[] {
  const random = randomFrom(seed);
  return shuffle([...posts], random).map((post, at) =>
    at < planted ? { ...post, story: `theme ${at}`, text: writeTheme(post.language, brand, random) } : post,
  );
}

/** From 1; 0: not found. */
export function placeOfTheme(fresh: readonly FoundPhrase[]): number {
  return fresh.findIndex(({ phrase }) => THEME_WORDS.test(phrase)) + 1;
}
