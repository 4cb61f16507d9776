import { errorMessage, PermanentError, RefusedError, RetryLaterError } from '../../src/lib/errors.ts';
import { sha256 } from '../../src/lib/hash.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { CrawlContext, KnownPage, Page, PageMemory } from '../../src/model/ports.ts';
import { follow } from './follow.ts';
import type { Fallback, Reading, ReadPage } from './reading.ts';
import { firstInterval, isFullLook, listInterval, nextInterval, retryInterval } from './revisit.ts';
import { judgeVanished, NOTHING_VANISHED, waitBeforeBelief } from './vanished.ts';

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

const HOUR = 60 * 60_000;
const GONE_LOOK_MS = HOUR;
const BROKEN_LOOK_MS = 6 * HOUR;
/** What was believed to be gone may have been away: one more look. */
const RETURN_LOOK_MS = 7 * 24 * HOUR;
/** Rules and addresses that keep us out change seldom, and asking them costs no request. */
const REFUSED_LOOK_MS = 30 * 24 * HOUR;

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

function contentInterval(known: KnownPage, reading: Reading, said: string, now: Date): number {
  if (known.bodyHash === '') return firstInterval(newestOf(reading.documents), now);
  return nextInterval(known.everyMs, known.marks[ITSELF] !== said);
}

/** The mark under which a page keeps what it said itself. */
const ITSELF = 'itself';

/** Of the documents alone: counters, clocks and tokens around them change with every look and are no reason for the next. */
function says({ documents, deleted }: Reading): string {
  const told = documents.map(({ externalId, title, text }) => [externalId, title, text]);
  return sha256(JSON.stringify([told, deleted])).slice(0, 16);
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

/** A reader that stumbles over a page must not stop the walk there, again and again. */
async function readingOf(read: ReadPage, page: Page, known: KnownPage): Promise<Reading> {
  try {
    return await read(page, known);
  } catch (error) {
    if (error instanceof PermanentError || error instanceof RetryLaterError || error instanceof RefusedError)
      throw error;
    throw new PermanentError('broken-page', `The page broke its reader off (${errorMessage(error)}).`, error);
  }
}

/** Servers answer numbers beyond the last page with that page again, and with a link to the next: for ever. */
async function isRepetition(known: KnownPage, reading: Reading, memory: PageMemory): Promise<boolean> {
  const isNew = known.role === 'content' && known.number > 1 && known.bodyHash === '';
  if (!isNew || reading.slides || reading.links.length === 0) return false;
  const thread = await memory.ofThread(known.thread);
  const items = new Set(thread.flatMap(({ url, items }) => (url === known.url ? [] : items)));
  return reading.documents.every(({ externalId }) => items.has(externalId));
}

/** What is kept of a page that was read, but for the doubts about it. */
function afterReading(known: KnownPage, reading: Reading, hasNews: boolean, now: Date): KnownPage {
  if (known.role === 'list') return settled(known, listInterval(known.everyMs, hasNews), now);
  const said = says(reading);
  const page = settled(known, contentInterval(known, reading, said, now), now);
  return { ...page, marks: { ...known.marks, [ITSELF]: said } };
}

async function changed(
  known: KnownPage,
  page: Page,
  bodyHash: string,
  read: ReadPage,
  ctx: CrawlContext,
): Promise<Look> {
  const now = ctx.now();
  const reading = await readingOf(read, page, known);
  const ids = reading.documents.map(({ externalId }) => externalId);
  const present = new Set([...ids, ...reading.deleted]);
  const verdict =
    known.role === 'list'
      ? NOTHING_VANISHED
      : await judgeVanished(known, present, reading.slides === true, ctx.pages, now);
  const isAllNew = known.items.length === 0 || !ids.some((id) => known.items.includes(id));
  const links = (await isRepetition(known, reading, ctx.pages))
    ? reading.links.filter(({ thread }) => thread !== known.thread)
    : reading.links;
  const { pages, hasNews } = await follow(links, ctx.pages, now, known.urgency, isAllNew);
  const next = {
    ...afterReading(known, reading, hasNews, now),
    validators: page.validators,
    bodyHash,
    items: [...ids, ...verdict.doubted],
  };
  const [own = next, ...aliases] = atItsOwnAddress(next, page, reading);
  const kept = verdict.doubted.length > 0 ? inDoubt(own, known, verdict.secondLookMs, now) : own;
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

/** `fetchedAt` stays that of the first look that found it so: the second one counts only some time after that. */
function inDoubt(page: KnownPage, before: KnownPage, waitMs: number, now: Date): KnownPage {
  return {
    ...page,
    doubts: before.doubts + 1,
    dueAt: later(now, waitMs),
    fetchedAt: before.doubts > 0 ? before.fetchedAt : now,
  };
}

/** 410 is believed at once, 404 at the second time: sites lose their pages for a moment, and all of them at once. */
async function gone(known: KnownPage, error: PermanentError, memory: PageMemory, now: Date): Promise<Look> {
  const looked = { ...known, looks: known.looks + 1 };
  const isForGood = error.code === 'http-410';
  const waitMs = isForGood ? null : await waitBeforeBelief(known, GONE_LOOK_MS, memory, now);
  if (waitMs !== null)
    return { documents: [], deleted: [], pages: [inDoubt({ ...looked, urgency: 1 }, known, waitMs, now)] };
  const dueAt = isForGood || known.items.length === 0 ? null : later(now, RETURN_LOOK_MS);
  // Read as if new when it comes back, though it may be the same to the letter.
  const forgotten = { items: [], bodyHash: '', validators: {} };
  return {
    documents: [],
    deleted: known.items,
    pages: [{ ...looked, ...forgotten, dueAt, doubts: 0, fetchedAt: now }],
  };
}

/** A page that was never read is told of as the list did. */
function told(known: KnownPage, fallback: Fallback | undefined): FoundDocument[] {
  return known.bodyHash === '' && known.looks === 0 ? (fallback?.(known) ?? []) : [];
}

async function afterError(known: KnownPage, error: unknown, memory: PageMemory, now: Date): Promise<Look> {
  // In full the next time: it may be the question that the server does not like.
  const looked = { ...known, validators: {}, urgency: 0 as const, looks: known.looks + 1 };
  if (error instanceof RefusedError)
    return { documents: [], deleted: [], pages: [{ ...looked, dueAt: later(now, REFUSED_LOOK_MS) }] };
  if (!(error instanceof PermanentError)) throw error;
  if (error.code === 'http-404' || error.code === 'http-410') return gone(known, error, memory, now);
  const everyMs = retryInterval(known, BROKEN_LOOK_MS);
  const isHopeless = known.bodyHash === '' && known.looks >= 3;
  const page = { ...looked, everyMs, dueAt: isHopeless ? null : later(now, everyMs) };
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
    if (page === null) return unchanged(known, ctx.now());
    const bodyHash = sha256(page.text);
    if (known.doubts === 0 && bodyHash === known.bodyHash) return unchanged(known, ctx.now());
    return await changed(known, page, bodyHash, plan.read, ctx);
  } catch (error) {
    if (isEntry) throw error;
    const look = await afterError(known, error, ctx.pages, ctx.now());
    return { ...look, documents: told(known, plan.fallback) };
  }
}
