import { z } from 'zod';
import type { FoundDocument } from '../../src/model/document.ts';
import type { CrawlBatch, CrawlContext } from '../../src/model/ports.ts';

/** Times in milliseconds since 1970. */
export const newestFirstState = z.object({
  /** All that was published until then has been told; null before the first walk has ended. */
  since: z.number().nullable(),
  /** A walk into the past that has not ended. */
  walk: z.object({ top: z.number(), cursor: z.string(), pages: z.number() }).nullable(),
});
export type NewestFirstState = z.output<typeof newestFirstState>;

/** One answer of a platform that shows the newest first. */
export interface Slice {
  documents: FoundDocument[];
  /** How to ask for what is older; null when there is nothing more. */
  next: string | null;
  /** How long the platform asks to be left alone. */
  restMs?: number;
}

/** `cursor` is null for the newest; `since` lets a platform leave out what was told. */
export type AskSlice = (cursor: string | null, since: Date | null) => Promise<Slice>;

export interface Limits {
  maxPages: number;
  /** Of the first walk, which has no end of its own. */
  pastPages: number;
}

function timeOf({ publishedAt }: FoundDocument): number {
  return publishedAt?.getTime() ?? 0;
}

function after(
  state: NewestFirstState,
  slice: Slice,
  fresh: readonly FoundDocument[],
  limits: Limits,
): NewestFirstState {
  const { since, walk } = state;
  const top = Math.max(walk?.top ?? since ?? 0, ...fresh.map(timeOf));
  const pages = (walk?.pages ?? 0) + 1;
  const isPast = since === null && pages >= limits.pastPages;
  const isEnd = slice.next === null || fresh.length < slice.documents.length || isPast;
  return isEnd || slice.next === null
    ? { since: top, walk: null }
    : { since, walk: { top, cursor: slice.next, pages } };
}

/**
 * Tells what is new on a platform that shows the newest first and pages into the past. The state says how far a walk has come,
 * so that it can end at any batch: the next visit walks on, and then looks for what has come meanwhile.
 */
export async function* newestFirst(
  known: NewestFirstState | null,
  ask: AskSlice,
  limits: Limits,
  ctx: CrawlContext,
): AsyncGenerator<CrawlBatch<NewestFirstState>> {
  let state: NewestFirstState = known ?? { since: null, walk: null };
  let isFromNewest = false;
  for (let page = 0; page < limits.maxPages && !ctx.signal.aborted; page += 1) {
    const { since, walk } = state;
    if (walk === null && !ctx.isPoll) return;
    isFromNewest ||= walk === null;
    const slice = await ask(walk?.cursor ?? null, since === null ? null : new Date(since));
    const documents = slice.documents.filter((document) => since === null || timeOf(document) > since);
    state = after(state, slice, documents, limits);
    yield { documents, state, ...(slice.restMs === undefined ? {} : { restMs: slice.restMs }) };
    if (slice.restMs !== undefined || (isFromNewest && state.walk === null)) return;
  }
}
