import type { KnownPage, PageMemory } from '../../src/model/ports.ts';

export interface Verdict {
  /** External ids that are believed to be gone. */
  deleted: string[];
  /** Ids that are kept in mind until a second look. */
  doubted: string[];
  /** Pages to look at before the second look: what was before may have moved there. */
  look: KnownPage[];
}

export const NOTHING_VANISHED: Verdict = { deleted: [], doubted: [], look: [] };

async function elsewhere(known: KnownPage, memory: PageMemory): Promise<Set<string>> {
  const others = (await memory.ofThread(known.thread)).filter(({ url }) => url !== known.url);
  return new Set(others.flatMap(({ items }) => items));
}

/**
 * What became of the documents that stood on a page and no longer do. A deleted post draws those behind it one place
 * forward, over the edge to the page before; and a page that lost most of what it had may just be broken. Both are
 * believed only at the second look.
 */
export async function judgeVanished(
  known: KnownPage,
  present: ReadonlySet<string>,
  slides: boolean,
  memory: PageMemory,
): Promise<Verdict> {
  const first = known.items.findIndex((id) => present.has(id));
  const inSight = slides ? known.items.slice(first < 0 ? known.items.length : first) : known.items;
  const missing = inSight.filter((id) => !present.has(id));
  if (missing.length === 0) return NOTHING_VANISHED;
  const isSuspicious =
    (!slides && known.number > 1) || (missing.length > 1 && missing.length > known.items.length / 2);
  if (isSuspicious && known.doubts === 0) {
    const thread = await memory.ofThread(known.thread);
    const before = thread.filter(({ number }) => number === known.number - 1 && number > 0);
    return { deleted: [], doubted: missing, look: before };
  }
  const moved = await elsewhere(known, memory);
  return { deleted: missing.filter((id) => !moved.has(id)), doubted: [], look: [] };
}
