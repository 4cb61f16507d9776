import { z } from 'zod';
import { PermanentError } from '../src/lib/errors.ts';
import type { CrawlBatch, CrawlContext } from '../src/model/ports.ts';
import { defineCrawler, type Visit } from './crawler.ts';
import { newestFirst, newestFirstState, type Slice } from './platform/newest-first.ts';
import { askVk, type VkAccess } from './platform/vk-api.ts';
import { asComments, asPost, commentsAnswer, keyOf, postsAnswer, type VkPost } from './platform/vk-posts.ts';

const settings = z.strictObject({
  /** The name of the secret, not the token itself: settings are kept in the store. */
  token: z
    .string()
    .regex(
      /^[A-Za-z]\w{0,60}$/,
      'write the name under which the token is kept, such as VK_TOKEN, not the token',
    )
    .default('VK_TOKEN'),
  /** All of VK is searched for this; by default what the source's address says (`?q=`), else its wall is read. */
  query: z.string().max(500).optional(),
  comments: z.boolean().default(true),
  maxPagesPerVisit: z.int().min(1).max(100).default(10),
  /** Posts whose comments are read in one visit. */
  maxCommentPages: z.int().min(0).max(500).default(50),
  /** Pages of a hundred posts that the first visit reads back. */
  pastPages: z.int().min(1).max(100).default(2),
  api: z.url().default('https://api.vk.com'),
});
type Settings = z.output<typeof settings>;

const state = z.object({
  posts: newestFirstState.nullable(),
  /** Number of comments when they were last read, by post: of the latest posts. */
  counts: z.record(z.string(), z.number()),
  /** Posts whose comments are to be read, with their number of comments. */
  pending: z.array(z.tuple([z.string(), z.number()])),
});
type State = z.output<typeof state>;
type Own = Visit<Settings, State>;

const EMPTY: State = { posts: null, counts: {}, pending: [] };
const PER_PAGE = 100;
const KEPT_COUNTS = 300;

function accessOf({ settings: { token: name, api } }: Own, ctx: CrawlContext): VkAccess {
  const token = ctx.secret?.(name);
  if (token) return { api, token };
  throw new PermanentError(
    'no-secret',
    `VK answers only to those with a token: put yours among the secrets as ${name}.`,
  );
}

/** `/club1`, `/public1`, `/id1`, `/wall-1_2`, or a name: whose wall it is. */
function wallOf(url: string): Record<string, string> {
  const path = new URL(url).pathname.slice(1).replace(/\/$/, '');
  const [, sort, number] = /^(club|public|event|id|wall)(-?\d+)/.exec(path) ?? [];
  if (sort === undefined || number === undefined) {
    if (/^[\w.]+$/.test(path)) return { domain: path };
    throw new PermanentError(
      'bad-address',
      'Write the address of a VK page or wall, such as https://vk.com/name, or a query.',
    );
  }
  return { owner_id: /^(?:id|wall)$/.test(sort) ? number : `-${number}` };
}

function queryOf({ url, settings: { query } }: Own): string | undefined {
  const { searchParams } = new URL(url);
  return query ?? searchParams.get('q') ?? searchParams.get('c[q]') ?? undefined;
}

async function askPosts(
  visit: Own,
  cursor: string | null,
  since: Date | null,
  access: VkAccess,
  ctx: CrawlContext,
) {
  const q = queryOf(visit);
  if (q !== undefined) {
    const start_time = since === null ? undefined : Math.floor(since.getTime() / 1000);
    const more = { q, count: PER_PAGE, start_time, start_from: cursor ?? undefined, extended: 1 };
    const found = await askVk(ctx, access, 'newsfeed.search', more, postsAnswer);
    return { ...found, next: found.next_from || null };
  }
  const offset = Number(cursor ?? 0);
  const more = { ...wallOf(visit.url), count: PER_PAGE, offset: offset || undefined, extended: 1 };
  const found = await askVk(ctx, access, 'wall.get', more, postsAnswer);
  return { ...found, next: found.items.length < PER_PAGE ? null : String(offset + PER_PAGE) };
}

