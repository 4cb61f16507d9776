import type { KnownPage } from '../../src/model/ports.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SOONEST = 30 * MINUTE;
/** What a page's habits are is learnt by looking: the first time soon, however old it is. */
const FIRST_AT_LATEST = 4 * HOUR;
const RAREST = 30 * 24 * HOUR;
const LIST_RAREST = 12 * HOUR;

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Interval before the second look at a page whose newest document is from `newest`. */
export function firstInterval(newest: Date | undefined, now: Date): number {
  const age = newest ? now.getTime() - newest.getTime() : FIRST_AT_LATEST * 4;
  return clamp(age / 4, SOONEST, FIRST_AT_LATEST);
}

/** Interval after a later look: half after a change, half as long again after none. */
export function nextInterval(everyMs: number, hasChanged: boolean): number {
  return hasChanged ? Math.max(SOONEST, everyMs / 2) : clamp(everyMs * 1.5, SOONEST, RAREST);
}

/** Interval after a look that failed: the page is asked for ever more rarely, and never given up while something may be there. */
export function retryInterval({ role, everyMs }: KnownPage, soonest: number): number {
  return clamp(everyMs * 2, soonest, role === 'list' ? LIST_RAREST : RAREST);
}

/** How long a list among several is left out of polls: not at all while it brings news. */
export function listInterval(everyMs: number, hasNews: boolean): number {
  return hasNews ? everyMs / 8 : clamp(everyMs * 2, 10 * MINUTE, LIST_RAREST);
}

export function isListDue(list: KnownPage, now: Date): boolean {
  return list.fetchedAt === null || list.fetchedAt.getTime() + list.everyMs <= now.getTime();
}

/**
 * The fourth look, and every eighth after it, asks for the page in full where the server tells only when it changed last: most count
 * an added post as a change and a deleted one not.
 */
export function isFullLook(page: KnownPage): boolean {
  return page.role === 'content' && page.validators.etag === undefined && page.looks % 8 === 3;
}
