import { readArticle } from '../article/article.ts';
import type { DateContext } from '../dates.ts';
import { loadTree, THREAD_LIMITS } from '../page-tree.ts';
import { CERTAIN, chooseEngine } from './detect.ts';
import { engines } from './engines/registry.ts';
import { type GenericPosts, readGenericPosts } from './generic.ts';
import { readHead } from './head.ts';
import type { ForumEngine, PageTree, ThreadPage, ThreadPost } from './model.ts';
import { readStructuredPosts, type StructuredPosts } from './structured.ts';
import { type Layer, voteOn } from './vote.ts';

const STRUCTURED_SURE = 0.8;
const LEAST_ARTICLE = 0.3;

function proseOf(posts: readonly ThreadPost[]): number {
  return posts.reduce((sum, { text }) => sum + text.length, 0);
}

/** Does something that a post should tell stay untold? Then the dearer layer is asked too. */
function hasGaps(posts: readonly ThreadPost[]): boolean {
  return posts.some((post) => !post.deleted && (!post.author || !post.publishedAt));
}

function genericSure({ score }: GenericPosts): number {
  return Math.min(0.75, 0.35 + score / 2);
}

/** Structured data leads where it tells as much as what is seen; else it fills gaps. */
function leadsBySchema({ posts, isQuestions }: StructuredPosts, generic: readonly ThreadPost[]): boolean {
  if (posts.length === 0) return false;
  const isWhole = posts.length >= generic.length * 0.97 && proseOf(posts) >= proseOf(generic) * 0.6;
  return isWhole || (isQuestions && proseOf(posts) >= proseOf(generic) * 0.5);
}

function withoutEngine(page: PageTree, structured: StructuredPosts): ThreadPost[] {
  const found = readGenericPosts(page);
  const generic: Layer = { posts: found.posts, sure: genericSure(found) };
  const schema: Layer = { posts: structured.posts, sure: STRUCTURED_SURE };
  return leadsBySchema(structured, generic.posts) ? voteOn(schema, [generic]) : voteOn(generic, [schema]);
}

function withEngine(page: PageTree, engine: Layer, structured: Layer): ThreadPost[] {
  if (!hasGaps(engine.posts)) return voteOn(engine, [structured]);
  const found = readGenericPosts(page);
  return voteOn(engine, [structured, { posts: found.posts, sure: genericSure(found) }]);
}

const LEAST_WORDS_CHARS = 200;
/** A second reading of a larger page takes longer than one post is worth. */
const MOST_CHARS = 400_000;

/** A page on which no post is told from another, but which says something, is read as one. */
function onePost(html: string, url: string, dates: DateContext): ThreadPost[] {
  if (html.length > MOST_CHARS) return [];
  const { text, author, publishedAt, links, isArticle } = readArticle(html, url, dates);
  if (text.length < LEAST_WORDS_CHARS || isArticle < LEAST_ARTICLE) return [];
  return [
    {
      text,
      fullText: text,
      links,
      ...(author === undefined ? {} : { author: { name: author } }),
      ...(publishedAt === undefined ? {} : { publishedAt }),
      confidence: { text: LEAST_ARTICLE },
    },
  ];
}

/**
 * A page of a thread on any engine; of one never seen by structured data and repeated blocks. `posts` is empty when the
 * page is no thread. `among` narrows the engines; the empty list leaves the general rules alone.
 * @throws PermanentError `broken-page` when the page is nested or sized like no page is
 */
export function readThread(
  html: string,
  url: string,
  dates: DateContext,
  among: readonly ForumEngine[] = engines,
): ThreadPage {
  const page = { $: loadTree(html, { limits: THREAD_LIMITS }), url, dates };
  const structured = readStructuredPosts(page);
  const chosen = chooseEngine(page, among);
  const thread = chosen?.engine.readThread(page);
  if (chosen && thread && thread.posts.length > 0) {
    const engine: Layer = { posts: thread.posts, sure: 0.5 + chosen.confidence / 2.2 };
    return {
      ...thread,
      posts: withEngine(page, engine, { posts: structured.posts, sure: STRUCTURED_SURE }),
      engine: chosen.engine.kind,
    };
  }
  const found = withoutEngine(page, structured);
  const posts = found.length > 0 ? found : onePost(html, url, dates);
  if (chosen && thread && chosen.confidence >= CERTAIN)
    return { ...thread, posts, engine: chosen.engine.kind };
  return { ...readHead(page), posts, engine: 'generic' };
}
