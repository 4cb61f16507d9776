import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { sha256 } from '../../src/lib/hash.ts';
import { roleHas } from '../../src/model/rights.ts';
import { type OpenLink, openPublicLink, type PublicLinkKind } from '../../src/store/public-links.ts';
import { asSeenBy } from '../../src/store/teams.ts';
import type { DashboardDeps } from '../deps.ts';
import { translator } from '../texts.ts';
import { toICalendar } from './calendar.ts';
import { dueTimesOf } from './due-times.ts';
import { readFeed } from './entries.ts';
import { toAtom, toJsonFeed, toRss } from './formats.ts';
import { RIGHT_TO_MAKE } from './make.ts';
import { sendSharedReport } from './shared-report.ts';
import { isReportToken, TOKEN } from './tokens.ts';

const MINUTE_MS = 60_000;
/** Of one address in a minute: programs of a whole office behind one proxy. */
const PER_MINUTE = 120;
/** Wrong tokens from one address in a quarter of an hour. */
const MAX_GUESSES = 30;

function refuse(res: Response, status: 404 | 429): void {
  const words =
    status === 404
      ? 'There is nothing at this address.'
      : 'Too many requests. Wait as long as Retry-After says.';
  res.status(status).type('text/plain').send(`${words}\n`);
}

const tooMany = (_req: Request, res: Response): void => refuse(res, 429);

function limits(): RequestHandler[] {
  const common = { legacyHeaders: false, handler: tooMany } as const;
  return [
    rateLimit({
      ...common,
      windowMs: 15 * MINUTE_MS,
      limit: MAX_GUESSES,
      standardHeaders: false,
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_req, res) => res.statusCode !== 404,
    }),
    rateLimit({ ...common, windowMs: MINUTE_MS, limit: PER_MINUTE, standardHeaders: 'draft-8' }),
  ];
}

/** Nobody lists them, nobody learns the address from a link in them, and readers ask each time whether there is news. */
function quiet(_req: Request, res: Response, next: NextFunction): void {
  res.set({
    'x-robots-tag': 'noindex, nofollow, noarchive',
    'referrer-policy': 'no-referrer',
    'cache-control': 'private, no-cache',
  });
  next();
}

const FORMATS = {
  rss: { type: 'application/rss+xml; charset=utf-8', write: toRss },
  atom: { type: 'application/atom+xml; charset=utf-8', write: toAtom },
  json: { type: 'application/feed+json; charset=utf-8', write: toJsonFeed },
} as const;
type FeedEnding = keyof typeof FORMATS;
const ENDINGS = Object.keys(FORMATS) as FeedEnding[];

async function opened(
  { db, clock }: DashboardDeps,
  kind: PublicLinkKind,
  token: string,
): Promise<OpenLink | null> {
  const link = await openPublicLink(db, kind, sha256(token), clock.now());
  return link && roleHas(link.owner.role, RIGHT_TO_MAKE[kind]) ? link : null;
}

async function sendFeed(
  deps: DashboardDeps,
  ending: FeedEnding,
  token: string,
  res: Response,
): Promise<void> {
  const link = TOKEN.test(token) ? await opened(deps, 'feed', token) : null;
  const view = link?.view;
  if (!link || !view) return refuse(res, 404);
  const { type, write } = FORMATS[ending];
  const feed = await asSeenBy(deps.db, link.owner.email, () => readFeed(deps, { ...link, view }));
  res.type(type).send(write(feed));
}

async function sendCalendar(deps: DashboardDeps, token: string, res: Response): Promise<void> {
  const link = TOKEN.test(token) ? await opened(deps, 'calendar', token) : null;
  if (!link) return refuse(res, 404);
  const { id, language, email } = link.owner;
  const t = translator(language);
  const due = await asSeenBy(deps.db, email, () => dueTimesOf(deps, id, t));
  res
    .type('text/calendar; charset=utf-8')
    .send(toICalendar({ name: t('feeds.calendar.name'), language, due }));
}

/** What those read who know an address that nobody can guess: no login, no session, no cookie. */
export function publicLinkRoutes(deps: DashboardDeps): Router {
  const router = Router();
  const guarded = [...limits(), quiet];
  for (const ending of ENDINGS)
    router.get(`/feeds/:token.${ending}`, guarded, (req: Request<{ token: string }>, res: Response) =>
      sendFeed(deps, ending, req.params.token, res),
    );
  router.get('/calendar/:token.ics', guarded, (req: Request<{ token: string }>, res: Response) =>
    sendCalendar(deps, req.params.token, res),
  );
  router.get('/shared/:token', guarded, async (req: Request<{ token: string }>, res: Response) => {
    const { token } = req.params;
    const isOurs = isReportToken(deps.alerts.sign, token, deps.clock.now());
    const link = isOurs ? await opened(deps, 'report', token) : null;
    if (!link || !(await sendSharedReport(deps, res, link, `${deps.publicUrl}/shared/${token}`)))
      refuse(res, 404);
  });
  return router;
}
