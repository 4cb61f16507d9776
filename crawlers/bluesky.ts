import { z } from 'zod';
import { PermanentError } from '../src/lib/errors.ts';
import type { FoundDocument } from '../src/model/document.ts';
import type { CrawlContext } from '../src/model/ports.ts';
import { defineCrawler, type Visit } from './crawler.ts';
import { addressOf, ask, fromIso, listOf } from './platform/ask.ts';
import { type NewestFirstState, newestFirst, newestFirstState, type Slice } from './platform/newest-first.ts';

const settings = z.strictObject({
  /** Answers to others too. */
  replies: z.boolean().default(true),
  maxPagesPerVisit: z.int().min(1).max(100).default(5),
  /** Pages of a hundred that the first visit reads back. */
  pastPages: z.int().min(1).max(100).default(2),
  api: z.url().default('https://public.api.bsky.app'),
});
type Settings = z.output<typeof settings>;

const reference = z.object({ uri: z.string() });
const entry = z.object({
  post: z.object({
    uri: z.string().regex(/^at:\/\/[^/]+\/[^/]+\/[^/]+$/),
    author: z.object({ did: z.string(), handle: z.string(), displayName: z.string().optional() }),
    record: z.object({
      text: z.string(),
      createdAt: z.string(),
      langs: z.array(z.string()).optional(),
      reply: z.object({ root: reference, parent: reference }).optional(),
      embed: z
        .object({
          external: z.object({ uri: z.string() }).optional(),
          images: z.array(z.unknown()).optional(),
        })
        .optional(),
    }),
    indexedAt: z.string().optional(),
  }),
  /** Set for what others wrote and this account passed on, and for what it pinned. */
  reason: z.unknown().optional(),
});
type Post = z.output<typeof entry>['post'];
const answer = z.object({ feed: listOf(entry), cursor: z.string().optional() });

/** `at://DID/app.bsky.feed.post/KEY` as people open it. */
function webAddress(uri: string): string {
  const [did = '', , key = ''] = uri.replace(/^at:\/\//, '').split('/');
  return `https://bsky.app/profile/${did}/post/${key}`;
}

function replyParts({ record: { reply } }: Post): Partial<FoundDocument> {
  if (!reply) return {};
  const { root, parent } = reply;
  return {
    thread: { externalId: root.uri, title: '', url: webAddress(root.uri) },
    parentExternalId: parent.uri,
  };
}

/** The time of indexing is the network's own word; that of writing is the author's, and may be any. */
function asDocument(post: Post, now: Date): FoundDocument {
  const { author, record, uri } = post;
  const publishedAt = fromIso(post.indexedAt ?? record.createdAt, now);
  const link = record.embed?.external?.uri;
  const [language] = record.langs ?? [];
  return {
    externalId: uri,
    url: webAddress(uri),
    kind: record.reply ? 'comment' : 'post',
    text: record.text.trim(),
    author: {
      site: 'bsky.app',
      handle: author.handle,
      ...(author.displayName ? { name: author.displayName } : {}),
      profileUrl: `https://bsky.app/profile/${author.did}`,
    },
    ...replyParts(post),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(language === undefined ? {} : { declaredLanguage: language }),
    ...(record.embed?.images?.length ? { signs: { hasImage: true } } : {}),
    ...(link !== undefined && /^https?:/.test(link) ? { links: [link] } : {}),
  };
}

/** `https://bsky.app/profile/HANDLE` or `/profile/did:plc:…`. */
function actorOf(url: string): string {
  const actor = /^\/profile\/([^/]+)/.exec(new URL(url).pathname)?.[1];
  if (actor !== undefined) return decodeURIComponent(actor);
  throw new PermanentError(
    'bad-address',
    'Write the address of a profile, such as https://bsky.app/profile/example.bsky.social.',
  );
}

async function slice(
  visit: Visit<Settings, unknown>,
  cursor: string | null,
  ctx: CrawlContext,
): Promise<Slice> {
  const { api, replies } = visit.settings;
  const url = addressOf(api, '/xrpc/app.bsky.feed.getAuthorFeed', {
    actor: actorOf(visit.url),
    limit: 100,
    filter: replies ? 'posts_with_replies' : 'posts_no_replies',
    cursor: cursor ?? undefined,
  });
  const { feed, cursor: next } = await ask(ctx, url, answer, 'Bluesky (getAuthorFeed)');
  const own = feed.filter(({ reason }) => reason === undefined);
  return {
    documents: own.map(({ post }) => asDocument(post, ctx.now())),
    next: feed.length === 0 ? null : (next ?? null),
  };
}

/**
 * The posts of one Bluesky account. Built after the documented lexicon; not seen live from here. Searching all of Bluesky needs a
 * login and is not offered.
 */
export const blueskyCrawler = defineCrawler<Settings, NewestFirstState>({
  kind: 'bluesky',
  settings,
  state: newestFirstState,
  detect: ({ url }) => (/^https?:\/\/(?:[\w-]+\.)*bsky\.app\/profile\//.test(url) ? 1 : 0),
  crawl: (visit, ctx) => {
    const { maxPagesPerVisit: maxPages, pastPages } = visit.settings;
    return newestFirst(visit.state, (cursor) => slice(visit, cursor, ctx), { maxPages, pastPages }, ctx);
  },
});
