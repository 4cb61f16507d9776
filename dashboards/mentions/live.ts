import type { Request, Response } from 'express';
import type { DocumentId } from '../../src/model/ids.ts';
import type { Query } from '../../src/query/ast.ts';
import { readSearchQuery } from '../../src/query/saved.ts';
import { newestDocument, newestDocuments } from '../../src/store/documents.ts';
import { listTopics } from '../../src/store/topics.ts';
import { type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { streamEvents } from '../event-stream.ts';
import { numberParam } from '../params.ts';
import { readSearchForm, type SearchForm, toFilters } from '../search-form.ts';

/** What has come is understood and in the index by then: a search of it tells the same from then on. */
const SETTLES_MS = 30_000;

/** How many of the search came after that document. */
async function countFresh(
  deps: DashboardDeps,
  viewer: Viewer,
  form: SearchForm,
  query: Query | null,
  after: DocumentId,
): Promise<number> {
  const filters = { ...toFilters(form, viewer.zone), after };
  return (await deps.search.search({ query, filters, zone: viewer.zone, limit: 1, offset: 0 })).total;
}

/**
 * From where an open list counts what comes; to be asked before it is drawn. What was found in the last half minute may not be understood yet, and comes to the
 * list later than documents behind it: so counting begins before that, without those of it that the list has (`seen`).
 */
export async function startOfFresh(
  deps: DashboardDeps,
  viewer: Viewer,
  form: SearchForm,
  query: Query | null,
): Promise<{ newest: DocumentId; after: DocumentId; seen: number }> {
  const settled = new Date(deps.clock.now().getTime() - SETTLES_MS);
  const { newest, before: after } = await newestDocuments(deps.db, settled);
  return { newest, after, seen: newest === after ? 0 : await countFresh(deps, viewer, form, query, after) };
}

/**
 * Tells an open list how many posts of its search have come since it was drawn (`after` and `seen`: `startOfFresh`), as server-sent
 * events; the reader decides when to see them. `?once=1`: what is there now, and no more.
 */
export async function streamFresh(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const after = numberParam<DocumentId>(String(req.query.after)) ?? (0 as DocumentId);
  const seen = numberParam(String(req.query.seen)) ?? 0;
  const form = readSearchForm(req.query);
  const read = readSearchQuery(form.q, await listTopics(deps.db));
  let newest = after;
  let changedAt = 0;
  let count = 0;
  await streamEvents(req, res, async () => {
    // Nobody waits for a search that cannot be read.
    if ('issues' in read) return '';
    const last = await newestDocument(deps.db);
    if (last > newest) changedAt = Date.now();
    newest = last;
    if (Date.now() - changedAt < SETTLES_MS)
      count = (await countFresh(deps, viewer, form, read.query, after)) - seen;
    if (count <= 0) return '';
    const words = viewer.t('live.fresh', { mentions: viewer.t.count('mentions', count) });
    return `event: fresh\ndata: ${JSON.stringify({ count, words })}\n\n`;
  });
}
