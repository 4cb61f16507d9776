import { PermanentError, RefusedError } from '../../src/lib/errors.ts';
import { sha256 } from '../../src/lib/hash.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { CrawlContext, KnownPage, Page } from '../../src/model/ports.ts';
import { follow } from './follow.ts';
import type { Fallback, Reading, ReadPage } from './reading.ts';
import { firstInterval, isFullLook, listInterval, nextInterval } from './revisit.ts';
import { judgeVanished, NOTHING_VANISHED } from './vanished.ts';

/** What a look at one page changed. */
export interface Look {
  documents: FoundDocument[];
  deleted: string[];
  pages: KnownPage[];
  trouble?: Error;
  restMs?: number;
  /** The page was new or had changed. */
  read?: { role: 'list' | 'content'; links: number };
  hub?: { url: string; topic: string };
}

const SECOND_LOOK_MS = 5 * 60_000;
const GONE_LOOK_MS = 60 * 60_000;
const BROKEN_LOOK_MS = 6 * 60 * 60_000;

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}

/** Lists of which there is only one are looked at in every poll; their time is the source's. */
function settled(known: KnownPage, everyMs: number, now: Date): KnownPage {
  const dueAt = known.role === 'list' ? null : later(now, everyMs);
  return { ...known, everyMs, dueAt, urgency: 1, doubts: 0, looks: known.looks + 1, fetchedAt: now };
}

function unchanged(known: KnownPage, now: Date): Look {
  const everyMs =
    known.role === 'list' ? listInterval(known.everyMs, false) : nextInterval(known.everyMs, false);
  return { documents: [], deleted: [], pages: [settled(known, everyMs, now)] };
}

function newestOf(documents: readonly FoundDocument[]): Date | undefined {
  const times = documents.flatMap(({ publishedAt }) => (publishedAt ? [publishedAt.getTime()] : []));
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

function intervalAfter(known: KnownPage, reading: Reading, hasNews: boolean, now: Date): number {
  if (known.role === 'list') return listInterval(known.everyMs, hasNews);
  if (known.bodyHash === '') return firstInterval(newestOf(reading.documents), now);
  return nextInterval(known.everyMs, true);
}

/** The page under the address that answered, when another one led to it. */
function atItsOwnAddress(known: KnownPage, page: Page, reading: Reading): KnownPage[] {
  const thread = reading.thread ?? known.thread;
  if (known.role === 'list' || thread === known.thread || thread === known.url) return [{ ...known, thread }];
  const { url: _alias, ...rest } = known;
  return [
    { ...rest, url: page.url, thread },
    { ...known, number: 0, dueAt: null, thread, items: [] },
  ];
}

/** What the feed (ttl) and the server (max-age) ask of those who come for news. */
function restOf(known: KnownPage, { freshMs = 0 }: Page, { restMs = 0 }: Reading): { restMs?: number } {
  const rest = known.role === 'list' ? Math.max(freshMs, restMs) : 0;
  return rest === 0 ? {} : { restMs: rest };
}

async function changed(known: KnownPage, page: Page, read: ReadPage, ctx: CrawlContext): Promise<Look> {
  const now = ctx.now();
  const reading = await read(page, known);
  const ids = reading.documents.map(({ externalId }) => externalId);
  const present = new Set([...ids, ...reading.deleted]);
  const verdict =
    known.role === 'list'
      ? NOTHING_VANISHED
      : await judgeVanished(known, present, reading.slides === true, ctx.pages);
  const isAllNew = known.items.length === 0 || !ids.some((id) => known.items.includes(id));
  const { pages, hasNews } = await follow(reading.links, ctx.pages, now, known.urgency, isAllNew);
  const next = {
    ...settled(known, intervalAfter(known, reading, hasNews, now), now),
    validators: page.validators,
    bodyHash: sha256(page.text),
    items: [...ids, ...verdict.doubted],
  };
  const [own = next, ...aliases] = atItsOwnAddress(next, page, reading);
  const doubted = verdict.doubted.length > 0;
  const kept = doubted ? { ...own, doubts: 1, dueAt: later(now, SECOND_LOOK_MS) } : own;
  // In full: what moved there need not have changed when the page says it did last.
  const looks = verdict.look.map((other) => ({ ...other, validators: {}, dueAt: now, urgency: 2 as const }));
  return {
    documents: reading.documents,
    deleted: [...reading.deleted, ...verdict.deleted],
    pages: [...pages.filter(({ url }) => url !== kept.url), ...looks, kept, ...aliases],
    read: { role: known.role, links: reading.links.length },
    ...(reading.hub === undefined ? {} : { hub: reading.hub }),
    ...restOf(known, page, reading),
  };
}

/** 410 is believed at once, 404 at the second time: sites lose their pages for a moment. */
function gone(known: KnownPage, error: PermanentError, now: Date): Look {
  const isCertain = error.code === 'http-410' || known.doubts > 0;
  if (!isCertain)
    return {
      documents: [],
      deleted: [],
      pages: [{ ...known, doubts: 1, dueAt: later(now, GONE_LOOK_MS), urgency: 1, looks: known.looks + 1 }],
    };
  return {
    documents: [],
    deleted: known.items,
    pages: [{ ...known, items: [], dueAt: null, doubts: 0, looks: known.looks + 1, fetchedAt: now }],
  };
}

/** A page that was never read is told of as the list did. */
function told(known: KnownPage, fallback: Fallback | undefined): FoundDocument[] {
  return known.bodyHash === '' && known.looks === 0 ? (fallback?.(known) ?? []) : [];
}

function afterError(known: KnownPage, error: unknown, now: Date): Look {
  if (error instanceof RefusedError)
    return { documents: [], deleted: [], pages: [{ ...known, dueAt: null, looks: known.looks + 1 }] };
  if (!(error instanceof PermanentError)) throw error;
  if (error.code === 'http-404' || error.code === 'http-410') return gone(known, error, now);
  const dueAt = known.looks < 3 ? later(now, BROKEN_LOOK_MS) : null;
  const page = { ...known, dueAt, urgency: 0 as const, looks: known.looks + 1 };
  return { documents: [], deleted: [], pages: [page], trouble: error };
}

/**
 * Looks at one page, as cheaply as it allows. What is wrong with the page alone is in the result; RetryLaterError, and
 * whatever is wrong with an `entry` of the walk, is thrown.
 */
export async function visitPage(
  known: KnownPage,
  isEntry: boolean,
  plan: { read: ReadPage; fallback?: Fallback },
  ctx: CrawlContext,
): Promise<Look> {
  const isFull = known.bodyHash === '' || known.doubts > 0 || isFullLook(known);
  try {
    const page = await ctx.fetch(known.url, isFull ? undefined : known.validators);
    if (page === null || (known.doubts === 0 && sha256(page.text) === known.bodyHash))
      return unchanged(known, ctx.now());
    return await changed(known, page, plan.read, ctx);
  } catch (error) {
    if (isEntry) throw error;
    const look = afterError(known, error, ctx.now());
    return { ...look, documents: told(known, plan.fallback) };
  }
}
