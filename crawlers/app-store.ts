import { z } from 'zod';
import { ratingLine, ratingOf } from '../src/extract/reviews.ts';
import { PermanentError } from '../src/lib/errors.ts';
import type { FoundDocument } from '../src/model/document.ts';
import type { CrawlContext } from '../src/model/ports.ts';
import { defineCrawler, type Visit } from './crawler.ts';
import { addressOf, ask, fromIso } from './platform/ask.ts';
import { type NewestFirstState, newestFirst, newestFirstState, type Slice } from './platform/newest-first.ts';

const settings = z.strictObject({
  /** Country of the shop; by default that in the source's address: `ru`. */
  country: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
  /** Pages of fifty; Apple shows ten. */
  pastPages: z.int().min(1).max(10).default(10),
  api: z.url().default('https://itunes.apple.com'),
});
type Settings = z.output<typeof settings>;

const label = z.object({ label: z.string() });
const review = z.object({
  id: label,
  author: z.object({ name: label, uri: label.optional() }),
  title: label,
  content: label,
  updated: label,
  'im:rating': label,
});
type Review = z.output<typeof review>;

/** None: no field; one: an object of its own; several: a list, of which the first may be the app itself. */
const answer = z.object({
  feed: z.object({
    entry: z
      .union([z.array(z.unknown()), z.record(z.string(), z.unknown()).transform((one): unknown[] => [one])])
      .default([]),
  }),
});

const LAST_PAGE = 10;

interface App {
  id: string;
  country: string;
  url: string;
}

/** `https://apps.apple.com/ru/app/NAME/id123456`. */
function appOf({ url, settings: { country } }: Visit<Settings, unknown>): App {
  const { pathname } = new URL(url);
  const id = /\/id(\d+)/.exec(pathname)?.[1];
  if (id === undefined)
    throw new PermanentError(
      'bad-address',
      'Write the address of an app, such as https://apps.apple.com/ru/app/name/id123456.',
    );
  const shop = country ?? /^\/([a-z]{2})\//.exec(pathname)?.[1] ?? 'us';
  return { id, country: shop, url: `https://apps.apple.com/${shop}/app/id${id}` };
}

/** Reviews have no page of their own: the app's page stands for all of them. */
function asDocument(found: Review, app: App, now: Date): FoundDocument {
  const { author, title, content } = found;
  const publishedAt = fromIso(found.updated.label, now);
  const rating = ratingOf(found['im:rating'].label, '5');
  const text = content.label.trim();
  return {
    externalId: found.id.label,
    url: `${app.url}?see-all=reviews#${found.id.label}`,
    kind: 'post',
    ...(title.label ? { title: title.label } : {}),
    text,
    ...(rating === undefined ? {} : { fullText: `${ratingLine(rating)}\n${text}` }),
    author: {
      site: 'apps.apple.com',
      handle: author.name.label,
      ...(author.uri ? { profileUrl: author.uri.label } : {}),
    },
    thread: { externalId: app.id, title: '', url: app.url },
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}

async function slice(
  visit: Visit<Settings, unknown>,
  cursor: string | null,
  ctx: CrawlContext,
): Promise<Slice> {
  const app = appOf(visit);
  const page = Number(cursor ?? 1);
  const path = `/${app.country}/rss/customerreviews/page=${page}/id=${app.id}/sortBy=mostRecent/json`;
  const { feed } = await ask(
    ctx,
    addressOf(visit.settings.api, path, {}),
    answer,
    'the App Store (customerreviews)',
  );
  const reviews = feed.entry.flatMap((entry) => review.safeParse(entry).data ?? []);
  return {
    documents: reviews.map((one) => asDocument(one, app, ctx.now())),
    next: reviews.length === 0 || page >= LAST_PAGE ? null : String(page + 1),
  };
}

/**
 * Reviews of an app in one country's App Store, five hundred at most. The form is documented by others' code; not seen live from
 * here. A review that is changed comes again with its new date.
 */
export const appStoreCrawler = defineCrawler<Settings, NewestFirstState>({
  kind: 'app-store',
  settings,
  state: newestFirstState,
  detect: ({ url }) => (/^https?:\/\/(?:apps|itunes)\.apple\.com\/.*\/id\d+/.test(url) ? 1 : 0),
  crawl: (visit, ctx) => {
    const { pastPages } = visit.settings;
    return newestFirst(
      visit.state,
      (cursor) => slice(visit, cursor, ctx),
      { maxPages: LAST_PAGE, pastPages },
      ctx,
    );
  },
});
