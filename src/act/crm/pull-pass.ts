import { z } from 'zod';
import type { Clock, PulledBatch } from '../../model/ports.ts';

/** Where in a pass a page begins. */
export interface PagePlace {
  /** Only what has changed since; null: all. */
  since: Date | null;
  /** What the page before left; null: the first. */
  after: string | null;
}

export interface PulledPage {
  records: PulledBatch['records'];
  /** Where the next page begins; null: this was the last. */
  after: string | null;
  /** For vendors that keep a place in what changes: where the next pass begins. */
  resume?: string;
}

/** Records that are written while we read carry a time of before; and clocks differ. */
const OVERLAP_MS = 10 * 60_000;

const cursorSchema = z.object({
  /** When this pass began; null: it has not. */
  startedAt: z.iso.datetime().nullable(),
  since: z.iso.datetime().nullable(),
  after: z.string().nullable(),
});

type Cursor = z.infer<typeof cursorSchema>;

const BEGINNING: Cursor = { startedAt: null, since: null, after: null };

/** A cursor that cannot be read (another program's, another kind of connector's) begins anew: records are known by their numbers. */
function readCursor(cursor: unknown): Cursor {
  const read = cursorSchema.safeParse(cursor);
  return read.success ? read.data : BEGINNING;
}

function nextPass(startedAt: string, { resume }: PulledPage): Cursor {
  const since = new Date(new Date(startedAt).getTime() - OVERLAP_MS).toISOString();
  return { startedAt: null, since, after: resume ?? null };
}

/**
 * One pass over everything, or over what has changed since the last pass began, page by page from where the cursor stands. What is
 * changed during a pass is seen in it or in the next.
 */
export async function* pullPass(
  clock: Clock,
  cursor: unknown,
  readPage: (place: PagePlace) => Promise<PulledPage>,
): AsyncGenerator<PulledBatch> {
  let at = readCursor(cursor);
  for (;;) {
    const startedAt = at.startedAt ?? clock.now().toISOString();
    const place = { since: at.since === null ? null : new Date(at.since), after: at.after };
    const page = await readPage(place);
    const done = page.after === null;
    at = done ? nextPass(startedAt, page) : { ...at, startedAt, after: page.after };
    yield { records: page.records, cursor: at, done };
    if (done) return;
  }
}
