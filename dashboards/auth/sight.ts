import type { NextFunction, Request, Response } from 'express';
import type { Sight } from '../../src/model/sight.ts';
import type { Search } from '../../src/search/search.ts';
import { presentSight, seeOnly } from '../../src/store/limited-reads.ts';
import type { DashboardDeps } from '../deps.ts';

/** Key of no topic: what is asked of none of the topics that may be seen finds nothing. */
const NO_TOPIC = '-';

/** These post in order to show: what they read is cut down as in a GET. All other posts act on what they name. */
const SHOWING = /^\/(topics\/lab|topics\/language|topics\/language\/read|reports|alerts|rules)\/?$/;

/** What a form or an address names, and where it must be seen. */
const NAMED: readonly (readonly [field: string, table: string, column: string])[] = [
  ['mention', 'mentions', 'id'],
  ['document', 'documents', 'id'],
  ['pick', 'documents', 'id'],
  ['report', 'reports', 'id'],
  ['correction', 'corrections', 'id'],
  ['item', 'scorecard_items', 'id'],
  ['other', 'cases', 'id'],
  ['topic', 'topics', 'key'],
];

const PLACES: readonly (readonly [path: RegExp, table: string, column: string])[] = [
  [/^\/cases\/incidents\/(\d+)/, 'incidents', 'id'],
  [/^\/cases\/(\d+)/, 'cases', 'id'],
  [/^\/alerts\/incidents\/(\d+)/, 'alert_incidents', 'id'],
  [/^\/alerts\/([\w-]+)\/remove/, 'alerts', 'key'],
  [/^\/recall\/(\d+)/, 'recall_misses', 'id'],
  [/^\/deliveries\/([\da-f-]{36})/, 'deliveries', 'id'],
];

function namedIn(req: Request): (readonly [table: string, column: string, value: string])[] {
  const body = (req.body ?? {}) as Record<string, unknown>;
  const fields = NAMED.flatMap(([field, table, column]) =>
    [body[field]].flat().flatMap((value) => (value ? [[table, column, String(value)] as const] : [])),
  );
  const places = PLACES.flatMap(([path, table, column]) => {
    const value = path.exec(req.path)?.[1];
    return value ? [[table, column, value] as const] : [];
  });
  // `/cases/incidents/1` is no case.
  return [...fields, ...places.slice(0, 1)];
}

async function seesAll(deps: DashboardDeps, sight: Sight, req: Request): Promise<boolean> {
  for (const [table, column, value] of namedIn(req)) {
    const rows = await seeOnly(sight, () =>
      deps.db.query(`select 1 from ${table} where ${column}::text = $1`, [value]),
    );
    if (rows.length === 0) return false;
  }
  return true;
}

/** Whoever is in a team sees what is about its topics, on every page; what is not seen is not there. */
export function limitSight(deps: DashboardDeps) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const sight = res.locals.sight as Sight | null | undefined;
    if (!sight) return next();
    const isReading = ['GET', 'HEAD'].includes(req.method);
    if (!isReading && !(await seesAll(deps, sight, req))) {
      res.status(404);
      return next(new Error('not found'));
    }
    if (isReading || SHOWING.test(req.path)) seeOnly(sight, next);
    else next();
  };
}

/** What a post shows besides what it does: cut down as in a GET. */
export function asSeen<Shown>(res: Response, show: () => Shown): Shown {
  const sight = res.locals.sight as Sight | null | undefined;
  return sight ? seeOnly(sight, show) : show();
}

/** The index knows nothing of teams: it is asked for their topics. */
export function limitSearch(search: Search): Search {
  return {
    search: async (request) => {
      const sight = presentSight();
      if (!sight) return search.search(request);
      const seen = sight.topics.map(({ key }) => key);
      const { topics } = request.filters;
      const asked = topics.length === 0 ? seen : topics.filter((key) => seen.includes(key));
      const filters = { ...request.filters, topics: asked.length > 0 ? asked : [NO_TOPIC] };
      const answer = await search.search({ ...request, filters });
      const topic = Object.entries(answer.facets?.topic ?? {}).filter(([key]) => seen.includes(key));
      return answer.facets
        ? { ...answer, facets: { ...answer.facets, topic: Object.fromEntries(topic) } }
        : answer;
    },
  };
}
