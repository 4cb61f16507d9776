import type { KnownPage, PageMemory } from '../../src/model/ports.ts';

export interface Verdict {
  /** External ids that are believed to be gone. */
  deleted: string[];
  /** Ids that are kept in mind until a second look. */
  doubted: string[];
  /** When the second look is to be. */
  secondLookMs: number;
  /** Pages to look at before the second look: what was before may have moved there. */
  look: KnownPage[];
}

export const NOTHING_VANISHED: Verdict = { deleted: [], doubted: [], secondLookMs: 0, look: [] };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Long enough to look at the page before. */
const MOVED_LOOK_MS = 5 * MINUTE;
/** A page that lost most of what it had may be broken for as long. */
const BROKEN_LOOK_MS = HOUR;
/** One on which nothing stands any more may be a login, a captcha or a notice of works. */
const EMPTY_LOOK_MS = 6 * HOUR;
/** Looks in a row after which it is believed although the whole site looks so. */
const MOST_DOUBTS = 7;

/** Are most of the pages looked at of late in doubt, several of them? Then it is the site that shows something else. */
async function isSiteBroken(known: KnownPage, memory: PageMemory, now: Date): Promise<boolean> {
  const { looked, doubted } = await memory.health(new Date(now.getTime() - 2 * DAY));
  const others = doubted - (known.doubts > 0 ? 1 : 0);
  return others > 0 && doubted > looked / 2;
}

/** How long to wait until a page that is gone or empty is looked at again before that is believed; null: it is. */
export async function waitBeforeBelief(
  known: KnownPage,
  secondLookMs: number,
  memory: PageMemory,
  now: Date,
): Promise<number | null> {
  const since = now.getTime() - (known.fetchedAt?.getTime() ?? 0);
  if (known.doubts === 0) return secondLookMs;
  // Lists and polls may have brought us here before its time.
  if (since < secondLookMs) return secondLookMs - since;
  if (known.doubts < MOST_DOUBTS && (await isSiteBroken(known, memory, now))) return DAY;
  return null;
}

async function elsewhere(known: KnownPage, memory: PageMemory): Promise<Set<string>> {
  const others = (await memory.ofThread(known.thread)).filter(({ url }) => url !== known.url);
  return new Set(others.flatMap(({ items }) => items));
}

function secondLookAfter(known: KnownPage, missing: number, present: number, slides: boolean): number {
  if (present === 0 && !slides) return EMPTY_LOOK_MS;
  if (missing > 1 && missing > known.items.length / 2) return BROKEN_LOOK_MS;
  return !slides && known.number > 1 ? MOVED_LOOK_MS : 0;
}

/**
 * What became of the documents that stood on a page and no longer do. A deleted post draws those behind it one place
 * forward, over the edge to the page before; and a page that lost most of what it had may just be broken. Both are
 * believed only at the second look; a page on which nothing stands any more hours later, unless others of the site are so too.
 */
export async function judgeVanished(
  known: KnownPage,
  present: ReadonlySet<string>,
  slides: boolean,
  memory: PageMemory,
  now: Date,
): Promise<Verdict> {
  const first = known.items.findIndex((id) => present.has(id));
  const inSight = slides ? known.items.slice(first < 0 ? known.items.length : first) : known.items;
  const missing = inSight.filter((id) => !present.has(id));
  if (missing.length === 0) return NOTHING_VANISHED;
  const secondLookMs = secondLookAfter(known, missing.length, present.size, slides);
  const waitMs = secondLookMs === 0 ? null : await waitBeforeBelief(known, secondLookMs, memory, now);
  if (waitMs !== null) {
    const thread = known.doubts > 0 ? [] : await memory.ofThread(known.thread);
    const before = thread.filter(({ number }) => number === known.number - 1 && number > 0);
    return { deleted: [], doubted: missing, secondLookMs: waitMs, look: before };
  }
  const moved = await elsewhere(known, memory);
  return { ...NOTHING_VANISHED, deleted: missing.filter((id) => !moved.has(id)) };
}
