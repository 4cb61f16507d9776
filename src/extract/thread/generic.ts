import { pageRoot } from '../page-tree.ts';
import { authorFacts, dateFacts } from './generic/facts.ts';
import { chooseFamily } from './generic/family.ts';
import { blocksOf } from './generic/fields.ts';
import { openingBlock } from './generic/first.ts';
import { outlineOf } from './generic/outline.ts';
import { postsOf } from './generic/posts.ts';
import type { PageTree, ThreadPost } from './model.ts';

/** Below this the blocks are a list of links or a menu with dates. */
const ENOUGH = 0.05;

export interface GenericPosts {
  posts: ThreadPost[];
  /** How much the blocks look like posts, about 0…2. */
  score: number;
}

/** A heading that repeats who opened the thread, and when, is no post. */
function isOpening({ text, author, publishedAt }: ThreadPost, next: ThreadPost | undefined): boolean {
  if (text.length < 60 || author === undefined) return false;
  if (author.name === next?.author?.name) return false;
  return !publishedAt || !next?.publishedAt || publishedAt <= next.publishedAt;
}

/** Posts of an engine never seen: the family of alike blocks that carries the page's prose, each with a date and a name. */
export function readGenericPosts(page: PageTree): GenericPosts {
  const root = pageRoot(page.$);
  if (!root) return { posts: [], score: 0 };
  const outline = outlineOf(root);
  const dates = dateFacts(outline, page.dates);
  const authors = authorFacts(outline);
  const family = chooseFamily(outline, dates, authors, root);
  if (!family || family.score < ENOUGH) return { posts: [], score: 0 };
  const blocks = blocksOf(family.members, dates, authors);
  const opening =
    family.members.length > 1 ? openingBlock(family.members, outline, dates, authors) : undefined;
  const opened = opening ? postsOf(blocksOf([opening], dates, authors), outline, page) : [];
  const rest = postsOf(blocks, outline, page);
  const posts = [...opened.filter((post) => isOpening(post, rest[0])), ...rest].filter(
    ({ fullText, deleted }) => fullText !== '' || deleted,
  );
  return { posts, score: family.score };
}
