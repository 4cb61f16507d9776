import { postNumberOf } from '../../extract/address-place.ts';
import { htmlToText } from '../../extract/html-text.ts';
import type { Read } from '../../extract/readers.ts';
import { statedZone } from '../../extract/stated-zone.ts';
import type { ThreadPost } from '../../extract/thread/model.ts';
import { bareLetters } from '../../lib/bare-letters.ts';
import type { Document } from '../../model/document.ts';
import type { Page } from '../../model/ports.ts';

/** Of a page, to look for words in. */
const LOOKED_AT = 3_000_000;
/** Words that follow one another: of so many, hardly any stand on a page by chance. */
const RUN = 4;
/** Of a text's runs of words: more of them, and the page shows it; fewer, and it does not. */
const MOST = 0.9;
const FEW = 0.2;
/** Letters that an edit adds. */
const SOME = 300;
/** Minutes, where a page does not tell its zone. */
const MOSCOW = 180;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * What became of a text on its page. `edit` without a text: it is another one, and could not be read apart from the rest; not exact: it was found by
 * its words, and something of others may stand in it.
 */
export type PageFinding =
  | { what: 'seen' }
  | { what: 'gone' }
  | { what: 'edit'; text: string | null; isExact: boolean };

function runsOf(text: string): string[] {
  const words = [...text.toLowerCase().replaceAll('ё', 'е').matchAll(WORD)].map(([word]) => word);
  if (words.length <= RUN) return words.length === 0 ? [] : [words.join(' ')];
  return words.slice(0, words.length - RUN + 1).map((_, at) => words.slice(at, at + RUN).join(' '));
}

/** How much of a text stands on a page, 0 … 1; 1 for a text without words. */
export function shareOnPage(text: string, page: string): number {
  const runs = [...new Set(runsOf(text))];
  if (runs.length === 0) return 1;
  const onPage = new Set(runsOf(page));
  return runs.filter((run) => onPage.has(run)).length / runs.length;
}

function wordsOfPage({ text, contentType }: Page): string {
  const looked = text.slice(0, LOOKED_AT);
  return /html|xml/.test(contentType) || contentType === '' ? htmlToText(looked) : looked;
}

/** The post itself, by its number or its address: its words may all be others. */
function sameOf(posts: readonly ThreadPost[], { externalId, url }: Document): ThreadPost | undefined {
  const number = postNumberOf(url);
  return posts.find(
    ({ id, permalink }) =>
      (id !== undefined && (id === externalId || id === number || externalId.endsWith(`/${id}`))) ||
      permalink === url,
  );
}

/**
 * How a first look knew the text: `exact`, the post stands by its number in the page and says the same; `words`, they stand somewhere on it; `no`,
 * they do not, and no later look can tell what became of them.
 */
export type Readable = 'exact' | 'words' | 'no';

interface Anew {
  /** Posts that could be told apart. */
  posts: number;
  /** null: its place is not found. */
  post: { text: string; isDeleted: boolean } | null;
}

async function readAnew(read: Read, page: Page, document: Document, now: Date): Promise<Anew> {
  const dates = { now, zone: statedZone(page.text) ?? MOSCOW };
  if (document.kind === 'article') return { posts: 0, post: null };
  const thread = await read('readThread', page.text, page.url, dates);
  const post = sameOf(thread.posts, document);
  if (!post) return { posts: thread.posts.length, post: null };
  const isDeleted = post.deleted === true;
  return { posts: thread.posts.length, post: { text: post.text || post.fullText, isDeleted } };
}

/** An article, or a comment beneath one, that still says part of it. */
async function articleAnew(read: Read, page: Page, known: string, now: Date): Promise<string | null> {
  const dates = { now, zone: statedZone(page.text) ?? MOSCOW };
  const article = await read('readArticle', page.text, page.url, dates);
  const parts = [...article.comments.map((one) => one.fullText), article.text];
  // What is much longer is the page around it.
  return (
    parts.find((text) => text.length <= 2 * known.length + SOME && shareOnPage(known, text) >= FEW) ?? null
  );
}

const NOTHING: Anew = { posts: 0, post: null };
const isSame = (a: string, b: string): boolean => bareLetters(a) === bareLetters(b);

/** What a first look makes of a page. */
export async function readableOn(
  read: Read,
  page: Page,
  document: Document,
  known: string,
  now: Date,
): Promise<Readable> {
  const { post } = await readAnew(read, page, document, now).catch(() => NOTHING);
  if (post && !post.isDeleted && isSame(post.text, known)) return 'exact';
  return shareOnPage(known, wordsOfPage(page)) >= MOST ? 'words' : 'no';
}

/** What a later look sees of a text that the first one saw. `known`: as last recorded, without its title. */
export async function comparePage(
  read: Read,
  page: Page,
  { document, known, readable }: { document: Document; known: string; readable: Exclude<Readable, 'no'> },
  now: Date,
): Promise<PageFinding> {
  const words = wordsOfPage(page);
  if (readable === 'exact') {
    const { posts, post } = await readAnew(read, page, document, now).catch(() => NOTHING);
    if (post?.isDeleted || (posts > 0 && !post)) return { what: 'gone' };
    if (post)
      return isSame(post.text, known) ? { what: 'seen' } : { what: 'edit', text: post.text, isExact: true };
  }
  if (bareLetters(words).includes(bareLetters(known))) return { what: 'seen' };
  const share = shareOnPage(known, words);
  if (share < FEW) return { what: 'gone' };
  const text = await articleAnew(read, page, known, now).catch(() => null);
  return { what: 'edit', text, isExact: false };
}
