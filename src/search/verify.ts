import type { DocumentId } from '../model/ids.ts';
import type { CandidateWalk } from './engine.ts';

export interface Verified {
  /** The page that was asked for. */
  ids: DocumentId[];
  /** All that were found, newest first. */
  found: DocumentId[];
  /** Candidates looked at, of `of` that there are; all of them when the two are equal. */
  looked: number;
  of: number;
}

export interface Patience {
  /** Counting goes on that long once the page is full, in ms. */
  countMs: number;
  /** And that long, in ms, when it is not. */
  searchMs: number;
}

/** Patience that runs since a moment, as `performance.now` has it. */
type Running = Patience & { started: number };

interface Looked {
  passed: number;
  matched: readonly DocumentId[];
}

/**
 * Batches that were looked at, in their order. The first alone: with it most pages are full, and what is read ahead then is read for nobody
 * while others wait. After it two are under way at a time: while the texts of one are read, the other is matched.
 */
async function* lookAhead(
  walk: CandidateWalk,
  check: (ids: readonly DocumentId[]) => Promise<DocumentId[]>,
): AsyncGenerator<Looked> {
  let walked: ReturnType<CandidateWalk['next']> = Promise.resolve(null);
  const begin = (): Promise<Looked | null> => {
    walked = walked.then(() => walk.next());
    const looked = walked.then(
      async (batch) => batch && { passed: batch.passed, matched: await check(batch.ids) },
    );
    // It is awaited in its turn, or not at all where patience ends before.
    looked.catch(() => undefined);
    return looked;
  };
  const first = await begin();
  if (first === null) return;
  yield first;
  let [now, next] = [begin(), begin()];
  for (;;) {
    const looked = await now;
    if (looked === null) return;
    [now, next] = [next, begin()];
    yield looked;
  }
}

/** Looks at candidates until the page is full and they are counted, or patience ends. */
export async function verify(
  walk: CandidateWalk,
  check: (ids: readonly DocumentId[]) => Promise<DocumentId[]>,
  { limit, offset }: { limit: number; offset: number },
  { countMs, searchMs, started }: Running,
): Promise<Verified> {
  const found: DocumentId[] = [];
  let looked = 0;
  for await (const batch of lookAhead(walk, check)) {
    found.push(...batch.matched);
    looked += batch.passed;
    const isFull = found.length >= offset + limit;
    if (performance.now() - started > (isFull ? countMs : searchMs)) break;
  }
  // Documents may have come or gone since they were counted.
  return { ids: found.slice(offset, offset + limit), found, looked, of: Math.max(walk.total, looked) };
}

/** How many there are in all, by the share of those looked at. */
export function estimateTotal({ found, looked, of }: Verified): number {
  return looked === 0 ? 0 : Math.round((found.length / looked) * of);
}
