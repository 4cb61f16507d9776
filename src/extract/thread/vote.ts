import type { PostField, ThreadPost } from './model.ts';

/** One layer's posts, and how sure it is of them, 0…1. */
export interface Layer {
  posts: readonly ThreadPost[];
  sure: number;
}

const FIELDS: readonly PostField[] = ['id', 'author', 'date', 'text', 'permalink'];

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** How the posts of another layer are found again: by id, address, or the beginning of the text. */
function marksOf(post: ThreadPost): string[] {
  const start = wordsOf(post.text).slice(0, 12).join(' ');
  return [
    ...(post.id === undefined ? [] : [`id ${post.id}`]),
    ...(post.permalink === undefined ? [] : [`at ${post.permalink}`]),
    ...(start.length < 12 ? [] : [`text ${start}`]),
  ];
}

function indexOf(posts: readonly ThreadPost[]): Map<string, ThreadPost> {
  const index = new Map<string, ThreadPost>();
  for (const post of posts) for (const mark of marksOf(post)) if (!index.has(mark)) index.set(mark, post);
  return index;
}

function twinOf(post: ThreadPost, index: ReadonlyMap<string, ThreadPost>): ThreadPost | undefined {
  for (const mark of marksOf(post).reverse()) {
    const twin = index.get(mark);
    if (twin) return twin;
  }
  return undefined;
}

const MINUTE = 60_000;

function fieldOf(post: ThreadPost, field: PostField): string | number | undefined {
  if (field === 'author') return post.author?.name.toLowerCase();
  if (field === 'date') return post.publishedAt && Math.floor(post.publishedAt.getTime() / MINUTE);
  if (field === 'text') return wordsOf(post.text).slice(0, 40).join(' ') || undefined;
  return post[field];
}

/** A layer that says the same makes surer, one that says otherwise less sure; one that is silent changes nothing. */
function confidenceOf(
  field: PostField,
  chosen: ThreadPost,
  votes: readonly (readonly [ThreadPost, number])[],
): number {
  const value = fieldOf(chosen, field);
  if (value === undefined) return 0;
  let doubt = 1;
  let against = 0;
  for (const [post, sure] of votes) {
    const said = fieldOf(post, field);
    if (said === value) doubt *= 1 - sure;
    else if (said !== undefined) against = Math.max(against, sure);
  }
  return Math.round((1 - doubt) * (1 - against / 3) * 100) / 100;
}

function isInstant(date: Date | undefined): boolean {
  return date !== undefined && date.getTime() % 86_400_000 !== 0;
}

/** The first layer's word counts; what it does not know the others may. A bare day gives way to the instant on that day. */
function merge(post: ThreadPost, twins: readonly ThreadPost[]): ThreadPost {
  const filled: ThreadPost = { ...post };
  for (const twin of twins) {
    if (filled.id === undefined && twin.id !== undefined) filled.id = twin.id;
    if (filled.permalink === undefined && twin.permalink !== undefined) filled.permalink = twin.permalink;
    if (filled.author === undefined && twin.author) filled.author = twin.author;
    if (!isInstant(filled.publishedAt) && isBetter(filled.publishedAt, twin.publishedAt))
      filled.publishedAt = twin.publishedAt as Date;
    if (filled.editedAt === undefined && twin.editedAt) filled.editedAt = twin.editedAt;
    if (filled.likes === undefined && twin.likes !== undefined) filled.likes = twin.likes;
    if (filled.quoteOf === undefined && twin.quoteOf) filled.quoteOf = twin.quoteOf;
  }
  return filled;
}

const DAY_AND_HALF = 1.5 * 86_400_000;

function isBetter(day: Date | undefined, other: Date | undefined): boolean {
  if (other === undefined) return false;
  return day === undefined || (isInstant(other) && Math.abs(other.getTime() - day.getTime()) <= DAY_AND_HALF);
}

/** The posts of the leading layer, their gaps filled by the others, with the confidence of each field. */
export function voteOn(leading: Layer, others: readonly Layer[]): ThreadPost[] {
  const indexes = others.map(({ posts, sure }) => ({ index: indexOf(posts), sure }));
  return leading.posts.map((post) => {
    const twins = indexes
      .map(({ index, sure }): [ThreadPost | undefined, number] => [twinOf(post, index), sure])
      .filter((pair): pair is [ThreadPost, number] => pair[0] !== undefined);
    const merged = merge(
      post,
      twins.map(([twin]) => twin),
    );
    const ballots: [ThreadPost, number][] = [[post, leading.sure], ...twins];
    const confidence: Partial<Record<PostField, number>> = {};
    for (const field of FIELDS) {
      const sure = confidenceOf(field, merged, ballots);
      if (sure > 0) confidence[field] = sure;
    }
    return { ...merged, confidence };
  });
}
