import { z } from 'zod';
import type { Read } from '../src/extract/readers.ts';
import { readingBy } from '../src/extract/reading.ts';
import type { FoundDocument } from '../src/model/document.ts';
import type { CrawlContext, KnownPage, Page } from '../src/model/ports.ts';
import { defineCrawler, type Visit } from './crawler.ts';
import { asDocument } from './forum.ts';
import type { Finding, Reading } from './walk/reading.ts';
import { walk } from './walk/walk.ts';

const settings = z.strictObject({
  /** The preview's clock in minutes east of UTC, where a message does not tell its own. */
  zone: z.int().min(-720).max(840).default(180),
  maxPagesPerVisit: z.int().min(1).max(200).default(30),
  /** Pages of twenty messages that are read back into the past. */
  pastPages: z.int().min(0).max(500).default(20),
});
type Settings = z.output<typeof settings>;

const BLOCK = 20;

function numberOf(document: FoundDocument): number {
  return Number(/\d+$/.exec(document.externalId)?.[0] ?? Number.NaN);
}

/**
 * The page with the messages before the oldest of this one. Pages are cut at multiples of twenty, not where the window of
 * new messages happens to end, so that the past has few addresses and can be looked at again.
 */
function olderPage(page: Page, documents: readonly FoundDocument[], known: KnownPage): Finding[] {
  const oldest = Math.min(...documents.map(numberOf));
  const isNewest = known.number === 1;
  const upTo = (isNewest ? Math.ceil(oldest / BLOCK) : Math.floor((oldest - 1) / BLOCK)) * BLOCK;
  if (!Number.isFinite(upTo) || upTo <= 0) return [];
  const url = new URL(page.url);
  url.search = `?before=${upTo + 1}`;
  return [{ url: url.href, role: 'content', thread: known.thread, number: known.number + 1 }];
}

async function readMessages(
  read: Read,
  page: Page,
  known: KnownPage,
  now: Date,
  { zone, pastPages }: Settings,
): Promise<Reading> {
  const channel = await read('readThread', page.text, page.url, { now, zone });
  const thread = { id: known.thread, url: known.thread, title: channel.title };
  const documents = channel.posts
    .filter(({ deleted, fullText }) => !deleted && fullText !== '')
    .map((post) => asDocument(post, thread, channel, false));
  return {
    documents,
    deleted: [],
    links: known.number > pastPages ? [] : olderPage(page, documents, known),
    slides: true,
  };
}

async function* crawl({ url, settings: wanted }: Visit<Settings, null>, ctx: CrawlContext) {
  const start: Finding = { url, role: 'content', thread: url, number: 1 };
  const by = readingBy(ctx);
  const read = (page: Page, known: KnownPage) => readMessages(by, page, known, ctx.now(), wanted);
  yield* walk({ start: [start], maxPages: wanted.maxPagesPerVisit, read }, ctx);
}

/**
 * A public Telegram channel through its preview, `https://t.me/s/NAME`. Built after the documented markup; never read live
 * from here. Channels without a preview answer with a redirect and bring nothing.
 */
export const telegramCrawler = defineCrawler({
  kind: 'telegram',
  settings,
  state: z.null(),
  detect: ({ text }) => (/class="[^"]*\btgme_widget_message\b/.test(text) ? 1 : 0),
  crawl,
});