/** What is pinned stands first however old it is: it must not look like the end of what is new. */
function isOldPin({ is_pinned, date }: VkPost, since: Date | null): boolean {
  return is_pinned === 1 && since !== null && date * 1000 <= since.getTime();
}

/** Posts whose number of comments is not what it was. */
function withNewComments(posts: readonly VkPost[], { counts, pending }: State): State['pending'] {
  const waiting = new Map(pending);
  for (const post of posts) {
    const count = post.comments?.count ?? 0;
    if (count > 0 && counts[keyOf(post)] !== count) waiting.set(keyOf(post), count);
  }
  return [...waiting];
}

async function* crawlPosts(
  visit: Own,
  before: State,
  access: VkAccess,
  ctx: CrawlContext,
): AsyncGenerator<CrawlBatch<State>> {
  const { maxPagesPerVisit: maxPages, pastPages, comments } = visit.settings;
  let now = before;
  let seen: VkPost[] = [];
  const question = async (cursor: string | null, since: Date | null): Promise<Slice> => {
    const { items, next, ...people } = await askPosts(visit, cursor, since, access, ctx);
    seen = items;
    const documents = items
      .filter((post) => !isOldPin(post, since))
      .map((post) => asPost(post, people, ctx.now()));
    return { documents, next };
  };
  for await (const batch of newestFirst(before.posts, question, { maxPages, pastPages }, ctx)) {
    now = { ...now, posts: batch.state, pending: comments ? withNewComments(seen, now) : [] };
    yield { ...batch, documents: batch.documents.filter(({ text }) => text !== ''), state: now };
  }
}

function counted(state: State, post: string, count: number): State {
  const { [post]: _old, ...others } = state.counts;
  const kept = [...Object.entries(others), [post, count] as const].slice(-KEPT_COUNTS);
  return {
    ...state,
    counts: Object.fromEntries(kept),
    pending: state.pending.filter(([key]) => key !== post),
  };
}

/** The newest hundred of one post. Comments that are closed to us are no reason to stop. */
async function readComments(
  post: string,
  state: State,
  count: number,
  access: VkAccess,
  ctx: CrawlContext,
): Promise<CrawlBatch<State>> {
  const [owner_id, post_id] = post.split('_');
  const more = { owner_id, post_id, count: 100, sort: 'desc', thread_items_count: 10, extended: 1 };
  try {
    const found = await askVk(ctx, access, 'wall.getComments', more, commentsAnswer);
    return { documents: asComments(found, post, ctx.now()), state: counted(state, post, count) };
  } catch (error) {
    if (!(error instanceof PermanentError) || error.code === 'vk-5') throw error;
    return { documents: [], state: counted(state, post, count), trouble: error };
  }
}

async function* crawl(visit: Own, ctx: CrawlContext): AsyncGenerator<CrawlBatch<State>> {
  const access = accessOf(visit, ctx);
  let now = visit.state ?? EMPTY;
  for await (const batch of crawlPosts(visit, now, access, ctx)) {
    now = batch.state;
    yield batch;
  }
  for (const [post, count] of now.pending.slice(0, visit.settings.maxCommentPages)) {
    if (ctx.signal.aborted) return;
    const batch = await readComments(post, now, count, access, ctx);
    now = batch.state;
    yield batch;
  }
}

/**
 * VK by its API with the user's token: a wall with its comments, or a search over all public posts. Built after the documented
 * form of version 5.199; not seen live from here. Of comments the newest hundred of a post, and ten answers to each, are read.
 */
export const vkCrawler = defineCrawler<Settings, State>({
  kind: 'vk',
  settings,
  state,
  detect: ({ url }) => (/^(?:(?:m|www)\.)?vk\.(?:com|ru)$/.test(new URL(url).hostname) ? 1 : 0),
  crawl,
});
