import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createMemoryStories } from '../../src/understand/stories/memory-stories.ts';
import { changedCopies, createWriters, type Original } from '../copies/cases.ts';
import { measureCopies } from '../copies/measure.ts';
import { type CorpusRow, type CorpusSet, readCases } from '../set.ts';

const MOST_ORIGINALS = 1500;
/** Of shorter ones a half is too little to be told from chance. */
const LEAST_LETTERS = 120;

/** Posts of every file of JSON lines with `text`; each text once. */
function readPosts(folder: string): string[] {
  const posts = new Set<string>();
  for (const file of readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name)))
    for (const { text } of readCases<{ text?: unknown }>(folder, file))
      if (typeof text === 'string') posts.add(text);
  return [...posts];
}

function toOriginal(text: string): Original {
  return { text, language: /\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en' };
}

/** Real posts: changed copies of some, and what is put together of all; the latter is to be looked at by eye (--misses). */
export const copies: CorpusSet = {
  name: 'copies',
  run: async (root, explain) => {
    const folder = join(root, 'nlp');
    if (!existsSync(folder)) return [];
    const posts = readPosts(folder);
    const long = posts.filter((text) => text.length >= LEAST_LETTERS);
    const step = Math.max(1, Math.floor(long.length / MOST_ORIGINALS));
    const originals = withoutCopies(long.filter((_, at) => at % step === 0)).map(toOriginal);
    return [...measureChanged(originals, explain), ...measureReal(posts, explain)];
  },
};

/** Real posts are copied too: those that are would count as mistakes. */
function withoutCopies(texts: readonly string[]): string[] {
  const stories = createMemoryStories();
  return texts.filter((text, at) => stories.add(at, text).likeness === null);
}

function measureChanged(originals: readonly Original[], explain: (miss: string) => void): CorpusRow[] {
  const stories = createMemoryStories();
  const cases = changedCopies(originals, 100, createWriters(99));
  const { precision, recall, kinds } = measureCopies(
    cases,
    (at, text) => stories.add(at, text).story,
    (what, one, other) => explain(`${what}: ${one.kind}\n    ${other?.text ?? ''}\n    ${one.text}`),
  );
  const rows = kinds
    .filter(({ found }) => found > 0)
    .map(({ kind, found, texts }) => ({
      measure: `copies: found, ${kind}`,
      value: found / texts,
      detail: `${found} of ${texts}`,
    }));
  return [
    { measure: 'copies of real posts: precision', value: precision, must: 0.98, aim: 0.99 },
    { measure: 'copies of real posts: recall', value: recall, must: 0.95, aim: 0.98 },
    ...rows,
  ];
}

function measureReal(posts: readonly string[], explain: (miss: string) => void): CorpusRow[] {
  const stories = createMemoryStories();
  let joined = 0;
  for (const [at, text] of posts.entries()) {
    const { story, likeness } = stories.add(at, text);
    if (!likeness) continue;
    joined += 1;
    explain(`joined as ${likeness.relation}\n    ${posts[story] ?? ''}\n    ${text}`);
  }
  const detail = `${joined} of ${posts.length}; real copies are among them: look at them`;
  return [{ measure: 'real posts put into the story of another', value: joined / posts.length, detail }];
}
