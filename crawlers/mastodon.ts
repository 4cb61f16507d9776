import { z } from 'zod';
import { htmlLinks, htmlToText } from '../src/extract/html-text.ts';
import { PermanentError } from '../src/lib/errors.ts';
import type { FoundDocument } from '../src/model/document.ts';
import type { CrawlContext } from '../src/model/ports.ts';
import { defineCrawler, siteOf, type Visit } from './crawler.ts';
import { addressOf, ask, fromIso, listOf } from './platform/ask.ts';
import { type NewestFirstState, newestFirst, newestFirstState, type Slice } from './platform/newest-first.ts';

const settings = z.strictObject({
  maxPagesPerVisit: z.int().min(1).max(100).default(10),
  /** Pages of forty that the first visit reads back. */
  pastPages: z.int().min(1).max(100).default(3),
});
type Settings = z.output<typeof settings>;

const status = z.object({
  id: z.string().min(1),
  created_at: z.string(),
  content: z.string(),
  spoiler_text: z.string().default(''),
  url: z.string().nullish(),
  uri: z.string().default(''),
  language: z.string().nullish(),
  in_reply_to_id: z.string().nullish(),
  account: z.object({
    acct: z.string(),
    display_name: z.string().default(''),
    url: z.string(),
    note: z.string().default(''),
    followers_count: z.number().optional(),
  }),
  media_attachments: z.array(z.object({ type: z.string() })).catch([]),
  reblog: z.unknown().optional(),
});
type Status = z.output<typeof status>;
const statuses = listOf(status);
const account = z.object({ id: z.string().min(1) });

const LIMIT = 40;

/** `name` of this instance, `name@other.example` of others; the handle is unique at the account's own instance. */
function authorOf({ account: { acct, display_name, url, note } }: Status) {
  const about = htmlToText(note);
  return {
    site: siteOf(url),
    handle: acct.replace(/@.*$/, ''),
    ...(display_name ? { name: display_name } : {}),
    profileUrl: url,
    ...(about === '' ? {} : { about }),
  };
}

function signsOf({ account: { followers_count: followers }, media_attachments: media, reblog }: Status) {
  return {
    ...(media.some(({ type }) => type === 'image') ? { hasImage: true } : {}),
    ...(reblog ? { isRepost: true } : {}),
    ...(followers === undefined ? {} : { followers }),
  };
}

function asDocument(found: Status, now: Date): FoundDocument[] {
  const url = [found.url, found.uri].find((address) => /^https?:\/\//.test(address ?? ''));
  if (!url || !URL.canParse(found.account.url)) return [];
  const publishedAt = fromIso(found.created_at, now);
  const links = htmlLinks(found.content, url).filter((link) => !/\/(?:tags|@)/.test(link));
  const document: FoundDocument = {
    externalId: found.id,
    url,
    kind: found.in_reply_to_id ? 'comment' : 'post',
    ...(found.spoiler_text ? { title: found.spoiler_text } : {}),
    text: htmlToText(found.content),
    author: authorOf(found),
    signs: signsOf(found),
    ...(found.in_reply_to_id ? { parentExternalId: found.in_reply_to_id } : {}),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(found.language ? { declaredLanguage: found.language } : {}),
    ...(links.length === 0 ? {} : { links }),
  };
  return [document];
}

/** `/tags/NAME` or `/@NAME`, also of another instance: `/@NAME@other.example`. */
async function timelineOf({ url }: Visit<Settings, unknown>, ctx: CrawlContext): Promise<string> {
  const { origin, pathname } = new URL(url);
  const tag = /^\/tags\/([^/.]+)/.exec(pathname)?.[1];
  if (tag !== undefined) return `/api/v1/timelines/tag/${tag}`;
  const name = /^\/@([^/]+?)(?:\.rss)?(?:\/|$)/.exec(pathname)?.[1];
  if (name === undefined)
    throw new PermanentError(
      'bad-address',
      'Write the address of a hashtag (/tags/name) or an account (/@name).',
    );
  const lookup = addressOf(origin, '/api/v1/accounts/lookup', { acct: decodeURIComponent(name) });
  const { id } = await ask(ctx, lookup, account, 'Mastodon (accounts/lookup)');
  return `/api/v1/accounts/${encodeURIComponent(id)}/statuses`;
}

/** `cursor` is the id before which is asked for: what the `Link` header says too, which is not seen here. */
async function slice(
  origin: string,
  timeline: string,
  cursor: string | null,
  ctx: CrawlContext,
): Promise<Slice> {
  const isAccount = timeline.includes('/accounts/');
  const url = addressOf(origin, timeline, {
    limit: LIMIT,
    exclude_reblogs: isAccount ? 'true' : undefined,
    max_id: cursor ?? undefined,
  });
  const found = await ask(ctx, url, statuses, 'Mastodon (timeline)');
  return {
    documents: found.flatMap((one) => asDocument(one, ctx.now())),
    next: found.length < LIMIT ? null : (found.at(-1)?.id ?? null),
  };
}

async function* crawl(visit: Visit<Settings, NewestFirstState>, ctx: CrawlContext) {
  const { maxPagesPerVisit: maxPages, pastPages } = visit.settings;
  // Whose account it is need not be asked when nothing is to be read.
  if (!ctx.isPoll && !visit.state?.walk) return;
  const timeline = await timelineOf(visit, ctx);
  const { origin } = new URL(visit.url);
  yield* newestFirst(
    visit.state,
    (cursor) => slice(origin, timeline, cursor, ctx),
    { maxPages, pastPages },
    ctx,
  );
}

const SIGN = /<meta[^>]+content="Mastodon|id=["']mastodon["']|Mastodon v\d/i;

/**
 * A hashtag or an account at a Mastodon instance, by its public API. Built after the documented form; not seen live from here.
 * Instances may close their timelines to those without a login.
 */
export const mastodonCrawler = defineCrawler<Settings, NewestFirstState>({
  kind: 'mastodon',
  settings,
  state: newestFirstState,
  detect: ({ text }) => (SIGN.test(text) ? 0.9 : 0),
  crawl,
});
